"""One date, as a page and as a calendar entry."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reminders.access import get_deadline_or_404
from reminders.actions.agenda import entry_of
from reminders.rules.agenda import CONTENT_TYPE, calendar
from reminders.views.deadline_page import show


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    return show(request, deadline, on=on)


@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The date as a calendar entry."""
    on = timezone.localdate()
    deadline = get_deadline_or_404(request.user, pk, on=on)
    entry = entry_of(request.user, deadline, on=on)
    response = HttpResponse(calendar([entry]), content_type=CONTENT_TYPE)
    name = f"echeance-{deadline.convention.reference.lower()}-{deadline.pk}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
