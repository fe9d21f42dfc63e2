"""Keeping the deadlines of conventions equal to what their text and their life make of them.

Projecting twice changes nothing. A date that moved retires its row and writes another, which
re-arms the reminders; those already told get one corrective message. It all happens in the
transaction of the change that moved it.

What is to change is found first, without any lock; nearly always it is nothing. The turn is taken
to write: when a line of the journal was written meanwhile, what is to change is found again; so are
dates that one side keeps apart, of which no line tells.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.actions.journal import Line, record_many
from accounts.enums import Verb
from conventions.models import Convention
from reminders.actions.looking import Changes, Look, look
from reminders.actions.turns import last_line, take_turn
from reminders.models import AddedDeadline, Deadline, Reminder
from reminders.rules.ladder import local_day
from territories.enums import Zone

logger = logging.getLogger(__name__)

# Reminders of a recently ended convention may still have to be cancelled or corrected.
KEPT_AFTER_TERM = timedelta(days=60)
# Enough to make queries cheap; few enough to hold little memory, and the journal not for long.
BATCH = 200
_DONE = ["done_on", "done_note", "revision"]


def project_deadlines(convention: Convention, *, now: datetime, on: date, by=None) -> Changes:
    """Write, refresh, settle and retire the deadlines of a convention, with their reminders."""
    return _project([convention.pk], now=now, on=on, by=by)[convention.pk]


def project_many(
    conventions: Iterable[Convention], *, now: datetime, by=None
) -> dict[int, Changes]:
    """Project several conventions, each seen from its own local day; return what changed of each.

    A fixed number of queries a batch, each batch whole or not at all.
    """
    changes: dict[int, Changes] = {}
    for on, pks in _batches(conventions, now=now):
        changes |= _project(pks, now=now, on=on, by=by)
    return changes


def project_all(*, now: datetime, on: date) -> int:
    """Move rolling dates and horizons; one broken convention does not stop the others.

    Returns how many could not be projected: each is in the log. `on` chooses the conventions.
    """
    broken = 0
    for day, pks in _batches(conventions_to_project(on=on), now=now):
        try:
            _project(pks, now=now, on=day, by=None)
        except Exception:
            logger.exception("A batch of deadlines broke: its conventions are taken one by one.")
            broken += sum(not _project_alone(pk, now=now, on=day) for pk in pks)
    return broken


def conventions_to_project(*, on: date) -> QuerySet[Convention]:
    """The conventions whose dates may still move.

    Signed and in force, to come or just ended; or not signed, with dates that people added.
    """
    alive = Q(ends_on__isnull=True) | Q(ends_on__gte=on - KEPT_AFTER_TERM)
    added = Exists(AddedDeadline.objects.standing().filter(convention=OuterRef("pk")))
    signed = Q(pk__in=Convention.objects.signees().order_by().values("pk"))
    return Convention.objects.filter(alive, signed | added).order_by("pk")


def _batches(
    conventions: Iterable[Convention], *, now: datetime
) -> Iterator[tuple[date, list[int]]]:
    """Yield the conventions by local day: at one instant, the zones live on two days at most."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for convention in conventions:
        by_day[local_day(now, Zone(convention.zone))].append(convention.pk)
    for on, pks in sorted(by_day.items()):
        rest = iter(pks)
        while batch := list(islice(rest, BATCH)):
            yield on, batch


def _project_alone(pk: int, *, now: datetime, on: date) -> bool:
    try:
        _project([pk], now=now, on=on, by=None)
    except Exception:
        reference = Convention.objects.filter(pk=pk).values_list("reference", flat=True).first()
        logger.exception("Deadlines of %s could not be projected.", reference)
        return False
    return True


def _project(pks: list[int], *, now: datetime, on: date, by) -> dict[int, Changes]:
    seen = last_line()
    found = look(pks, now=now, on=on)
    if found:
        with transaction.atomic():
            if take_turn() != seen or found.writes_apart:
                found = look(pks, now=now, on=on)
            _write(found, by=by)
    return found.changes


def _write(found: Look, *, by) -> None:
    """Retire before writing: one live row a key. Correct after cancelling what was to be said."""
    changes = list(found.changes.values())
    retired = [row for one in changes for row in one.retired]
    if retired:
        pks = [row.pk for row in retired]
        Deadline.every.filter(pk__in=pks).update(retired_at=retired[0].retired_at)
    settled = [row for one in changes for row in one.settled]
    Deadline.every.bulk_update(settled, _DONE, batch_size=BATCH)
    _save_refreshed(changes)
    written = [row for one in changes for row in one.written]
    Deadline.every.bulk_create(written, batch_size=1000)
    found.arms.write()
    Reminder.objects.bulk_create(found.corrections, ignore_conflicts=True)
    lines = [_line(one, by=by) for one in changes if _told_to_all(one)]
    if lines:
        record_many(lines)


def _save_refreshed(changes: list[Changes]) -> None:
    """Write the same fields of many rows at once: most often the answers of the day."""
    by_fields: dict[frozenset[str], list[Deadline]] = defaultdict(list)
    for one in changes:
        for row in one.refreshed:
            by_fields[one.stale[row.pk]].append(row)
    for stale, rows in by_fields.items():
        names = [name.removesuffix("_id") for name in sorted(stale)]
        Deadline.every.bulk_update(rows, [*names, "revision"], batch_size=BATCH)


def _told_to_all(one: Changes) -> bool:
    return any(_words(rows) for rows in (one.written, one.settled, one.retired))


def _line(one: Changes, *, by) -> Line:
    """What the convention's journal tells: nothing of what a person or one side keeps apart."""
    data = {
        "written": _words(one.written),
        "settled": _words(one.settled),
        "retired": _words(one.retired),
    }
    return Line(by, Verb.DEADLINES_PROJECTED, one.convention, one.convention.pk, data=data)


def _words(rows: list[Deadline]) -> list[str]:
    shared = [row for row in rows if row.owner_id is None and row.reserved_to_id is None]
    return [f"{row.title} ({row.due_on.isoformat()})" for row in shared[:50]]
