"""Clauses as data: entered, confirmed, and confirmed again when they change."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conventions.actions.clauses import (
    confirm_clause,
    remove_clause,
    set_duration_clause,
    set_revoyure_clause,
    set_termination_clause,
)
from conventions.enums import ConventionStatus, Operation, TerminationGround, Trigger, Unit
from conventions.models import Convention, DurationClause, TerminationClause
from conventions.signals import dates_changed
from conventions.tests.drafting import TODAY, make_drafting_cast
from conventions.tests.factories import make_article, make_convention

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    cast.who = {"by": cast.manager, "on": TODAY}
    return cast


def test_a_clause_that_changes_is_to_be_confirmed_again(cast):
    clause = DurationClause.objects.get()
    assert clause.is_confirmed
    set_duration_clause(
        cast.convention, **cast.who, quantity=5, unit=Unit.ANS, trigger=Trigger.SIGNATURE
    )
    clause.refresh_from_db()
    assert (clause.quantity, clause.is_confirmed) == (5, False)
    confirm_clause(clause, **cast.who)
    clause.refresh_from_db()
    assert (clause.confirmed_by, clause.confirmed_on) == (cast.manager, TODAY)
    confirm_clause(clause, by=cast.counterpart, on=TODAY)
    clause.refresh_from_db()
    assert clause.confirmed_by == cast.manager


def test_a_convention_may_have_several_ways_out(cast):
    set_termination_clause(
        cast.convention,
        **cast.who,
        ground=TerminationGround.MANQUEMENT,
        quantity=3,
        trigger=Trigger.DEPOT_RECEPISSE,
    )
    backward = set_termination_clause(
        cast.convention,
        **cast.who,
        ground=TerminationGround.SANS_MOTIF,
        quantity=1,
        trigger=Trigger.DATE_EFFET,
    )
    assert TerminationClause.objects.filter(act=cast.act).count() == 3
    assert backward.operation == Operation.REBOURS


def test_the_steps_of_a_revoyure_follow_one_another(cast):
    with pytest.raises(ValidationError) as refusal:
        set_revoyure_clause(cast.convention, **cast.who, contribution_days=60, meeting_days=50)
    assert list(refusal.value.message_dict) == ["meeting_days"]


@pytest.mark.parametrize(
    ("fields", "name"), [({"opens_day": 31}, "opens_day"), ({"opens_month": 13}, "opens_month")]
)
def test_a_revoyure_opens_on_a_day_every_year_has(cast, fields, name):
    with pytest.raises(ValidationError) as refusal:
        set_revoyure_clause(cast.convention, **cast.who, **fields)
    assert name in refusal.value.message_dict


def test_a_clause_quotes_an_article_of_its_own_convention(cast):
    stranger = make_article(make_convention(reference="AUTRE-2017"))
    with pytest.raises(ValidationError) as refusal:
        set_duration_clause(cast.convention, **cast.who, quantity=3, article=stranger)
    assert list(refusal.value.message_dict) == ["article"]


def test_a_clause_that_changes_is_announced_and_one_that_does_not_is_not(cast):
    heard = []

    def listen(sender, convention, **_):
        heard.append(convention.pk)

    dates_changed.connect(listen)
    try:
        for _ in range(2):
            set_duration_clause(cast.convention, **cast.who, quantity=4)
        remove_clause(TerminationClause.objects.get(), **cast.who)
    finally:
        dates_changed.disconnect(listen)
    assert heard == [cast.convention.pk] * 2


def _acts(cast, person):
    who = {"by": person, "on": TODAY}
    clause = DurationClause.objects.get()
    DurationClause.objects.update(confirmed_on=None)
    return (
        lambda: set_duration_clause(cast.convention, **who, quantity=9),
        lambda: set_revoyure_clause(cast.convention, **who),
        lambda: set_termination_clause(
            cast.convention, **who, ground=TerminationGround.SANS_MOTIF, quantity=1
        ),
        lambda: remove_clause(clause, **who),
        lambda: confirm_clause(clause, **who),
    )


@pytest.mark.parametrize("name", ["reader", "contributor", "signatory", "stranger"])
def test_only_a_manager_touches_a_clause(cast, name):
    for act in _acts(cast, getattr(cast, name)):
        with pytest.raises(PermissionDenied):
            act()


def test_a_closed_text_keeps_its_clauses_but_lets_them_be_confirmed(cast):
    Convention.objects.update(status=ConventionStatus.EN_SIGNATURE)
    *changes, confirm = _acts(cast, cast.manager)
    for act in changes:
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "closed"
    confirm()
    assert DurationClause.objects.get().is_confirmed
