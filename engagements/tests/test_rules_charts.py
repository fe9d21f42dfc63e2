"""Bars against their target, gaps and sums: plain numbers."""

from decimal import Decimal

import pytest

from engagements.enums import IndicatorUnit
from engagements.rules.charts import LONGEST, ORIGIN, Point, target_chart
from engagements.rules.figures import Year, gap, of_communes, total

NUMBER, PERCENT, EUROS = IndicatorUnit.NOMBRE, IndicatorUnit.POURCENT, IndicatorUnit.EUROS


def _points(*rows):
    return [
        Point(year, target and Decimal(target), None if value is None else Decimal(value), **more)
        for year, target, value, more in rows
    ]


def test_the_longest_figure_fills_the_drawing_and_the_others_keep_their_proportion():
    chart = target_chart("Logements", NUMBER, _points((2017, 170, 85, {}), (2018, 170, 340, {})))
    assert [bar.length for bar in chart.bars] == [round(LONGEST / 4), LONGEST]
    assert chart.goals[0].x == ORIGIN + LONGEST // 2


def test_years_that_share_a_target_share_one_dashed_line():
    rows = _points((2017, 170, 158, {}), (2018, 170, 174, {}), (2019, 200, 118, {}))
    chart = target_chart("Logements", NUMBER, rows)
    assert [goal.label for goal in chart.goals] == ["objectif\u00a0: 170", "objectif\u00a0: 200"]
    assert chart.goals[0].bottom > chart.bars[1].y
    assert chart.goals[0].bottom < chart.goals[1].top
    assert chart.goals[1].bottom <= chart.height


def test_what_was_not_communicated_has_no_bar_and_says_so():
    chart = target_chart(
        "Logements",
        NUMBER,
        _points(
            (2017, 170, None, {"void": True}),
            (2018, 170, None, {}),
            (2019, 170, None, {"known": False}),
        ),
    )
    assert [bar.length for bar in chart.bars] == [0, 0, 0]
    assert [bar.label for bar in chart.bars] == ["s.\u00a0o.", "n.\u00a0c.", "—"]
    assert "sans objet en 2017, non communiqué en 2018, rien encore pour 2019" in chart.finding


def test_the_finding_tells_the_figures_and_the_target():
    rows = _points((2017, 170, 158, {}), (2018, 170, 131, {"provisional": True}))
    assert target_chart("Logements agréés", NUMBER, rows).finding == (
        "Logements agréés\u00a0: 158 en 2017, 131 en 2018 (provisoire), "
        "pour un objectif de 170 par an."
    )


def test_nothing_to_compare_draws_nothing():
    assert target_chart("Logements", NUMBER, _points((2017, None, None, {}))) is None
    assert target_chart("Logements", NUMBER, _points((2017, 0, 0, {}))) is None


@pytest.mark.parametrize(
    ("value", "target", "unit", "said"),
    [
        ("174", "170", NUMBER, "+ 4"),
        ("131", "170", NUMBER, "− 39"),
        ("21.8", "25", PERCENT, "− 3,2 points"),
        ("24.1", "25", PERCENT, "− 0,9 point"),
        ("170", "170", NUMBER, "0"),
        ("2500000", "2300000", EUROS, "+ 200 000 €"),
    ],
)
def test_a_gap_is_written_with_its_sign_and_its_unit(value, target, unit, said):
    found = gap(Decimal(value), Decimal(target), unit)
    assert found.replace("\u00a0", " ").replace("\u202f", " ") == said


def test_there_is_no_gap_with_what_nobody_knows():
    assert gap(None, Decimal(170), NUMBER) == ""
    assert gap(Decimal(1), None, NUMBER) == ""


def test_only_what_may_be_added_is_added_and_unknown_years_are_told():
    years = [Year(Decimal(500), Decimal(402)), Year(Decimal(500), None)]
    added = total(years, adds_up=True)
    assert (added.target, added.value) == (1000, 402)
    assert added.note == "1\u00a0année sur 2 connue"
    assert total(years, adds_up=False) is None
    assert total(years[:1], adds_up=True) is None


def test_a_total_without_all_its_targets_has_none():
    assert (
        total([Year(None, Decimal(1)), Year(Decimal(2), Decimal(2))], adds_up=True).target is None
    )


def test_communes_that_do_not_add_up_show_the_gap():
    said = of_communes(Decimal(94), 5, Decimal(174), NUMBER).replace("\u00a0", " ")
    assert said == "5 communes totalisent 94, soit 80 de moins"
    same = of_communes(Decimal(94), 1, Decimal(94), NUMBER).replace("\u00a0", " ")
    assert same == "1 commune totalise 94, comme l’ensemble"
