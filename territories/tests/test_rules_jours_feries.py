"""Holidays against the law's list, known dates and a second source."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territories.enums import Zone
from territories.rules.jours_feries import (
    VENDREDI_SAINT,
    easter,
    is_jour_ferie,
    is_jour_ouvrable,
    is_jour_ouvre,
    jours_feries,
    next_working_day,
    nom_du_jour_ferie,
    previous_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
)
from territories.rules.zones import (
    IN_ZONE,
    TIME_ZONE_NAMES,
    departement_of_commune,
    time_zone,
    zone_of_departement,
)
from territories.tests.second_source import days_off, oudin

# Published Easter Sundays, early and late ones among them.
EASTERS = [
    date(1913, 3, 23),
    date(1943, 4, 25),
    date(2000, 4, 23),
    date(2008, 3, 23),
    date(2017, 4, 16),
    date(2024, 3, 31),
    date(2025, 4, 20),
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2028, 4, 16),
    date(2038, 4, 25),
    date(2160, 3, 23),
]
days = st.dates(date(1985, 1, 1), date(2150, 12, 31))
zones = st.sampled_from(list(Zone))


@pytest.mark.parametrize("sunday", EASTERS)
def test_easter_falls_on_its_published_day(sunday):
    assert easter(sunday.year) == sunday


@pytest.mark.parametrize("zone", Zone)
@pytest.mark.parametrize("year", range(2000, 2041))
def test_holidays_agree_with_a_second_source_but_for_customary_days(year, zone):
    assert set(jours_feries(year, zone)) == days_off(year, zone)


@pytest.mark.parametrize("year", range(1900, 2200))
def test_easter_is_the_same_by_another_method(year):
    assert easter(year) == oudin(year)
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_national_list_has_eleven_named_days_in_order():
    assert jours_feries(2027) == {
        date(2027, 1, 1): "jour de l’An",
        date(2027, 3, 29): "lundi de Pâques",
        date(2027, 5, 1): "fête du Travail",
        date(2027, 5, 6): "Ascension",
        date(2027, 5, 8): "victoire de 1945",
        date(2027, 5, 17): "lundi de Pentecôte",
        date(2027, 7, 14): "fête nationale",
        date(2027, 8, 15): "Assomption",
        date(2027, 11, 1): "Toussaint",
        date(2027, 11, 11): "armistice de 1918",
        date(2027, 12, 25): "Noël",
    }
    assert list(jours_feries(2027)) == sorted(jours_feries(2027))


@pytest.mark.parametrize(
    ("zone", "added"),
    [
        (Zone.METROPOLE, set()),
        (Zone.ALSACE_MOSELLE, {date(2027, 3, 26), date(2027, 12, 26)}),
        (Zone.GUADELOUPE, {date(2027, 5, 27)}),
        (Zone.MARTINIQUE, {date(2027, 5, 22)}),
        (Zone.GUYANE, {date(2027, 6, 10)}),
        (Zone.REUNION, {date(2027, 12, 20)}),
        (Zone.MAYOTTE, {date(2027, 4, 27)}),
    ],
)
def test_each_zone_adds_its_own_days(zone, added):
    assert set(jours_feries(2027, zone)) - set(jours_feries(2027)) == added


def test_two_holidays_on_one_day_keep_both_names():
    assert jours_feries(2008)[date(2008, 5, 1)] == "Ascension et fête du Travail"
    assert len(jours_feries(2008)) == 10
    assert is_jour_ferie(date(2019, 6, 10), Zone.GUYANE)
    assert len(jours_feries(2019, Zone.GUYANE)) == 11


def test_a_day_is_no_holiday_before_its_law():
    assert not is_jour_ferie(date(1981, 5, 8))
    assert is_jour_ferie(date(1982, 5, 8))
    assert not is_jour_ferie(date(1983, 5, 27), Zone.GUADELOUPE)
    assert is_jour_ferie(date(1983, 12, 20), Zone.REUNION)


def test_the_returned_days_are_a_copy():
    jours_feries(2027).clear()
    assert len(jours_feries(2027)) == 11


def test_a_saturday_is_ouvrable_but_not_ouvre():
    saturday = date(2027, 3, 27)
    assert is_jour_ouvrable(saturday)
    assert not is_jour_ouvre(saturday)
    assert not is_jour_ouvrable(date(2027, 3, 28))
    assert not is_jour_ouvrable(date(2027, 3, 29))
    assert is_jour_ouvrable(date(2027, 3, 26))
    assert not is_jour_ouvrable(date(2027, 3, 26), Zone.ALSACE_MOSELLE)
    assert nom_du_jour_ferie(date(2027, 3, 26), Zone.ALSACE_MOSELLE) == VENDREDI_SAINT
    assert nom_du_jour_ferie(date(2027, 3, 26)) == ""


def test_easter_week_end_is_stepped_over_both_ways():
    assert next_working_day(date(2027, 3, 26)) == date(2027, 3, 30)
    assert previous_working_day(date(2027, 3, 30)) == date(2027, 3, 26)
    assert previous_working_day(date(2027, 3, 30), Zone.ALSACE_MOSELLE) == date(2027, 3, 25)
    assert working_day_on_or_after(date(2029, 12, 25), Zone.ALSACE_MOSELLE) == date(2029, 12, 27)
    assert working_day_on_or_before(date(2027, 1, 2)) == date(2026, 12, 31)


@given(days, zones)
def test_the_nearest_working_days_are_working_days_with_none_between(day, zone):
    before, after = working_day_on_or_before(day, zone), working_day_on_or_after(day, zone)
    assert is_jour_ouvre(before, zone)
    assert is_jour_ouvre(after, zone)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(is_jour_ouvre(other, zone) for other in between)
    assert before == after == day or before < day < after


@pytest.mark.parametrize(
    ("commune", "departement", "zone"),
    [
        ("25056", "25", Zone.METROPOLE),
        ("2A004", "2A", Zone.METROPOLE),
        ("57463", "57", Zone.ALSACE_MOSELLE),
        ("67482", "67", Zone.ALSACE_MOSELLE),
        ("68066", "68", Zone.ALSACE_MOSELLE),
        ("97105", "971", Zone.GUADELOUPE),
        ("97209", "972", Zone.MARTINIQUE),
        ("97302", "973", Zone.GUYANE),
        ("97411", "974", Zone.REUNION),
        ("97611", "976", Zone.MAYOTTE),
    ],
)
def test_a_commune_code_tells_its_departement_and_zone(commune, departement, zone):
    assert departement_of_commune(commune) == departement
    assert zone_of_departement(departement) == zone


def test_every_zone_has_a_clock_and_a_place_in_a_sentence():
    assert set(TIME_ZONE_NAMES) == set(IN_ZONE) == set(Zone)
    assert {time_zone(zone).key for zone in Zone} == set(TIME_ZONE_NAMES.values())
