"""Beginning a convention, correcting its card, and seeing what is still missing."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from conventions.actions.conventions import (
    change_convention,
    create_convention,
    organisations_that_may_draft,
)
from conventions.actions.cycle import close_convention, initial_act, moves_of
from conventions.actions.facts import clauses_of
from conventions.actions.parties import add_party
from conventions.forms.conventions import CreateForm, EditForm, likely_territories
from conventions.forms.mandates import CloseForm
from conventions.models import Convention
from conventions.views.writing import carried_out, show, writing

MAY_NOT_DRAFT = (
    "Il faut être responsable d’un organisme pour commencer une convention en son nom. Demandez ce "
    "rôle à l’administrateur de votre organisme."
)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    if not organisations_that_may_draft(request.user, on=today).exists():
        raise PermissionDenied(MAY_NOT_DRAFT)
    form = CreateForm(
        request.POST or None,
        user=request.user,
        on=today,
        suggestions=likely_territories(request.user, on=today),
    )
    if request.method == "POST" and form.is_valid():
        try:
            convention = _begin(request.user, on=today, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "Le brouillon est créé. Vous seuls le voyez.")
            return redirect("conventions:parties", pk=convention.pk)
    return render(request, "conventions/create.html", {"form": form})


@transaction.atomic
def _begin(user, *, on: date, **fields) -> Convention:
    """Create the draft, with the organisation that writes it as its first party."""
    convention = create_convention(by=user, on=on, **fields)
    drafter = convention.drafted_by
    add_party(convention, drafter.acts_for or drafter, by=user, on=on)
    return convention


def _form_of(request: HttpRequest, convention: Convention, today: date, data=None) -> EditForm:
    return EditForm(
        data,
        initial=EditForm.initial_of(convention),
        user=request.user,
        on=today,
        suggestions=likely_territories(request.user, on=today),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def edit(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    form = _form_of(request, convention, today, request.POST or None)
    if carried_out(
        request,
        form,
        lambda: change_convention(convention, by=request.user, on=today, **form.answers()),
        convention,
        done="La fiche est à jour.",
        fresh=lambda: _form_of(request, convention, today),
    ):
        return redirect("conventions:draft", pk=convention.pk)
    return show(request, "conventions/edit.html", convention, today, tab="synthese", form=form)


@require_safe
@writing("synthese")
def draft(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    """What is written, what is missing, and which move comes next."""
    act = initial_act(convention)
    context = {
        "act": act,
        "parties": convention.parties.count(),
        "signatories": act.signatories.count(),
        "visas": act.visas.count(),
        "articles": act.article_versions.count(),
        "clauses": clauses_of(act),
        "moves": moves_of(act),
    }
    return show(request, "conventions/draft.html", convention, today, tab="synthese", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese")
def close(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    form = CloseForm(request.POST or None, initial={"closed_on": convention.ends_on})
    if carried_out(
        request,
        form,
        lambda: close_convention(convention, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="La fin de la convention est constatée.",
    ):
        return redirect("conventions:detail", pk=convention.pk)
    return show(request, "conventions/close.html", convention, today, tab="synthese", form=form)
