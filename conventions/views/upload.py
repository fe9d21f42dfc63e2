"""Bringing a file to a convention."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.rules.roles import Capability
from conventions.actions.documents import store_document
from conventions.forms.signature import DocumentForm
from conventions.models import Convention
from conventions.views.writing import carried_out, show, writing


@require_http_methods(["GET", "HEAD", "POST"])
@writing("documents", capability=Capability.CONTRIBUTE)
def document_add(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None)

    def act() -> None:
        store_document(
            convention,
            by=request.user,
            on=today,
            name=form.cleaned_data["file"].name,
            data=form.cleaned_data["file"].data,
            kind=form.cleaned_data["kind"],
            description=form.cleaned_data["description"],
        )

    if carried_out(request, form, act, convention, done="Le document est déposé."):
        return redirect("conventions:documents", pk=convention.pk)
    return show(
        request, "conventions/document_add.html", convention, today, tab="documents", form=form
    )
