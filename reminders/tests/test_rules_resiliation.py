"""Ways out: useful dates, answers of the day, trials of another day."""

from datetime import date, timedelta

import pytest

from conventions.enums import Situation, TerminationGround, Trigger, Unit, YearBasis
from conventions.rules.sorties_dates import free_from, last_day_for, nearby_trials, trigger_of
from reminders.rules.facts import RevoyureClauseFacts
from reminders.rules.projection import project
from reminders.rules.resiliation import useful_effects
from reminders.tests.factories import make_facts, make_termination
from territories.enums import Zone

METROPOLE = Zone.METROPOLE
UNTIL = date(2020, 12, 10)


def _ways_out(on=date(2019, 11, 12), **fields):
    rows = project(make_facts(**fields), on=on)
    return {row.key: row for row in rows if row.key.startswith("resiliation")}


@pytest.mark.parametrize(
    ("clause", "effect", "result", "safe"),
    [
        # Worked cases T22 to T24 (AMP art. 8) and the page of the visual language.
        ({"quantity": 1}, date(2026, 7, 1), date(2026, 5, 31), date(2026, 5, 29)),
        ({"quantity": 1}, date(2026, 7, 31), date(2026, 6, 29), date(2026, 6, 29)),
        ({"quantity": 1}, date(2027, 3, 31), date(2027, 2, 27), date(2027, 2, 26)),
        ({"quantity": 3}, date(2020, 3, 1), date(2019, 11, 30), date(2019, 11, 29)),
        ({"quantity": 8, "unit": Unit.JOURS}, date(2024, 7, 31), date(2024, 7, 22), None),
        ({"quantity": 1, "unit": Unit.ANS}, date(2020, 1, 1), date(2018, 12, 31), None),
    ],
)
def test_the_last_day_to_act_is_counted_back_from_the_effect(clause, effect, result, safe):
    answer = last_day_for(make_termination(**clause), effect, zone=METROPOLE)
    assert (answer.result, answer.safe_date) == (result, safe or result)


@pytest.mark.parametrize(
    ("sent", "free"),
    [
        (date(2018, 11, 30), date(2019, 3, 1)),  # T19: no 30 February
        (date(2019, 1, 15), date(2019, 4, 16)),  # T20
    ],
)
def test_a_letter_sent_today_frees_after_its_notice(sent, free):
    assert free_from(make_termination(), sent, zone=METROPOLE).result == free


@pytest.mark.parametrize("unit", [Unit.MOIS, Unit.JOURS, Unit.JOURS_OUVRES, Unit.JOURS_OUVRABLES])
@pytest.mark.parametrize("carry", [False, True])
@pytest.mark.parametrize("franc", [False, True])
def test_who_acts_on_the_last_day_is_free_in_time_and_the_answer_is_a_working_day(
    unit, carry, franc
):
    clause = make_termination(quantity=2, unit=unit, carry=carry, franc=franc)
    for shift in range(0, 400, 3):
        effect = date(2019, 1, 1) + timedelta(days=shift)
        answer = last_day_for(clause, effect, zone=METROPOLE)
        assert answer.safe_date <= answer.result < effect
        assert free_from(clause, answer.result, zone=METROPOLE).result <= effect


def test_useful_dates_are_the_turns_of_the_civil_year_and_of_the_convention_before_the_term():
    effects = useful_effects(make_termination(), make_facts(), until=UNTIL)
    assert effects == [
        date(2018, 1, 1),
        date(2018, 12, 11),
        date(2019, 1, 1),
        date(2019, 12, 11),
        date(2020, 1, 1),
    ]


@pytest.mark.parametrize(
    ("basis", "effects"),
    [
        (YearBasis.CIVILE, [date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1)]),
        (YearBasis.CONVENTION, [date(2018, 12, 11), date(2019, 12, 11)]),
    ],
)
def test_a_disagreement_on_the_review_frees_at_the_turn_of_its_year(basis, effects):
    clause = make_termination(ground=TerminationGround.DESACCORD)
    facts = make_facts(revoyure_clause=RevoyureClauseFacts(year_basis=basis))
    assert useful_effects(clause, facts, until=UNTIL) == effects


