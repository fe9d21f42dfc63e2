"""The table of moves, and what the calendar makes of a decision."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from conventions.enums import ActStatus, ConventionStatus, ConventionVerb, Situation
from conventions.models import Convention
from conventions.rules.cycle import (
    CONVENTION_STATUS,
    TRANSITIONS,
    next_status,
    possible_verbs,
    situation_on,
)
from conventions.tests.factories import make_convention

ALLOWED = {
    (ConventionVerb.OUVRIR_NEGOCIATION, ActStatus.PROJET): "en_negociation",
    (ConventionVerb.ARRETER_LE_TEXTE, ActStatus.EN_NEGOCIATION): "en_validation",
    (ConventionVerb.METTRE_EN_SIGNATURE, ActStatus.EN_VALIDATION): "en_signature",
    (ConventionVerb.ROUVRIR, ActStatus.EN_VALIDATION): "en_negociation",
    (ConventionVerb.ROUVRIR, ActStatus.EN_SIGNATURE): "en_negociation",
    (ConventionVerb.SIGNER, ActStatus.EN_SIGNATURE): "signe",
}


@pytest.mark.parametrize(("verb", "status"), list(product(ConventionVerb, ActStatus)))
def test_each_verb_on_each_status_leads_where_the_law_says_or_nowhere(verb, status):
    if (verb, status) in ALLOWED:
        assert next_status(verb, status) == ALLOWED[verb, status]
        assert verb in possible_verbs(status)
        return
    with pytest.raises(ValidationError) as refusal:
        next_status(verb, status)
    assert verb.label in refusal.value.message
    assert status.label in refusal.value.message
    assert verb not in possible_verbs(status)


def test_only_what_was_signed_on_paper_goes_from_negotiation_to_signature():
    verb, status = ConventionVerb.METTRE_EN_SIGNATURE, ActStatus.EN_NEGOCIATION
    assert next_status(verb, status, afterwards=True) == ActStatus.EN_SIGNATURE
    assert verb in possible_verbs(status, afterwards=True)
    assert verb not in possible_verbs(status)
    with pytest.raises(ValidationError):
        next_status(verb, status)


def test_each_status_of_the_initial_act_is_said_of_its_convention():
    assert set(CONVENTION_STATUS) == set(ActStatus) - {ActStatus.ABANDONNE}
    assert set(CONVENTION_STATUS.values()) == set(ConventionStatus) - {ConventionStatus.RESILIEE}


def test_every_verb_stands_in_the_table():
    assert set(TRANSITIONS) == set(ConventionVerb)


CALENDARS = [
    {"starts_on": None, "ends_on": None},
    {"starts_on": date(2018, 1, 1), "ends_on": date(2020, 12, 31)},
    {"starts_on": date(2018, 1, 1), "ends_on": date(2020, 12, 31), "closed_on": date(2021, 1, 15)},
    {"starts_on": date(2018, 1, 1), "ends_on": None},
    {
        "starts_on": date(2018, 1, 1),
        "ends_on": date(2020, 12, 31),
        "terminated_on": date(2020, 6, 30),
    },
]
DAYS = [
    date(2017, 12, 31),
    date(2018, 1, 1),
    date(2020, 6, 30),
    date(2020, 7, 1),
    date(2020, 12, 31),
    date(2021, 1, 1),
    date(2021, 1, 14),
    date(2021, 1, 15),
]


@pytest.mark.django_db
def test_the_database_and_the_rule_say_the_same_situation_every_day():
    conventions = []
    for status, calendar in product(ConventionStatus, CALENDARS):
        if status == ConventionStatus.SIGNEE and calendar["starts_on"] is None:
            continue
        basis = "clause" if calendar["starts_on"] else ""
        conventions.append(make_convention(status=status, starts_on_basis=basis, **calendar))
    for day, situation in product(DAYS, Situation):
        found = set(Convention.objects.en_situation(situation, on=day))
        assert found == {c for c in conventions if c.situation_on(day) == situation}
    assert (
        situation_on(
            date(2021, 1, 1),
            status=ConventionStatus.SIGNEE,
            starts_on=date(2018, 1, 1),
            ends_on=date(2020, 12, 31),
        )
        == Situation.POURSUITE_DE_FAIT
    )
