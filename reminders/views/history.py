"""When a date moved, from what to what, and what moved it."""

from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.access import entries_visible_to
from reminders.access import visible_to
from reminders.models import Deadline

# A projection follows what called for it in the same transaction.
_AROUND = timedelta(seconds=10)
_OWN_LINES = (
    Verb.DEADLINES_PROJECTED,
    Verb.REMINDER_SENT,
    Verb.REMINDER_FAILED,
)
LONGEST = 20


class Move(NamedTuple):
    """One date that stood until `at`, then another, or none. `why` is blank when nobody acted."""

    at: datetime
    before: Deadline
    after: Deadline | None
    why: str


def moves_of(user, deadline: Deadline, *, on: date) -> list[Move]:
    """Return the changes of one date that the reader may know of, the last first."""
    same = visible_to(user, on=on).filter(convention=deadline.convention_id, key=deadline.key)
    rows = list(same.filter(rolling=False).order_by("-projected_at", "-pk")[: LONGEST + 1])
    retired = [row for row in rows if row.retired_at is not None]
    if not retired:
        return []
    acts = _acts(user, deadline, [row.retired_at for row in retired], on=on)
    return [
        Move(row.retired_at, row, _next(row, rows), _why(row.retired_at, acts)) for row in retired
    ]


def _next(row: Deadline, rows: list[Deadline]) -> Deadline | None:
    """Return the row that took the place of this one."""
    later = [one for one in rows if one.projected_at >= row.retired_at and one.pk != row.pk]
    return later[-1] if later else None


def _acts(user, deadline: Deadline, instants: list[datetime], *, on: date) -> list[JournalEntry]:
    """Return the acts around these instants, as far as the reader may read them."""
    around = (Q(at__range=(at - _AROUND, at + _AROUND)) for at in instants)
    entries = JournalEntry.objects.of_dossier(deadline.convention_id)
    entries = entries.filter(reduce(or_, around)).exclude(verb__in=_OWN_LINES)
    return list(entries_visible_to(user, entries, on=on))


def _why(at: datetime, acts: list[JournalEntry]) -> str:
    near = [entry for entry in acts if abs(entry.at - at) <= _AROUND]
    return str(min(near, key=lambda entry: abs(entry.at - at))) if near else ""
