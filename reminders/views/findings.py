"""What the portal found wrong, for those who administer it or an organisation."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reminders.actions.heartbeat import CHECKING, last_beat
from reminders.actions.watching import findings_visible_to, may_watch, troubles_for

ROWS = 50


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """What stands, what it means and what to do; then what stood and was lifted."""
    now, on = timezone.now(), timezone.localdate()
    if not may_watch(request.user, on=on):
        msg = "Les constats sont réservés à ceux qui administrent le portail ou un organisme."
        raise PermissionDenied(msg)
    lifted = findings_visible_to(request.user, on=on).filter(cleared_at__isnull=False)
    page = Paginator(lifted.order_by("-cleared_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    context = {
        "troubles": troubles_for(request.user, on=on, now=now),
        "page": page,
        "checked_at": last_beat(CHECKING),
    }
    return render(request, "reminders/findings.html", context)
