from datetime import date, datetime, time
from decimal import Decimal

import pytest

from accounts.rules import typographie as t

N, F = t.NBSP, t.NNBSP  # no-break space, fine (narrow) no-break space


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (7, "7"),
        (1100, f"1{F}100"),
        (1234567, f"1{F}234{F}567"),
        (27.4, "27,4"),
        (Decimal("27.40"), "27,4"),
        (Decimal("100"), "100"),
        (Decimal("1E+3"), f"1{F}000"),
        (1234.5, f"1{F}234,5"),
        (-3, "−3"),
        (Decimal("-0.00"), "0"),
        (Decimal("-0.5"), "−0,5"),
        (None, f"n.{N}c."),
    ],
)
def test_numbers_are_written_the_french_way(value, written):
    assert t.nombre(value) == written


def test_decimals_can_be_asked_for():
    assert t.nombre(27, 1) == "27,0"
    assert t.nombre(Decimal("1.005"), 2) == "1,00"


def test_a_share_that_nobody_gave_is_not_zero():
    assert t.pourcent(25) == f"25{N}%"
    assert t.pourcent(Decimal("21.80")) == f"21,8{N}%"
    assert t.pourcent(None) == f"n.{N}c."


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12, f"12{N}€"),
        (12.5, f"12,50{N}€"),
        (850_000, f"850{F}000{N}€"),
        (2_300_000, f"2,3{N}M€"),
        (2_340_000, f"2,34{N}M€"),
        (2_345_678, f"2{F}345{F}678{N}€"),
        (Decimal("1500000000.00"), f"1,5{N}Md€"),
        (-2_000_000, f"−2{N}M€"),
        (None, f"n.{N}c."),
    ],
)
def test_an_amount_is_shortened_only_when_nothing_is_lost(value, written):
    assert t.euros(value) == written


def test_dates_are_written_without_a_locale():
    day = date(2019, 11, 15)
    assert t.date_longue(day) == f"15{N}novembre{N}2019"
    assert t.jour_date(day) == f"vendredi 15{N}novembre{N}2019"
    assert t.date_courte(day) == f"ven. 15{N}nov."
    assert t.mois_annee(day) == f"novembre{N}2019"
    assert t.date_longue(date(2027, 5, 1)) == f"1er{N}mai{N}2027"


def test_a_short_date_gives_its_year_when_it_is_another_one():
    on = date(2019, 11, 12)
    assert t.date_courte(date(2019, 12, 5), on=on) == f"jeu. 5{N}déc."
    assert t.date_courte(date(2020, 12, 10), on=on) == f"jeu. 10{N}déc.{N}2020"


def test_hours_are_written_with_their_letter():
    assert t.heure(time(9, 5)) == f"9{N}h{N}05"
    assert t.heure(time(14, 0)) == f"14{N}h"
    assert t.moment(datetime(2019, 11, 12, 9, 5)) == f"12{N}novembre{N}2019 à 9{N}h{N}05"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "aujourd’hui"),
        (1, "demain"),
        (3, f"dans 3{N}jours"),
        (1096, f"dans 1{F}096{N}jours"),
        (-1, "depuis hier"),
        (-43, f"depuis 43{N}jours"),
    ],
)
def test_distance_in_days_is_told_as_people_say_it(days, told):
    assert t.dans_jours(days) == told


@pytest.mark.parametrize(
    ("count", "forms", "written"),
    [
        (0, "engagement", f"0{N}engagement"),
        (1, "engagement", f"1{N}engagement"),
        (1.5, "mois", f"1,5{N}mois"),
        (2, "engagement", f"2{N}engagements"),
        (3, "cheval,chevaux", f"3{N}chevaux"),
        (2, "voix", f"2{N}voix"),
        (1100, "convention", f"1{F}100{N}conventions"),
    ],
)
def test_french_counts_two_from_two_on(count, forms, written):
    assert t.pluriel(count, forms) == written


def test_agreement_alone():
    assert t.accord(1, "reste,restent") == "reste"
    assert t.accord(4, "reste,restent") == "restent"


def test_small_counts_are_spelled():
    assert t.en_lettres(3) == "trois"
    assert t.en_lettres(21) == "21"
    assert t.en_lettres(1100) == f"1{F}100"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Rien : c'est tout !", f"Rien{N}: c’est tout{F}!"),
        ("Quoi ; comment ?", f"Quoi{F}; comment{F}?"),
        ("dit « oui » à tous", f"dit «{N}oui{N}» à tous"),
        ("25 % de 1 100 logements", f"25{N}% de 1{F}100 logements"),
        ("2,3 M€ par an", f"2,3{N}M€ par an"),
        ("avenant n° 1, art. 5, al. 2", f"avenant n°{N}1, art.{N}5, al.{N}2"),
        ("l’article 2.2.1", f"l’article{N}2.2.1"),
        ("CGCT, art. L. 5211-39", f"CGCT, art.{N}L.{N}5211-39"),
        ("le 12 novembre 2019", f"le 12{N}novembre{N}2019"),
        ("le 1er mai 2027", f"le 1er{N}mai{N}2027"),
        ("Mme Vuillemin et M. Oudot", f"Mme{N}Vuillemin et M.{N}Oudot"),
        ("en 2018 170 logements", "en 2018 170 logements"),
        ("http://exemple.fr/?a=1;b", "http://exemple.fr/?a=1;b"),
        ("de 10 h à 12 h", f"de 10{N}h à 12{N}h"),
    ],
)
def test_spaces_that_french_never_parts_become_unbreakable(typed, set_):
    assert t.typo(typed) == set_


@pytest.mark.parametrize("text", ["Suivi: annuel", "x !", "a;b", "« x »", "1er mai"])
def test_no_character_of_a_wording_is_added_or_removed(text):
    assert len(t.typo(text)) == len(text)
    assert t.typo(t.typo(text)) == t.typo(text)
