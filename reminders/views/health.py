"""Whether the portal does its work, for those who watch over it: words, and nothing of the data."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reminders.actions.watching import failing_words


@require_safe
@never_cache
@login_not_required
def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 «ok», or 503 «ko» and one word for each thing that fails."""
    try:
        failing = failing_words(now=timezone.now())
    except DatabaseError:
        failing = ["base"]
    words = " ".join(["ko", *failing]) if failing else "ok"
    return HttpResponse(words, status=503 if failing else 200, content_type="text/plain")
