"""Sending what is due: take one row, check it again, send it, stamp it, let go.

Sent, then stamped, in one transaction: a crash between the two sends again a message that its
Message-ID lets mail programs recognise; nothing is ever lost. A row that fails is put back for
later, so that it never holds up the others.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from reminders.actions.recipients import Addressee, Audience, audience_of, concerned_parties
from reminders.emails import reminder_email
from reminders.enums import ReminderStatus
from reminders.models import Reminder
from reminders.rules.ladder import local_day
from reminders.rules.retries import SET_ASIDE, is_refusal, next_try_at
from territories.enums import Zone

logger = logging.getLogger(__name__)

LONGEST_REASON = 300


class Outcome(Enum):
    """What became of the next due row; `NOTHING` when there was none."""

    NOTHING = "nothing"
    SENT = "sent"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    # The mail server itself did not answer: no use in trying the other rows now.
    UNREACHABLE = "unreachable"

    @property
    def goes_on(self) -> bool:
        return self not in {Outcome.NOTHING, Outcome.UNREACHABLE}


@dataclass(frozen=True)
class Failure:
    reason: str
    for_good: bool = False
    unreachable: bool = False


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
        _set_aside(reminder.pk, type(error).__name__, now=now)
        return Outcome.POSTPONED


def _treat(reminder: Reminder, *, now: datetime) -> Outcome:
    on = local_day(now, Zone(reminder.deadline.convention.zone))
    reason = _no_longer_due(reminder, now=now)
    if reason:
        return _cancel(reminder, reason)
    audience = audience_of(reminder.deadline.convention, on=on)
    parties = concerned_parties(reminder.deadline)
    addressee = Addressee(reminder.recipient_id, reminder.fallback_email)
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
    message = reminder_email(reminder, on=on, now=now)
    try:
        message.send()
    except OSError as error:  # every error of smtplib and of sockets is one
        return _fail(reminder, _failure(error), now=now)
    except ValueError as error:  # an address or a header that no mail may hold
        return _fail(reminder, Failure(f"Message impossible : {error}", for_good=True), now=now)
    reminder.status, reminder.failure = ReminderStatus.ENVOYE, ""
    reminder.attempts += 1
    reminder.sent_at, reminder.sent_to = now, message.to[0]
    reminder.subject, reminder.body = message.subject, message.body
    reminder.save()
    _journal(reminder, Verb.REMINDER_SENT)
    return Outcome.SENT


def _failure(error: OSError) -> Failure:
    """Tell an address or message refused for good from a server to be tried again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return Failure(f"Adresse refusée : {code} {_words(text)}", for_good=is_refusal(code))
    if isinstance(error, smtplib.SMTPDataError):
        reason = f"Message refusé : {error.smtp_code} {_words(error.smtp_error)}"
        return Failure(reason, for_good=is_refusal(error.smtp_code))
    return Failure(f"Serveur de courriel injoignable ({type(error).__name__}).", unreachable=True)


def _words(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def _fail(reminder: Reminder, failure: Failure, *, now: datetime) -> Outcome:
    reminder.attempts += 1
    reminder.failure = failure.reason[:LONGEST_REASON]
    again = None if failure.for_good else next_try_at(reminder.attempts, now=now)
    if again is None:
        reminder.status = ReminderStatus.ECHEC
    else:
        reminder.next_try_at = again
    reminder.save(update_fields=["attempts", "failure", "status", "next_try_at"])
    if again is None:
        _journal(reminder, Verb.REMINDER_FAILED, reason=reminder.failure)
    return Outcome.UNREACHABLE if failure.unreachable else Outcome.POSTPONED


def _set_aside(pk: int, error: str, *, now: datetime) -> None:
    """Put back a row whose treatment broke, or give it up after as many attempts as any other."""
    with transaction.atomic():
        reminder = Reminder.objects.select_for_update(of=("self",)).get(pk=pk)
        reminder.attempts += 1
        reminder.failure = f"Erreur interne : {error}"
        reminder.next_try_at = now + SET_ASIDE
        if next_try_at(reminder.attempts, now=now) is None:
            reminder.status = ReminderStatus.ECHEC
        reminder.save(update_fields=["attempts", "failure", "status", "next_try_at"])


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
