"""A party's accord to the closed text of an act: given on what was read, or taken back."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.rules.roles import Capability
from conventions.access import acting_parties, get_act_or_404
from conventions.actions.approvals import give_approval, withdraw_approval
from conventions.actions.facts import standing_approvals, text_digest
from conventions.enums import ActStatus
from conventions.forms.parcours import ApprovalForm, WithdrawForm
from conventions.models import Act, Convention
from conventions.views.writing import carried_out, show, writing


def _page(
    request: HttpRequest, convention: Convention, today: date, act: Act, form, *, gives: bool
) -> HttpResponse:
    context = {
        "act": act,
        "form": form,
        "gives": gives,
        "is_closed": act.status == ActStatus.EN_VALIDATION,
        "has_party": bool(form.fields["party"].queryset),
        "digest": text_digest(act),
        "approvals": standing_approvals(act),
    }
    return show(request, "conventions/approve.html", convention, today, tab="actes", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def approve(request: HttpRequest, convention: Convention, today: date, number: int) -> HttpResponse:
    act = get_act_or_404(request.user, convention, number, on=today)
    mine = acting_parties(request.user, convention, Capability.MANAGE, on=today)
    initial = {"digest": text_digest(act)}
    form = ApprovalForm(request.POST or None, parties=mine, initial=initial)
    if carried_out(
        request,
        form,
        lambda: give_approval(act, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="Votre accord est enregistré.",
    ):
        return redirect("conventions:parcours", pk=convention.pk, number=number)
    return _page(request, convention, today, act, form, gives=True)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("actes")
def approval_withdraw(
    request: HttpRequest, convention: Convention, today: date, number: int
) -> HttpResponse:
    act = get_act_or_404(request.user, convention, number, on=today)
    mine = acting_parties(request.user, convention, Capability.MANAGE, on=today)
    agreed = mine.filter(pk__in=standing_approvals(act).values("party"))
    form = WithdrawForm(request.POST or None, parties=agreed)
    if carried_out(
        request,
        form,
        lambda: withdraw_approval(act, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="Votre accord est retiré.",
    ):
        return redirect("conventions:parcours", pk=convention.pk, number=number)
    return _page(request, convention, today, act, form, gives=False)
