"""The six questions on dates: published examples, month ends, leap years, holidays, clocks.

Expected dates were worked out by hand from the rules, or come from the source that is named.
"""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from conventions.rules.delais import (
    Computation,
    DelaiError,
    compute,
    delai,
    duree,
    effet_au_plus_tot,
    instant_24h,
    preavis,
    rebours,
)
from territories.enums import Zone

WORKED_CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "deadlines.json"


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "quantity", "expected"),
    [
        # Art. 641 al. 2: same quantième, else the last day of the month.
        ("2026-09-05", {"months": 1}, "2026-10-05"),
        ("2026-09-05", {"months": 3}, "2026-12-05"),
        ("2027-01-30", {"months": 1}, "2027-02-28"),
        ("2028-01-30", {"months": 1}, "2028-02-29"),
        ("2026-11-30", {"months": 3}, "2027-02-28"),
        ("2027-03-31", {"months": 1}, "2027-04-30"),
        ("2027-02-28", {"months": 1}, "2027-03-28"),
        ("2028-02-29", {"years": 1}, "2029-02-28"),
        ("2028-02-29", {"years": 4}, "2032-02-29"),
        ("2096-02-29", {"years": 4}, "2100-02-28"),
        # Art. 641 al. 1: the starting day does not count.
        ("2026-12-31", {"days": 1}, "2027-01-01"),
        ("2028-02-28", {"days": 2}, "2028-03-01"),
        # Art. 641 al. 3: months first. Days first would give 4 March.
        ("2027-01-20", {"months": 1, "days": 15}, "2027-03-07"),
        ("2026-12-31", {"years": 1, "months": 2, "days": 1}, "2028-03-01"),
    ],
)
def test_a_delai_counts_months_then_days(start, quantity, expected):
    assert delai(d(start), **quantity).result == d(expected)


@pytest.mark.parametrize(
    ("start", "options", "zone", "expected"),
    [
        ("2026-07-15", {"months": 1}, Zone.METROPOLE, "2026-08-17"),
        ("2027-12-02", {"months": 1}, Zone.METROPOLE, "2028-01-03"),
        ("2026-11-01", {"months": 1, "days": 24}, Zone.METROPOLE, "2026-12-28"),
        ("2026-11-01", {"months": 1, "days": 24}, Zone.ALSACE_MOSELLE, "2026-12-28"),
        ("2030-11-25", {"months": 1}, Zone.ALSACE_MOSELLE, "2030-12-27"),
        ("2030-11-25", {"months": 1}, Zone.METROPOLE, "2030-12-26"),
        ("2027-04-22", {"months": 1}, Zone.MARTINIQUE, "2027-05-24"),
        ("2028-04-22", {"months": 1}, Zone.MARTINIQUE, "2028-05-23"),
        ("2028-04-22", {"months": 1}, Zone.GUADELOUPE, "2028-05-22"),
        ("2027-05-10", {"months": 1}, Zone.GUYANE, "2027-06-11"),
        ("2027-11-20", {"months": 1}, Zone.REUNION, "2027-12-21"),
        ("2027-03-27", {"months": 1}, Zone.MAYOTTE, "2027-04-28"),
        ("2027-03-27", {"months": 1}, Zone.REUNION, "2027-04-27"),
        # The Antilles' customary Vendredi saint is not in the law.
        ("2027-02-26", {"months": 1}, Zone.GUADELOUPE, "2027-03-26"),
        ("2027-02-26", {"months": 1}, Zone.MARTINIQUE, "2027-03-26"),
    ],
)
def test_a_carried_delai_steps_over_days_off_of_its_zone(start, options, zone, expected):
    computed = delai(d(start), **options, carry=True, zone=zone)
    assert computed.result == d(expected)
    assert computed.safe_date == computed.result


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        (Zone.METROPOLE, "2027-01-30", "2027-03-01"),
        # Two months from 25 January end on Thursday 25 March; franc: Friday 26, Vendredi saint.
        (Zone.METROPOLE, "2027-01-25", "2027-03-26"),
        (Zone.ALSACE_MOSELLE, "2027-01-25", "2027-03-30"),
        (Zone.GUADELOUPE, "2027-03-26", "2027-05-28"),
        (Zone.MARTINIQUE, "2028-03-21", "2028-05-23"),
        (Zone.GUYANE, "2027-04-09", "2027-06-11"),
        (Zone.REUNION, "2027-10-19", "2027-12-21"),
        (Zone.MAYOTTE, "2027-02-26", "2027-04-28"),
    ],
)
def test_a_franc_delai_gains_a_day_before_it_is_carried(zone, start, expected):
    months = 1 if start == "2027-01-30" else 2
    assert delai(d(start), months=months, franc=True, carry=True, zone=zone).result == d(expected)


