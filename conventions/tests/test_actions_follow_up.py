"""The bodies that follow a convention up: entered, confirmed, amended, sealed with their act."""

import pytest
from django.core.exceptions import ValidationError

from conventions.actions.clause_operations import (
    binding_clauses,
    changed_by,
    end_clause,
    write_clause,
)
from conventions.actions.clauses import confirm_clause, remove_clause, set_follow_up_clause
from conventions.actions.facts import clauses_of, facts_of, text_digest
from conventions.enums import YearBasis
from conventions.models import FollowUpClause
from conventions.models.acts_read import CLAUSES
from conventions.models.clauses_read import clause_lines, clauses_with
from conventions.models.clauses_read import clauses_of as read_clauses
from conventions.tests.amending import NEW_YEAR, begin, make_amending_cast, sign
from conventions.tests.amending import TODAY as AMENDED_ON
from conventions.tests.drafting import TODAY, make_drafting_cast

pytestmark = pytest.mark.django_db
TWICE = {"body": "comité de pilotage", "per_year": 2}


@pytest.fixture
def cast():
    cast = make_drafting_cast()
    cast.who = {"by": cast.manager, "on": TODAY}
    return cast


def test_a_text_may_have_several_bodies_each_confirmed_on_its_own(cast):
    board = set_follow_up_clause(cast.convention, **TWICE, **cast.who)
    set_follow_up_clause(cast.convention, body="comité technique", per_year=4, **cast.who)
    confirm_clause(board, **cast.who)
    changed = set_follow_up_clause(
        cast.convention, clause=board, body="comité de suivi", per_year=1,
        year_basis=YearBasis.CONVENTION, **cast.who,
    )  # fmt: skip
    assert changed.pk == board.pk
    assert not changed.is_confirmed
    assert [str(row) for row in clauses_of(cast.act)][-2:] == [
        "comité de suivi", "comité technique",
    ]  # fmt: skip
    assert "comité de suivi" in facts_of(cast.act, on=TODAY).unconfirmed
    remove_clause(board, **cast.who)
    assert [row.body for row in FollowUpClause.objects.all()] == ["comité technique"]


@pytest.mark.parametrize("times", [0, 13])
def test_a_body_meets_from_once_to_twelve_times_a_year(cast, times):
    with pytest.raises(ValidationError):
        set_follow_up_clause(cast.convention, body="comité", per_year=times, **cast.who)


def test_an_act_without_follow_up_keeps_the_digest_it_had(cast):
    before = text_digest(cast.act)
    clause = set_follow_up_clause(cast.convention, **TWICE, **cast.who)
    assert text_digest(cast.act) != before
    confirmed = text_digest(cast.act)
    confirm_clause(clause, **cast.who)
    assert text_digest(cast.act) == confirmed
    remove_clause(clause, **cast.who)
    assert text_digest(cast.act) == before


def test_an_avenant_adds_replaces_and_ends_a_follow_up():
    cast = make_amending_cast()
    how = {"by": cast.manager, "on": AMENDED_ON}
    first = begin(cast)
    write_clause(FollowUpClause, first, **TWICE, **how)
    assert [line.sentence for line in clause_lines(clauses_with(first)) if line.name == "Suivi"]
    assert read_clauses(cast.convention.pk, on=NEW_YEAR).follow_ups == ()
    sign(first)
    (read,) = read_clauses(cast.convention.pk, on=NEW_YEAR).follow_ups
    assert read.terms == {**TWICE, "year_basis": YearBasis.CIVILE}

    second = begin(cast)
    known = FollowUpClause.objects.get()
    assert known in binding_clauses(second)
    write_clause(FollowUpClause, second, replaces=known, body="comité", per_year=4, **how)
    assert [row.replaces for row in changed_by(second)] == [known]
    sign(second)
    (read,) = read_clauses(cast.convention.pk, on=NEW_YEAR).follow_ups
    assert read.terms["per_year"] == 4

    third = begin(cast)
    end_clause(FollowUpClause.objects.get(per_year=4), third, **how)
    sign(third)
    assert read_clauses(cast.convention.pk, on=NEW_YEAR).follow_ups == ()


def test_an_avenant_says_its_follow_up_in_its_text():
    assert (FollowUpClause, "le suivi") in CLAUSES
