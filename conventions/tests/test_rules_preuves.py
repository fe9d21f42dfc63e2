"""Proofs: what is missing, until when a provider keeps it, when an answer is due."""

from dataclasses import replace
from datetime import date

import pytest

from conventions.enums import LetterKind
from conventions.rules.preuves import answer_by, kept_until, what_is_missing
from conventions.rules.sorties import ANNOUNCED, LetterDates, event_of

ON = date(2026, 12, 1)
POSTED = LetterDates(kind=LetterKind.LRE, posted_on=date(2026, 11, 20))


def missing(letter, *, posting=False, delivery=False, on=ON) -> str:
    found = what_is_missing(letter, posting_proof=posting, delivery_proof=delivery, on=on)
    return " ".join(found).replace("\xa0", " ")


def test_nothing_is_missing_before_anything_has_left():
    assert missing(LetterDates(kind=LetterKind.LRE)) == ""


def test_a_plain_letter_needs_no_proof():
    assert missing(replace(POSTED, kind=LetterKind.SIMPLE)) == ""


def test_the_proof_of_an_electronic_deposit_is_asked_for_at_once_with_its_limit():
    assert "téléchargez-la tout de suite" in missing(POSTED)
    assert "samedi 20 novembre 2027" in missing(POSTED)
    assert missing(POSTED, posting=True) == ""


def test_after_a_year_the_provider_is_asked():
    assert "demandez-la-lui" in missing(POSTED, on=date(2027, 11, 21))


def test_a_year_from_a_leap_day_ends_on_the_last_of_february():
    assert kept_until(date(2028, 2, 29)) == date(2029, 2, 28)


def test_fifteen_days_run_from_the_day_after_the_information():
    assert answer_by(POSTED) == date(2026, 12, 5)
    assert answer_by(replace(POSTED, presented_on=date(2026, 11, 23))) == date(2026, 12, 8)
    assert answer_by(replace(POSTED, delivered_on=date(2026, 11, 24))) is None
    assert answer_by(replace(POSTED, kind=LetterKind.LRAR)) is None


def test_fifteen_days_passed_without_answer_are_said():
    late = missing(POSTED, posting=True, on=date(2026, 12, 6))
    assert "Les quinze jours sont passés" in late


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"delivered_on": date(2026, 11, 24)}, "d’acceptation manque"),
        ({"returned_on": date(2026, 12, 6)}, "du refus ou de la non-réclamation manque"),
        ({"kind": LetterKind.LRAR, "delivered_on": date(2026, 11, 24)}, "avis de réception"),
        ({"kind": LetterKind.LRAR, "returned_on": date(2026, 12, 6)}, "preuve du retour"),
    ],
)
def test_each_end_has_its_own_proof(fields, said):
    assert said in missing(replace(POSTED, **fields), posting=True)
    assert missing(replace(POSTED, **fields), posting=True, delivery=True) == ""


def test_a_refused_electronic_letter_starts_no_delay_counted_from_reception():
    event = event_of("reception", replace(POSTED, returned_on=date(2026, 12, 5)))
    assert event.day is None
    assert "R. 53-3" in event.warning


def test_an_announcement_that_came_back_counts_and_warns():
    event = event_of(ANNOUNCED, replace(POSTED, kind="lrar", returned_on=date(2026, 12, 5)))
    assert event.day == POSTED.posted_on
    assert "signifier" in event.warning
