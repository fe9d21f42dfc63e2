"""An avenant, from its first line: begun, described, read as it will be signed, abandoned."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules.roles import Capability
from conventions.access import can, check_can, get_act_or_404, get_convention_or_404, holds_pen
from conventions.actions.avenants import (
    abandon_avenant,
    change_avenant,
    create_avenant,
    drafters,
    read_again,
    reason_not_to_amend,
)
from conventions.actions.clause_operations import binding_clauses, changed_by
from conventions.actions.conflicts import OPEN, conflicts_seen_by
from conventions.actions.draft import CLOSED_ACT, ELSEWHERE, state_of
from conventions.enums import ActStatus
from conventions.forms.avenants import AbandonForm, AvenantForm, NewAvenantForm
from conventions.models import Act, ArticleVersion, Convention
from conventions.models.acts_read import avenant_text, before_after_of, settled_number
from conventions.models.consolidated import text_after, text_before
from conventions.rules.conflits import Where
from conventions.rules.ecriture import references_of
from conventions.views.clauses import KINDS
from conventions.views.operations_reading import lines_of
from conventions.views.writing import View, carried_out, show, writing


def in_avenant(*, writes: bool = True) -> Callable[[View], View]:
    """Open the door to a page that changes an avenant: 404 to who may not know of it.

    With `writes`, a text that is closed, or whose pen another side holds, says so instead of
    showing a form that could only be refused.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, pk: int, number: int, **keys) -> HttpResponse:
            today = timezone.localdate()
            convention = get_convention_or_404(request.user, pk, on=today)
            act = _avenant_or_404(request, convention, number, today)
            check_can(request.user, convention, Capability.MANAGE, on=today)
            reason = reason_not_to_write(request.user, act, on=today)
            if writes and reason and request.method != "POST":
                return page(request, "conventions/avenant_closed.html", act, today, reason=reason)
            return view(request, act, today, **keys)

        return opened

    return decorate


def _avenant_or_404(request: HttpRequest, convention: Convention, number: int, on: date) -> Act:
    act = get_act_or_404(request.user, convention, number, on=on)
    if act.number == 0:
        raise Http404
    act.convention = convention
    return act


def reason_not_to_write(user, act: Act, *, on: date) -> str:
    """Why this person cannot write in the act at this moment, though their role would let them."""
    if not act.is_writable:
        return CLOSED_ACT[ActStatus(act.status)]
    if not holds_pen(user, act, on=on):
        turn = act.rounds.select_related("holder").get(closed_at__isnull=True)
        return ELSEWHERE.format(holder=turn.holder)
    return ""


