"""Taking rows of the outbox for a few minutes: a lease, never a lock held while a server answers.

Rows are taken in one short transaction, `SELECT … FOR UPDATE SKIP LOCKED`, by moving their next try
to the end of the lease. The worker that took them treats them alone; if it dies, they are due again
when the lease ends, those of one mail together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q

from reminders.enums import Rhythm
from reminders.models import Reminder, RhythmChoice
from reminders.models.outgoing import Outgoing

LEASE = timedelta(minutes=5)
# Rows taken at once: enough to read once for many mails, few enough to treat well within a lease.
BATCH = 200
# A reminder that waited for so long is late: what is late for one person goes in one mail.
LATE = timedelta(days=1)
# Answers that one mail may wait for: connection, greeting, HELO, MAIL, two RCPT, DATA, the end.
_ANSWERS = 8
# What is read of a row to lease it: a thousand tuples cost a fifth of a thousand objects.
_ADDRESSED = {
    True: ("pk", "due_at", "leader_id", "recipient_id", "fallback_email", "external_id"),
    False: ("pk",),
}
# Any number does, so long as nobody else uses it.
_ONE_AT_A_TIME = 7_201_500


class Due(Protocol):
    """A due row as a lease reads it; a notice has its `pk` alone."""

    pk: int
    due_at: datetime
    leader_id: int | None
    recipient_id: int | None
    fallback_email: str
    external_id: int | None


@dataclass(frozen=True)
class Lease:
    """What one worker took, until when, in the order in which it is due."""

    until: datetime
    pks: tuple[int, ...]

    def is_nearly_over(self, *, now: datetime) -> bool:
        """Whether one more mail could outlive the lease, with the slowest of servers."""
        return now >= self.until - timedelta(seconds=_ANSWERS * settings.EMAIL_TIMEOUT)


@transaction.atomic
def claim(model: type[Outgoing], *, now: datetime) -> Lease | None:
    """Take the oldest due rows that nobody else holds, or None when there are none."""
    _one_claim_at_a_time()
    rows = due_rows(model, now=now, limit=BATCH)
    if not rows:
        return None
    if model is Reminder:
        rows += _companions(rows, now=now)
    lease = Lease(now + LEASE, tuple(row.pk for row in rows))
    model.objects.filter(pk__in=lease.pks).update(next_try_at=lease.until)
    return lease


@transaction.atomic
def release(model: type[Outgoing], pks: Iterable[int], lease: Lease, *, now: datetime) -> None:
    """Give back rows that there was no time to treat; whatever an act holds is left to it."""
    held = model.objects.leased_until(lease.until).filter(pk__in=pks)
    free = held.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    model.objects.filter(pk__in=[row.pk for row in free.only("pk")]).update(next_try_at=now)


def due_rows(model: type[Outgoing], *, now: datetime, limit: int) -> list[Due]:
    """Lock and return the oldest due rows that nobody else holds."""
    return list(_free(model, now=now).order_by("next_try_at", "pk")[:limit])


def _free(model: type[Outgoing], *, now: datetime) -> models.QuerySet:
    due = model.objects.due(now=now).select_for_update(skip_locked=True)
    return due.values_list(*_ADDRESSED[model is Reminder], named=True)


def _companions(rows: list[Due], *, now: datetime) -> list[Due]:
    """Lock and return the other due rows that must leave with these."""
    together = _together(rows, now=now)
    if not together:
        return []
    others = _free(Reminder, now=now).filter(together).exclude(pk__in=[row.pk for row in rows])
    return list(others.order_by("pk"))


def _one_claim_at_a_time() -> None:
    """Make claims wait for each other, for the few milliseconds one takes.

    Two workers that took rows of one person at once would write to them twice. Sending goes on
    meanwhile; SQLite lets one writer in anyhow.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


def _together(rows: list[Due], *, now: datetime) -> Q:
    """Say which other due rows must leave with these: those of one mail, or of one late person."""
    leaders = {row.leader_id for row in rows if row.leader_id}
    late = [row for row in rows if now - row.due_at >= LATE]
    people = {row.recipient_id for row in late if row.recipient_id} | _digest_readers(rows)
    addresses = {row.fallback_email for row in late if row.fallback_email}
    outsiders = {row.external_id for row in late if row.external_id}
    wanted = {
        "leader__in": leaders,
        "recipient__in": people,
        "fallback_email__in": addresses,
        "external__in": outsiders,
    }
    together = Q()
    for name, values in wanted.items():
        if values:
            together |= Q(**{name: values})
    return together


def _digest_readers(rows: list[Due]) -> set[int]:
    """Return the people of whom a choice, theirs or their organisation's, may gather the mails.

    A few too many do no harm: their rows are merely taken together.
    """
    people = {row.recipient_id for row in rows if row.recipient_id}
    gathered = RhythmChoice.objects.exclude(rhythm=Rhythm.CHACUN)
    own = Q(user__in=people)
    through = Q(organisation__memberships__user__in=people)
    found = gathered.filter(own | through).values_list("user", "organisation__memberships__user")
    return {person for pair in found for person in pair if person in people}
