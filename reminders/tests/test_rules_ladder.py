"""When people are told, and what is done when they could not be."""

from datetime import UTC, date, datetime, timedelta

import pytest

from reminders.enums import DeadlineKind as Kind
from reminders.rules.deadlines import EXPECTED
from reminders.rules.ladder import LADDERS, due_instant, late_rungs, local_day, rungs
from reminders.rules.retries import DELAYS, is_refusal, next_try_at
from territories.enums import Zone

METROPOLE = Zone.METROPOLE


def _days(kind, act_on):
    return [rung.due_at.date() for rung in rungs(LADDERS[kind], act_on, zone=METROPOLE)]


def test_the_term_has_ten_rungs():
    assert _days(Kind.TERME, date(2020, 12, 10)) == [
        date(2019, 12, 10),
        date(2020, 3, 10),
        date(2020, 6, 10),
        date(2020, 8, 10),
        date(2020, 9, 10),
        date(2020, 10, 10),
        date(2020, 11, 10),
        date(2020, 11, 25),
        date(2020, 12, 3),
        date(2020, 12, 9),
    ]


def test_every_kind_has_a_ladder_and_no_rung_on_the_day_itself():
    assert set(LADDERS) == set(Kind)
    for kind in Kind:
        assert all(
            rung.rule > 0 for rung in rungs(LADDERS[kind], date(2020, 3, 31), zone=METROPOLE)
        )


def test_nobody_gets_two_messages_about_the_term_on_one_morning():
    for shift in range(366):
        act_on = date(2020, 1, 1) + timedelta(days=shift)
        term = {rung.due_at for rung in rungs(LADDERS[Kind.TERME], act_on, zone=METROPOLE)}
        more = {rung.due_at for rung in rungs(LADDERS[Kind.PROROGATION], act_on, zone=METROPOLE)}
        assert not term & more


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        (date(2027, 3, 27), Zone.METROPOLE, datetime(2027, 3, 27, 7, tzinfo=UTC)),
        (date(2027, 3, 28), Zone.METROPOLE, datetime(2027, 3, 28, 6, tzinfo=UTC)),
        (date(2026, 10, 24), Zone.METROPOLE, datetime(2026, 10, 24, 6, tzinfo=UTC)),
        (date(2026, 10, 25), Zone.ALSACE_MOSELLE, datetime(2026, 10, 25, 7, tzinfo=UTC)),
        (date(2026, 12, 31), Zone.REUNION, datetime(2026, 12, 31, 4, tzinfo=UTC)),
        (date(2026, 12, 31), Zone.MAYOTTE, datetime(2026, 12, 31, 5, tzinfo=UTC)),
        (date(2026, 12, 31), Zone.MARTINIQUE, datetime(2026, 12, 31, 12, tzinfo=UTC)),
        (date(2026, 12, 31), Zone.GUADELOUPE, datetime(2026, 12, 31, 12, tzinfo=UTC)),
        (date(2026, 12, 31), Zone.GUYANE, datetime(2026, 12, 31, 11, tzinfo=UTC)),
    ],
)
def test_a_reminder_is_due_at_eight_where_the_territory_is(day, zone, instant):
    assert due_instant(day, zone) == instant


@pytest.mark.parametrize("zone", list(Zone))
def test_no_rung_is_lost_doubled_or_moved_through_the_nights_of_clock_changes(zone):
    for night in (date(2027, 3, 28), date(2026, 10, 25)):
        for shift in range(-3, 4):
            day = night + timedelta(days=shift)
            assert local_day(due_instant(day, zone), zone) == day


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        (datetime(2026, 12, 31, 23, tzinfo=UTC), Zone.REUNION, date(2027, 1, 1)),
        (datetime(2027, 1, 1, 3, tzinfo=UTC), Zone.MARTINIQUE, date(2026, 12, 31)),
    ],
)
def test_the_zone_decides_what_day_it_is(now, zone, day):
    assert local_day(now, zone) == day


def test_late_reminders_are_counted_from_the_date_and_not_from_the_safe_day():
    friday, sunday = date(2026, 11, 20), date(2026, 11, 22)
    late = late_rungs(LADDERS[Kind.ENGAGEMENT], friday, due_on=sunday, zone=METROPOLE)
    assert [rung.due_at.date() for rung in late] == [
        date(2026, 11, 23), date(2026, 11, 29), date(2026, 12, 22)
    ]  # fmt: skip
    assert [rung.rule for rung in late] == [-3, -9, -32]


def test_only_what_somebody_must_do_is_recalled_once_late():
    assert {kind for kind in Kind if LADDERS[kind].late} == EXPECTED


def test_nobody_above_is_told_after_a_limit_that_nothing_can_catch_up():
    for kind in set(Kind) - EXPECTED:
        escalates = LADDERS[kind].escalates
        assert escalates is None or escalates > 0


def test_retries_follow_one_five_fifteen_sixty_minutes_then_every_hour_for_a_day():
    minutes = [delay.total_seconds() / 60 for delay in DELAYS]
    assert minutes[:5] == [1, 5, 15, 60, 60]
    assert sum(minutes) <= 24 * 60 < sum(minutes) + 60
    now = datetime(2020, 1, 1, tzinfo=UTC)
    assert next_try_at(1, now=now) == now + timedelta(minutes=1)
    assert next_try_at(len(DELAYS) + 1, now=now) is None


@pytest.mark.parametrize(("code", "refused"), [(250, False), (450, False), (550, True)])
def test_only_a_5xx_is_a_refusal(code, refused):
    assert is_refusal(code) is refused
