"""What a yearly file lets us know of memberships, beside what was known before."""

from territories.enums import ContainmentSource
from territories.rules.communes_history import CommuneLife, Period
from territories.rules.memberships import Membership, YearlyFile, memberships, stated_parents
from territories.tests.factories import d

FICHIER = ContainmentSource.FICHIER
MOUVEMENT = ContainmentSource.MOUVEMENT
SAISIE = ContainmentSource.SAISIE
ECHANTILLON = ContainmentSource.ECHANTILLON
LIVING = {"A": CommuneLife("A", [Period()])}


def member(parent, starts_on=None, ends_on=None, source=FICHIER):
    return Membership(parent, starts_on and d(starts_on), ends_on and d(ends_on), source)


def read(known, parents, *, year=2026, previous=None, lives=LIVING):
    stated = YearlyFile(d(f"{year}-01-01"), parents, d(f"{previous}-01-01") if previous else None)
    return memberships(known, stated, lives)


def test_a_first_file_knows_no_beginning():
    assert read({}, {"A": "X"}) == {"A": [member("X")]}


def test_a_commune_seen_for_the_first_time_by_a_later_file_joins_that_day():
    assert read({}, {"A": "X"}, previous=2025) == {"A": [member("X", "2026-01-01")]}


def test_a_confirmed_membership_does_not_change():
    known = {"A": [member("X", "2020-01-01")]}
    assert read(known, {"A": "X"}, previous=2025) == known


def test_a_later_file_ends_one_membership_and_begins_another():
    found = read({"A": [member("X")]}, {"A": "Y"}, previous=2025)
    assert found == {"A": [member("X", None, "2025-12-31"), member("Y", "2026-01-01")]}
    left = read({"A": [member("X")]}, {}, previous=2025)
    assert left == {"A": [member("X", None, "2025-12-31")]}
    back = read(left, {"A": "X"}, year=2028, previous=2026)
    assert back == {"A": [member("X", None, "2025-12-31"), member("X", "2028-01-01")]}


def test_the_same_year_read_again_corrects():
    assert read({"A": [member("X")]}, {"A": "Y"}, previous=2026) == {"A": [member("Y")]}
    assert read({"A": [member("X")]}, {}, previous=2026) == {"A": []}


def test_the_sample_counts_as_the_file_of_its_year():
    sample = {"A": [member("X", source=ECHANTILLON)]}
    assert read(sample, {"A": "Y"}, year=2025) == {"A": [member("Y")]}
    assert read(sample, {"A": "Y"}, year=2026) == {
        "A": [member("X", None, "2025-12-31", ECHANTILLON), member("Y", "2026-01-01")]
    }
    assert read(sample, {"A": "X"}, year=2025) == {"A": [member("X")]}


def test_what_was_entered_by_hand_stays_and_bounds_what_follows():
    by_hand = member("Y", None, "2019-12-31", SAISIE)
    assert read({"A": [by_hand]}, {"A": "X"}) == {"A": [by_hand, member("X", "2020-01-01")]}
    running = member("Y", source=SAISIE)
    assert read({"A": [running]}, {"A": "X"}, previous=2025) == {"A": [running]}


def test_a_vanished_commune_was_in_the_epci_of_its_heir_on_the_day_after():
    lives = {
        "A": CommuneLife("A", [Period()]),
        "B": CommuneLife("B", [Period(None, d("2018-12-31"), successors=("A",))]),
        "C": CommuneLife("C", [Period(d("2018-01-01"), d("2020-12-31"), successors=("A",))]),
    }
    known = {"A": [member("X", None, "2019-12-31"), member("Y", "2020-01-01")]}
    found = read(known, {"A": "Y"}, previous=2025, lives=lives)
    assert found["B"] == [member("X", None, "2018-12-31", MOUVEMENT)]
    assert found["C"] == [member("Y", "2018-01-01", "2020-12-31", MOUVEMENT)]


def test_heirs_in_two_epcis_leave_the_question_open():
    lives = {
        "A": CommuneLife("A", [Period()]),
        "B": CommuneLife("B", [Period()]),
        "C": CommuneLife("C", [Period(None, d("2018-12-31"), successors=("A", "B"))]),
    }
    assert read({}, {"A": "X", "B": "Y"}, lives=lives)["C"] == []


def test_a_known_membership_ends_with_its_commune():
    lives = {
        "A": CommuneLife("A", [Period()]),
        "B": CommuneLife("B", [Period(None, d("2025-12-31"), successors=("A",))]),
    }
    known = {"A": [member("X")], "B": [member("Y")]}
    found = read(known, {"A": "X"}, previous=2025, lives=lives)
    assert found["B"] == [member("Y", None, "2025-12-31")]


def test_a_commune_younger_than_the_file_inherits_unless_its_origins_disagree():
    lives = {
        "A": CommuneLife("A", [Period()]),
        "N": CommuneLife("N", [Period(d("2026-01-01"), predecessors=("A",))]),
        "O": CommuneLife("O", [Period(d("2026-01-01"), predecessors=("A", "P"))]),
        "P": CommuneLife("P", [Period(None, d("2025-12-31"))]),
        "Q": CommuneLife("Q", [Period(d("2026-01-01"), predecessors=("Q",))]),
    }
    assert stated_parents({"A": "X", "P": "Y"}, lives) == {"A": "X", "N": "X"}
