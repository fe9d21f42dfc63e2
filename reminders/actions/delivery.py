"""One connection to the mail server, and what becomes of the rows of a mail: sent, later, given up.

Reminders and notices share it: a row has `status`, `attempts`, `failure`, `next_try_at`, and keeps
what was sent, when and to whom.
"""

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction

from reminders.actions.leasing import Lease
from reminders.enums import ReminderStatus
from reminders.models.outgoing import Outgoing
from reminders.rules.retries import SET_ASIDE, is_refusal, next_try_at

LONGEST_REASON = 300
_CLOSING = 421


class Outcome(Enum):
    """What became of the rows of one mail."""

    SENT = "sent"
    CANCELLED = "cancelled"
    # To be tried again, or given up.
    POSTPONED = "postponed"
    # An act took the rows, or the lease was over: whoever has them now sees to them.
    LEFT = "left"
    # The mail server itself did not answer: no use in trying the other rows now.
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Failure:
    reason: str
    for_good: bool = False
    unreachable: bool = False


class Postman:
    """One connection to the mail server, kept from mail to mail, opened when the first leaves.

    A server that hung up between two mails is called again once.
    """

    def __init__(self) -> None:
        self._connection = get_connection()
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hang_up()

    def post(self, message: EmailMessage) -> Failure | None:
        """Send; return what prevented it, or None when the server took the message."""
        was_open = self._is_open
        try:
            if not was_open:
                self._connection.open()
                self._is_open = True
            self._hand_in(message)
        except OSError as error:  # every error of smtplib and of sockets is one
            failure = _failure(error)
            if failure.unreachable:
                self._hang_up()
            if was_open and _has_hung_up(error):
                return self.post(message)
            return failure
        except ValueError as error:  # an address or a header that no mail may hold
            return Failure(f"Message impossible : {error}", for_good=True)
        return None

    def _hand_in(self, message: EmailMessage) -> None:
        """Spare an ordinary message the parsing of addresses that are plain."""
        if isinstance(self._connection, EmailBackend) and getattr(message, "is_plain", False):
            content = message.message().as_bytes(linesep="\r\n")
            server = self._connection.connection
            server.sendmail(message.envelope_sender, message.recipients(), content)
        else:
            self._connection.send_messages([message])

    def _hang_up(self) -> None:
        """Close what may be closed already; a farewell that fails loses nothing."""
        self._is_open = False
        try:
            self._connection.close()
        except OSError:
            # Django forgets a connection whether or not the server answered «QUIT».
            return


def _has_hung_up(error: OSError) -> bool:
    """Whether the server ended a connection that worked, rather than kept us waiting."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == _CLOSING
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return not isinstance(error.__context__, TimeoutError)
    return isinstance(error, ConnectionError)


def _failure(error: OSError) -> Failure:
    """Tell an address or message refused for good from a server to be tried again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
        code, text = answers[0]
        refused = all(is_refusal(each) for each, _ in answers)
        reason = f"Adresse refusée : {code} {_words(text)}"
        return Failure(reason, for_good=refused, unreachable=code == _CLOSING)
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code != _CLOSING:
        reason = f"Message refusé : {error.smtp_code} {_words(error.smtp_error)}"
        return Failure(reason, for_good=is_refusal(error.smtp_code))
    return Failure(f"Serveur de courriel injoignable ({type(error).__name__}).", unreachable=True)


def _words(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def stamp(
    model: type[Outgoing], pks: Sequence[int], message: EmailMessage, *, now: datetime, body: str
) -> None:
    """Mark the rows of a mail that the server took: one statement, written out.

    It runs once a mail: building it anew each time would cost more than running it.
    """
    values = [
        ReminderStatus.ENVOYE.value,
        connection.ops.adapt_datetimefield_value(now),
        ", ".join([*message.to, *message.cc]),
        message.subject,
        body,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_stamping(model, len(pks)), [*values, *pks])


@lru_cache
def _stamping(model: type[Outgoing], count: int) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return (
        f"UPDATE {table} SET status = %s, attempts = attempts + 1, failure = '', sent_at = %s,"  # noqa: S608 - our own name
        f" sent_to = %s, subject = %s, body = %s WHERE id IN ({', '.join(['%s'] * count)})"
    )


def put_back(
    model: type[Outgoing],
    pks: Iterable[int],
    failure: Failure,
    lease: Lease,
    *,
    attempts: int,
    now: datetime,
) -> bool:
    """Keep the rows of a mail for later, or give them up for good; return whether they were.

    What an act cancelled meanwhile stays cancelled.
    """
    again = None if failure.for_good else next_try_at(attempts, now=now)
    fields = {"status": ReminderStatus.ECHEC} if again is None else {"next_try_at": again}
    model.objects.leased_until(lease.until).filter(pk__in=pks).update(
        attempts=attempts, failure=failure.reason[:LONGEST_REASON], **fields
    )
    return again is None


@transaction.atomic
def set_aside(model: type[Outgoing], pks: Iterable[int], error: str, *, now: datetime) -> None:
    """Put back rows whose treatment broke, or give them up after as many attempts as any other."""
    rows = model.objects.unsent().filter(pk__in=pks).select_for_update(of=("self",))
    for row in rows.only("attempts").order_by("pk"):
        attempts = row.attempts + 1
        given_up = next_try_at(attempts, now=now) is None
        model.objects.filter(pk=row.pk).update(
            attempts=attempts,
            failure=f"Erreur interne : {error}",
            next_try_at=now + SET_ASIDE,
            status=ReminderStatus.ECHEC if given_up else ReminderStatus.A_ENVOYER,
        )
