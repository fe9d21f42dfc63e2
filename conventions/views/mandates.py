"""What empowers those who sign, and who signs: party by party."""

from datetime import date

from django.db.models import Max, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.access import (
    acts_visible_to,
    documents_visible_to,
    get_act_or_404,
    mandates_visible_to,
)
from conventions.actions.draft import state_of
from conventions.actions.mandates import (
    change_mandate,
    is_relied_on,
    record_mandate,
    remove_mandate,
    remove_signatory,
    set_signatory,
)
from conventions.forms.mandates import MandateForm, SignatoryForm
from conventions.models import Convention, Mandate, Signatory
from conventions.views.writing import carried_out, carried_out_at_once, show, writing
from territories.rules.french import de


def _avenants(request: HttpRequest, convention: Convention, today: date):
    """The avenants this person knows of, which a mandate may have been voted for."""
    acts = acts_visible_to(request.user, convention, on=today)
    return acts.filter(number__gt=0).order_by("number")


@require_safe
@writing("actes")
def mandates(
    request: HttpRequest, convention: Convention, today: date, number: int = 0
) -> HttpResponse:
    act = get_act_or_404(request.user, convention, number, on=today)
    signing = Signatory.objects.filter(act=act).select_related("mandate").order_by("position")
    known = mandates_visible_to(request.user, convention, on=today).select_related("act")
    rows = (
        convention.parties.in_force(on=today)
        .order_by("position")
        .prefetch_related(
            Prefetch("signatories", signing, to_attr="signing"),
            Prefetch("mandates", known.order_by("adopted_on", "pk")),
        )
    )
    return show(
        request,
        "conventions/mandates.html",
        convention,
        today,
        tab="actes",
        parties=rows,
        act=act,
        is_signed=act.is_signed,
        relied_on=_relied_on(convention),
        avenants={avenant.pk for avenant in _avenants(request, convention, today)},
    )


def _relied_on(convention: Convention) -> set[int]:
    """The mandates on which the signature of an act rests: they do not change any more."""
    mandates = Mandate.objects.filter(party__convention=convention).select_related("party")
    return {mandate.pk for mandate in mandates if is_relied_on(mandate)}


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def mandate_create(
    request: HttpRequest, convention: Convention, today: date, party_pk: int, number: int = 0
) -> HttpResponse:
    party = get_object_or_404(convention.parties, pk=party_pk)
    for_act = get_act_or_404(request.user, convention, number, on=today)
    new = Mandate(party=party, act=for_act if number else None)
    avenants = _avenants(request, convention, today)
    documents = documents_visible_to(request.user, convention, on=today)
    form = MandateForm(
        request.POST or None, party=party, acts=avenants, documents=documents, instance=new
    )

    def act() -> None:
        answers = {name: form.cleaned_data[name] for name in form.fields if name != "seen"}
        record_mandate(party, by=request.user, on=today, **answers)

    done = f"L’habilitation {de(str(party))} est enregistrée."
    if carried_out(request, form, act, convention, done=done):
        return redirect("conventions:mandates", pk=convention.pk)
    context = {"form": form, "party": party}
    return show(request, "conventions/mandate_edit.html", convention, today, tab="actes", **context)


def _form_of_mandate(mandate_pk: int, data=None, **offered) -> MandateForm:
    row = Mandate.objects.select_related("party").get(pk=mandate_pk)
    initial = {"seen": state_of(row)}
    return MandateForm(data, party=row.party, instance=row, initial=initial, **offered)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def mandate_edit(
    request: HttpRequest, convention: Convention, today: date, mandate_pk: int
) -> HttpResponse:
    rows = mandates_visible_to(request.user, convention, on=today).select_related("party")
    mandate = get_object_or_404(rows, pk=mandate_pk)
    offered = {
        "acts": _avenants(request, convention, today),
        "documents": documents_visible_to(request.user, convention, on=today),
    }
    form = _form_of_mandate(mandate_pk, request.POST or None, **offered)
    if carried_out(
        request,
        form,
        lambda: change_mandate(mandate, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="L’habilitation est à jour.",
        fresh=lambda: _form_of_mandate(mandate_pk, **offered),
    ):
        return redirect("conventions:mandates", pk=convention.pk)
    context = {"form": form, "party": mandate.party}
    return show(request, "conventions/mandate_edit.html", convention, today, tab="actes", **context)


@require_POST
@writing("actes")
def mandate_remove(
    request: HttpRequest, convention: Convention, today: date, mandate_pk: int
) -> HttpResponse:
    rows = mandates_visible_to(request.user, convention, on=today)
    mandate = get_object_or_404(rows, pk=mandate_pk)
    return carried_out_at_once(
        request,
        lambda: remove_mandate(mandate, by=request.user, on=today),
        done="L’habilitation est retirée.",
        to="conventions:mandates",
        pk=convention.pk,
    )


def _form_of_signatory(
    request: HttpRequest, today: date, signatory: Signatory, data=None
) -> SignatoryForm:
    known = signatory.pk is not None
    row = Signatory.objects.get(pk=signatory.pk) if known else signatory
    initial = {"seen": state_of(row) if known else ""}
    party, user = signatory.party, request.user
    return SignatoryForm(data, party=party, user=user, on=today, instance=row, initial=initial)


def _signatory_page(
    request: HttpRequest, convention: Convention, today: date, signatory: Signatory
) -> HttpResponse:
    party, is_new = signatory.party, signatory.pk is None
    form = _form_of_signatory(request, today, signatory, request.POST or None)
    place = {"party": party, "position": signatory.position}
    if carried_out(
        request,
        form,
        lambda: set_signatory(
            signatory.act, **place, by=request.user, on=today, **form.cleaned_data
        ),
        convention,
        done=f"Le signataire {de(str(party))} est désigné.",
        fresh=lambda: _form_of_signatory(request, today, signatory),
    ):
        return redirect("conventions:mandates", pk=convention.pk, number=signatory.act.number)
    context = {"form": form, "party": party, "is_new": is_new, "act": signatory.act}
    return show(
        request, "conventions/signatory_edit.html", convention, today, tab="actes", **context
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def signatory_create(
    request: HttpRequest, convention: Convention, today: date, party_pk: int, number: int = 0
) -> HttpResponse:
    party = get_object_or_404(convention.parties, pk=party_pk)
    act = get_act_or_404(request.user, convention, number, on=today)
    last = party.signatories.filter(act=act).aggregate(last=Max("position"))["last"] or 0
    signatory = Signatory(act=act, party=party, position=last + 1)
    return _signatory_page(request, convention, today, signatory)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def signatory_edit(
    request: HttpRequest, convention: Convention, today: date, signatory_pk: int
) -> HttpResponse:
    acts = acts_visible_to(request.user, convention, on=today)
    rows = Signatory.objects.filter(act__in=acts).select_related("party", "act__convention")
    signatory = get_object_or_404(rows, pk=signatory_pk)
    return _signatory_page(request, convention, today, signatory)


@require_POST
@writing("actes")
def signatory_remove(
    request: HttpRequest, convention: Convention, today: date, signatory_pk: int
) -> HttpResponse:
    acts = acts_visible_to(request.user, convention, on=today)
    rows = Signatory.objects.filter(act__in=acts).select_related("act__convention")
    signatory = get_object_or_404(rows, pk=signatory_pk)
    return carried_out_at_once(
        request,
        lambda: remove_signatory(signatory, by=request.user, on=today),
        done=f"{signatory.name} n’est plus désigné pour signer.",
        to="conventions:mandates",
        pk=convention.pk,
        number=signatory.act.number,
    )
