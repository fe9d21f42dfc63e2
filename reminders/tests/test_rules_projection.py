"""Every date that a text and its life make matter, from plain facts."""

from datetime import date

import pytest

from conventions.enums import EffectBasis, Situation, Trigger, Unit, YearBasis
from reminders.enums import DeadlineKind as Kind
from reminders.rules.facts import (
    EngagementFacts,
    MandateFacts,
    Origin,
    RevoyureClauseFacts,
    RevoyureFacts,
)
from reminders.rules.projection import project, settled_keys, silences
from reminders.tests.factories import make_duration, make_facts, plain
from territories.enums import Zone

ON = date(2018, 3, 1)


def _by_key(facts, on=ON):
    return {row.key: row for row in project(facts, on=on)}


@pytest.mark.parametrize(
    "situation",
    [
        Situation.BROUILLON,
        Situation.EN_NEGOCIATION,
        Situation.EN_VALIDATION,
        Situation.EN_SIGNATURE,
    ],
)
def test_nothing_is_projected_before_the_signature(situation):
    facts = make_facts(situation=situation, starts_on=None, ends_on=None)
    assert project(facts, on=ON) == []
    assert "n’est pas signée" in silences(facts)[0]


def test_the_term_is_the_last_day_covered_and_counts_the_duration():
    term = _by_key(make_facts())["terme"]
    assert term.due_on == date(2020, 12, 10)
    assert term.safe_on is None
    assert term.source == "article 5"
    assert term.wording == "pour une durée de trois ans"
    assert "signature de la dernière partie" in term.trigger
    assert "3 ans à compter du 11 décembre 2017" in plain(*term.steps)


def test_a_prorogation_is_signed_at_the_latest_on_a_working_day_before_the_term():
    # 31 March 2024 is Easter Sunday.
    facts = make_facts(starts_on=date(2021, 4, 1), signed_on=None, ends_on=date(2024, 3, 31))
    row = _by_key(facts)["prorogation"]
    assert (row.due_on, row.safe_on) == (date(2024, 3, 31), date(2024, 3, 29))
    assert row.source == "art. 1213 du code civil"


@pytest.mark.parametrize(
    ("possible", "words"), [(True, "Le texte prévoit"), (False, "Le texte n’en dit rien")]
)
def test_a_prorogation_says_whether_the_text_foresees_it(possible, words):
    facts = make_facts(duration=make_duration(prorogation_possible=possible))
    assert words in plain(*_by_key(facts)["prorogation"].steps)


def test_a_duration_that_runs_from_signature_is_counted_from_it_not_from_the_effect():
    facts = make_facts(starts_on=date(2018, 1, 1), ends_on=date(2020, 12, 10))
    assert "11 décembre 2017" in plain(*_term_steps(facts))


def test_a_term_that_the_clause_does_not_give_is_said_to_come_from_elsewhere():
    facts = make_facts(basis=EffectBasis.PERIODE, ends_on=date(2019, 12, 31))
    assert "les parties ont retenu une autre date" in plain(*_term_steps(facts))


def _term_steps(facts):
    return _by_key(facts)["terme"].steps


def test_a_convention_without_term_has_neither_term_nor_prorogation():
    facts = make_facts(ends_on=None, duration=None)
    kinds = {row.kind for row in project(facts, on=ON)}
    assert not kinds & {Kind.TERME, Kind.PROROGATION}
    assert "1210" in plain(*silences(facts))


def test_a_convention_without_term_is_looked_at_two_years_ahead():
    facts = make_facts(ends_on=None, duration=None)
    openings = [row for row in project(facts, on=ON) if row.kind == Kind.REVOYURE_OUVERTURE]
    assert [row.due_on.year for row in openings] == [2018, 2019]


def test_a_silent_text_gives_no_way_out_and_says_so():
    facts = make_facts(terminations=())
    assert not [row for row in project(facts, on=ON) if row.kind == Kind.RESILIATION]
    assert "1212" in plain(*silences(facts))


