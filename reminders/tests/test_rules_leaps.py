"""The drawing of a count back, and what the page says first."""

from datetime import date

import pytest

from conventions.enums import Unit
from conventions.rules.sorties_dates import last_day_for
from reminders.enums import DeadlineKind as Kind
from reminders.rules.leaps import WIDTH, count_back
from reminders.rules.verdict import reasons, short_name, verdict_of
from reminders.tests.factories import make_termination, plain
from territories.enums import Zone


def _drawn(effect, **clause):
    clause = make_termination(**clause)
    answer = last_day_for(clause, effect, zone=Zone.METROPOLE)
    return count_back(clause, effect=effect, last=answer.result, safe=answer.safe_date)


def test_the_drawing_of_the_visual_language():
    drawing = _drawn(date(2020, 3, 1))
    assert [stop.day for stop in drawing.stops] == [
        date(2020, 3, 1),
        date(2020, 2, 1),
        date(2020, 1, 1),
        date(2019, 12, 1),
        date(2019, 11, 30),
        date(2019, 11, 29),
    ]
    assert plain(*(leap.label for leap in drawing.leaps)) == (
        "− 1 mois − 1 mois − 1 mois − 1 jour jour ouvré"
    )
    assert [stop.is_goal for stop in drawing.stops] == [False] * 5 + [True]


@pytest.mark.parametrize(
    "clause",
    [
        {"quantity": 1},
        {"quantity": 6},
        {"quantity": 2, "unit": Unit.ANS},
        {"quantity": 8, "unit": Unit.JOURS},
        {"quantity": 45, "unit": Unit.JOURS_OUVRABLES},
        {"quantity": 10, "unit": Unit.JOURS_FRANCS},
    ],
)
def test_every_drawing_goes_left_and_stays_within_its_frame(clause):
    for effect in (date(2026, 3, 31), date(2027, 1, 1), date(2028, 2, 29)):
        drawing = _drawn(effect, **clause)
        xs = [stop.x for stop in drawing.stops]
        days = [stop.day for stop in drawing.stops]
        assert xs == sorted(xs, reverse=True)
        assert days == sorted(days, reverse=True)
        assert min(xs) > 0
        assert max(xs) < WIDTH
        assert len(drawing.leaps) == len(drawing.stops) - 1


def _verdict(on, **fields):
    values = {
        "due_on": date(2019, 11, 30),
        "safe_on": date(2019, 11, 29),
        "effect_on": date(2020, 3, 1),
        "rolling": False,
        "done_on": None,
    }
    return verdict_of(Kind.RESILIATION, **(values | fields), on=on)


def test_the_huge_date_is_the_safe_one_and_the_limit_of_law_stands_beside():
    verdict = _verdict(date(2019, 11, 12))
    assert (verdict.label, verdict.day) == ("Dernier jour sûr", date(2019, 11, 29))
    assert plain(*(f"{label} {value};" for label, value in verdict.facts)) == (
        "Il reste 17 jours; Limite de droit samedi 30 novembre 2019, à minuit; "
        "Libre à partir du dimanche 1er mars 2020;"
    )


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2019, 11, 29), "Il reste jusqu’à ce soir, minuit"),
        (date(2019, 11, 28), "Il reste 1 jour"),
        (date(2019, 12, 2), "Passée depuis 3 jours"),
    ],
)
def test_the_distance_is_said_in_words(on, words):
    assert plain(" ".join(_verdict(on).facts[0])) == words


def test_a_rolling_date_is_the_first_day_free():
    verdict = _verdict(date(2019, 11, 12), rolling=True, due_on=date(2020, 2, 13), safe_on=None)
    assert (verdict.label, verdict.day) == ("Libre à partir du", date(2020, 2, 13))


@pytest.mark.parametrize(
    ("step", "sentence", "rule"),
    [
        ("Le délai expire (art. 642 CPC).", "Le délai expire.", "art. 642 CPC"),
        ("Un férié (Noël) est passé (art. 642).", "Un férié (Noël) est passé.", "art. 642"),
        ("Sans règle.", "Sans règle.", ""),
        ("Fin (règle (du portail)).", "Fin.", "règle (du portail)"),
    ],
)
def test_a_step_parts_from_its_rule(step, sentence, rule):
    (reason,) = reasons([step])
    assert (reason.sentence, reason.rule) == (sentence, rule)


def test_every_kind_has_a_short_name():
    assert all(short_name(kind) for kind in Kind)
