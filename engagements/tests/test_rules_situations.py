"""An engagement on a day: the rule, and the query that must say the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from conventions.tests.factories import make_signed_convention
from engagements.enums import Direction, Recurrence, State, ValueStatus
from engagements.enums import EngagementSituation as Situation
from engagements.models import Engagement
from engagements.rules.situations import PROCHE, situation_on, verdict
from engagements.tests.factories import make_engagement

DAY = date(2019, 11, 12)
DUE = {
    "sans date": None,
    "la veille": DAY - timedelta(days=1),
    "le jour même": DAY,
    "au bord du proche": DAY + PROCHE,
    "au lendemain du bord": DAY + PROCHE + timedelta(days=1),
}


@pytest.mark.parametrize(
    ("state", "due_on", "recurrence", "expected"),
    [
        (State.EN_COURS, "sans date", Recurrence.PONCTUELLE, Situation.EN_COURS),
        (State.EN_COURS, "la veille", Recurrence.PONCTUELLE, Situation.EN_RETARD),
        (State.A_VENIR, "le jour même", Recurrence.PONCTUELLE, Situation.PROCHE),
        (State.A_VENIR, "au bord du proche", Recurrence.ANNUELLE, Situation.PROCHE),
        (State.A_VENIR, "au lendemain du bord", Recurrence.ANNUELLE, Situation.A_VENIR),
        (State.SUSPENDU, "la veille", Recurrence.ANNUELLE, Situation.SUSPENDU),
        (State.CONTESTE, "la veille", Recurrence.PONCTUELLE, Situation.CONTESTE),
        (State.SANS_OBJET, "la veille", Recurrence.ANNUELLE, Situation.SANS_OBJET),
        (State.TENU, "la veille", Recurrence.PONCTUELLE, Situation.TENU),
        (State.TENU, "sans date", Recurrence.ANNUELLE, Situation.TENU),
        (State.TENU, "la veille", Recurrence.PERMANENTE, Situation.TENU),
    ],
)
def test_state_and_calendar_together_make_the_situation(state, due_on, recurrence, expected):
    assert situation_on(DAY, state=state, due_on=DUE[due_on], recurrence=recurrence) == expected


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        ("au lendemain du bord", Situation.TENU),
        ("au bord du proche", Situation.PROCHE),
        ("la veille", Situation.EN_RETARD),
    ],
)
def test_what_was_kept_and_comes_back_is_awaited_again_when_its_next_date_draws_near(
    due_on, expected
):
    found = situation_on(
        DAY, state=State.TENU, due_on=DUE[due_on], recurrence=Recurrence.SEMESTRIELLE
    )
    assert found == expected


@pytest.mark.django_db
@pytest.mark.parametrize("recurrence", Recurrence)
def test_the_query_says_what_the_rule_says_at_the_boundary_days(recurrence):
    convention = make_signed_convention()
    for state in State:
        for due_on in DUE.values():
            make_engagement(convention, state=state, due_on=due_on, recurrence=recurrence)
    rows = list(Engagement.objects.all())
    for situation in Situation:
        by_rule = {row.pk for row in rows if row.situation_on(DAY) == situation}
        by_query = Engagement.objects.in_situation(situation, on=DAY)
        assert set(by_query.values_list("pk", flat=True)) == by_rule, situation
    late = {row.pk for row in rows if row.situation_on(DAY) == Situation.EN_RETARD}
    assert set(Engagement.objects.overdue(on=DAY).values_list("pk", flat=True)) == late


@pytest.mark.parametrize(
    ("value", "direction", "status", "additive", "expected"),
    [
        (170, Direction.AU_MOINS, ValueStatus.DEFINITIF, True, True),
        (169, Direction.AU_MOINS, ValueStatus.DEFINITIF, True, False),
        (118, Direction.AU_MOINS, ValueStatus.PROVISOIRE, True, None),
        (171, Direction.AU_MOINS, ValueStatus.PROVISOIRE, True, True),
        (21, Direction.AU_MOINS, ValueStatus.PROVISOIRE, False, False),
        (100, Direction.AU_PLUS, ValueStatus.PROVISOIRE, True, None),
        (171, Direction.AU_PLUS, ValueStatus.PROVISOIRE, True, False),
        (None, Direction.AU_MOINS, ValueStatus.NON_COMMUNIQUE, True, None),
    ],
)
def test_a_count_still_running_is_not_judged_too_soon(value, direction, status, additive, expected):
    value = None if value is None else Decimal(value)
    found = verdict(value, Decimal(170), direction, status=status, additive=additive)
    assert found is expected
