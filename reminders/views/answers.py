"""What a page works out on the day it is read: rolling dates, and trials of another day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from conventions.rules.delais import Computation, DelaiError
from conventions.rules.sorties_dates import Trial, free_from, last_day_for, nearby_trials, try_day
from reminders.actions.gathering import termination_facts
from reminders.models import Deadline
from reminders.rules.leaps import CountBack, count_back
from territories.enums import Zone

# A rolling page tries today, in a week, in a month.
_AHEAD = (0, 7, 30)


@dataclass(frozen=True)
class Answer:
    """A rolling deadline with what it answers today."""

    deadline: Deadline
    free_on: date


def live_answers(deadlines: Iterable[Deadline], *, on: date) -> list[Answer]:
    found = ((deadline, rolling_answer(deadline, on=on)) for deadline in deadlines)
    return [Answer(deadline, answer.result) for deadline, answer in found if answer]


def rolling_answer(deadline: Deadline, *, on: date) -> Computation | None:
    """Count from the day of reading: the stored row dates from the last projection."""
    if deadline.clause is None:
        return None
    try:
        return free_from(termination_facts(deadline.clause), on, zone=_zone(deadline))
    except DelaiError:
        return None


def trials(deadline: Deadline, *, on: date, asked: date | None) -> list[Trial]:
    """Try the days around the last one, and the day asked for."""
    if deadline.clause is None or deadline.effect_on is None:
        return []
    clause, zone = termination_facts(deadline.clause), _zone(deadline)
    if deadline.rolling:
        days = {on + timedelta(days=shift) for shift in _AHEAD} | ({asked} if asked else set())
        return [try_day(clause, day, effect=None, zone=zone) for day in sorted(days)]
    rows = nearby_trials(clause, effect=deadline.effect_on, zone=zone)
    if asked and asked not in {row.sent_on for row in rows}:
        rows.append(try_day(clause, asked, effect=deadline.effect_on, zone=zone))
    return sorted(rows, key=lambda row: row.sent_on)


def drawing(deadline: Deadline) -> CountBack | None:
    """Draw the count back of a way out; nothing for the other dates."""
    if deadline.clause is None or deadline.effect_on is None or deadline.rolling:
        return None
    return count_back(
        termination_facts(deadline.clause),
        effect=deadline.effect_on,
        last=deadline.due_on,
        safe=deadline.act_on,
    )


def counter_proof(deadline: Deadline) -> tuple[Trial, Trial] | None:
    """Count forward from the last day, then from the day after: in time, then too late."""
    if deadline.clause is None or deadline.effect_on is None or deadline.rolling:
        return None
    clause, zone, effect = termination_facts(deadline.clause), _zone(deadline), deadline.effect_on
    last = last_day_for(clause, effect, zone=zone).result
    too_late = last + timedelta(days=1)
    return (
        try_day(clause, last, effect=effect, zone=zone),
        try_day(clause, too_late, effect=effect, zone=zone),
    )


def _zone(deadline: Deadline) -> Zone:
    return Zone(deadline.convention.zone)
