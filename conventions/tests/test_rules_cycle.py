"""The table of moves, and what the calendar makes of a decision."""

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from conventions.enums import ConventionStatus, ConventionVerb, Situation
from conventions.models import Convention
from conventions.rules.cycle import TRANSITIONS, next_status, possible_verbs, situation_on
from conventions.tests.factories import make_convention

ALLOWED = {
    (ConventionVerb.OUVRIR_NEGOCIATION, ConventionStatus.BROUILLON): "en_negociation",
    (ConventionVerb.METTRE_EN_SIGNATURE, ConventionStatus.EN_NEGOCIATION): "en_signature",
    (ConventionVerb.ROUVRIR, ConventionStatus.EN_SIGNATURE): "en_negociation",
    (ConventionVerb.SIGNER, ConventionStatus.EN_SIGNATURE): "signee",
}


@pytest.mark.parametrize(("verb", "status"), list(product(ConventionVerb, ConventionStatus)))
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


def test_every_verb_stands_in_the_table():
    assert set(TRANSITIONS) == set(ConventionVerb)


CALENDARS = [
    {"starts_on": None, "ends_on": None},
    {"starts_on": date(2018, 1, 1), "ends_on": date(2020, 12, 31)},
    {"starts_on": date(2018, 1, 1), "ends_on": date(2020, 12, 31), "closed_on": date(2021, 1, 15)},
    {"starts_on": date(2018, 1, 1), "ends_on": None},
]
DAYS = [
    date(2017, 12, 31),
    date(2018, 1, 1),
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
