"""Telling days: three kinds that show the rules, and what a clause makes of each."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.enums import Trigger, Unit
from conventions.rules.delais import DelaiError
from conventions.rules.exemples import (
    duration_examples,
    example_days,
    notice_examples,
    silent_example,
)
from territories.enums import Zone
from territories.rules.jours_feries import is_jour_ferie, is_jour_ouvre

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Clause:
    quantity: int = 3
    unit: str = Unit.MOIS
    trigger: str = Trigger.ENVOI
    carry: bool = False
    franc: bool = False


def show(clause, **more):
    return notice_examples(clause, today=TODAY, zone=Zone.METROPOLE, **more)


def test_a_notice_is_shown_on_an_ordinary_day_a_month_end_and_before_a_holiday():
    examples = show(Clause())
    assert [(example.day, example.answers[0].result) for example in examples] == [
        (date(2026, 11, 24), date(2027, 2, 24)),
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 3, 26), date(2027, 6, 26)),
    ]
    assert examples[1].lead.replace("\u00a0", " ") == "Lettre postée le lundi 30 novembre 2026"
    answer = examples[1].answers[0]
    assert answer.sentence.replace("\u00a0", " ") == (
        "Lié jusqu’au dimanche 28 février 2027, libre le lundi 1er mars 2027"
    )
    assert answer.safe_on == date(2027, 2, 26)
    assert any("n’a pas de 30" in sentence for sentence in answer.steps)


def test_a_day_somebody_tries_comes_last():
    tried = show(Clause(), tried=date(2028, 2, 29))[-1]
    assert (tried.kind, tried.answers[0].result) == ("La date essayée", date(2028, 5, 29))


def test_a_notice_counted_back_is_shown_by_its_last_posting_day():
    clause = Clause(quantity=1, trigger=Trigger.DATE_EFFET)
    examples = show(clause, tried=date(2026, 7, 1))
    assert examples[-1].answers[0].result == date(2026, 5, 31)
    assert examples[-1].answers[0].safe_on == date(2026, 5, 29)
    # The letter of each example can still be sent.
    assert all(example.answers[0].result > TODAY for example in examples[:-1])


def test_a_silent_notice_has_all_its_answers_those_of_one_day_together():
    example = show(Clause(trigger=""))[1]
    assert [(answer.label, answer.result) for answer in example.answers] == [
        ("l’envoi ou le dépôt contre récépissé", date(2027, 2, 28)),
        ("la première présentation", date(2027, 3, 2)),
        ("la réception ou la notification", date(2027, 3, 17)),
    ]
    assert [answer.is_prudent for answer in example.answers] == [False, False, True]
    assert silent_example(
        Clause(trigger=""), example.day, zone=Zone.METROPOLE, lasting=False
    ).answers == (example.answers)


def test_a_duration_ends_on_the_eve_and_a_silent_one_has_three_readings():
    clause = Clause(unit=Unit.ANS, trigger=Trigger.DATE_EFFET)
    ask = {"today": TODAY, "zone": Zone.METROPOLE, "tried": date(2027, 1, 1)}
    assert duration_examples(clause, **ask)[-1].answers[0].result == date(2029, 12, 31)
    silent = duration_examples(replace(clause, trigger=""), **ask)[-1].answers
    assert [(row.label, row.result, row.is_prudent) for row in silent] == [
        ("la signature", date(2029, 12, 31), True),
        ("la notification", date(2030, 1, 8), False),
        ("la prise d’effet", date(2030, 1, 31), False),
    ]


@pytest.mark.parametrize("unit", [Unit.JOURS_OUVRES, Unit.MOIS])
def test_a_quantity_nobody_can_count_is_refused_in_words(unit):
    with pytest.raises(DelaiError, match="années|jours"):
        show(Clause(quantity=30_000, unit=unit))


@given(
    st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    st.integers(1, 36),
    st.sampled_from(Unit),
    st.sampled_from(Zone),
    st.sampled_from([1, -1]),
)
def test_the_telling_days_are_what_they_say(today, quantity, unit, zone, way):
    clause = Clause(quantity=quantity, unit=unit)
    (_, ordinary), (_, end), (_, bridge) = example_days(clause, today=today, zone=zone, way=way)
    assert min(ordinary, end, bridge) > today
    assert (end + timedelta(days=1)).day == 1
    assert is_jour_ouvre(bridge, zone)
    assert is_jour_ferie(bridge + timedelta(days=3), zone)