def test_a_convention_that_runs_past_its_term_is_said_to_do_so():
    facts = make_facts(situation=Situation.POURSUITE_DE_FAIT)
    assert "1214 et 1215" in plain(*silences(facts))


@pytest.mark.parametrize(
    ("step", "due_on"),
    [
        ("ouverture", date(2018, 10, 1)),
        ("contributions", date(2018, 11, 15)),
        ("comite", date(2018, 12, 5)),
        ("gel", date(2018, 12, 10)),
        ("transmission", date(2018, 12, 30)),
    ],
)
def test_each_year_has_the_five_dates_of_its_revoyure(step, due_on):
    row = _by_key(make_facts())[f"revoyure:2018:{step}"]
    assert row.due_on == due_on
    assert "aucune loi ne le fixe" in plain(*row.steps)


def test_revoyures_open_within_the_life_of_the_convention_only():
    rows = project(make_facts(), on=ON)
    years = [row.key for row in rows if row.kind == Kind.REVOYURE_OUVERTURE]
    assert years == [f"revoyure:{year}:ouverture" for year in (2018, 2019, 2020)]


def test_of_a_review_that_nobody_opened_only_the_opening_is_late():
    rows = _by_key(make_facts(), on=date(2018, 12, 6))
    steps = {key.split(":")[2] for key in rows if key.startswith("revoyure:2018")}
    assert steps == {"ouverture", "gel", "transmission"}


def test_a_text_without_revoyure_has_none():
    facts = make_facts(revoyure_clause=None)
    assert not [row for row in project(facts, on=ON) if row.key.startswith("revoyure")]
    assert any("revoyure" in sentence for sentence in silences(facts))


def test_days_count_from_the_real_opening_and_the_meeting_is_the_one_fixed():
    review = RevoyureFacts(opened_on=date(2018, 10, 8), meeting_on=date(2018, 12, 18))
    rows = _by_key(make_facts(revoyures={2018: review}))
    opening = rows["revoyure:2018:ouverture"]
    assert (opening.due_on, opening.done_on) == (date(2018, 10, 1), date(2018, 10, 8))
    assert rows["revoyure:2018:contributions"].due_on == date(2018, 11, 22)
    assert rows["revoyure:2018:comite"].due_on == date(2018, 12, 18)
    assert rows["revoyure:2018:comite"].done_on is None


def test_a_frozen_revoyure_is_done_but_for_its_transmission():
    review = RevoyureFacts(opened_on=date(2018, 10, 1), frozen_on=date(2018, 12, 10))
    rows = _by_key(make_facts(revoyures={2018: review}))
    done = {key.split(":")[2]: row.done_on for key, row in rows.items() if "2018:" in key[:14]}
    assert done == {
        "ouverture": date(2018, 10, 1),
        "contributions": date(2018, 12, 10),
        "comite": date(2018, 12, 10),
        "gel": date(2018, 12, 10),
        "transmission": None,
    }


def test_a_review_of_the_year_of_the_convention_names_its_bounds():
    clause = RevoyureClauseFacts(year_basis=YearBasis.CONVENTION)
    rows = _by_key(make_facts(revoyure_clause=clause))
    text = plain(*rows["revoyure:2019:ouverture"].steps)
    assert "n° 2, du 11 décembre 2018 au 10 décembre 2019" in text


def test_the_prefects_two_months_are_franc_and_carried():
    mandate = MandateFacts(3, 1, "Grand Lac", "Délibération", True, received_on=date(2017, 11, 29))
    row = _by_key(make_facts(mandates=(mandate,)))["controle_legalite:3"]
    assert (row.due_on, row.safe_on) == (date(2018, 1, 30), None)
    assert "2131-6" in row.source


def test_a_power_that_was_received_nowhere_has_no_legality_control():
    mandate = MandateFacts(3, 1, "AL", "Pouvoir", False, received_on=date(2017, 11, 29))
    assert "controle_legalite:3" not in _by_key(make_facts(mandates=(mandate,)))


