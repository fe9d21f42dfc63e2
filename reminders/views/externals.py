"""Who is told of a convention's dates, and those outside whom a party has told."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.rules.roles import Capability
from conventions.access import acting_parties, check_can, get_convention_or_404
from conventions.enums import ConventionStatus
from reminders.actions.externals import add_external, stop_external
from reminders.actions.told import kinds_of, roll_of
from reminders.forms.externals import ExternalForm
from reminders.models import ExternalRecipient


def recipients(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is told, party by party; a form for whoever decides for one of them."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    parties = acting_parties(request.user, convention, Capability.MANAGE, on=on)
    form = ExternalForm(request.POST or None, parties=parties, kinds=kinds_of(convention))
    if request.method == "POST":
        check_can(request.user, convention, Capability.MANAGE, on=on)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        try:
            added = add_external(convention, by=request.user, now=now, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{added} recevra le prochain rappel.")
            return redirect("reminders:recipients", pk=pk)
    context = {
        "convention": convention,
        "tab": "echeances",
        "on": on,
        "form": form,
        "may_add": parties.exists() and convention.status == ConventionStatus.SIGNEE,
        "sides": roll_of(convention, seen_by=request.user, on=on),
    }
    return render(request, "reminders/recipients.html", context)


@require_POST
def external_stop(request: HttpRequest, pk: int, external_pk: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    rows = ExternalRecipient.objects.filter(convention=convention)
    recipient = get_object_or_404(rows.select_related("convention", "party"), pk=external_pk)
    try:
        stop_external(recipient, by=request.user, now=timezone.now(), on=on)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{recipient} ne recevra plus de rappels.")
    return redirect("reminders:recipients", pk=pk)
