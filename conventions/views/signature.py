"""Recording the signature, with all that stands before it in full view."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import scope_of
from accounts.rules.roles import Capability
from conventions.access import can, get_convention_or_404
from conventions.actions.documents import store_document
from conventions.actions.signature import (
    check_can_record_signature,
    obstacles_to_signature,
    sign_convention,
)
from conventions.enums import ConventionVerb, DocumentKind
from conventions.forms.signature import SignForm
from conventions.models import Convention, Signatory
from conventions.rules.cycle import possible_verbs
from conventions.views.writing import show


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    check_can_record_signature(request.user, convention, on=today)
    may_override = scope_of(request.user, on=today).is_platform
    form = SignForm(request.POST or None, request.FILES or None, may_override=may_override)
    if request.method == "POST" and form.is_valid():
        try:
            _sign(convention, by=request.user, on=today, **form.cleaned_data)
        except ValidationError as error:
            convention = get_convention_or_404(request.user, pk, on=today)
            form.refuse(error)
        else:
            messages.success(request, "La signature est enregistrée. Le texte est clos.")
            return redirect("conventions:detail", pk=pk)
    context = {
        "form": form,
        "obstacles": obstacles_to_signature(convention, on=today),
        "is_possible": ConventionVerb.SIGNER in possible_verbs(convention.status),
        "signatories": _signatories(convention),
        "may_manage": can(request.user, convention, Capability.MANAGE, on=today),
    }
    return show(request, "conventions/sign.html", convention, today, tab="actes", **context)


@transaction.atomic
def _sign(convention: Convention, *, by, on: date, file=None, **answers) -> None:
    """Record the signature and keep the signed file together, or neither."""
    sign_convention(convention, by=by, on=on, **answers)
    if file is not None:
        store_document(
            convention,
            by=by,
            on=on,
            name=file.name,
            data=file.data,
            kind=DocumentKind.CONVENTION_SIGNEE,
            description=f"Signée le {answers['signed_on']:%d/%m/%Y}",
        )


def _signatories(convention: Convention):
    rows = Signatory.objects.filter(act__convention=convention, act__number=0)
    return rows.select_related("party", "mandate").order_by("party__position", "position")
