"""Pages for what went wrong: generic words, an incident number, nothing of the inside."""

import logging
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from conventions.models.act import PROVISIONAL

logger = logging.getLogger(__name__)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"left_draft_of": _left_draft_of(request)}, status=404)


def _left_draft_of(request: HttpRequest) -> int | None:
    """The convention named by the address of a draft act, which a signature leaves behind.

    Said of every such number, known or not: the page tells nothing of the drafts of others.
    """
    keys = request.resolver_match.kwargs if request.resolver_match else {}
    return keys.get("pk") if keys.get("number", 0) > PROVISIONAL else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database or the session: either may be what failed."""
    incident = uuid.uuid4().hex[:8]
    logger.error("incident %s on %s", incident, request.path)
    return HttpResponse(render_to_string("500.html", {"incident": incident}), status=500)
