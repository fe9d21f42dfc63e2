"""Sending what is due: take one row, check it again, send it, stamp it, let go.

Sent, then stamped, in one transaction: a crash between the two sends again a message that its
Message-ID lets mail programs recognise; nothing is ever lost. A row that fails is put back for
later, so that it never holds up the others.
"""

import logging
from datetime import date, datetime

from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from reminders.actions.delivery import Outcome, post, set_aside
from reminders.actions.recipients import Addressee, Audience, audience_of, concerned_parties
from reminders.emails import reminder_email
from reminders.enums import ReminderStatus
from reminders.models import Reminder
from reminders.rules.ladder import local_day
from territories.enums import Zone

logger = logging.getLogger(__name__)


def send_next_reminder(*, now: datetime) -> Outcome:
    """Treat the oldest due reminder that nobody else holds."""
    reminder = None
    try:
        with transaction.atomic():
            reminder = Reminder.objects.next_to_send(now=now)
            return Outcome.NOTHING if reminder is None else _treat(reminder, now=now)
    except Exception as error:
        if reminder is None:
            raise
        logger.exception("Reminder %s broke; it is set aside for an hour.", reminder.pk)
        set_aside(reminder, type(error).__name__, now=now)
        return Outcome.POSTPONED


def _treat(reminder: Reminder, *, now: datetime) -> Outcome:
    on = local_day(now, Zone(reminder.deadline.convention.zone))
    reason = _no_longer_due(reminder, now=now)
    if reason:
        return _cancel(reminder, reason)
    audience = audience_of(reminder.deadline.convention, on=on)
    parties = concerned_parties(reminder.deadline)
    addressee = Addressee(reminder.recipient_id, reminder.fallback_email, reminder.external_id)
    if addressee not in audience.of(parties):
        _hand_over(reminder, audience, parties, now=now)
        return _cancel(reminder, "Cette personne ne suit plus la convention.")
    return _deliver(reminder, on=on, now=now)


def _no_longer_due(reminder: Reminder, *, now: datetime) -> str:
    """Say why a row written weeks ago must not leave, or nothing (checked at delivery)."""
    deadline = reminder.deadline
    if deadline.done_on is not None:
        return "L’échéance est faite."
    if not deadline.is_live and not reminder.is_correction:
        return "L’échéance ne tient plus."
    newer = Reminder.objects.due(now=now).filter(
        deadline=deadline,
        recipient=reminder.recipient,
        external=reminder.external,
        fallback_email=reminder.fallback_email,
        due_at__gt=reminder.due_at,
    )
    if not reminder.is_correction and newer.exists():
        return "Un rappel plus récent de la même échéance part à sa place."
    return ""


def _cancel(reminder: Reminder, reason: str) -> Outcome:
    reminder.status, reminder.failure = ReminderStatus.ANNULE, reason
    reminder.save(update_fields=["status", "failure"])
    return Outcome.CANCELLED


def _hand_over(
    reminder: Reminder, audience: Audience, parties: list[int] | None, *, now: datetime
) -> None:
    """When the last person of a party has gone, its fallback address is told instead (R11)."""
    Reminder.objects.bulk_create(
        (
            Reminder(
                deadline=reminder.deadline,
                target_on=reminder.target_on,
                nature=reminder.nature,
                rule=reminder.rule,
                previous_on=reminder.previous_on,
                fallback_email=addressee.fallback_email,
                due_at=reminder.due_at,
                next_try_at=now,
            )
            for addressee in audience.of(parties)
            if addressee.fallback_email
        ),
        ignore_conflicts=True,
    )
    if audience.unheard(parties):
        _journal(reminder, Verb.REMINDER_FAILED, reason="Plus personne à prévenir.")


def _deliver(reminder: Reminder, *, on: date, now: datetime) -> Outcome:
    outcome = post(reminder, reminder_email(reminder, on=on, now=now), now=now)
    if reminder.status == ReminderStatus.ENVOYE:
        _journal(reminder, Verb.REMINDER_SENT)
    elif reminder.status == ReminderStatus.ECHEC:
        _journal(reminder, Verb.REMINDER_FAILED, reason=reminder.failure)
    return outcome


def _journal(reminder: Reminder, verb: Verb, **data) -> None:
    deadline = reminder.deadline
    record(
        None,
        verb,
        reminder,
        dossier=deadline.convention_id,
        label=f"{reminder} : {deadline.title}",
        to=reminder.addressee,
        **data,
    )
