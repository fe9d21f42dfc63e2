"""The document of a frozen revoyure: being made, then downloaded byte for byte."""

import io
from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from conventions.access import visible_to
from conventions.models.amendments import acts_since
from engagements.models import Revoyure
from reporting.models import RenderJob, SealedDocument


def _frozen_or_404(request: HttpRequest, pk: int) -> Revoyure:
    visible = visible_to(request.user, on=timezone.localdate())
    frozen = Revoyure.objects.frozen().select_related("convention")
    return get_object_or_404(frozen, pk=pk, convention__in=visible)


def _sealed(revoyure: Revoyure) -> SealedDocument | None:
    return SealedDocument.objects.filter(revoyure=revoyure).select_related("document").first()


def text_since(revoyure: Revoyure, *, on: date) -> dict:
    """What has changed in the convention's text since the day its revoyure was frozen."""
    frozen_on = timezone.localdate(revoyure.frozen_at)
    changes = acts_since(revoyure.convention, frozen_on, on=on)
    return {"text_changes": changes, "frozen_on": frozen_on, "on": on}


def revoyure_document(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the document stands; the page asks again by itself while it is being made."""
    revoyure = _frozen_or_404(request, pk)
    context = {
        "revoyure": revoyure,
        "sealed": _sealed(revoyure),
        "job": RenderJob.objects.filter(revoyure=revoyure).first(),
        **text_since(revoyure, on=timezone.localdate()),
    }
    template = "reporting/_document_progress.html" if request.htmx else "reporting/document.html"
    return render(request, template, context)


def revoyure_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The very bytes that were sealed, checked against their hash when read."""
    sealed = _sealed(_frozen_or_404(request, pk))
    if sealed is None:
        msg = "Le document est en préparation."
        raise Http404(msg)
    document = sealed.document
    data = io.BytesIO(document.read())
    return FileResponse(
        data, as_attachment=True, filename=document.name, content_type=document.content_type
    )
