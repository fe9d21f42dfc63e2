"""Which messages a ladder asks for, seen from an instant: what is ahead, late rungs, escalation.

A weekly rhythm moves a rung back to its Monday (`ladder.told_on`): told early, never late.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from reminders.enums import DeadlineKind, ReminderNature, Rhythm
from reminders.rules.deadlines import EXPECTED
from reminders.rules.ladder import (
    Ladder,
    Rung,
    due_instant,
    late_rungs,
    local_day,
    rungs,
    told_on,
)
from territories.enums import Zone


@dataclass(frozen=True)
class Ringing:
    """What of a deadline decides its messages.

    `over_on` is the last day of the convention, after which nothing of it is late any more.
    """

    kind: DeadlineKind
    act_on: date
    due_on: date
    zone: Zone
    over_on: date | None = None


@dataclass(frozen=True)
class Wanted:
    """One message wanted, at an instant that is ahead, or now."""

    nature: ReminderNature
    rule: int
    due_at: datetime


def can_ring(ringing: Ringing, today: date) -> bool:
    """Whether anybody may still be told: its day is not over, or it is expected and late."""
    if ringing.due_on >= today:
        return True
    over = ringing.over_on is not None and ringing.over_on < today
    return ringing.kind in EXPECTED and not over


def wanted(
    ringing: Ringing, ladder: Ladder, rhythm: Rhythm, *, now: datetime, is_new: bool
) -> list[Wanted]:
    """Return the reminders still ahead for one addressee.

    A deadline that appears when all its rungs are behind, but not its day, gets the last one at
    once: silence is the one thing the portal may not offer. What is late is told on its own day,
    whatever the rhythm: the Monday before, nothing was.
    """
    before, late, _ = _rungs_of(ringing, ladder)
    ahead = [(rung.rule, rung.due_at) for rung in before if rung.due_at > now]
    if not ahead and is_new and before and local_day(now, ringing.zone) <= ringing.act_on:
        ahead = [(before[-1].rule, now)]
    if rhythm == Rhythm.HEBDOMADAIRE:
        ahead = [(rule, _at(due_at, rhythm, ringing.zone, now)) for rule, due_at in ahead]
    ahead += [(rung.rule, rung.due_at) for rung in late if rung.due_at > now]
    return [Wanted(ReminderNature.RAPPEL, rule, due_at) for rule, due_at in ahead]


def escalation(ringing: Ringing, ladder: Ladder, *, now: datetime) -> list[Wanted]:
    """Return the message to those above, while its instant is ahead."""
    _, _, above = _rungs_of(ringing, ladder)
    return [
        Wanted(ReminderNature.ESCALADE, rung.rule, rung.due_at)
        for rung in above
        if rung.due_at > now
    ]


@lru_cache(maxsize=16384)
def _rungs_of(
    ringing: Ringing, ladder: Ladder
) -> tuple[tuple[Rung, ...], tuple[Rung, ...], tuple[Rung, ...]]:
    """Return the rungs before the date, those while it is late, and the one for those above."""
    before = tuple(rungs(ladder, ringing.act_on, zone=ringing.zone))
    late = ()
    if ringing.kind in EXPECTED:
        found = late_rungs(ladder, ringing.act_on, due_on=ringing.due_on, zone=ringing.zone)
        late = tuple(rung for rung in found if _is_in_life(rung, ringing))
    above = tuple(rung for rung in _above(ringing, ladder) if _is_in_life(rung, ringing))
    return before, late, above


def _above(ringing: Ringing, ladder: Ladder) -> Iterator[Rung]:
    """Count from the day to act while it is ahead, from the date itself once it is late."""
    if ladder.escalates is None or (ladder.escalates < 0 and ringing.kind not in EXPECTED):
        return
    origin = ringing.act_on if ladder.escalates >= 0 else ringing.due_on
    day = origin - timedelta(days=ladder.escalates)
    yield Rung((ringing.act_on - day).days, due_instant(day, ringing.zone))


def _is_in_life(rung: Rung, ringing: Ringing) -> bool:
    """Once the convention is over nothing is late; what comes before the date always holds."""
    day = ringing.act_on - timedelta(days=rung.rule)
    return day <= ringing.due_on or ringing.over_on is None or day <= ringing.over_on


def _at(due_at: datetime, rhythm: Rhythm, zone: Zone, now: datetime) -> datetime:
    """Return when a rung leaves: on its own day when that of its rhythm is behind."""
    earlier = due_instant(told_on(local_day(due_at, zone), rhythm), zone)
    return earlier if now < earlier < due_at else due_at