@pytest.mark.parametrize(
    ("event", "quantity", "expected"),
    [
        ("1998-06-12", {"months": 3}, "1998-09-12"),  # Civ. 3e, 28 October 2003
        ("2019-02-01", {"months": 3}, "2019-05-01"),  # a holiday does not move a notice
        ("2018-11-30", {"months": 3}, "2019-02-28"),
        ("2027-11-30", {"months": 3}, "2028-02-29"),
        ("2026-12-15", {"days": 8}, "2026-12-23"),
        ("2026-12-15", {"months": 1, "days": 15}, "2027-01-30"),
    ],
)
def test_a_preavis_ends_on_its_day_whatever_the_day(event, quantity, expected):
    assert preavis(d(event), **quantity).result == d(expected)


@pytest.mark.parametrize(
    ("start", "quantity", "expected"),
    [
        ("2020-04-01", {"years": 3}, "2023-03-31"),
        ("2001-05-14", {"months": 2}, "2001-07-13"),  # Soc., 15 March 2006
        ("2024-02-29", {"years": 3}, "2027-02-28"),
        ("2024-02-29", {"years": 4}, "2028-02-28"),
        ("2024-03-01", {"years": 3}, "2027-02-28"),
        ("2025-03-01", {"years": 3}, "2028-02-29"),
        ("2025-08-31", {"months": 6}, "2026-02-28"),
        ("2025-08-30", {"months": 6}, "2026-02-28"),
        ("2025-08-29", {"months": 6}, "2026-02-28"),
        ("2027-08-31", {"months": 6}, "2028-02-29"),
        ("2027-08-30", {"months": 6}, "2028-02-29"),
        ("2026-10-31", {"months": 1}, "2026-11-30"),
        ("2026-01-01", {"years": 1}, "2026-12-31"),
        ("2026-01-01", {"days": 1}, "2026-01-01"),
        ("2026-01-01", {"days": 31}, "2026-01-31"),
        ("2026-01-01", {"months": 1, "days": 10}, "2026-02-10"),
        ("2017-12-05", {"years": 1, "months": 6}, "2019-06-04"),
    ],
)
def test_a_duree_covers_its_first_day_and_ends_on_the_eve(start, quantity, expected):
    assert duree(d(start), **quantity).result == d(expected)


@pytest.mark.parametrize(
    ("effect", "quantity", "expected"),
    [
        ("2024-07-31", {"days": 8}, "2024-07-22"),  # Com., 14 March 2018
        ("2023-04-01", {"months": 6}, "2022-09-30"),
        ("2011-02-04", {"months": 3}, "2010-11-03"),
        ("2026-07-31", {"months": 1}, "2026-06-29"),
        ("2027-03-31", {"months": 1}, "2027-02-27"),
        ("2028-03-31", {"months": 1}, "2028-02-28"),
        ("2028-03-01", {"days": 1}, "2028-02-28"),
        ("2027-01-01", {"days": 15}, "2026-12-16"),
        ("2028-02-29", {"years": 1}, "2027-02-27"),
        # Months first, then days: 28 February, then five days, then the eve.
        ("2027-03-31", {"months": 1, "days": 5}, "2027-02-22"),
    ],
)
def test_a_rebours_is_franc(effect, quantity, expected):
    assert rebours(d(effect), **quantity).result == d(expected)


def test_a_rebours_in_months_and_days_is_never_too_late():
    computed = rebours(d("2027-03-10"), months=1, days=15)
    # Months first would say 25 January, whose notice ends on 12 March only.
    assert preavis(d("2027-01-25"), months=1, days=15).result == d("2027-03-12")
    assert computed.result == d("2027-01-22")
    assert effet_au_plus_tot(computed.result, months=1, days=15).result == d("2027-03-10")
    assert any("dépasserait la date d’effet" in sentence for sentence in computed.steps)


