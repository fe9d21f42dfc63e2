"""Our law of dates against a second one that walks the calendar cell by cell."""

import random
from datetime import date, timedelta

import pytest

from conventions.rules import delais
from conventions.tests import calendar_walk
from territories.enums import Zone

CASES = 250
ZONES = list(Zone)
FIRST = date(2008, 1, 1)


def some_day(chance):
    """Return a day of 2008–2052; one in two is a month end, or the day before or after one."""
    day = FIRST + timedelta(days=chance.randrange(16_300))
    if chance.random() < 0.5:
        return day.replace(day=1) + timedelta(days=chance.randrange(-3, 2))
    return day


def some_quantity(chance):
    kind = chance.randrange(3)
    months = 0 if kind == 0 else chance.randrange(1, 61)
    days = 0 if kind == 1 else chance.randrange(1, 120)
    return months, days


def differences(op, seed, cases):
    """Return the cases on which the two laws differ; the seed makes them the same every time."""
    chance, found = random.Random(f"{op}{seed}"), []
    for _ in range(cases):
        day, (months, days), zone = some_day(chance), some_quantity(chance), chance.choice(ZONES)
        flags = {}
        if op == "delai":
            flags = {"carry": chance.random() < 0.7, "franc": chance.random() < 0.5}
        ours = getattr(delais, op)(day, months=months, days=days, zone=zone, **flags)
        theirs = getattr(calendar_walk, op)(day, months, days, zone, **flags)
        if (ours.result, ours.safe_date) != (theirs, calendar_walk.safe(theirs, zone)):
            found.append((op, day, months, days, zone, flags, ours.result, theirs))
    return found


@pytest.mark.parametrize("op", ["delai", "preavis", "duree", "rebours", "effet_au_plus_tot"])
def test_a_walk_through_the_calendar_gives_the_same_dates(op):
    assert differences(op, 1, CASES) == []


@pytest.mark.parametrize("zone", Zone)
@pytest.mark.parametrize("year", [2008, 2026, 2027, 2038])
def test_every_day_of_a_year_ends_at_the_instant_worked_out_by_hand(year, zone):
    for number in range(366):
        day = date(year, 1, 1) + timedelta(days=number)
        assert delais.instant_24h(day, zone).result == calendar_walk.instant_24h(day, zone), day
