"""The sentences of the balance, on 12 November 2019."""

from datetime import date
from decimal import Decimal

import pytest

from engagements.enums import EngagementSituation as Situation
from engagements.enums import IndicatorUnit, Recurrence, Strength
from engagements.rules.export import rows, safe_cell
from engagements.rules.filters import TOGETHER, UNDATED, Criteria, kept
from engagements.rules.lecture import (
    Entry,
    Figure,
    Saying,
    chosen_figure,
    enumerated,
    legend,
    meta,
    reading,
)
from territories.rules.french import de

DAY = date(2019, 11, 12)


def _entry(number=1, situation=Situation.EN_COURS, **facts) -> Entry:
    facts.setdefault("title", "Tenir parole")
    facts.setdefault("debtors", ("Grand Besançon",))
    return Entry(pk=number, number=number, situation=situation, **facts)


def _figure(value=None, meets=None, year=2019) -> Figure:
    known = None if value is None else Decimal(value)
    return Figure("logements", IndicatorUnit.NOMBRE, year, Decimal(170), known, meets)


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (
            _entry(situation=Situation.EN_RETARD, due_on=date(2019, 9, 30)),
            "Dû le 30 septembre 2019, depuis 43 jours · aucune preuve",
        ),
        (
            _entry(situation=Situation.PROCHE, due_on=date(2019, 11, 13), replies=(2, 3)),
            "Répond à E2 et E3 · dû le 13 novembre 2019, demain",
        ),
        (
            _entry(situation=Situation.TENU, saying=Saying(date(2019, 4, 3), "GB", evidence=2)),
            "Déclaré tenu le 3 avril 2019 · 2 preuves",
        ),
        (
            _entry(
                situation=Situation.TENU,
                saying=Saying(date(2019, 4, 3), "GB", evidence=1),
                due_on=date(2020, 9, 30),
                recurrence=Recurrence.ANNUELLE,
            ),
            "Déclaré tenu le 3 avril 2019, de nouveau dû le 30 septembre 2020 · 1 preuve",
        ),
        (
            _entry(situation=Situation.CONTESTE, saying=Saying(date(2019, 6, 20), "AL")),
            "Contesté par AL le 20 juin 2019",
        ),
        (
            _entry(situation=Situation.SUSPENDU, condition="accord de l’État"),
            "Sous réserve de : accord de l’État",
        ),
        (_entry(recurrence=Recurrence.PERMANENTE), "En continu"),
        (_entry(figure=_figure(118)), "118 sur 170 en 2019"),
        (_entry(), ""),
    ],
)
def test_the_line_under_an_engagement_says_why_it_is_what_it_is(entry, line):
    assert meta(entry, DAY).replace("\u00a0", " ") == line


def test_what_the_page_already_shows_is_not_said_twice():
    assert meta(_entry(replies=(2,)), DAY, replies=False) == ""


def test_figures_speak_over_a_quiet_state_but_not_over_lateness():
    below = _figure(118, meets=False)
    assert _entry(figure=below).word == "Sous l’objectif"
    assert _entry(figure=below).icon == "sous-objectif"
    assert _entry(situation=Situation.EN_RETARD, figure=below).word == "En retard"
    assert _entry(situation=Situation.TENU, figure=below).word == "Tenu"
    assert _entry(figure=_figure(118)).word == "En cours"


def test_the_latest_known_result_is_the_one_told():
    figures = [_figure(158, year=2017), _figure(174, year=2018), _figure(year=2019)]
    assert chosen_figure(figures, on=DAY).year == 2018
    assert chosen_figure(figures[2:] + [_figure(year=2020)], on=DAY).year == 2019
    assert chosen_figure([], on=DAY) is None


def test_an_article_comes_down_to_what_presses_most():
    late = _entry(2, Situation.EN_RETARD, due_on=date(2019, 9, 30), debtors=("Action Logement",))
    later = _entry(3, Situation.EN_RETARD, due_on=date(2019, 6, 30))
    disputed = _entry(4, Situation.CONTESTE)
    near = _entry(5, Situation.PROCHE, due_on=date(2019, 11, 29))
    kept_one = _entry(6, Situation.TENU)

    def said(*entries, without=""):
        return reading(entries, on=DAY, without=without).replace("\u00a0", " ")

    assert said(late, disputed) == "Action Logement en retard de 43 jours"
    assert said(late, later) == "2 en retard, le plus ancien de 135 jours"
    assert said(disputed, near) == "E4 contesté"
    assert said(near, kept_one) == "échéance le 29 novembre 2019, dans 17 jours"
    assert said(_entry(), without="Action Logement") == "sans contrepartie d’Action Logement"
    assert said(_entry(figure=_figure(118, meets=False)), near) == "118 sur 170 en 2019"
    assert said(kept_one) == "tout est tenu"
    assert said(_entry(), kept_one) == "en cours"
    assert said(_entry(situation=Situation.A_VENIR)) == "à venir"


def test_the_legend_counts_each_face_and_leaves_empty_ones_out():
    entries = [_entry(1), _entry(2), _entry(3, Situation.TENU)]
    assert legend(entries) == [("tenu", "Tenu", 1), ("en-cours", "En cours", 2)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Grand Besançon", "de Grand Besançon"),
        ("Action Logement", "d’Action Logement"),
        ("Érilia", "d’Érilia"),
        ("le Grand Lac", "du Grand Lac"),
        ("Les communes", "des communes"),
        ("la Ville", "de la Ville"),
    ],
)
def test_names_are_elided_and_contracted(name, said):
    assert de(name) == said


def test_lists_are_written_in_full():
    assert enumerated(["E1", "E2", "E3"]) == "E1, E2 et E3"
    assert enumerated([]) == ""


ALL = [
    _entry(1, parties=frozenset({1}), theme=7, due_on=date(2019, 1, 1)),
    _entry(2, Situation.TENU, parties=frozenset({2}), strength=Strength.MOYENS),
    _entry(3, parties=frozenset({1, 2}), figure=_figure(1, meets=False)),
]


@pytest.mark.parametrize(
    ("criteria", "numbers"),
    [
        (Criteria(), [1, 2, 3]),
        (Criteria(theme=7), [1]),
        (Criteria(face=Situation.TENU), [2]),
        (Criteria(face="sous_objectif"), [3]),
        (Criteria(owner=1), [1]),
        (Criteria(owner=TOGETHER), [3]),
        (Criteria(strength=Strength.MOYENS), [2]),
        (Criteria(year=2019), [1]),
        (Criteria(year=UNDATED), [2, 3]),
        (Criteria(theme=7, owner=2), []),
    ],
)
def test_every_criterion_narrows_the_balance(criteria, numbers):
    assert [entry.number for entry in kept(ALL, criteria, parties=2)] == numbers
    assert criteria.is_blank is (numbers == [1, 2, 3])


@pytest.mark.parametrize(
    "text", ["=SOMME(A1)", "+33", "-1", "@x", "\tfoo", "\rfoo", "  =1", "\u00a0=1", "＝1"]
)
def test_no_cell_taken_away_becomes_a_formula(text):
    assert safe_cell(text) == f"'{text}"


def test_a_row_taken_away_says_what_the_page_says():
    entry = _entry(
        2, Situation.EN_RETARD, title="=1+1", due_on=date(2019, 9, 30), article=5, replies=(1,)
    )
    (row,) = rows([entry], on=DAY, articles={5: "2.1 Connaître"}, themes={})
    assert row[:3] == ("E2", "'=1+1", "2.1 Connaître")
    assert "En retard" in row
    assert 43 in row