@pytest.mark.parametrize(
    ("sent", "quantity", "expected"),
    [
        ("2027-01-31", {"months": 1}, "2027-03-01"),
        ("2028-01-31", {"months": 1}, "2028-03-01"),
        ("2026-05-31", {"months": 1}, "2026-07-01"),
        ("2024-07-22", {"days": 8}, "2024-07-31"),
        ("2026-12-31", {"months": 2, "days": 1}, "2027-03-02"),
    ],
)
def test_an_effect_follows_the_last_day_bound(sent, quantity, expected):
    assert effet_au_plus_tot(d(sent), **quantity).result == d(expected)


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        ("2027-03-27", Zone.METROPOLE, "2027-03-27T23:00:00+00:00"),
        ("2027-03-28", Zone.METROPOLE, "2027-03-28T22:00:00+00:00"),
        ("2027-03-28", Zone.ALSACE_MOSELLE, "2027-03-28T22:00:00+00:00"),
        ("2026-10-24", Zone.METROPOLE, "2026-10-24T22:00:00+00:00"),
        ("2026-10-25", Zone.METROPOLE, "2026-10-25T23:00:00+00:00"),
        ("2027-03-28", Zone.GUADELOUPE, "2027-03-29T04:00:00+00:00"),
        ("2026-10-25", Zone.MARTINIQUE, "2026-10-26T04:00:00+00:00"),
        ("2027-03-28", Zone.GUYANE, "2027-03-29T03:00:00+00:00"),
        ("2026-10-25", Zone.REUNION, "2026-10-25T20:00:00+00:00"),
        ("2027-03-28", Zone.MAYOTTE, "2027-03-28T21:00:00+00:00"),
    ],
)
def test_a_local_day_ends_at_its_own_instant(day, zone, expected):
    computed = instant_24h(d(day), zone)
    assert computed.result.isoformat() == expected
    assert computed.result.tzinfo is UTC


def test_the_days_of_23_and_25_hours_are_told():
    assert any("23\u00a0heures" in sentence for sentence in instant_24h(d("2027-03-28")).steps)
    assert any("25\u00a0heures" in sentence for sentence in instant_24h(d("2026-10-25")).steps)
    assert not any("\u00a0heures" in sentence for sentence in instant_24h(d("2026-10-24")).steps)
    overseas = instant_24h(d("2027-03-28"), Zone.REUNION)
    assert not any("\u00a0heures" in sentence for sentence in overseas.steps)


@pytest.mark.parametrize(
    ("computed", "safe"),
    [
        (delai(d("2026-01-31"), months=1), "2026-02-27"),
        (delai(d("2026-01-31"), months=1, carry=True), "2026-03-02"),
        (preavis(d("2019-02-01"), months=3), "2019-04-30"),
        (duree(d("2024-02-29"), years=3), "2027-02-26"),
        (rebours(d("2026-07-01"), months=1), "2026-05-29"),
        (rebours(d("2027-03-27"), days=0, months=12), "2026-03-26"),
        (rebours(d("2027-03-30"), days=1, zone=Zone.ALSACE_MOSELLE), "2027-03-25"),
        (effet_au_plus_tot(d("2027-01-31"), months=1), "2027-03-01"),
        (effet_au_plus_tot(d("2026-06-30"), months=1), "2026-07-31"),
        (instant_24h(d("2027-03-28")), "2027-03-26"),
        (instant_24h(d("2026-12-31"), Zone.MARTINIQUE), "2026-12-31"),
    ],
)
def test_the_safe_date_is_the_last_working_day_on_or_before(computed, safe):
    assert computed.safe_date == d(safe)


