from datetime import date

import pytest

from engagements.rules.revoyure import (
    Reading,
    canonical,
    divergences,
    missing_readings,
    snapshot_hash,
    year_problem,
)


def test_the_hash_does_not_depend_on_the_order_of_keys():
    assert snapshot_hash({"a": 1, "b": "é"}) == snapshot_hash({"b": "é", "a": 1})
    assert canonical({"b": "é", "a": [1]}) == '{"a":[1],"b":"é"}'.encode()


def test_readings_that_differ_are_a_divergence_and_silence_is_not():
    readings = [
        Reading(2, 10, "en_partie"),
        Reading(1, 10, "tenu"),
        Reading(1, 11, "tenu"),
        Reading(1, 9, "tenu"),
        Reading(2, 9, "tenu"),
    ]
    found = divergences(readings)
    assert [d.engagement for d in found] == [10]
    assert [r.party for r in found[0].readings] == [1, 2]


def test_what_is_owed_and_unread_is_missing_in_order():
    assert missing_readings([3, 1, 2], [1]) == [3, 2]


@pytest.mark.parametrize(
    ("year", "fine"), [(2016, False), (2017, True), (2020, True), (2021, False)]
)
def test_a_year_lies_within_the_convention(year, fine):
    problem = year_problem(
        year, starts_on=date(2017, 12, 11), ends_on=date(2020, 12, 10), on=date(2026, 1, 1)
    )
    assert (problem is None) is fine


def test_an_open_ended_convention_is_reviewed_up_to_this_year():
    on = date(2026, 1, 1)
    assert year_problem(2026, starts_on=date(2017, 1, 1), ends_on=None, on=on) is None
    assert year_problem(2027, starts_on=date(2017, 1, 1), ends_on=None, on=on)
    assert year_problem(2026, starts_on=None, ends_on=None, on=on)
