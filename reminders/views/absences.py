"""Absences: who reads a person's reminders in their stead, and what they may not read."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import check_can_administer, organisations_visible_to
from accounts.actions.absences import (
    check_may_declare_for,
    declare_absence,
    possible_delegates,
    remove_absence,
)
from accounts.models import Absence, Membership, User
from conventions.access import visible_to
from reminders.actions.examples import standing_of
from reminders.forms.absences import AbsenceForm


def absences(request: HttpRequest) -> HttpResponse:
    """One's own absences."""
    return _page(request, request.user, "reminders:absences")


def member_absences(request: HttpRequest, pk: int) -> HttpResponse:
    """Those of a member, for who administers their organisation."""
    on = timezone.localdate()
    houses = organisations_visible_to(request.user, on=on)
    rows = Membership.objects.in_force(on=on).select_related("user", "organisation")
    membership = get_object_or_404(rows, pk=pk, organisation__in=houses)
    check_can_administer(request.user, membership.organisation, on=on)
    return _page(
        request, membership.user, "reminders:member_absences", membership=membership, pk=pk
    )


@require_POST
def absence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an absence; a stranger does not learn that it exists."""
    on = timezone.localdate()
    houses = organisations_visible_to(request.user, on=on)
    colleagues = Membership.objects.in_force(on=on).filter(organisation__in=houses)
    known = Absence.objects.filter(user__in=[request.user.pk])
    known |= Absence.objects.filter(user__in=colleagues.values("user"))
    absence = get_object_or_404(known.select_related("user"), pk=pk)
    remove_absence(absence, by=request.user, on=on)
    messages.success(request, f"L’absence est retirée : les rappels reviennent à {absence.user}.")
    own = absence.user_id == request.user.pk
    return redirect("reminders:absences") if own else redirect("accounts:account")


def _page(
    request: HttpRequest, person: User, name: str, *, membership: Membership | None = None, **keys
) -> HttpResponse:
    on = timezone.localdate()
    check_may_declare_for(person, by=request.user, on=on)
    delegates = possible_delegates(person, on=on)
    form = AbsenceForm(request.POST or None, delegates=delegates)
    if request.method == "POST" and form.is_valid():
        try:
            absence = declare_absence(person, by=request.user, on=on, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _say(request, absence)
            return redirect(name, **keys)
    rows = person.absences.filter(ends_on__gte=on).select_related("delegate", "user")
    context = {
        "person": person,
        "membership": membership,
        "form": form,
        "rows": _with_unseen(rows, on=on),
        "delegates": delegates.exists(),
        "replaced": Absence.objects.filter(delegate=person, ends_on__gte=on).select_related("user"),
        "on": on,
    }
    return render(request, "reminders/absences.html", context)


def _say(request: HttpRequest, absence: Absence) -> None:
    messages.success(request, f"C’est noté : {absence.delegate} recevra les rappels à la place.")
    away = absence.delegate.absences.filter(
        starts_on__lte=absence.ends_on, ends_on__gte=absence.starts_on
    )
    if away.exists():
        messages.warning(
            request, f"{absence.delegate} a aussi déclaré une absence pendant ces jours."
        )


def _with_unseen(absences: Iterable[Absence], *, on: date) -> list[tuple[Absence, int]]:
    """Say, for each absence, of how many conventions the delegate may not read the reminders."""
    rows = list(absences)
    told = standing_of(rows[0].user, on=on).audiences if rows else {}
    return [
        (row, len(told) - visible_to(row.delegate, on=on).filter(pk__in=told).count())
        for row in rows
    ]
