"""Dates that people add: their form, their change, their withdrawal."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.rules.roles import Capability
from conventions.access import acting_parties, get_convention_or_404
from conventions.models import Convention, Party
from reminders.access import get_added_or_404, visible_to
from reminders.actions.added import (
    NOT_YOURS,
    add_deadline,
    can_change,
    change_deadline,
    remove_deadline,
)
from reminders.forms.deadlines import AddedForm
from reminders.models import AddedDeadline

_WORDS = ("title", "due_on", "every_months", "note", "sharing", "party")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a date to a signed convention; whoever reads it may keep one for themselves."""
    user, now, on = request.user, timezone.now(), timezone.localdate()
    convention = get_convention_or_404(user, pk, on=on)
    form = AddedForm(request.POST or None, parties=_parties(user, convention, on=on))
    if request.method == "POST" and form.is_valid():
        try:
            added = add_deadline(convention, by=user, on=on, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "L’échéance est ajoutée, et ses rappels avec elle.")
            return _to_date(request, added, on=on)
    return _page(request, convention, form, on=on)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, added_pk: int) -> HttpResponse:
    """Change a date somebody added."""
    user, now, on = request.user, timezone.now(), timezone.localdate()
    convention = get_convention_or_404(user, pk, on=on)
    added = _changeable(user, convention, added_pk, on=on)
    initial = {name: getattr(added, name) for name in _WORDS}
    form = AddedForm(
        request.POST or None, parties=_parties(user, convention, on=on), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = change_deadline(added, by=user, on=on, now=now, **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "L’échéance est modifiée.")
            return _to_date(request, kept, on=on)
    return _page(request, convention, form, on=on, added=added)


@require_POST
def remove(request: HttpRequest, pk: int, added_pk: int) -> HttpResponse:
    """Withdraw a date somebody added."""
    user, now, on = request.user, timezone.now(), timezone.localdate()
    convention = get_convention_or_404(user, pk, on=on)
    added = _changeable(user, convention, added_pk, on=on)
    remove_deadline(added, by=user, on=on, now=now)
    messages.success(request, "L’échéance est retirée : plus aucun rappel ne partira.")
    return redirect("reminders:convention_deadlines", pk=pk)


def _page(
    request: HttpRequest,
    convention: Convention,
    form: AddedForm,
    *,
    on: date,
    added: AddedDeadline | None = None,
) -> HttpResponse:
    context = {"convention": convention, "on": on, "tab": "echeances", "form": form, "added": added}
    return render(request, "reminders/added_edit.html", context)


def _parties(user, convention: Convention, *, on: date) -> list[Party]:
    return list(acting_parties(user, convention, Capability.CONTRIBUTE, on=on))


def _changeable(user, convention: Convention, pk: int, *, on: date) -> AddedDeadline:
    """A date of this convention one sees; who may not change it is told whose it is."""
    added = get_added_or_404(user, pk, on=on, convention=convention)
    if not can_change(user, added, on=on):
        raise PermissionDenied(NOT_YOURS.format(owner=added.party or added.author))
    return added


def _to_date(request: HttpRequest, added: AddedDeadline, *, on: date) -> HttpResponse:
    """Go and see the next date it makes, or the dates of the convention."""
    rows = visible_to(request.user, on=on).live().of_added(added)
    row = rows.order_by("due_on").first()
    if row is None:
        return redirect("reminders:convention_deadlines", pk=added.convention_id)
    return redirect("reminders:detail", pk=row.pk)
