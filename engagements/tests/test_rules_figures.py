"""Figures as people type them, dates that come back, and who may declare what."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from engagements.enums import IndicatorUnit, Recurrence, State, ValueStatus
from engagements.rules.declarations import check_declaration, dates_problem, open_states
from engagements.rules.quantities import (
    check_measured_year,
    check_quantity,
    check_target_year,
    parse_quantity,
)
from engagements.rules.recurrence import next_due_on

TODAY = date(2019, 11, 12)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 100,5", "1100.50"),
        ("1\u202f100,5", "1100.50"),
        ("1\u00a0100\u00a0000", "1100000.00"),
        ("\t170 \n", "170.00"),
        ("1.5", "1.50"),
        ("27,40", "27.40"),
        ("0", "0.00"),
    ],
)
def test_a_number_is_read_as_french_people_and_excel_write_it(typed, value):
    assert parse_quantity(typed) == Decimal(value)


def test_nothing_typed_is_nothing_and_not_zero():
    assert parse_quantity("  \u202f ") is None


def test_the_unit_may_follow_the_number_when_it_is_that_of_the_indicator():
    assert parse_quantity("25\u00a0%", IndicatorUnit.POURCENT) == 25
    assert parse_quantity("3 000 €", IndicatorUnit.EUROS) == 3000
    with pytest.raises(ValidationError, match="n’est pas un nombre"):
        parse_quantity("25 %", IndicatorUnit.NOMBRE)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-3", "negative"),
        ("−3", "negative"),
        ("1.100", "ambiguous"),
        ("1,100.5", "invalid"),
        ("douze", "invalid"),
        ("1e3", "invalid"),
        ("٣", "invalid"),
        ("NaN", "invalid"),
        ("1,234", "decimals"),
        ("9" * 15, "large"),
    ],
)
def test_what_is_not_plainly_a_number_is_asked_again(typed, code):
    with pytest.raises(ValidationError) as refusal:
        parse_quantity(typed)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("quantity", "status", "sentence"),
    [
        (None, ValueStatus.DEFINITIF, "ce n’est pas zéro"),
        (Decimal(0), ValueStatus.NON_COMMUNIQUE, "videz ce champ"),
        (Decimal(1), ValueStatus.SANS_OBJET, "videz ce champ"),
        (Decimal(-1), ValueStatus.DEFINITIF, "négative"),
    ],
)
def test_a_number_and_its_status_go_together(quantity, status, sentence):
    with pytest.raises(ValidationError, match=sentence):
        check_quantity(quantity, status)


def test_zero_is_a_value_and_not_communicated_has_none():
    check_quantity(Decimal(0), ValueStatus.DEFINITIF)
    check_quantity(None, ValueStatus.NON_COMMUNIQUE)


@pytest.mark.parametrize(
    ("year", "as_of", "field"),
    [
        (2020, None, "year"),
        (1979, None, "year"),
        (2019, date(2019, 11, 13), "as_of"),
        (2019, date(2018, 12, 31), "as_of"),
    ],
)
def test_a_result_is_neither_of_the_future_nor_counted_before_its_year(year, as_of, field):
    with pytest.raises(ValidationError) as refusal:
        check_measured_year(year, as_of, on=TODAY)
    assert field in refusal.value.error_dict


def test_a_target_may_be_of_the_future_within_reason():
    check_target_year(2030, on=TODAY)
    with pytest.raises(ValidationError):
        check_target_year(20190, on=TODAY)


@pytest.mark.parametrize(
    ("due_on", "recurrence", "until", "expected"),
    [
        (date(2018, 9, 30), Recurrence.ANNUELLE, None, date(2019, 9, 30)),
        (date(2020, 2, 29), Recurrence.ANNUELLE, None, date(2021, 2, 28)),
        (date(2019, 6, 30), Recurrence.SEMESTRIELLE, None, date(2019, 12, 31)),
        (date(2019, 11, 15), Recurrence.TRIMESTRIELLE, None, date(2020, 2, 15)),
        (date(2019, 11, 30), Recurrence.TRIMESTRIELLE, None, date(2020, 2, 29)),
        (date(2019, 9, 30), Recurrence.ANNUELLE, date(2020, 9, 30), date(2020, 9, 30)),
        (date(2019, 9, 30), Recurrence.ANNUELLE, date(2020, 9, 29), None),
        (date(2019, 9, 30), Recurrence.PONCTUELLE, None, None),
        (None, Recurrence.ANNUELLE, None, None),
    ],
)
def test_what_comes_back_is_due_again_until_the_end(due_on, recurrence, until, expected):
    assert next_due_on(due_on, recurrence, until=until) == expected


def _declare(state, *, current=State.EN_COURS, is_debtor=True, comment="", next_due_on=None):
    check_declaration(
        state, current=current, is_debtor=is_debtor, comment=comment, next_due_on=next_due_on
    )


@pytest.mark.parametrize("current", State)
def test_a_debtor_may_say_everything_of_what_it_owes(current):
    assert open_states(current, is_debtor=True) == list(State)


@pytest.mark.parametrize("current", State)
def test_the_other_side_may_only_contest_or_give_its_contestation_up(current):
    expected = {State.CONTESTE}
    if current == State.CONTESTE:
        expected |= {State.TENU, State.EN_COURS}
    assert set(open_states(current, is_debtor=False)) == expected


def test_the_other_side_cannot_declare_kept_what_it_does_not_owe():
    with pytest.raises(ValidationError, match="peut le contester"):
        _declare(State.TENU, is_debtor=False)


@pytest.mark.parametrize("state", [State.CONTESTE, State.SUSPENDU, State.SANS_OBJET])
def test_what_the_other_side_may_regret_needs_reasons(state):
    with pytest.raises(ValidationError) as refusal:
        _declare(state, comment=" \n")
    assert "comment" in refusal.value.error_dict
    _declare(state, comment="La convention de quartier n’est pas signée.")


def test_a_contestation_is_answered_with_reasons():
    with pytest.raises(ValidationError, match="contesté"):
        _declare(State.TENU, current=State.CONTESTE)


def test_only_what_is_kept_has_a_following_date():
    _declare(State.TENU, next_due_on=date(2020, 9, 30))
    with pytest.raises(ValidationError, match="échéance suivante"):
        _declare(State.EN_COURS, next_due_on=date(2020, 9, 30))


@pytest.mark.parametrize(
    ("due_on", "starts_on", "ends_on", "field"),
    [
        (None, date(2019, 1, 2), date(2019, 1, 1), "ends_on"),
        (date(2018, 12, 31), date(2019, 1, 1), None, "due_on"),
        (date(2020, 1, 1), None, date(2019, 12, 31), "due_on"),
    ],
)
def test_contradictory_dates_are_told_at_their_field(due_on, starts_on, ends_on, field):
    assert dates_problem(due_on, starts_on, ends_on)[0] == field


def test_dates_on_the_same_day_do_not_contradict_each_other():
    day = date(2019, 1, 1)
    assert dates_problem(day, day, day) is None
