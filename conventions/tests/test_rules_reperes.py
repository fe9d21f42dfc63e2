"""Where a reader asks to stand: days as people write them, acts as addresses name them."""

from datetime import date

import pytest

from conventions.rules.reperes import Repere, read_day, read_repere

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed",
    [
        "2019-11-01",
        "01/11/2019",
        "1.11.2019",
        " 1-11-2019 ",
        "1er novembre 2019",
        "1 Novembre  2019",
    ],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert read_day(typed) == date(2019, 11, 1)


@pytest.mark.parametrize(
    "typed",
    ["", "2019", "2019-02-30", "32/01/2019", "1 brumaire 2019", "0000-01-01", "acte-1", "１"],
)
def test_what_is_no_day_is_refused(typed):
    assert read_day(typed) is None


def test_an_act_or_today_may_be_asked_for():
    assert read_repere("acte-12", on=TODAY) == Repere(act=12)
    assert read_repere("Aujourd’hui", on=TODAY) == Repere(day=TODAY)
    assert read_repere("12/11/2019", on=TODAY) == Repere(day=date(2019, 11, 12))
    assert read_repere("acte-", on=TODAY) is None
    assert read_repere("acte--1", on=TODAY) is None


def test_its_address_leads_back_to_it():
    for repere in (Repere(act=0), Repere(day=date(2019, 11, 12))):
        assert read_repere(repere.address, on=TODAY) == repere
