"""Clauses as data: entering them, reading them again, confirming them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.clauses import (
    confirm_clause,
    remove_clause,
    set_duration_clause,
    set_follow_up_clause,
    set_revoyure_clause,
    set_termination_clause,
)
from conventions.actions.draft import state_of
from conventions.actions.facts import clauses_of
from conventions.enums import ActStatus, Unit
from conventions.forms.clauses import (
    ClauseForm,
    DurationForm,
    FollowUpForm,
    RevoyureForm,
    TerminationForm,
)
from conventions.models import (
    Act,
    Convention,
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.views.clause_preview import PREVIEW, is_asked, preview_of
from conventions.views.writing import carried_out, carried_out_at_once, show, writing


@dataclass(frozen=True)
class Kind:
    """One kind of clause: how it is called in an address and on a page, asked for and written.

    `usual` is what a blank form proposes. A text may have `several` clauses of a kind, or one.
    """

    slug: str
    name: str
    model: type
    form: type[ClauseForm]
    act: Callable
    usual: dict = field(default_factory=dict)
    several: bool = False


DURATION = Kind(
    "duree",
    "la durée",
    DurationClause,
    DurationForm,
    set_duration_clause,
    {"quantity": 3, "unit": Unit.ANS},
)
REVOYURE = Kind("revoyure", "la revoyure", RevoyureClause, RevoyureForm, set_revoyure_clause)
TERMINATION = Kind(
    "resiliation",
    "la résiliation",
    TerminationClause,
    TerminationForm,
    set_termination_clause,
    {"unit": Unit.MOIS},
    several=True,
)
FOLLOW_UP = Kind(
    "suivi", "le suivi", FollowUpClause, FollowUpForm, set_follow_up_clause, several=True
)
KINDS = {kind.slug: kind for kind in (DURATION, REVOYURE, FOLLOW_UP, TERMINATION)}


def _act(convention: Convention) -> Act:
    return convention.acts.get(number=0)


@require_safe
@writing("synthese")
def clauses(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    """Every clause in one sentence, to be read beside the text before it is confirmed."""
    act = _act(convention)
    slugs = {kind.model: kind.slug for kind in KINDS.values()}
    rows = [(slugs[type(clause)], clause) for clause in clauses_of(act)]
    context = {
        "rows": rows,
        "has_duration": any(slug == DURATION.slug for slug, _ in rows),
        "has_revoyure": any(slug == REVOYURE.slug for slug, _ in rows),
        "is_signed": act.status == ActStatus.SIGNE,
    }
    return show(request, "conventions/clauses.html", convention, today, tab="synthese", **context)


def _form_of(kind: Kind, act: Act, clause_pk: int | None, data=None) -> ClauseForm:
    if clause_pk is None:
        blank = kind.model(convention=act.convention, act=act, **kind.usual)
        return kind.form(data, act=act, instance=blank)
    row = kind.model.objects.get(pk=clause_pk)
    return kind.form(data, act=act, instance=row, initial={"seen": state_of(row)})


def _page(
    request: HttpRequest, convention: Convention, today: date, kind: Kind, clause_pk: int | None
) -> HttpResponse:
    act = _act(convention)
    form = _form_of(kind, act, clause_pk, request.POST or None)
    if is_asked(request):
        return _drawn(request, convention, today, kind, form)
    known = {}
    if kind.several and clause_pk is not None:
        known["clause"] = kind.model.objects.get(pk=clause_pk)
    if carried_out(
        request,
        form,
        lambda: kind.act(convention, by=request.user, on=today, **known, **form.cleaned_data),
        convention,
        done="La clause est enregistrée. Relisez-la, puis confirmez-la.",
        fresh=lambda: _form_of(kind, act, clause_pk),
    ):
        return redirect("conventions:clauses", pk=convention.pk)
    return _drawn(request, convention, today, kind, form)


def _drawn(
    request: HttpRequest, convention: Convention, today: date, kind: Kind, form: ClauseForm
) -> HttpResponse:
    preview = preview_of(request, form, convention, today)
    if request.htmx:
        return render(request, PREVIEW, {"preview": preview})
    return show(
        request, "conventions/clause_edit.html", convention, today, tab="synthese",
        form=form, kind=kind, preview=preview,
    )  # fmt: skip


def _only(convention: Convention, kind: Kind) -> int | None:
    rows = kind.model.objects.filter(act=_act(convention))
    return rows.values_list("pk", flat=True).first()


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def duration_edit(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    return _page(request, convention, today, DURATION, _only(convention, DURATION))


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def revoyure_clause_edit(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    return _page(request, convention, today, REVOYURE, _only(convention, REVOYURE))


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def termination_create(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    return _page(request, convention, today, TERMINATION, None)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def termination_edit(
    request: HttpRequest, convention: Convention, today: date, clause_pk: int
) -> HttpResponse:
    get_object_or_404(TerminationClause, pk=clause_pk, act=_act(convention))
    return _page(request, convention, today, TERMINATION, clause_pk)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def follow_up_create(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    return _page(request, convention, today, FOLLOW_UP, None)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def follow_up_edit(
    request: HttpRequest, convention: Convention, today: date, clause_pk: int
) -> HttpResponse:
    get_object_or_404(FollowUpClause, pk=clause_pk, act=_act(convention))
    return _page(request, convention, today, FOLLOW_UP, clause_pk)


def _clause_or_404(convention: Convention, slug: str, clause_pk: int):
    if slug not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[slug].model, pk=clause_pk, act=_act(convention))


@require_POST
@writing("synthese")
def clause_confirm(
    request: HttpRequest, convention: Convention, today: date, slug: str, clause_pk: int
) -> HttpResponse:
    clause = _clause_or_404(convention, slug, clause_pk)
    return carried_out_at_once(
        request,
        lambda: confirm_clause(clause, by=request.user, on=today),
        done="La clause est confirmée.",
        to="conventions:clauses",
        pk=convention.pk,
    )


@require_POST
@writing("synthese")
def clause_remove(
    request: HttpRequest, convention: Convention, today: date, slug: str, clause_pk: int
) -> HttpResponse:
    clause = _clause_or_404(convention, slug, clause_pk)
    return carried_out_at_once(
        request,
        lambda: remove_clause(clause, by=request.user, on=today),
        done="La clause est retirée.",
        to="conventions:clauses",
        pk=convention.pk,
    )
