"""The text of a convention as it stands on a day, or as it is being written."""

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import capabilities_in, get_convention_or_404
from conventions.models import Act, Convention, Visa
from conventions.models.consolidated import ConsolidatedArticle, consolidated_text, draft_text
from conventions.models.listing import parties_in_order
from conventions.rules.frise import Frise, life_of_text
from conventions.rules.texte import Block, blocks, contents

UNREADABLE = (
    "Cette date ne se lit pas : écrivez le jour, le mois et l’année, par exemple 12/11/2019. "
    "Voici le texte d’aujourd’hui."
)
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class Worded(NamedTuple):
    """An article to lay out: its version and the blocks of its wording."""

    version: ConsolidatedArticle
    blocks: list[Block]
    act: Act


class Reading(NamedTuple):
    """What is read: the versions, the acts that made them, and whether it is still a draft."""

    versions: list[ConsolidatedArticle]
    acts: list[Act]
    is_draft: bool


@require_safe
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text today; `?le=` is the date picker, which leads to the address of that day."""
    asked = request.GET.get("le", "").strip()
    if asked:
        day = read_day(asked)
        return redirect("conventions:text_on", pk=pk, day=day or quote(asked[:20], safe=""))
    return _page(request, pk, asked=None)


@require_safe
def text_on(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    return _page(request, pk, asked=day)


def read_day(asked: str) -> date | None:
    """Read 2019-11-12 as browsers write it, or 12/11/2019 as people do."""
    french = _FRENCH.fullmatch(asked.strip())
    iso = f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}" if french else asked.strip()
    try:
        return parse_date(iso)
    except ValueError:
        return None


def _page(request: HttpRequest, pk: int, *, asked: str | None) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    signed = list(convention.acts.signed().order_by("effective_on", "number"))
    day = read_day(asked) if asked else None
    read_on = day or _default_day(signed, on=on)
    reading = _read(convention, signed, on=read_on)
    context = {
        "convention": convention,
        "on": on,
        "tab": "texte",
        "read_on": read_on,
        "problem": UNREADABLE if asked and day is None else "",
        "is_draft": reading.is_draft,
        "may_write": Capability.MANAGE in capabilities_in(request.user, convention, on=on),
        "acts": reading.acts,
        "first_on": signed[0].effective_on if signed else None,
        "visas": _visas(reading),
        "articles": _worded(reading),
        "references": {},
        "contents": contents(reading.versions),
        "frise": _life(signed, convention, read_on),
    }
    return render(request, "conventions/text.html", context)


def _default_day(signed: list[Act], *, on: date) -> date:
    """Today, or the first day of a text signed for later."""
    return max(on, signed[0].effective_on) if signed else on


def _read(convention: Convention, signed: list[Act], *, on: date) -> Reading:
    if not signed:
        draft = convention.acts.order_by("number").first()
        versions = draft_text(draft) if draft else []
        return Reading(list(versions), [draft] if draft else [], is_draft=True)
    versions = consolidated_text(convention, on=on)
    return Reading(list(versions), [act for act in signed if act.effective_on <= on], False)


def _worded(reading: Reading) -> list[Worded]:
    acts = {act.number: act for act in reading.acts}
    return [
        Worded(version, blocks(version.body), acts[version.act]) for version in reading.versions
    ]


def _visas(reading: Reading) -> list[Visa]:
    """Those that open the initial act; an avenant's own are read on its page."""
    return list(reading.acts[0].visas.order_by("position")) if reading.versions else []


def _life(signed: list[Act], convention: Convention, read_on: date) -> Frise | None:
    acts = [(act.effective_on, str(act)) for act in signed]
    return life_of_text(acts, term=convention.ends_on, read_on=read_on)
