"""Every reading of a notice, side by side: dates of each event, the prudent one, the stated one."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.enums import Trigger, Unit
from conventions.rules.lectures import possible_readings
from territories.enums import Zone

LETTER = (
    Trigger.ENVOI,
    Trigger.DEPOT_RECEPISSE,
    Trigger.PREMIERE_PRESENTATION,
    Trigger.RECEPTION,
    Trigger.NOTIFICATION,
)
days = st.dates(date(2000, 1, 1), date(2080, 12, 31))


@dataclass(frozen=True)
class Notice:
    quantity: int = 3
    unit: str = Unit.MOIS
    trigger: str = ""
    carry: bool = False
    franc: bool = False


def read(clause, posted=date(2026, 11, 30), zone=Zone.METROPOLE):
    return {reading.trigger: reading for reading in possible_readings(clause, posted, zone=zone)}


def test_a_silent_clause_gives_an_answer_for_each_event_and_names_the_prudent_one():
    found = read(Notice())
    assert tuple(found) == LETTER
    assert [(row.event_on, row.last_bound_on) for row in found.values()] == [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2026, 12, 2), date(2027, 3, 2)),
        (date(2026, 12, 17), date(2027, 3, 17)),
        (date(2026, 12, 17), date(2027, 3, 17)),
    ]
    assert [row.trigger for row in found.values() if row.is_prudent] == [Trigger.RECEPTION]
    assert not any(row.is_stated for row in found.values())


@pytest.mark.parametrize("trigger", Trigger)
def test_a_clause_that_speaks_is_relied_on_and_compared(trigger):
    found = read(Notice(trigger=trigger))
    assert set(LETTER) <= set(found)
    assert [row.trigger for row in found.values() if row.is_stated] == [trigger]
    assert [row.trigger for row in found.values() if row.is_prudent] == [trigger]


def test_each_reading_says_what_it_assumes_and_how_it_counts():
    reading = read(Notice())[Trigger.PREMIERE_PRESENTATION]
    assert reading.steps[0].startswith("Compté depuis la première présentation, la lettre étant")
    assert "mercredi 2 décembre 2026" in reading.steps[0].replace("\u00a0", " ")
    assert reading.steps[1:] == reading.computation.steps


@given(days, st.integers(1, 60), st.sampled_from(Unit), st.sampled_from(Zone))
def test_the_prudent_reading_of_a_silent_clause_binds_the_longest(posted, quantity, unit, zone):
    if unit == Unit.ANS:
        quantity = 1 + quantity % 5
    rows = possible_readings(Notice(quantity=quantity, unit=unit), posted, zone=zone)
    (prudent,) = (row for row in rows if row.is_prudent)
    assert prudent.last_bound_on == max(row.last_bound_on for row in rows)
    assert all(row.free_on == row.last_bound_on + timedelta(days=1) for row in rows)
