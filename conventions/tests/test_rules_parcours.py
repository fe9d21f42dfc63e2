"""The way of an act: each step reached or not, on which day, and what it lacks; no database."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from conventions.enums import ActStatus, Etape
from conventions.rules.faits import ActFacts, Obstacle
from conventions.rules.parcours import etape, rail
from conventions.tests.signing_facts import (
    AVENANT,
    PRIVATE,
    PUBLIC,
    SOUND,
    with_committee,
    with_deliberation,
)

VALIDATION = ActStatus.EN_VALIDATION


def _in(status: str, facts: ActFacts = SOUND) -> ActFacts:
    return replace(facts, status=status)


@pytest.mark.parametrize(
    ("facts", "reached"),
    [
        (_in(ActStatus.PROJET), Etape.PROJET),
        (_in(ActStatus.EN_NEGOCIATION), Etape.NEGOCIATION),
        (_in(VALIDATION, replace(SOUND, approvals=())), Etape.VALIDATION),
        (_in(VALIDATION, replace(SOUND, approvals=SOUND.approvals[:1])), Etape.VALIDATION),
        (_in(VALIDATION, with_deliberation(votes_for=None)), Etape.ADOPTABLE),
        (_in(VALIDATION, replace(SOUND, parties=(PUBLIC, replace(PRIVATE, mandates=())))),
         Etape.ADOPTABLE),
        (_in(VALIDATION, with_deliberation(received_on=None)), Etape.DELIBEREE),
        (_in(VALIDATION, with_deliberation(published_on=None)), Etape.TRANSMISE),
        (_in(VALIDATION, with_deliberation(certified_by="")), Etape.TRANSMISE),
        (_in(VALIDATION), Etape.EXECUTOIRE),
        (_in(ActStatus.EN_SIGNATURE, with_committee()), Etape.EXECUTOIRE),
        (_in(ActStatus.EN_SIGNATURE), Etape.SIGNATURE),
        (_in(ActStatus.EN_SIGNATURE, AVENANT), Etape.SIGNATURE),
        (_in(ActStatus.SIGNE), Etape.SIGNEE),
        (_in(ActStatus.SIGNE, replace(SOUND, parties=())), Etape.SIGNEE),
    ],
)  # fmt: skip
def test_the_step_reached_follows_from_the_facts(facts, reached):
    assert etape(facts) == reached


def test_every_step_is_shown_in_order_and_one_alone_comes_next():
    for status in ActStatus:
        steps = rail(_in(status))
        assert [step.etape for step in steps] == list(Etape)
        assert sum(step.is_next for step in steps) == (status != ActStatus.SIGNE)
        for earlier, later in pairwise(steps):
            assert earlier.reached or not later.reached


def test_a_step_says_on_which_day_it_was_reached():
    moved = {Etape.NEGOCIATION: date(2017, 5, 2), Etape.VALIDATION: date(2017, 9, 20)}
    days = {step.etape: step.reached_on for step in rail(replace(SOUND, moved_on=moved))}
    assert days == {
        Etape.PROJET: None,
        Etape.NEGOCIATION: date(2017, 5, 2),
        Etape.VALIDATION: date(2017, 9, 20),
        Etape.ADOPTABLE: date(2017, 10, 5),
        Etape.DELIBEREE: date(2017, 11, 16),
        Etape.TRANSMISE: date(2017, 11, 29),
        Etape.EXECUTOIRE: date(2017, 11, 30),
        Etape.SIGNATURE: None,
        Etape.SIGNEE: None,
    }


def test_what_is_ready_ahead_shows_its_day_without_being_reached():
    steps = {step.etape: step for step in rail(_in(ActStatus.EN_NEGOCIATION))}
    assert not steps[Etape.DELIBEREE].reached
    assert steps[Etape.DELIBEREE].reached_on == date(2017, 11, 16)


def test_every_lack_of_a_decided_step_leads_to_a_page():
    for status in (ActStatus.PROJET, ActStatus.EN_NEGOCIATION, VALIDATION):
        for number in (0, 1):
            bare = ActFacts(
                status=status, number=number, parties=(PUBLIC, PRIVATE), unconfirmed=("durée",)
            )
            for step in rail(bare):
                assert all(obstacle.page for obstacle in step.missing)


def test_what_only_the_database_knows_holds_its_step_back():
    lost = Obstacle("Un renvoi ne mène nulle part.")
    steps = rail(_in(VALIDATION), {Etape.VALIDATION: [lost]})
    assert lost in steps[2].missing
    assert not steps[2].reached


def test_what_an_administrator_set_aside_stays_told_at_its_step_once_signed():
    message = (
        "Délibération n° 2017/003870 (le Grand Besançon) : sa publication n’est pas enregistrée."
    )
    lacking = with_deliberation(published_on=None, certified_by="")
    steps = {s.etape: s for s in rail(_in(ActStatus.SIGNE, replace(lacking, waived=(message,))))}
    assert all(step.reached for step in steps.values())
    assert [one.message for one in steps[Etape.EXECUTOIRE].missing] == [message]


def test_what_was_signed_on_paper_does_not_take_the_day_it_was_typed_for_its_own():
    typed = {Etape.NEGOCIATION: date(2026, 11, 20)}
    steps = rail(replace(SOUND, recorded_afterwards=True, moved_on=typed))
    assert steps[1].reached_on is None


def test_what_was_signed_on_paper_goes_straight_to_its_powers():
    paper = replace(SOUND, recorded_afterwards=True, approvals=(), status=ActStatus.EN_NEGOCIATION)
    assert etape(paper) == Etape.EXECUTOIRE
    accords = next(step for step in rail(paper) if step.etape == Etape.ADOPTABLE)
    assert accords.reached
    assert "papier" in accords.note
