"""Follow-up meetings: one in each slice of each year, cut slices told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.enums import YearBasis
from conventions.rules.delais_calcul import shift_months
from reminders.rules.facts import FollowUpFacts, Origin
from reminders.rules.reunions import meetings, slices
from reminders.tests.factories import make_facts, plain

UNTIL = date(2020, 12, 10)


def _clause(per_year=2, **fields):
    fields.setdefault("body", "Comité de pilotage")
    return FollowUpFacts(pk=3, per_year=per_year, **fields)


def _meetings(clause, *, until=UNTIL, **facts):
    return list(meetings(make_facts(follow_ups=(clause,), **facts), until=until))


def test_a_body_meets_by_the_end_of_each_slice_of_the_civil_year():
    rows = _meetings(_clause())
    assert [row.due_on for row in rows] == [
        date(2018, 6, 30),
        date(2018, 12, 31),
        date(2019, 6, 30),
        date(2019, 12, 31),
        date(2020, 6, 30),
        date(2020, 12, 10),
    ]
    assert rows[0].key == "reunion:3:2018:1"
    assert plain(rows[0].title) == "Réunir le comité de pilotage, 1er semestre 2018"
    assert rows[0].safe_on == date(2018, 6, 29)


def test_a_slice_that_the_start_cuts_by_more_than_half_asks_for_nothing_and_is_told():
    first, second = _meetings(_clause())[:2]
    told = plain(*first.steps)
    assert "période du 1er juillet 2017 au 31 décembre 2017" in told
    assert "ne couvre que 21 jours, moins de la moitié" in told
    assert "moins de la moitié" not in plain(*second.steps)


def test_a_slice_that_the_start_cuts_by_less_is_due_and_says_so():
    first = _meetings(_clause(), starts_on=date(2018, 2, 1))[0]
    assert first.due_on == date(2018, 6, 30)
    assert "ne prend effet que le jeudi 1er février 2018" in plain(*first.steps)


def test_the_end_of_the_convention_brings_the_last_meeting_forward():
    last = _meetings(_clause())[-1]
    assert last.due_on == UNTIL
    assert "prend fin le jeudi 10 décembre 2020, avant la fin de la période" in plain(*last.steps)


def test_a_year_of_the_convention_begins_with_it():
    rows = _meetings(_clause(1, year_basis=YearBasis.CONVENTION, body="commission de suivi"))
    assert [row.due_on for row in rows] == [
        date(2018, 12, 10),
        date(2019, 12, 10),
        date(2020, 12, 10),
    ]
    assert plain(rows[0].title) == (
        "Réunir la commission de suivi, période du 11 décembre 2017 au 10 décembre 2018"
    )


def test_no_horizon_cuts_a_slice_of_a_convention_without_an_end():
    rows = _meetings(_clause(), ends_on=None, until=date(2020, 3, 14))
    assert rows[-1].due_on == date(2019, 12, 31)


def test_a_convention_too_short_for_any_slice_meets_once():
    rows = _meetings(
        _clause(1), starts_on=date(2019, 10, 1), ends_on=date(2020, 3, 31), until=date(2020, 3, 31)
    )
    (row,) = rows
    assert row.due_on == date(2019, 12, 31)
    assert "moins de la moitié" in plain(*row.steps)


@pytest.mark.parametrize(
    ("per_year", "name"),
    [
        (1, "année 2019"),
        (3, "1er quadrimestre 2019"),
        (4, "1er trimestre 2019"),
        (6, "1er bimestre 2019"),
        (12, "janvier 2019"),
        (5, "1re période 2019"),
    ],
)
def test_slices_are_named_as_people_name_them(per_year, name):
    (row,) = [row for row in _meetings(_clause(per_year)) if row.key == "reunion:3:2019:1"]
    assert plain(row.title).endswith(name)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("COPIL", "le COPIL"),
        ("instance partenariale", "l’instance partenariale"),
        ("La conférence des élus", "la conférence des élus"),
        ("groupe de travail", "le groupe de travail"),
    ],
)
def test_a_body_is_named_with_its_article(body, said):
    assert f"Réunir {said}, " in plain(_meetings(_clause(body=body))[0].title)


def test_the_clause_is_quoted():
    origin = Origin(9, "article 9", "deux fois par an")
    row = _meetings(_clause(origin=origin))[0]
    assert (row.source, row.article_id, row.wording) == ("article 9", 9, "deux fois par an")


@given(
    starts_on=st.dates(date(2016, 1, 1), date(2026, 12, 31)),
    months=st.integers(1, 72),
    per_year=st.integers(1, 12),
    basis=st.sampled_from(YearBasis),
)
def test_slices_follow_one_another_without_a_day_between(starts_on, months, per_year, basis):
    ends_on = shift_months(starts_on, months).day - timedelta(days=1)
    facts = make_facts(starts_on=starts_on, ends_on=ends_on)
    parts = list(slices(_clause(per_year, year_basis=basis), facts, until=ends_on))
    assert (parts[0].begins, parts[-1].ends) == (starts_on, ends_on)
    for one, other in zip(parts, parts[1:], strict=False):
        assert other.begins == one.ends + timedelta(days=1)
    rows = _meetings(
        _clause(per_year, year_basis=basis), starts_on=starts_on, ends_on=ends_on, until=ends_on
    )
    assert rows
    assert len({row.key for row in rows}) == len(rows)
    assert all(starts_on <= row.due_on <= ends_on for row in rows)