def page(request: HttpRequest, template: str, act: Act, on: date, **context) -> HttpResponse:
    """Draw a page of an act, under the tab of acts."""
    return show(request, template, act.convention, on, tab="actes", act=act, **context)


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing: every question of some operations may be left blank."""
    return request.POST if request.method == "POST" else None


def back_to(act: Act) -> HttpResponse:
    return redirect("conventions:act", pk=act.convention_id, number=act.number)


def at_once(request: HttpRequest, act: Act, do: Callable[[], object], *, done: str) -> HttpResponse:
    """Run an action that asks nothing, then show the act; a refusal is told there."""
    try:
        do()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, done)
    return back_to(act)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def avenant_create(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    if (reason := reason_not_to_amend(convention)) and request.method != "POST":
        closed = {"reason": reason, "act": None}
        return show(
            request, "conventions/avenant_closed.html", convention, today, tab="actes", **closed
        )
    parties = drafters(request.user, convention, on=today)
    if not parties.exists():
        raise PermissionDenied("Un avenant se rédige au nom d’une partie à la convention.")
    form = NewAvenantForm(sent(request), drafters=parties)
    begun: list[Act] = []
    if carried_out(
        request,
        form,
        lambda: begun.append(
            create_avenant(convention, by=request.user, on=today, **form.cleaned_data)
        ),
        convention,
        done="Le projet est créé. Votre organisme seul le voit.",
    ):
        return back_to(begun[0])
    return show(
        request,
        "conventions/avenant_edit.html",
        convention,
        today,
        tab="actes",
        form=form,
        act=None,
    )


@require_safe
def act(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Everything one act does, for whoever may read it."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    if number == 0:
        return redirect("conventions:acts", pk=pk)
    avenant = _avenant_or_404(request, convention, number, today)
    may_manage = can(request.user, convention, Capability.MANAGE, on=today)
    refusal = reason_not_to_write(request.user, avenant, on=today) if may_manage else ""
    context = {
        "number": settled_number(avenant),
        "may_manage": may_manage,
        "may_write": may_manage and not refusal,
        "refusal": refusal if avenant.status in OPEN else "",
        "may_abandon": _may_abandon(request, avenant, today),
        "lines": lines_of(avenant),
        "clauses": _slugged(changed_by(avenant)),
        "standing_clauses": _open_clauses(avenant) if may_manage and not refusal else [],
        "definitions": avenant.definitions.order_by("term"),
        "visas": avenant.visas.count(),
        "conflicts": conflicts_seen_by(request.user, avenant, on=today),
        "base": Where.BASE,
    }
    return page(request, "conventions/avenant.html", avenant, today, **context)


def _open_clauses(act: Act) -> list[tuple[str, object]]:
    """The clauses of the text that the act does not change yet."""
    touched = {(type(clause), clause.replaces_id) for clause in changed_by(act)}
    rows = binding_clauses(act)
    return _slugged(row for row in rows if (type(row), row.pk) not in touched)


def _slugged(clauses: Iterable) -> list[tuple[str, object]]:
    """Each clause with the word that its kind has in addresses."""
    slugs = {kind.model: kind.slug for kind in KINDS.values()}
    return [(slugs[type(clause)], clause) for clause in clauses]


def _may_abandon(request: HttpRequest, act: Act, on: date) -> bool:
    own = drafters(request.user, act.convention, on=on)
    return act.is_writable and own.filter(organisation=act.drafted_by_id).exists()


def _form_of(act: Act, data=None) -> AvenantForm:
    fresh = Act.objects.get(pk=act.pk)
    initial = AvenantForm.initial_of(fresh) | {"seen": state_of(fresh)}
    return AvenantForm(data, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def avenant_edit(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    form = _form_of(act, sent(request))
    if carried_out(
        request,
        form,
        lambda: change_avenant(act, by=request.user, on=today, **form.cleaned_data),
        act.convention,
        done="La fiche de l’acte est à jour.",
        fresh=lambda: _form_of(act),
    ):
        return back_to(act)
    return page(request, "conventions/avenant_edit.html", act, today, form=form)


@require_safe
def avenant_read(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The act as it will be signed, then what it changes, before and after."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    avenant = _avenant_or_404(request, convention, number, today)
    written = avenant_text(avenant)
    after = references_of(text_after(avenant, with_body=False))
    before = references_of(text_before(avenant, with_body=False))
    context = {
        "written": written,
        "rows": before_after_of(avenant, written.provisions),
        "references": before | after,
        "before": before,
    }
    return page(request, "conventions/avenant_read.html", avenant, today, **context)


@require_POST
@in_avenant(writes=False)
def avenant_read_again(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    return at_once(
        request,
        act,
        lambda: read_again(act, by=request.user, on=today),
        done="C’est noté : le projet est relu avec les derniers actes signés.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant(writes=False)
def avenant_abandon(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    form = AbandonForm(sent(request))
    if carried_out(
        request,
        form,
        lambda: abandon_avenant(act, by=request.user, on=today, **form.cleaned_data),
        act.convention,
        done="L’acte est abandonné. Il ne prend aucun numéro.",
    ):
        return redirect("conventions:acts", pk=act.convention_id)
    return page(request, "conventions/avenant_abandon.html", act, today, form=form)


def row_or_404(act: Act, row_pk: int) -> ArticleVersion:
    """An operation of this act, and of no other."""
    row = ArticleVersion.objects.written_by(act).filter(pk=row_pk).first()
    if row is None:
        raise Http404
    row.act = act
    return row
