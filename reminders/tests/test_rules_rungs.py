"""Which messages a ladder asks for: ahead, late, to those above, and on which day of the week."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders.enums import DeadlineKind as Kind
from reminders.enums import ReminderNature, Rhythm
from reminders.rules.ladder import LADDERS, Ladder, due_instant, local_day
from reminders.rules.rungs import Ringing, can_ring, escalation, wanted
from territories.enums import Zone

NOW = datetime(2018, 3, 1, 7, 0, tzinfo=UTC)
# Due on a Sunday, to be done by the Friday before.
DUE, SAFE = date(2018, 9, 30), date(2018, 9, 28)


def _ringing(kind=Kind.ENGAGEMENT, *, act_on=SAFE, due_on=DUE, zone=Zone.METROPOLE, over_on=None):
    return Ringing(kind, act_on, due_on, zone, over_on)


def _days(ringing, ladder=None, rhythm=Rhythm.CHACUN, *, now=NOW, is_new=False):
    found = wanted(ringing, ladder or LADDERS[ringing.kind], rhythm, now=now, is_new=is_new)
    return [(row.rule, local_day(row.due_at, ringing.zone)) for row in found]


def test_what_is_expected_is_recalled_once_late_counted_from_its_date():
    ladder = Ladder(days=(7,), late=(1, 7))
    assert _days(_ringing(), ladder) == [
        (7, date(2018, 9, 21)),
        (-3, date(2018, 10, 1)),
        (-9, date(2018, 10, 7)),
    ]


def test_a_limit_that_passes_is_never_late():
    ladder = Ladder(days=(7,), late=(1,), escalates=-1)
    ringing = _ringing(Kind.CONTROLE_LEGALITE)
    assert [rule for rule, _ in _days(ringing, ladder)] == [7]
    assert escalation(ringing, ladder, now=NOW) == []


def test_nothing_is_late_once_the_convention_is_over():
    ladder = Ladder(days=(7,), late=(1, 7), escalates=-7)
    ringing = _ringing(over_on=date(2018, 10, 3))
    assert [rule for rule, _ in _days(ringing, ladder)] == [7, -3]
    assert escalation(ringing, ladder, now=NOW) == []
    assert can_ring(ringing, date(2018, 10, 3))
    assert not can_ring(ringing, date(2018, 10, 4))


@pytest.mark.parametrize(("escalates", "day"), [(15, date(2018, 9, 13)), (-7, date(2018, 10, 7))])
def test_those_above_are_told_before_the_day_to_act_or_after_the_date(escalates, day):
    (row,) = escalation(_ringing(), Ladder(escalates=escalates), now=NOW)
    assert row.nature == ReminderNature.ESCALADE
    assert local_day(row.due_at, Zone.METROPOLE) == day
    assert row.rule == (SAFE - day).days


def test_a_date_that_appears_late_in_the_day_is_told_at_once():
    soon = _ringing(act_on=date(2018, 3, 2), due_on=date(2018, 3, 2))
    ladder = Ladder(days=(30, 7))
    assert _days(soon, ladder) == []
    assert _days(soon, ladder, is_new=True) == [(7, date(2018, 3, 1))]


def test_a_weekly_rung_leaves_on_its_monday():
    ladder = Ladder(days=(8, 1), late=(2,))
    found = _days(_ringing(), ladder, Rhythm.HEBDOMADAIRE)
    assert found == [(8, date(2018, 9, 17)), (1, date(2018, 9, 24)), (-4, date(2018, 10, 2))]


def test_a_rung_whose_monday_is_behind_leaves_on_its_own_day():
    wednesday = datetime(2018, 9, 26, 9, tzinfo=UTC)
    found = _days(_ringing(), Ladder(days=(1,)), Rhythm.HEBDOMADAIRE, now=wednesday)
    assert found == [(1, date(2018, 9, 27))]


@given(
    kind=st.sampled_from(list(Kind)),
    act_on=st.dates(date(2018, 3, 1), date(2024, 12, 31)),
    gap=st.integers(0, 4),
    zone=st.sampled_from(list(Zone)),
    rhythm=st.sampled_from(list(Rhythm)),
    life=st.none() | st.integers(0, 60),
)
def test_every_message_is_ahead_at_eight_and_never_later_than_its_rung(
    kind, act_on, gap, zone, rhythm, life
):
    due_on = act_on + timedelta(days=gap)
    over_on = None if life is None else due_on + timedelta(days=life)
    ringing = Ringing(kind, act_on, due_on, zone, over_on)
    found = wanted(ringing, LADDERS[kind], rhythm, now=NOW, is_new=False)
    plainly = wanted(ringing, LADDERS[kind], Rhythm.CHACUN, now=NOW, is_new=False)
    assert [row.rule for row in found] == [row.rule for row in plainly]
    for row, own in zip(found, plainly, strict=True):
        assert NOW < row.due_at <= own.due_at
        assert row.due_at == due_instant(local_day(row.due_at, zone), zone)
        assert own.due_at - row.due_at < timedelta(days=7)
        assert row.rule > 0 or over_on is None or local_day(row.due_at, zone) <= over_on
