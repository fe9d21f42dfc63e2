"""Calling the committee of a revoyure: prepare, correct, note what was sent, call off.

Only who acts for the party that calls goes further than reading.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules.roles import Capability
from conventions.access import acting_parties, check_acts_for
from conventions.models.letters_read import LetterTold
from engagements.access import get_convocation_or_404
from engagements.actions.convocation_letters import meeting_asked, starting_agenda
from engagements.actions.convocations import (
    FROZEN,
    cancel_convocation,
    change_convocation,
    prepare_convocation,
)
from engagements.forms.base import SectionedForm
from engagements.forms.convocation import CancelForm, ConvocationForm
from engagements.models import Convocation, ConvocationLetter, Revoyure
from engagements.rules.convocation import sent_event, short_notice
from engagements.views.revoyure import get_revoyure_or_404
from territories.rules.jours_feries import working_day_on_or_before

SPEAKS_FOR_NOBODY = "Un comité se convoque au nom d’une partie : la plateforme n’en est pas une."


def of_convocation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the door to what one does of a call: 404 to the other side while it is only prepared."""

    @wraps(view)
    def opened(request: HttpRequest, pk: int, **keys) -> HttpResponse:
        today = timezone.localdate()
        found = get_convocation_or_404(request.user, pk, on=today)
        check_acts_for(request.user, found.party.heir(on=today), Capability.MANAGE, on=today)
        return view(request, found, today, **keys)

    return opened


def sent_form(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def carried_out(request: HttpRequest, form: SectionedForm, act: Callable, *, done: str) -> bool:
    """Run an action on answers that hold; put its refusal at its field, keep what was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except ValidationError as error:
        form.refuse(error)
        return False
    messages.success(request, done)
    return True


def page(
    request: HttpRequest, template: str, convocation: Convocation, on: date, **context
) -> HttpResponse:
    context |= {
        "convocation": convocation,
        "revoyure": convocation.revoyure,
        "convention": convocation.revoyure.convention,
        "on": on,
        "tab": "revoyures",
    }
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def convocation_prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """The day, the place, an agenda to start from; nothing leaves."""
    today = timezone.localdate()
    revoyure = get_revoyure_or_404(request, pk)
    parties = acting_parties(request.user, revoyure.convention, Capability.MANAGE, on=today)
    if not parties.exists():
        raise PermissionDenied(SPEAKS_FOR_NOBODY)
    if revoyure.is_frozen:
        messages.error(request, FROZEN)
        return redirect("engagements:revoyure", pk=pk)
    initial = _to_start_from(revoyure, today)
    form = ConvocationForm(sent_form(request), parties=parties, initial=initial)
    made: list[Convocation] = []
    if carried_out(
        request,
        form,
        lambda: made.append(
            prepare_convocation(revoyure, by=request.user, on=today, **form.cleaned_data)
        ),
        done="La convocation est préparée. Votre côté seul le sait tant qu’elle n’est pas partie.",
    ):
        return redirect("engagements:convocation", pk=made[0].pk)
    asked, _day = meeting_asked(revoyure, on=today)
    context = {"form": form, "asked": asked, "revoyure": revoyure, "on": today}
    context |= {"convention": revoyure.convention, "tab": "revoyures"}
    return render(request, "engagements/convocation_prepare.html", context)


def _to_start_from(revoyure: Revoyure, on: date) -> dict:
    """The day already set, or the last working day the clause leaves, and what is to be seen."""
    _asked, expected = meeting_asked(revoyure, on=on)
    zone = revoyure.convention.zone
    held_on = revoyure.meeting_on or (expected and working_day_on_or_before(expected, zone))
    return {
        "held_on": held_on if held_on and held_on >= on else None,
        "agenda": starting_agenda(revoyure, on=on),
    }


@require_safe
def convocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a call stands, for whoever may know of it."""
    today = timezone.localdate()
    found = get_convocation_or_404(request.user, pk, on=today)
    convention = found.revoyure.convention
    mine = acting_parties(request.user, convention, Capability.MANAGE, on=today)
    may_act = mine.filter(pk=found.party.heir(on=today).pk).exists()
    letters = found.letters.select_related("addressee", "posting_proof", "delivery_proof")
    is_open = found.cancelled_on is None
    context = {
        "letters": [_card(found, letter, today, may_act=may_act) for letter in letters],
        "may_change": may_act and is_open and found.sent_on is None,
        "may_cancel": may_act and is_open and not found.revoyure.is_frozen,
        "may_reconvene": may_act and not is_open and not found.revoyure.is_frozen,
        "short": short_notice(found.held_on, found.sent_on or today) if is_open else "",
        "asked": meeting_asked(found.revoyure, on=today)[0],
    }
    return page(request, "engagements/convocation.html", found, today, **context)


def _card(convocation: Convocation, letter: ConvocationLetter, on: date, *, may_act: bool) -> dict:
    """A letter as the register shows it, with what its side may do of it."""
    told = LetterTold(letter, sent_event(letter.dates), on)
    card = {"told": told, "read": "", "dates": "", "withdrawal": "", "versions": ""}
    if not may_act:
        return card
    keys = {"pk": convocation.pk, "letter_pk": letter.pk}
    card["read"] = reverse("engagements:convocation_letter", kwargs=keys)
    card["versions"] = reverse("engagements:convocation_versions", kwargs=keys)
    if convocation.cancelled_on is None:
        card["dates"] = reverse("engagements:convocation_dates", kwargs=keys)
    elif convocation.sent_on is not None:
        card["withdrawal"] = f"{card['read']}?objet=annulation"
    return card


@require_http_methods(["GET", "HEAD", "POST"])
@of_convocation
def convocation_edit(request: HttpRequest, found: Convocation, today: date) -> HttpResponse:
    names = ("held_on", "begins_at", "place", "agenda")
    initial = {name: getattr(found, name) for name in names}
    form = ConvocationForm(sent_form(request), parties=None, prepared=True, initial=initial)
    if carried_out(
        request,
        form,
        lambda: change_convocation(found, by=request.user, on=today, **form.cleaned_data),
        done="La convocation est à jour.",
    ):
        return redirect("engagements:convocation", pk=found.pk)
    context = {
        "form": form,
        "title": "Modifier la convocation",
        "lead": "Tant qu’elle n’est pas partie, tout se corrige.",
        "verb": "Enregistrer",
    }
    return page(request, "engagements/convocation_decide.html", found, today, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_convocation
def convocation_cancel(request: HttpRequest, found: Convocation, today: date) -> HttpResponse:
    form = CancelForm(sent_form(request))
    if carried_out(
        request,
        form,
        lambda: cancel_convocation(found, by=request.user, on=today, **form.cleaned_data),
        done="La convocation est annulée. Elle reste au registre.",
    ):
        return redirect("engagements:convocation", pk=found.pk)
    sent = (
        "Les autres parties le verront, et la date du comité est effacée : prévenez-les par la "
        "lettre d’annulation, puis convoquez de nouveau."
    )
    context = {
        "form": form,
        "title": "Annuler ou reporter la réunion",
        "lead": sent if found.sent_on else "Elle n’est pas partie : personne d’autre ne le saura.",
        "verb": "Annuler la convocation",
    }
    return page(request, "engagements/convocation_decide.html", found, today, **context)