def test_the_reasoning_can_be_read_aloud():
    computed = delai(d("2027-04-01"), months=1, carry=True)
    assert [sentence.replace("\u00a0", " ") for sentence in computed.steps] == [
        "Le délai court à compter du jeudi 1er avril 2027 (art. 640 CPC).",
        "Compté en mois, le délai expire le jour du dernier mois qui porte le même quantième : "
        "1 mois après le 1er avril 2027, soit le samedi 1er mai 2027 (art. 641 al. 2 CPC).",
        "L’échéance ne peut tomber un samedi, un dimanche ou un jour férié en métropole : on passe "
        "le samedi 1er mai 2027 (fête du Travail) et le dimanche 2 mai 2027, et le délai est "
        "prorogé jusqu’au premier jour ouvrable suivant, le lundi 3 mai 2027 (art. 642 al. 2 CPC).",
        "Ce report vaut pour la procédure, les recours et les délais légaux ; pour un acte "
        "contractuel, ne pas compter dessus et agir au plus tard le vendredi 30 avril 2027 (règle "
        "de prudence du portail).",
        "Le délai expire le lundi 3 mai 2027 à 24 h (art. 642 al. 1 CPC).",
        "Date sûre pour agir : le lundi 3 mai 2027, qui est ouvré (règle de prudence du portail).",
    ]


def test_the_reasoning_names_the_missing_quantieme_and_the_franc_day():
    text = " ".join(delai(d("2026-12-31"), months=2, franc=True, carry=True).steps)
    text = text.replace("\u00a0", " ")
    assert "février 2027 n’a pas de 31, et l’on retient le dernier jour de ce mois" in text
    assert "Le délai est franc" in text
    assert "art. 641 al. 2 CPC" in text
    assert "le lundi 1er mars 2027" in text


def test_alsace_moselle_is_warned_about_the_vendredi_saint():
    warned = delai(d("2027-02-26"), months=1, carry=True, zone=Zone.ALSACE_MOSELLE)
    assert any("temple protestant" in sentence for sentence in warned.steps)
    saint_etienne = delai(d("2029-11-26"), months=1, carry=True, zone=Zone.ALSACE_MOSELLE)
    assert not any("temple protestant" in sentence for sentence in saint_etienne.steps)


EVERY_OPERATION = [
    delai(d("2026-01-31"), months=1, days=3, franc=True, carry=True),
    delai(d("2026-01-31"), days=3),
    preavis(d("2026-01-31"), years=1, months=2, days=3),
    duree(d("2026-01-31"), months=1),
    duree(d("2026-01-01"), years=1, days=1),
    rebours(d("2027-03-10"), months=1, days=15),
    effet_au_plus_tot(d("2026-01-31"), days=1),
    instant_24h(d("2027-03-28"), Zone.MAYOTTE),
]


@pytest.mark.parametrize("computed", EVERY_OPERATION)
def test_every_step_is_a_typeset_sentence_that_names_its_rule(computed: Computation):
    for sentence in computed.steps:
        assert re.fullmatch(r"[A-ZÀÉ0-9].*\(.+\)\.", sentence), sentence
        assert not re.search(r" [:;?!»]|« |\d (janvier|mars|h |jours)", sentence)
        assert "'" not in sentence


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: delai(d("2026-01-31")), "au moins un jour ou un mois"),
        (lambda: preavis(d("2026-01-31"), months=-1), "ne peut pas être négative"),
        (lambda: duree(d("2026-01-31"), years=300), "ne peut pas dépasser"),
        (lambda: delai(d("2199-12-31"), days=1), "1900 à 2199"),
        (lambda: delai(d("2199-12-31"), months=1), "1900 à 2199"),
        (lambda: rebours(d("1900-01-01"), months=1), "1900 à 2199"),
        (lambda: rebours(d("1900-01-01"), years=290), "1900 à 2199"),
        (lambda: duree(d("1899-12-31"), days=1), "1900 à 2199"),
        (lambda: instant_24h(d("2200-01-01")), "1900 à 2199"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_french(call, message):
    with pytest.raises(DelaiError, match=message):
        call()


@pytest.mark.skipif(not WORKED_CASES.exists(), reason="the shared worked cases are not here")
def test_the_shared_worked_cases_hold():
    for case in json.loads(WORKED_CASES.read_text(encoding="utf-8")):
        computed = compute(case["op"], case["input"])
        assert computed.result.isoformat() == case["expected"], case["id"]
        assert isinstance(computed.result, datetime) == (case["op"] == "instant_24h")
