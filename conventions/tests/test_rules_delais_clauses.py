"""Clauses in their own units and words, which prevail over every default."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.enums import Operation, Unit
from conventions.rules import delais
from conventions.rules.delais import DelaiError
from conventions.rules.delais_clauses import EFFET_AU_PLUS_TOT, date_de_clause
from territories.enums import Zone
from territories.rules.jours_feries import is_jour_ouvrable, is_jour_ouvre

days = st.dates(date(2000, 1, 1), date(2080, 12, 31))
working_units = st.sampled_from([Unit.JOURS_OUVRABLES, Unit.JOURS_OUVRES])


def d(text: str) -> date:
    return date.fromisoformat(text)


def test_calendar_units_give_the_plain_answers():
    day = d("2026-01-31")
    assert date_de_clause(Operation.PREAVIS, day, quantity=3, unit=Unit.MOIS) == delais.preavis(
        day, months=3
    )
    assert date_de_clause(Operation.DUREE, day, quantity=3, unit=Unit.ANS) == delais.duree(
        day, years=3
    )
    assert date_de_clause(Operation.REBOURS, day, quantity=8, unit=Unit.JOURS) == delais.rebours(
        day, days=8
    )
    assert date_de_clause(
        EFFET_AU_PLUS_TOT, day, quantity=1, unit=Unit.MOIS
    ) == delais.effet_au_plus_tot(day, months=1)


@pytest.mark.parametrize(
    ("operation", "unit", "day", "quantity", "expected"),
    [
        # From Thursday 25 March 2027: Friday 26, Saturday 27, then Tuesday 30 (Easter Monday off).
        (Operation.PREAVIS, Unit.JOURS_OUVRABLES, "2027-03-25", 3, "2027-03-30"),
        (Operation.PREAVIS, Unit.JOURS_OUVRES, "2027-03-25", 3, "2027-03-31"),
        (Operation.DELAI, Unit.JOURS_OUVRES, "2027-03-25", 1, "2027-03-26"),
        # The first day counts in a duration.
        (Operation.DUREE, Unit.JOURS_OUVRES, "2027-03-25", 2, "2027-03-26"),
        (Operation.DUREE, Unit.JOURS_OUVRABLES, "2027-03-28", 1, "2027-03-30"),
        # Two full working days before Tuesday 30 March: 26 and 25, hence act by the 24th.
        (Operation.REBOURS, Unit.JOURS_OUVRES, "2027-03-30", 2, "2027-03-24"),
        (Operation.REBOURS, Unit.JOURS_OUVRABLES, "2027-03-30", 2, "2027-03-25"),
        (EFFET_AU_PLUS_TOT, Unit.JOURS_OUVRES, "2027-03-24", 2, "2027-03-27"),
    ],
)
def test_working_days_are_counted_in_their_zone(operation, unit, day, quantity, expected):
    computed = date_de_clause(operation, d(day), quantity=quantity, unit=unit)
    assert computed.result == d(expected)


def test_a_local_holiday_lengthens_a_count_in_working_days():
    def in_zone(zone):
        return date_de_clause(
            Operation.PREAVIS, d("2027-03-25"), quantity=1, unit=Unit.JOURS_OUVRES, zone=zone
        ).result

    assert in_zone(Zone.METROPOLE) == d("2027-03-26")
    assert in_zone(Zone.ALSACE_MOSELLE) == d("2027-03-30")


def test_jours_francs_add_a_day_to_a_delai_and_nothing_to_a_notice():
    day = d("2026-12-10")
    assert date_de_clause(
        Operation.DELAI, day, quantity=15, unit=Unit.JOURS_FRANCS
    ) == delais.delai(day, days=15, franc=True)
    notice = date_de_clause(Operation.PREAVIS, day, quantity=15, unit=Unit.JOURS_FRANCS)
    assert notice.result == delais.preavis(day, days=15).result
    assert "jours pleins" in notice.steps[-1]
    working = date_de_clause(Operation.DELAI, day, quantity=1, unit=Unit.JOURS_OUVRES, franc=True)
    assert working.result == d("2026-12-12")
    assert working.safe_date == d("2026-12-11")


def test_a_clause_may_carry_a_notice_but_the_safe_date_stays():
    moved = date_de_clause(
        Operation.PREAVIS, d("2019-02-01"), quantity=3, unit=Unit.MOIS, carry=True
    )
    assert moved.result == d("2019-05-02")
    assert moved.safe_date == d("2019-04-30")
    assert "la clause prévaut" in moved.steps[-1]
    untouched = date_de_clause(
        Operation.PREAVIS, d("2019-01-15"), quantity=3, unit=Unit.MOIS, carry=True
    )
    assert untouched == delais.preavis(d("2019-01-15"), months=3)


def test_a_clause_never_moves_the_last_day_to_act_counted_back():
    terms = {"quantity": 1, "unit": Unit.MOIS}
    sunday = date_de_clause(Operation.REBOURS, d("2026-07-01"), **terms, carry=True)
    assert (sunday.result, sunday.safe_date) == (d("2026-05-31"), d("2026-05-29"))
    assert "n’est pas repoussée" in sunday.steps[-1]
    # Moved to Monday 1 June, the letter would free one on 2 July only.
    late = date_de_clause(EFFET_AU_PLUS_TOT, d("2026-06-01"), **terms)
    assert late.result > d("2026-07-01")


@pytest.mark.parametrize(
    ("operation", "unit", "quantity"),
    [
        ("prescription", Unit.MOIS, 1),
        (Operation.PREAVIS, "semaines", 1),
        (Operation.PREAVIS, Unit.JOURS_OUVRES, 0),
        (Operation.PREAVIS, Unit.JOURS_OUVRES, 100_000),
        (Operation.PREAVIS, Unit.MOIS, 0),
    ],
)
def test_a_clause_that_says_nothing_computable_is_refused(operation, unit, quantity):
    with pytest.raises(DelaiError):
        date_de_clause(operation, d("2026-01-31"), quantity=quantity, unit=unit)


@given(days, st.integers(1, 60), working_units)
def test_acting_on_the_last_safe_day_is_in_time_in_working_days_too(effect, quantity, unit):
    safe = date_de_clause(Operation.REBOURS, effect, quantity=quantity, unit=unit).result
    free = date_de_clause(EFFET_AU_PLUS_TOT, safe, quantity=quantity, unit=unit).result
    assert free <= effect


@given(days, st.integers(1, 60), working_units)
def test_exactly_the_asked_number_of_working_days_lies_in_a_notice(event, quantity, unit):
    works = is_jour_ouvrable if unit == Unit.JOURS_OUVRABLES else is_jour_ouvre
    end = date_de_clause(Operation.PREAVIS, event, quantity=quantity, unit=unit).result
    inside = [event + timedelta(days=n) for n in range(1, (end - event).days + 1)]
    assert sum(map(works, inside)) == quantity
    assert works(end)
