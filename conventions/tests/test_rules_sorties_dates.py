"""The day of a letter: all the readings of a silent clause, the prudent one named."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from conventions.enums import Situation, TerminationGround, Trigger, Unit
from conventions.rules.lectures import possible_readings
from conventions.rules.sorties import LetterDates, end_of_notice, event_of, reason_not_to_leave
from conventions.rules.sorties_dates import (
    free_from,
    last_day_for,
    last_posting,
    planned_event,
    trials_around,
    trigger_of,
)
from territories.enums import Zone

METROPOLE = Zone.METROPOLE
POSTED = date(2026, 12, 1)


@dataclass(frozen=True)
class Clause:
    quantity: int = 3
    unit: str = Unit.MOIS
    trigger: str = Trigger.ENVOI
    carry: bool = False
    franc: bool = False
    ground: str = TerminationGround.SANS_MOTIF


def test_a_silent_clause_is_read_from_dispatch_presentation_and_reception():
    rows = possible_readings(Clause(trigger=""), POSTED, zone=METROPOLE)
    read = {row.trigger: (row.event_on, row.is_prudent) for row in rows}
    assert read[Trigger.ENVOI] == (date(2026, 12, 1), False)
    assert read[Trigger.PREMIERE_PRESENTATION] == (date(2026, 12, 3), False)
    assert read[Trigger.RECEPTION] == (date(2026, 12, 18), True)
    (prudent,) = (row for row in rows if row.is_prudent)
    assert prudent.last_bound_on == max(row.last_bound_on for row in rows)
    assert prudent.event_on == planned_event("", POSTED)


@pytest.mark.parametrize("trigger", ["", *Trigger.values])
def test_every_trigger_has_its_event_its_sentence_and_its_way_back(trigger):
    letter = LetterDates(posted_on=POSTED, presented_on=POSTED, delivered_on=POSTED)
    assert event_of(trigger, letter).day == POSTED
    assert trigger_of(Clause(trigger=trigger))
    assert last_posting(trigger, planned_event(trigger, POSTED)) == POSTED


@pytest.mark.parametrize("trigger", ["", *Trigger.values])
@pytest.mark.parametrize("carry", [False, True])
@pytest.mark.parametrize("unit", [Unit.MOIS, Unit.JOURS, Unit.JOURS_OUVRES])
def test_the_last_day_counted_back_binds_nobody_on_the_day_wanted(trigger, carry, unit):
    clause = Clause(trigger=trigger, carry=carry, unit=unit)
    for shift in range(0, 120, 7):
        wanted = date(2027, 1, 1) + timedelta(days=shift)
        last = last_day_for(clause, wanted, zone=METROPOLE)
        assert last.safe_date <= last.result
        assert end_of_notice(clause, last.result, zone=METROPOLE).result < wanted
        free = free_from(clause, last.result, zone=METROPOLE).result
        bound = end_of_notice(clause, last.result, zone=METROPOLE).result
        assert free == bound + timedelta(days=1)


def test_the_days_around_are_tried():
    tried = trials_around(Clause(), POSTED, zone=METROPOLE)
    assert [row.sent_on.day for row in tried] == [30, 1, 2, 8]
    assert all(row.free_on == row.last_bound_on + timedelta(days=1) for row in tried)


@pytest.mark.parametrize("situation", list(Situation))
def test_one_leaves_only_what_binds(situation):
    opened = {Situation.EN_VIGUEUR, Situation.EN_PREAVIS, Situation.A_VENIR}
    assert (reason_not_to_leave(situation) == "") is (situation in opened)
