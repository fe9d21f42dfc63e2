"""Recording the signature of an act, with all that stands before it in full view."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import scope_of
from accounts.rules.roles import Capability
from conventions.access import can, get_act_or_404, get_convention_or_404
from conventions.actions.cycle import moves_of
from conventions.actions.documents import store_document
from conventions.actions.obstacles import obstacles_of, warnings_of
from conventions.actions.signature import check_can_record_signature, sign_act, term_after
from conventions.enums import ActStatus, ConventionVerb, DocumentKind
from conventions.forms.signature import SignForm
from conventions.models import Act, Signatory
from conventions.views.writing import show
from territories.rules.zones import time_zone


def _local_day(now: datetime, zone: str) -> date:
    """What day it is where the convention lives: its term ends at 24:00 there (art. 1213)."""
    return now.astimezone(time_zone(zone)).date()


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, pk: int, number: int = 0) -> HttpResponse:
    now = timezone.now()
    convention = get_convention_or_404(request.user, pk, on=timezone.localdate(now))
    today = _local_day(now, convention.zone)
    check_can_record_signature(request.user, convention, on=today)
    act = get_act_or_404(request.user, convention, number, on=today)
    may_override = scope_of(request.user, on=today).is_platform
    form = SignForm(request.POST or None, request.FILES or None, act=act, may_override=may_override)
    if request.method == "POST" and form.is_valid():
        try:
            _sign(act, by=request.user, on=today, **form.cleaned_data)
        except ValidationError as error:
            convention = get_convention_or_404(request.user, pk, on=today)
            act = get_act_or_404(request.user, convention, number, on=today)
            form.refuse(error)
        else:
            messages.success(request, "La signature est enregistrée. Le texte est clos.")
            return redirect("conventions:detail", pk=pk)
    context = _context(act, today) | {
        "form": form,
        "may_manage": can(request.user, convention, Capability.MANAGE, on=today),
    }
    return show(request, "conventions/sign.html", convention, today, tab="actes", **context)


def _context(act: Act, today: date) -> dict:
    signatories = Signatory.objects.filter(act=act).select_related("party", "mandate")
    return {
        "act": act,
        "is_possible": ConventionVerb.SIGNER in moves_of(act),
        "obstacles": [] if act.status == ActStatus.SIGNE else obstacles_of(act, on=today),
        "warnings": warnings_of(act, on=today),
        "new_term": term_after(act) if act.number else None,
        "signatories": signatories.order_by("party__position", "position"),
    }


@transaction.atomic
def _sign(act: Act, *, by, on: date, file=None, **answers) -> None:
    """Record the signature and keep the signed file together, or neither."""
    sign_act(act, by=by, on=on, **answers)
    if file is not None:
        store_document(
            act.convention,
            by=by,
            on=on,
            name=file.name,
            data=file.data,
            kind=DocumentKind.CONVENTION_SIGNEE,
            description=f"{str(act).capitalize()}, acte signé le {answers['signed_on']:%d/%m/%Y}",
        )
