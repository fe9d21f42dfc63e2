"""What a convention says on a day, through its acts."""

from datetime import date

import pytest

from conventions.enums import ActKind, ActStatus, Change, Operation, Situation, Trigger, Unit
from conventions.models import (
    Act,
    Article,
    ArticleVersion,
    DurationClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.tests.factories import make_convention
from engagements.enums import Recurrence, State
from engagements.models import StateChange
from engagements.tests.factories import make_engagement, make_revoyure
from reminders.actions.gathering import facts_of
from reminders.tests.factories import NOW

pytestmark = pytest.mark.django_db
ON = date(2018, 6, 1)
LATER = date(2019, 6, 1)


@pytest.fixture
def article(cast):
    return Article.objects.create(convention=cast.convention)


def _sign(act):
    act.status, act.signed_on = ActStatus.SIGNE, date(2018, 12, 1)
    act.effective_on = date(2019, 1, 1)
    act.save()


def _avenant(convention, number=1):
    return Act.objects.create(convention=convention, number=number, kind=ActKind.AVENANT)


def _way_out(convention, act, article=None, quantity=1):
    return TerminationClause.objects.create(
        convention=convention,
        act=act,
        article=article,
        operation=Operation.PREAVIS,
        quantity=quantity,
        unit=Unit.MOIS,
        trigger=Trigger.ENVOI,
        ground="sans_motif",
    )


def test_a_draft_says_nothing_and_costs_one_statement(db, django_assert_num_queries):
    convention = make_convention()
    with django_assert_num_queries(1):
        facts = facts_of(convention, on=ON)
    assert facts.situation == Situation.BROUILLON
    assert not facts.was_signed


def test_the_text_of_a_convention_to_come_is_read_as_on_its_first_day(cast):
    facts = facts_of(cast.convention, on=date(2017, 12, 1))
    assert facts.situation == Situation.A_VENIR
    assert facts.duration is not None
    assert facts.terminations


def test_a_later_act_replaces_the_duration_and_the_review_from_its_effect(cast):
    act = _avenant(cast.convention)
    common = {"convention": cast.convention, "act": act}
    DurationClause.objects.create(operation=Operation.DUREE, quantity=5, unit=Unit.ANS, **common)
    RevoyureClause.objects.create(opens_month=3, **common)
    _sign(act)
    before, after = (facts_of(cast.convention, on=day) for day in (ON, LATER))
    assert (before.duration.quantity, after.duration.quantity) == (3, 5)
    assert (before.revoyure_clause.opens_month, after.revoyure_clause.opens_month) == (10, 3)


def test_a_later_act_adds_ways_out(cast):
    act = _avenant(cast.convention)
    _way_out(cast.convention, act)
    _sign(act)
    assert len(facts_of(cast.convention, on=ON).terminations) == 1
    assert len(facts_of(cast.convention, on=LATER).terminations) == 2


def test_a_way_out_written_anew_in_its_article_replaces_the_old_one(cast, article):
    first, second = _avenant(cast.convention), _avenant(cast.convention, number=2)
    changes = ((first, 2, Change.ECRIRE), (second, 6, Change.REMPLACER))
    for act, quantity, operation in changes:
        ArticleVersion.objects.create(
            article=article, act=act, operation=operation, number="9", position=9
        )
        _way_out(cast.convention, act, article, quantity)
        _sign(act)
    quantities = [row.quantity for row in facts_of(cast.convention, on=LATER).terminations]
    assert quantities == [3, 6]


def test_an_article_repealed_takes_its_way_out_with_it(cast, article):
    first, second = _avenant(cast.convention), _avenant(cast.convention, number=2)
    ArticleVersion.objects.create(article=article, act=first, number="9", position=9)
    _way_out(cast.convention, first, article, 2)
    ArticleVersion.objects.create(article=article, act=second, operation=Change.ABROGER, position=9)
    _sign(first)
    _sign(second)
    quantities = [row.quantity for row in facts_of(cast.convention, on=LATER).terminations]
    assert quantities == [3]


def test_a_review_is_contributed_once_every_party_has_handed_over(cast):
    review = make_revoyure(cast.convention)
    parts = list(review.contributions.all())
    for part in parts:
        assert facts_of(cast.convention, on=ON).revoyures[2018].contributed_on is None
        part.handed_over_at = NOW
        part.save()
    assert facts_of(cast.convention, on=ON).revoyures[2018].contributed_on == NOW.date()


@pytest.mark.parametrize(
    ("state", "recurrence", "expected", "kept"),
    [
        (State.A_VENIR, Recurrence.PONCTUELLE, True, False),
        (State.EN_COURS, Recurrence.ANNUELLE, True, False),
        (State.SUSPENDU, Recurrence.PONCTUELLE, False, False),
        (State.SANS_OBJET, Recurrence.PONCTUELLE, False, False),
        (State.TENU, Recurrence.PONCTUELLE, False, True),
        (State.TENU, Recurrence.ANNUELLE, True, False),
        (State.CONTESTE, Recurrence.PONCTUELLE, False, True),
    ],
)
def test_an_engagement_is_expected_kept_or_neither(cast, state, recurrence, expected, kept):
    engagement = make_engagement(
        cast.convention, due_on=date(2018, 9, 1), state=state, recurrence=recurrence
    )
    if state in {State.TENU, State.CONTESTE}:
        StateChange.objects.create(
            engagement=engagement,
            old_state=State.EN_COURS,
            state=State.TENU,
            declared_by=cast.manager,
            declared_on=ON,
        )
    (row,) = facts_of(cast.convention, on=ON).engagements
    assert (row.expected, row.kept_on == ON) == (expected, kept)


def test_debtors_are_named(cast):
    make_engagement(cast.convention, due_on=date(2018, 9, 1))
    (row,) = facts_of(cast.convention, on=ON).engagements
    assert row.debtors == f"{cast.first_party} et {cast.second_party}"


def test_only_intergovernmental_parties_report_on_their_activity(cast):
    assert facts_of(cast.convention, on=ON).epcis == {cast.first_party.pk: str(cast.first_party)}
