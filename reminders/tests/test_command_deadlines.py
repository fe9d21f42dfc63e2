"""`manage.py deadlines`: the same dates as the portal, for people and for programs."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from conventions.models import Convention
from conventions.tests.factories import make_convention
from reminders.models import Deadline
from reminders.tests.factories import plain, project_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(capsys):
    def run(*arguments):
        call_command("deadlines", *arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def reference(cast):
    return cast.convention.reference


def test_every_deadline_is_given_with_its_reasons(ask, reference):
    answer = json.loads(ask(reference, "--on", "2019-11-12", "--json"))
    assert answer["reference"] == reference
    assert (answer["on"], answer["situation"]) == ("2019-11-12", "en_vigueur")
    rows = {row["key"]: row for row in answer["deadlines"]}
    term = rows["terme"]
    assert (term["due_on"], term["kind"], term["days_left"]) == ("2020-12-10", "terme", 394)
    assert term["steps"]
    assert all(row["steps"] and row["source"] and row["trigger"] for row in rows.values())
    ways_out = [row for row in rows.values() if row["effect_on"] == "2020-01-01"]
    assert [(row["due_on"], row["safe_on"]) for row in ways_out] == [("2019-09-30", "2019-09-30")]


def test_dates_come_in_order(ask, reference):
    answer = json.loads(ask(reference, "--on", "2019-11-12", "--json"))
    days = [row["due_on"] for row in answer["deadlines"]]
    assert days == sorted(days)


def test_the_text_answer_is_in_french_and_numbers_the_steps(ask, reference):
    text = plain(ask(reference, "--on", "2019-11-12"))
    assert "En vigueur au mardi 12 novembre 2019" in text
    assert "jeudi 10 décembre 2020  Terme de la convention, dernier jour couvert" in text
    assert "  1. La durée d’un contrat court dès son premier jour" in text
    assert text.strip().endswith("le texte signé fait foi.")


def test_the_day_asked_for_moves_what_rolls(ask, reference):
    def rolling(day):
        rows = json.loads(ask(reference, "--on", day, "--json"))["deadlines"]
        return next(row["due_on"] for row in rows if row["rolling"])

    assert (rolling("2019-11-12"), rolling("2019-11-13")) == ("2020-02-13", "2020-02-14")


def test_it_agrees_with_the_rows_of_the_portal_and_writes_none(ask, cast, reference):
    ask(reference, "--json")
    assert not Deadline.objects.exists()
    project_now(cast.convention, on=date(2019, 11, 12))
    answer = json.loads(ask(reference, "--on", "2019-11-12", "--json"))
    stored = {row.key: row.due_on.isoformat() for row in Deadline.objects.live()}
    assert {row["key"]: row["due_on"] for row in answer["deadlines"]} == stored


def test_what_was_declared_done_is_said(ask, cast, reference):
    project_now(cast.convention)
    Deadline.objects.filter(key="revoyure:2018:gel").update(
        done_on=date(2018, 12, 9), done_by=cast.manager, done_note="gel anticipé"
    )
    assert "Faite le dimanche 9 décembre 2018. gel anticipé" in plain(
        ask(reference, "--on", "2018-12-10")
    )
    rows = json.loads(ask(reference, "--on", "2018-12-08", "--json"))["deadlines"]
    assert {row["key"]: row["done_on"] for row in rows}["revoyure:2018:gel"] is None


def test_past_its_term_it_says_that_the_convention_must_be_regularised(ask, reference):
    text = plain(ask(reference, "--on", "2021-03-01"))
    assert "poursuite de fait à régulariser" in text
    assert "art. 1214 et 1215" in text


def test_a_draft_has_none_and_says_why(ask, db):
    answer = json.loads(ask(make_convention().reference, "--json"))
    assert answer["deadlines"] == []
    assert "n’est pas signée" in plain(*answer["notes"])


def test_the_reference_may_be_typed_in_small_letters(ask, cast):
    Convention.objects.filter(pk=cast.convention.pk).update(reference="LAC-2017")
    assert "LAC-2017" in ask("lac-2017")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("INCONNUE-1900",), "Aucune convention ne porte la référence « INCONNUE-1900 »."),
        (("{reference}", "--on", "30/11/2019"), "« 30/11/2019 » n’est pas une date"),
        (("{reference}", "--on", "2019-02-30"), "« 2019-02-30 » n’est pas une date"),
    ],
)
def test_what_cannot_be_answered_is_said_in_french(ask, reference, arguments, words):
    with pytest.raises(CommandError) as refusal:
        ask(*(argument.format(reference=reference) for argument in arguments))
    assert words in plain(str(refusal.value))
    assert refusal.value.returncode == 1
