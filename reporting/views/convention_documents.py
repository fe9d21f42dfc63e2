"""The documents of a convention: the text of a day, each act, on a page or as a PDF."""

import io
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from conventions.access import get_act_or_404, get_convention_or_404
from conventions.models import Convention
from conventions.models.act import PROVISIONAL
from conventions.models.listing import parties_in_order
from conventions.rules.reperes import read_day
from reporting.actions.convention_document import DIRECT_SIGNS, MOST_SIGNS, document_pdf
from reporting.actions.text_jobs import made, request_text
from reporting.models.text_document import TextDocument, act_document, consolidated_document
from reporting.tasks import wake_text


@require_safe
def text_pdf(request: HttpRequest, pk: int, day: str = "") -> HttpResponse:
    """The text in force on a day, today's without one; a draft as long as nothing is signed."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    asked = read_day(day) if day else on
    if asked is None:
        raise Http404
    document = consolidated_document(convention, on=asked)
    if document is None and not day and not convention.acts.signed().exists():
        document = act_document(get_act_or_404(request.user, convention, 0, on=on), on=on)
    if document is None:
        messages.info(request, "Aucun texte n’est en vigueur ce jour-là.")
        return redirect("conventions:text", pk=pk)
    return _pdf(request, document, _name(convention, "texte", asked))


@require_safe
def act_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One act: the convention as it was signed, or an avenant with its table."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    act = get_act_or_404(request.user, convention, number, on=on)
    document = act_document(act, on=on)
    which = number if number <= PROVISIONAL else f"projet-{slugify(act.title)[:40]}"
    return _pdf(request, document, _name(convention, act.kind, which))


@require_safe
def act_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The same document on a page, from the same templates."""
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    act = get_act_or_404(request.user, convention, number, on=on)
    context = {
        "convention": convention,
        "on": on,
        "tab": "actes",
        "document": act_document(act, on=on),
        "act": act,
    }
    return render(request, "reporting/documents/convention_page.html", context)


def _name(convention: Convention, what: str, which: date | int | str) -> str:
    number = which.isoformat() if isinstance(which, date) else which
    return f"{convention.reference.lower()}-{what}-{number}.pdf"


def _pdf(request: HttpRequest, document: TextDocument, name: str) -> HttpResponse:
    """A short text at once; a long one by a worker, and a page says how far it is."""
    if DIRECT_SIGNS < document.length <= MOST_SIGNS:
        return _long_pdf(request, document, name)
    try:
        data = document_pdf(document)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("conventions:text", pk=document.convention.pk)
    return _file(data, name)


def _long_pdf(request: HttpRequest, document: TextDocument, name: str) -> HttpResponse:
    """The address is the same while one waits: asked again, it gives the file."""
    now = timezone.now()
    job, created = request_text(document, by=request.user, now=now)
    if created:
        transaction.on_commit(lambda: wake_text(job.pk))
    if (data := made(job)) is not None and not request.htmx:
        return _file(data, name)
    context = {"document": document, "job": job, "ready": data is not None}
    template = "reporting/_text_progress.html" if request.htmx else "reporting/text_progress.html"
    return render(request, template, context)


def _file(data: bytes, name: str) -> FileResponse:
    return FileResponse(
        io.BytesIO(data), as_attachment=True, filename=name, content_type="application/pdf"
    )
