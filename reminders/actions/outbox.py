"""Emptying an outbox: take a batch, read what it needs once, send its mails one by one, let go.

A mail is sent and its rows are stamped in one short transaction of its own. A crash between the
two sends again, when the lease ends, a message that its Message-ID lets mail programs recognise;
nothing is ever lost. What fails is put back for later, so that it never holds up the rest.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import InterfaceError, OperationalError

from reminders.actions.delivery import Outcome, Postman, set_aside
from reminders.actions.leasing import Lease, claim, release
from reminders.models.outgoing import Outgoing

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class Mail(Protocol):
    """What one message carries: one row, or several of one addressee."""

    @property
    def pks(self) -> Sequence[int]: ...


@dataclass(frozen=True)
class Outbox:
    """A kind of message: how a batch becomes mails, how one leaves, what follows a batch."""

    model: type[Outgoing]
    prepare: Callable[..., Sequence[Mail]]
    deliver: Callable[..., Outcome]
    conclude: Callable[..., None]


def empty(outbox: Outbox, *, clock: Clock, stop_at: datetime | None = None) -> Counter[Outcome]:
    """Send until nothing is due, the mail server is silent, or it is `stop_at`; count the mails."""
    tally: Counter[Outcome] = Counter()
    with Postman() as postman:
        while not _is_over(clock(), stop_at) and not tally[Outcome.UNREACHABLE]:
            lease = claim(outbox.model, now=clock())
            if lease is None:
                break
            tally += _treat(outbox, lease, postman, clock=clock, stop_at=stop_at)
            outbox.conclude(now=clock())
    return tally


def _is_over(now: datetime, stop_at: datetime | None) -> bool:
    return stop_at is not None and now >= stop_at


def _treat(
    outbox: Outbox, lease: Lease, postman: Postman, *, clock: Clock, stop_at: datetime | None
) -> Counter[Outcome]:
    """Send the mails of a batch; give back those there is no time or no server for."""
    mails = _prepare(outbox, lease, lease.pks, now=clock())
    tally: Counter[Outcome] = Counter()
    tally[Outcome.CANCELLED] = len(lease.pks) - sum(len(mail.pks) for mail in mails)
    for rank, mail in enumerate(mails):
        now = clock()
        late = _is_over(now, stop_at) or lease.is_nearly_over(now=now)
        if late or tally[Outcome.UNREACHABLE]:
            rest = [pk for left in mails[rank:] for pk in left.pks]
            release(outbox.model, rest, lease, now=now)
            break
        tally[_deliver(outbox, mail, postman, lease, now=now)] += 1
    return tally


def _prepare(outbox: Outbox, lease: Lease, pks: Sequence[int], *, now: datetime) -> list[Mail]:
    """Turn rows into mails; a row that cannot be read is found by halves and set aside alone."""
    try:
        return list(outbox.prepare(pks, lease, now=now))
    except (OperationalError, InterfaceError):  # the database, not a row
        raise
    except Exception as error:
        if len(pks) == 1:
            logger.exception("%s %s broke; set aside for an hour.", outbox.model.__name__, pks)
            set_aside(outbox.model, pks, type(error).__name__, now=now)
            return []
        half = len(pks) // 2
        parts = (pks[:half], pks[half:])
        return [mail for part in parts for mail in _prepare(outbox, lease, part, now=now)]


def _deliver(
    outbox: Outbox, mail: Mail, postman: Postman, lease: Lease, *, now: datetime
) -> Outcome:
    try:
        return outbox.deliver(mail, postman, lease, now=now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("%s %s broke; set aside for an hour.", outbox.model.__name__, mail.pks)
        set_aside(outbox.model, mail.pks, type(error).__name__, now=now)
        return Outcome.POSTPONED
