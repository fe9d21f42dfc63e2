"""Two texts of a convention face to face: any two days, any two acts, word by word."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.rules.typographie import date_longue
from conventions.access import acts_visible_to, get_convention_or_404
from conventions.enums import ActStatus
from conventions.models import Act, Convention
from conventions.models.comparing import Side, compare_sides, permalink, side_of
from conventions.models.listing import parties_in_order
from conventions.rules.reperes import Repere, read_repere


class End(NamedTuple):
    """One end of a comparison as it was asked: what was typed, and what it is read as."""

    name: str
    label: str
    typed: str
    repere: Repere | None

    @property
    def address(self) -> str:
        return self.repere.address if self.repere else ""

    @property
    def day(self) -> date | None:
        return self.repere.day if self.repere else None

    @property
    def problem(self) -> str:
        return "" if self.repere else f"«\u00a0{self.typed[:40]}\u00a0» ne se lit pas"


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """`?de=2019-01-01&a=acte-2`; with no ends, from the text of origin to today's."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    acts = list(acts_visible_to(request.user, convention, on=on).order_by("number"))
    ends = [
        _end(request, "de", "Du texte", default="acte-0", on=on),
        _end(request, "a", "Au texte", default=on.isoformat(), on=on),
    ]
    if _was_picked(request) and all(end.repere for end in ends):
        return redirect(f"{request.path}?{_query(ends)}")
    choices = _choices(acts, on=on)
    context = {
        "convention": convention,
        "on": on,
        "tab": "texte",
        "ends": ends,
        "choices": choices,
        "listed": [value for value, _ in choices],
        "problems": [end.problem for end in ends if end.problem],
        "only_changes": request.GET.get("vue") != "entier",
        "query": _query(ends),
        "reversed_query": _query([ends[0]._replace(name="a"), ends[1]._replace(name="de")]),
    }
    if not context["problems"]:
        context |= _face_to_face(convention, acts, ends)
    return render(request, "conventions/compare.html", context)


def _end(request: HttpRequest, name: str, label: str, *, default: str, on: date) -> End:
    """A day typed beside the list prevails over what the list says."""
    typed = request.GET.get(f"{name}_le", "").strip() or request.GET.get(name, "").strip()
    return End(name, label, typed or default, read_repere(typed or default, on=on))


def _was_picked(request: HttpRequest) -> bool:
    return "de_le" in request.GET or "a_le" in request.GET


def _query(ends: Iterable[End]) -> str:
    return urlencode({end.name: end.address for end in ends})


def _choices(acts: Iterable[Act], *, on: date) -> list[tuple[str, str]]:
    """Acts one may see, and today: what a list can offer; any other day is typed."""
    named = [(f"acte-{act.number}", _called(act)) for act in acts if _is_offered(act)]
    return [*named, (on.isoformat(), f"texte d’aujourd’hui, {date_longue(on)}")]


def _is_offered(act: Act) -> bool:
    return act.status != ActStatus.ABANDONNE


def _called(act: Act) -> str:
    if not act.is_signed:
        return f"projet d’{act}" if act.number else "projet de convention"
    name = "texte d’origine" if act.number == 0 else f"après l’{act}"
    return f"{name}, {date_longue(act.effective_on)}"


def _face_to_face(convention: Convention, acts: list[Act], ends: Iterable[End]) -> dict:
    sides = [side_of(convention, end.repere, acts) for end in ends]
    if None in sides:
        raise Http404
    empty = [side for side in sides if not side.articles]
    if empty:
        return {"problems": [_nothing(side, acts) for side in empty]}
    return {
        "compared": compare_sides(convention, *sides),
        "links": [permalink(convention, side) for side in sides],
    }


def _nothing(side: Side, acts: list[Act]) -> str:
    started = [act.effective_on for act in acts if act.is_signed]
    since = f"\u202f: la convention a pris effet le {date_longue(min(started))}" if started else ""
    return f"Aucun article dans le {side.name}{since}"
