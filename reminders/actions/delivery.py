"""Sending one message of the outbox, and what becomes of its row: sent, tried again, given up.

Reminders and notices share it: a row has `status`, `attempts`, `failure`, `next_try_at`, and keeps
what was sent, when and to whom.
"""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.core.mail import EmailMessage
from django.db import models, transaction

from reminders.enums import ReminderStatus
from reminders.rules.retries import SET_ASIDE, is_refusal, next_try_at

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


def post(row: models.Model, message: EmailMessage, *, now: datetime) -> Outcome:
    """Send, then stamp; a failure puts the row back for later, or gives it up for good."""
    try:
        message.send()
    except OSError as error:  # every error of smtplib and of sockets is one
        return _fail(row, _failure(error), now=now)
    except ValueError as error:  # an address or a header that no mail may hold
        return _fail(row, Failure(f"Message impossible : {error}", for_good=True), now=now)
    row.status, row.failure = ReminderStatus.ENVOYE, ""
    row.attempts += 1
    row.sent_at, row.sent_to = now, message.to[0]
    row.subject, row.body = message.subject, message.body
    row.save()
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


def _fail(row: models.Model, failure: Failure, *, now: datetime) -> Outcome:
    row.attempts += 1
    row.failure = failure.reason[:LONGEST_REASON]
    again = None if failure.for_good else next_try_at(row.attempts, now=now)
    if again is None:
        row.status = ReminderStatus.ECHEC
    else:
        row.next_try_at = again
    row.save(update_fields=["attempts", "failure", "status", "next_try_at"])
    return Outcome.UNREACHABLE if failure.unreachable else Outcome.POSTPONED


def set_aside(row: models.Model, error: str, *, now: datetime) -> None:
    """Put back a row whose treatment broke, or give it up after as many attempts as any other."""
    with transaction.atomic():
        row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        row.attempts += 1
        row.failure = f"Erreur interne : {error}"
        row.next_try_at = now + SET_ASIDE
        if next_try_at(row.attempts, now=now) is None:
            row.status = ReminderStatus.ECHEC
        row.save(update_fields=["attempts", "failure", "status", "next_try_at"])
