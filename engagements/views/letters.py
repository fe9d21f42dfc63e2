"""The register of letters: what was sent about a convention, when, with which proofs, and why."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from conventions.access import endings_visible_to, get_convention_or_404
from conventions.models import Convention, Termination
from conventions.models.letters_read import LetterTold
from conventions.rules.non_renouvellement import made_moot
from conventions.rules.sorties import event_of
from engagements.access import convocations_visible_to
from engagements.models import Convocation
from engagements.rules.convocation import sent_event, when_and_where


@dataclass(frozen=True)
class Entry:
    """What one party wrote: its letters, where it stands, and the day it leads to."""

    title: str
    party: str
    state: str
    address: str
    letters: list[LetterTold]
    effect: str
    effect_on: date | None
    is_private: bool
    began_at: object


@require_safe
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    entries = [*_endings(request.user, convention, on), *_calls(request.user, convention, on)]
    entries.sort(key=lambda entry: entry.began_at, reverse=True)
    missing = sum(1 for entry in entries for told in entry.letters if told.missing)
    context = {"convention": convention, "on": on, "tab": "actes"}
    context |= {"entries": entries, "missing": missing}
    return render(request, "engagements/letters.html", context)


_PROOFS = ("letters__addressee", "letters__posting_proof", "letters__delivery_proof")


def _endings(user, convention: Convention, on: date) -> list[Entry]:
    rows = endings_visible_to(user, convention, on=on).select_related("party", "clause")
    return [_ending(row, convention, on) for row in rows.prefetch_related(*_PROOFS)]


def _ending(row: Termination, convention: Convention, on: date) -> Entry:
    told = [
        LetterTold(letter, event_of(row.counted_from, letter.dates), on)
        for letter in row.letters.all()
    ]
    effect = "Dernier jour liant les parties" if row.ends_convention else "Fin du délai"
    if row.is_announcement:
        effect = made_moot(row.effect_on, convention.ends_on) or "Terme de la convention, inchangé"
    return Entry(
        title=row.get_kind_display(),
        party=str(row.party),
        state=row.get_status_display(),
        address=reverse("conventions:ending", kwargs={"pk": convention.pk, "ending_pk": row.pk}),
        letters=told,
        effect=effect if row.effect_on else "",
        effect_on=row.effect_on,
        is_private=row.event_on is None,
        began_at=row.created_at,
    )


def _calls(user, convention: Convention, on: date) -> list[Entry]:
    rows = convocations_visible_to(user, convention, on=on).select_related("party", "revoyure")
    return [_call(row, on) for row in rows.prefetch_related(*_PROOFS)]


def _call(row: Convocation, on: date) -> Entry:
    state = "annulée" if row.cancelled_on else "envoyée" if row.sent_on else "préparée"
    return Entry(
        title=f"convocation au comité de revoyure {row.revoyure.year}",
        party=str(row.party),
        state=state,
        address=reverse("engagements:convocation", kwargs={"pk": row.pk}),
        letters=[LetterTold(one, sent_event(one.dates), on) for one in row.letters.all()],
        effect=f"Réunion {when_and_where(row.held_on, row.begins_at, row.place)}",
        effect_on=None,
        is_private=row.sent_on is None,
        began_at=row.created_at,
    )
