from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conventions.actions.clause_operations import (
    binding_clauses,
    changed_by,
    end_clause,
    write_clause,
)
from conventions.actions.clauses import confirm_clause, remove_clause
from conventions.enums import TerminationGround, Trigger, Unit
from conventions.models import DurationClause, RevoyureClause, TerminationClause
from conventions.models.clauses_read import clauses_of
from conventions.tests.amending import NEW_YEAR, TODAY, begin, make_amending_cast, share, sign

pytestmark = pytest.mark.django_db
LATER = date(2028, 1, 1)


@pytest.fixture
def cast():
    return make_amending_cast()


@pytest.fixture
def act(cast):
    return begin(cast)


@pytest.fixture
def how(cast):
    return {"by": cast.manager, "on": TODAY}


def test_a_duration_replaces_the_one_of_the_text_from_its_day(cast, act, how):
    clause = write_clause(
        DurationClause, act, quantity=9, trigger=Trigger.SIGNATURE, effective_on=LATER, **how
    )
    assert clause.replaces == DurationClause.objects.get(act__number=0)
    sign(act)
    assert clauses_of(cast.convention.pk, on=NEW_YEAR).duration.terms["quantity"] == 3
    assert clauses_of(cast.convention.pk, on=LATER).duration.terms["quantity"] == 9


def test_writing_it_again_corrects_what_the_draft_says(cast, act, how):
    write_clause(DurationClause, act, quantity=9, **how)
    write_clause(DurationClause, act, quantity=6, **how)
    assert [clause.quantity for clause in changed_by(act)] == [6]
    assert changed_by(act)[0].replaces_id


def test_a_draft_moves_no_date_and_binds_nobody(cast, act, how):
    write_clause(DurationClause, act, quantity=9, **how)
    assert clauses_of(cast.convention.pk, on=LATER).duration.terms["quantity"] == 3


def test_a_way_out_is_added_beside_the_others_or_takes_one_over(cast, act, how):
    known = TerminationClause.objects.get()
    terms = {"ground": TerminationGround.MANQUEMENT, "quantity": 2, "unit": Unit.MOIS}
    write_clause(TerminationClause, act, **terms, **how)
    write_clause(TerminationClause, act, replaces=known, **terms, **how)
    sign(act)
    found = clauses_of(cast.convention.pk, on=NEW_YEAR).terminations
    assert [clause.terms["quantity"] for clause in found] == [2, 2]
    assert len(clauses_of(cast.convention.pk, on=TODAY).terminations) == 1


def test_a_clause_ends_without_a_successor(cast, act, how):
    end_clause(RevoyureClause.objects.get(), act, **how)
    sign(act)
    assert clauses_of(cast.convention.pk, on=TODAY).revoyure is not None
    assert clauses_of(cast.convention.pk, on=NEW_YEAR).revoyure is None


def test_the_duration_never_ends(cast, act, how):
    with pytest.raises(ValidationError, match="garde toujours une durée"):
        end_clause(DurationClause.objects.get(), act, **how)


def test_a_clause_is_changed_once_by_an_act_and_from_what_binds(cast, act, how):
    known = TerminationClause.objects.get()
    end_clause(known, act, **how)
    with pytest.raises(ValidationError, match="change déjà cette clause"):
        end_clause(known, act, **how)
    sign(act)
    other = begin(cast)
    assert known not in binding_clauses(other)
    with pytest.raises(ValidationError, match="n’est plus celle du texte"):
        end_clause(known, other, **how)


def test_a_clause_of_a_private_draft_is_touched_by_its_side_alone(cast, act, how):
    clause = write_clause(DurationClause, act, quantity=9, **how)
    theirs = {"by": cast.counterpart, "on": TODAY}
    for attempt in (
        lambda: write_clause(DurationClause, act, quantity=1, **theirs),
        lambda: confirm_clause(clause, **theirs),
        lambda: remove_clause(clause, **theirs),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    share(act)
    confirm_clause(clause, **theirs)
    clause.refresh_from_db()
    assert clause.is_confirmed
