"""Whether the portal does its work, for those who watch over it: one word, nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reminders.actions.heartbeat import is_alive


@require_safe
@never_cache
@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 «ok» when the database answers and reminders are being sent, else 503 «ko»."""
    try:
        alive = is_alive(now=timezone.now())
    except DatabaseError:
        alive = False
    status = 200 if alive else 503
    return HttpResponse("ok" if alive else "ko", status=status, content_type="text/plain")