def test_a_letter_cannot_precede_the_convention():
    assert "resiliation:7:2018-01-01" not in _ways_out()
    assert "resiliation:7:2018-12-11" in _ways_out()


def test_a_formal_notice_is_never_planned_but_its_answer_of_the_day_is_given():
    clause = make_termination(ground=TerminationGround.MANQUEMENT, trigger=Trigger.DEPOT_RECEPISSE)
    rows = _ways_out(terminations=(clause,))
    assert list(rows) == ["resiliation:7:glissante"]
    assert "mise en demeure" in rows["resiliation:7:glissante"].trigger


def test_the_answer_of_the_day_rolls():
    first = _ways_out(on=date(2019, 11, 12))["resiliation:7:glissante"]
    second = _ways_out(on=date(2019, 11, 13))["resiliation:7:glissante"]
    assert (first.due_on, second.due_on) == (date(2020, 2, 13), date(2020, 2, 14))
    assert first.rolling
    assert first.safe_on is None


@pytest.mark.parametrize(
    ("on", "fields"),
    [
        (date(2020, 10, 1), {}),  # free only after the term
        (date(2017, 12, 1), {"situation": Situation.A_VENIR}),
        (date(2021, 3, 1), {"situation": Situation.POURSUITE_DE_FAIT}),
    ],
)
def test_there_is_no_answer_of_the_day_when_leaving_is_pointless(on, fields):
    assert "resiliation:7:glissante" not in _ways_out(on=on, **fields)


@pytest.mark.parametrize(
    ("trigger", "title", "words"),
    [
        (Trigger.ENVOI, "Envoyer la lettre", "de l’envoi"),
        (Trigger.DATE_EFFET, "Envoyer la lettre", "date d’effet"),
        (Trigger.DEPOT_RECEPISSE, "Déposer la lettre", "récépissé"),
        (Trigger.PREMIERE_PRESENTATION, "Faire présenter", "première présentation"),
        (Trigger.RECEPTION, "Faire recevoir", "non réclamée"),
        (Trigger.NOTIFICATION, "Notifier", "notification"),
        (Trigger.SIGNATURE, "Faire recevoir", "signature"),
        ("", "Faire recevoir", "ne dit pas ce qui fait courir"),
    ],
)
def test_the_clause_says_which_act_counts_and_a_silent_one_is_never_chosen_for(
    trigger, title, words
):
    clause = make_termination(trigger=trigger)
    row = _ways_out(terminations=(clause,))["resiliation:7:2019-01-01"]
    assert row.title.startswith(title)
    assert words in trigger_of(clause).replace("\xa0", " ")


def test_what_survives_is_told_with_the_date():
    clause = make_termination(survival="les engagements programmés pour l’année.")
    row = _ways_out(terminations=(clause,))["resiliation:7:2019-01-01"]
    assert "à mener à terme" in row.steps[-1]


def test_trials_show_the_days_around_the_last_one():
    trials = nearby_trials(make_termination(), effect=date(2020, 3, 1), zone=METROPOLE)
    assert [(t.sent_on, t.last_bound_on, t.in_time, t.is_last_chance) for t in trials] == [
        (date(2019, 11, 29), date(2020, 2, 29), True, False),
        (date(2019, 11, 30), date(2020, 2, 29), True, True),
        (date(2019, 12, 1), date(2020, 3, 1), False, False),
        (date(2019, 12, 2), date(2020, 3, 2), False, False),
    ]


def test_each_of_several_clauses_has_its_own_rows():
    clauses = (make_termination(pk=7), make_termination(pk=8, quantity=1))
    keys = _ways_out(terminations=clauses)
    assert {key.split(":")[1] for key in keys} == {"7", "8"}
