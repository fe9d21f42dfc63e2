"""A party's own part of a yearly review."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.rules.roles import Capability
from conventions.access import check_acts_for
from engagements.actions import revoyure as actions
from engagements.forms.revoyure import ContributionForm, TakeBackForm
from engagements.views.revoyure import get_contribution_or_404


def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one's engagements, and the others' when one has something to say."""
    today = timezone.localdate()
    part = get_contribution_or_404(request, pk)
    check_acts_for(request.user, part.party, Capability.CONTRIBUTE, on=today)
    convention = part.revoyure.convention
    standing = convention.engagements.standing(on=today).select_related("article")
    engagements = standing.prefetch_related("debts__party")
    form = ContributionForm(request.POST or None, contribution=part, engagements=engagements)
    if request.method == "POST" and form.is_valid():
        try:
            _write(part, form, request.user, today)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Votre lecture est enregistrée.")
            return redirect("engagements:contribution", pk=pk)
    context = {
        "convention": convention,
        "contribution": part,
        "revoyure": part.revoyure,
        "form": form,
        "groups": _groups(form, part.party_id),
        "unread": actions.unread_engagements(part, on=today),
        "take_back_form": TakeBackForm(),
        "is_closed": part.revoyure.is_frozen or part.handed_over_at is not None,
    }
    return render(request, "engagements/contribution.html", context)


def _write(part, form: ContributionForm, user, today) -> None:
    statement = part.statement
    if "statement" in form.changed_data:
        statement = form.cleaned_data["statement"]
    actions.write_contribution(
        part, by=user, on=today, statement=statement, readings=form.changed_readings()
    )


def _groups(form: ContributionForm, party_id: int) -> list[tuple[str, list]]:
    """What this party owes comes first: it must be read; the rest may be."""
    owed, other = [], []
    for row in form.rows():
        debtors = {debt.party_id for debt in row[0].debts.all()}
        (owed if party_id in debtors else other).append(row)
    return [("Ce que vous devez", owed), ("Ce que doit l’autre partie", other)]


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    part = get_contribution_or_404(request, pk)
    form = TakeBackForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.take_back(part, by=request.user, on=timezone.localdate(), reason=reason)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Vous pouvez de nouveau modifier votre contribution.")
    return redirect("engagements:contribution", pk=pk)
