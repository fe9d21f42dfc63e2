"""The files of a convention, and the one door through which their bytes leave."""

import logging

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.rules.roles import Capability
from conventions.access import capabilities_in, documents_visible_to, get_convention_or_404
from conventions.models import CorruptFileError
from conventions.models.listing import parties_in_order

logger = logging.getLogger(__name__)

PER_PAGE = 25


@require_safe
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    known = documents_visible_to(request.user, convention, on=on)
    rows = known.select_related("added_by").order_by("-added_at", "-pk")
    context = {
        "convention": convention,
        "on": on,
        "tab": "documents",
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_add": Capability.CONTRIBUTE in capabilities_in(request.user, convention, on=on),
    }
    return render(request, "conventions/documents.html", context)


@require_safe
def download(request: HttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Serve the bytes as they were stored, as a file to keep and never as a page to show.

    Nothing is written: a GET that wrote its own trace would change the state of the portal each
    time a link is followed ahead by a browser or a mail filter (control 8).
    """
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    document = get_object_or_404(
        documents_visible_to(request.user, convention, on=on), pk=document_pk
    )
    try:
        data = document.read()
    except CorruptFileError:
        logger.exception("document %s does not match its fingerprint", document.pk)
        context = {"convention": convention, "on": on, "tab": "documents", "document": document}
        return render(request, "conventions/document_unreadable.html", context, status=500)
    disposition = content_disposition_header(as_attachment=True, filename=document.name)
    return HttpResponse(
        data,
        content_type=document.content_type,
        headers={
            "Content-Disposition": disposition,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