def test_a_mandate_that_expires_has_its_date_and_its_party():
    mandate = MandateFacts(4, 2, "AL", "Pouvoir", False, valid_until=date(2019, 6, 30))
    row = _by_key(make_facts(mandates=(mandate,)))["habilitation:4"]
    assert (row.due_on, row.safe_on, row.party_id) == (date(2019, 6, 30), date(2019, 6, 28), 2)


def test_an_epci_reports_each_30_september_of_the_convention_and_acts_the_day_before():
    rows = _by_key(make_facts(epcis={1: "Grand Lac"}))
    reports = [row for row in rows.values() if row.kind == Kind.RAPPORT_ACTIVITE]
    assert [row.due_on.year for row in reports] == [2018, 2019, 2020]
    assert reports[2].safe_on == date(2020, 9, 29)
    assert reports[0].party_id == 1


def _engagement(**fields):
    fields.setdefault("due_on", date(2019, 6, 30))
    fields.setdefault("expected", True)
    return EngagementFacts(4, "E4", "Remettre le bilan", **fields)


def test_an_engagement_with_a_date_has_its_deadline():
    facts = make_facts(engagements=(_engagement(origin=Origin(2, "article 2.1", "un bilan")),))
    row = _by_key(facts)["engagement:4:0"]
    assert (row.due_on, row.safe_on) == (date(2019, 6, 30), date(2019, 6, 28))
    assert (row.engagement_id, row.source) == (4, "article 2.1")


@pytest.mark.parametrize(
    ("fields", "projected"),
    [
        ({}, True),
        ({"due_on": None}, False),
        ({"expected": False}, False),
        ({"expected": False, "kept_on": date(2019, 6, 1)}, True),
    ],
)
def test_only_what_is_expected_or_was_kept_is_projected(fields, projected):
    facts = make_facts(engagements=(_engagement(**fields),))
    assert ("engagement:4:0" in _by_key(facts)) is projected


def test_a_turn_that_was_kept_is_settled_and_the_next_one_is_another_deadline():
    facts = make_facts(engagements=(_engagement(settled=(date(2018, 6, 28),)),))
    assert "engagement:4:1" in _by_key(facts)
    assert settled_keys(facts) == {"engagement:4:0": date(2018, 6, 28)}


def test_the_last_turn_of_a_recurrent_engagement_is_settled_too():
    last = _engagement(due_on=None, kept_on=date(2020, 6, 1), settled=(date(2019, 6, 1),))
    facts = make_facts(engagements=(last,))
    assert settled_keys(facts)["engagement:4:1"] == date(2020, 6, 1)


def test_nothing_falls_after_the_recorded_end():
    facts = make_facts(
        situation=Situation.ECHUE, ends_on=date(2020, 12, 10), closed_on=date(2020, 12, 15)
    )
    assert max(row.due_on for row in project(facts, on=date(2021, 1, 1))) <= date(2020, 12, 15)


def test_projecting_twice_gives_the_same_rows_in_the_same_order():
    facts = make_facts(epcis={1: "Grand Lac"}, engagements=(_engagement(),))
    assert project(facts, on=ON) == project(facts, on=ON)


def test_every_date_carries_its_reasoning_and_its_ground():
    facts = make_facts(epcis={1: "Grand Lac"}, engagements=(_engagement(),))
    for row in project(facts, on=ON):
        assert row.steps, row.key
        assert row.source, row.key
        assert row.trigger, row.key
        assert len(row.title) <= 300
        assert len(row.trigger) <= 300
        assert len(row.key) <= 100


def test_a_clause_beyond_all_bounds_gives_no_date_rather_than_an_error():
    facts = make_facts(duration=make_duration(quantity=900, unit=Unit.ANS))
    assert _by_key(facts)["terme"].due_on == date(2020, 12, 10)


def test_the_zone_decides_which_days_are_worked():
    # 20 December is a holiday in La Réunion.
    facts = make_facts(
        zone=Zone.REUNION,
        duration=make_duration(trigger=Trigger.DATE_EFFET),
        starts_on=date(2021, 12, 21),
        ends_on=date(2024, 12, 20),
    )
    assert _by_key(facts, on=date(2022, 1, 1))["prorogation"].safe_on == date(2024, 12, 19)
