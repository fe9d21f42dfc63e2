"""Who is bound by the convention."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.draft import state_of
from conventions.actions.parties import add_party, change_party, remove_party
from conventions.forms.parties import AddPartyForm, PartyForm
from conventions.models import Convention, Party
from conventions.views.writing import carried_out, carried_out_at_once, show, writing


@require_safe
@writing("synthese")
def parties(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    rows = convention.parties.select_related("organisation").order_by("position")
    return show(
        request, "conventions/parties.html", convention, today, tab="synthese", parties=rows
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def party_create(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    form = AddPartyForm(request.POST or None, convention=convention, on=today)
    if carried_out(
        request,
        form,
        lambda: add_party(convention, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="La partie est ajoutée. Vérifiez son nom et ses numéros.",
    ):
        last = convention.parties.order_by("position").last()
        return redirect("conventions:party_edit", pk=convention.pk, party_pk=last.pk)
    return show(
        request, "conventions/party_create.html", convention, today, tab="synthese", form=form
    )


def _form_of(party_pk: int, data=None) -> PartyForm:
    row = Party.objects.select_related("organisation").get(pk=party_pk)
    return PartyForm(data, instance=row, initial={"seen": state_of(row)})


@require_http_methods(["GET", "HEAD", "POST"])
@writing("synthese", draft=True)
def party_edit(
    request: HttpRequest, convention: Convention, today: date, party_pk: int
) -> HttpResponse:
    party = get_object_or_404(convention.parties.select_related("organisation"), pk=party_pk)
    form = _form_of(party_pk, request.POST or None)
    if carried_out(
        request,
        form,
        lambda: change_party(party, by=request.user, on=today, **form.cleaned_data),
        convention,
        done=f"{party.organisation} : c’est enregistré.",
        fresh=lambda: _form_of(party_pk),
    ):
        return redirect("conventions:parties", pk=convention.pk)
    party.refresh_from_db()
    context = {"form": form, "party": party}
    return show(
        request, "conventions/party_edit.html", convention, today, tab="synthese", **context
    )


@require_POST
@writing("synthese")
def party_remove(
    request: HttpRequest, convention: Convention, today: date, party_pk: int
) -> HttpResponse:
    party = get_object_or_404(convention.parties, pk=party_pk)
    return carried_out_at_once(
        request,
        lambda: remove_party(party, by=request.user, on=today),
        done=f"{party} n’est plus partie à la convention.",
        to="conventions:parties",
        pk=convention.pk,
    )
