"""What someone typed never runs on a colleague's machine (control 32)."""

from datetime import date

import pytest

from reporting.rules.tableur import csv_cell, safe_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "  =1", "\x01=1"],
)
def test_a_text_that_looks_like_a_formula_becomes_a_text(text):
    assert safe_cell(text).startswith("'")
    assert csv_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Grand Lac", "2017-2019", "art. 2 = objet", "n° 1", ""])
def test_an_ordinary_text_is_left_alone(text):
    assert safe_cell(text) == text


def test_numbers_and_dates_stay_what_they_are():
    assert safe_cell(-5) == -5
    assert csv_cell(-5) == "-5"
    assert csv_cell(date(2019, 11, 12)) == "2019-11-12"
    assert csv_cell(None) == ""


def test_characters_no_spreadsheet_accepts_are_dropped():
    assert safe_cell("a\x00b\x0bc") == "abc"
