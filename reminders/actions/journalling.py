"""What the journal says of reminders: a line for each that left, or that could not.

Written in batches, by whoever passes: what a worker sent before it died is told by the next one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.actions.journal import Line, record_many
from accounts.enums import Verb
from accounts.models import Membership
from conventions.models import Party
from reminders.actions.turns import take_turn
from reminders.enums import ReminderStatus
from reminders.models import Reminder
from reminders.rules.deadlines import EACH_SIDE

# Lines written at once: the journal is not kept from the others for long.
BATCH = 500
NOBODY = "Plus personne à prévenir."


def journal_sendings(*, now: datetime) -> None:
    """Tell the journal of every reminder that came to its end and that it does not know of."""
    while Reminder.objects.to_journal().exists():
        _journal_some()


@transaction.atomic
def _journal_some() -> None:
    """The end of the journal is held first: no row is locked while we wait for it."""
    take_turn()
    rows = list(
        Reminder.objects.to_journal()
        .select_related("deadline", "recipient", "external__party")
        .order_by("pk")[:BATCH]
    )
    sides = _sides(rows)
    record_many(_line(row, sides.get(row.pk)) for row in rows)
    Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(journalled=True)


@transaction.atomic
def journal_silence(reminders: Sequence[Reminder], *, now: datetime) -> None:
    """Tell the journal that nobody of a party can be told; before any row is locked."""
    take_turn()
    record_many(
        Line(
            None,
            Verb.REMINDER_FAILED,
            row,
            row.deadline.convention_id,
            f"{row} : {row.deadline.title}",
            {"to": row.addressee, "reason": NOBODY},
        )
        for row in reminders
    )


def _line(row: Reminder, side: int | None) -> Line:
    """What a person keeps to themselves is not in the journal of the convention, title included."""
    deadline = row.deadline
    personal = deadline.owner_id is not None
    nowhere = personal or (deadline.kind in EACH_SIDE and side is None)
    data = {"to": row.addressee}
    if row.status == ReminderStatus.ENVOYE:
        verb, data["sent_at"] = Verb.REMINDER_SENT, row.sent_at.isoformat()
    else:
        verb, data["reason"] = Verb.REMINDER_FAILED, row.failure
    if side is not None:
        data["reserved_to"] = side
    label = f"{row} : {'échéance personnelle' if personal else deadline.title}"
    dossier = None if nowhere else deadline.convention_id
    return Line(None, verb, row, dossier, label, data)


def _sides(rows: Iterable[Reminder]) -> dict[int, int]:
    """Return, by row, the organisation that alone reads its line.

    For what an organisation keeps to itself; and where each side answers apart, because lines that
    stop would tell the other what was answered.
    """
    sides = {row.pk: row.deadline.reserved_to_id for row in rows if row.deadline.reserved_to_id}
    apart = [row for row in rows if row.deadline.kind in EACH_SIDE and row.pk not in sides]
    if not apart:
        return sides
    parties = list(_parties(apart))
    bodies = _bodies(apart)
    for row in apart:
        if row.external_id:
            sides[row.pk] = row.external.party.organisation_id
            continue
        known = bodies.get(row.recipient_id, set())
        for party in parties:
            if party.convention_id == row.deadline.convention_id and (
                party.organisation_id in known or _answers_at(party, row.fallback_email)
            ):
                sides[row.pk] = party.organisation_id
    return sides


def _parties(rows: Iterable[Reminder]) -> Iterable[Party]:
    conventions = {row.deadline.convention_id for row in rows}
    parties = Party.objects.filter(convention__in=conventions).select_related("organisation")
    return parties.prefetch_related("organisation__delegations")


def _bodies(rows: Iterable[Reminder]) -> dict[int, set[int]]:
    """Return the organisations each person belongs to, or whose delegation they belong to."""
    people = {row.recipient_id for row in rows if row.recipient_id}
    bodies: dict[int, set[int]] = {}
    found = Membership.objects.filter(user__in=people)
    for user, *organisations in found.values_list("user", "organisation", "organisation__acts_for"):
        bodies.setdefault(user, set()).update(pk for pk in organisations if pk)
    return bodies


def _answers_at(party: Party, address: str) -> bool:
    body = party.organisation
    return bool(address) and address in {
        body.reminder_email, *(each.reminder_email for each in body.delegations.all())
    }  # fmt: skip
