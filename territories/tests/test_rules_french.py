"""French as it is written."""

import pytest

from territories.rules.french import (
    enumerate_words,
    grouped,
    long_date,
    month_name,
    short_date,
    typeset,
)
from territories.tests.factories import d


def test_dates_are_said_in_full():
    assert long_date(d("2027-05-01")) == "samedi 1er\u00a0mai 2027"
    assert short_date(d("2026-12-31")) == "31\u00a0décembre 2026"
    assert long_date(d("2028-02-29")) == "mardi 29\u00a0février 2028"
    assert month_name(d("2026-08-15")) == "août 2026"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("vrai : « oui » ; non ?", "vrai\u00a0: «\u00a0oui\u00a0»\u00a0; non\u00a0?"),
        ("art. 641 al. 2 CPC", "art. 641 al. 2 CPC"),
        ("à 24 h, 15 jours, n° 3", "à 24\u00a0h, 15\u00a0jours, n°\u00a03"),
        ("le 1er août", "le 1er\u00a0août"),
        ("par mois, 2 ans", "par mois, 2\u00a0ans"),
    ],
)
def test_spaces_that_must_not_break_do_not(typed, set_):
    assert typeset(typed) == set_
    assert typeset(set_) == set_


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_lists_end_with_and(words, said):
    assert enumerate_words(words) == said


def test_thousands_stand_apart():
    assert grouped(34875) == "34\u00a0875"
    assert grouped(999) == "999"
