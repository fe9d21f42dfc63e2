"""A party's accord: to this text, to the letter, by whoever speaks for it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.actions.approvals import give_approval, withdraw_approval
from conventions.actions.facts import facts_of, standing_approvals, text_digest
from conventions.actions.obstacles import obstacles_to_signature
from conventions.enums import ActStatus, ConventionStatus
from conventions.models import ArticleVersion, Definition, DurationClause, TerminationClause, Visa
from conventions.tests.drafting import TODAY, make_avenant, make_drafting_cast, prorogue
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_drafting_cast(status=ConventionStatus.EN_VALIDATION)


def _give(cast, by=None, party=None, **fields):
    fields = {"digest": text_digest(cast.act), "on": TODAY} | fields
    return give_approval(cast.act, party=party or cast.first, by=by or cast.manager, **fields)


def test_an_accord_keeps_who_when_and_the_text(cast):
    approval = _give(cast, comment="Sous réserve du vote.")
    assert approval.digest == text_digest(cast.act)
    assert list(standing_approvals(cast.act)) == [approval]
    entry = JournalEntry.objects.get(verb=Verb.APPROVAL_GIVEN)
    assert entry.data["party"] == str(cast.first)


def test_each_speaks_for_its_own_party_and_the_platform_for_nobody(cast):
    for person in (cast.counterpart, cast.platform, cast.stranger, cast.reader, cast.signatory):
        with pytest.raises(PermissionDenied):
            _give(cast, by=person)
    _give(cast, by=cast.counterpart, party=cast.second)
    assert not JournalEntry.objects.filter(data__party=str(cast.first)).exists()


@pytest.mark.parametrize(
    "status", [ActStatus.EN_NEGOCIATION, ActStatus.EN_SIGNATURE, ActStatus.ABANDONNE]
)
def test_an_accord_is_given_to_a_closed_text_only(cast, status):
    cast.convention.acts.update(status=status)
    with pytest.raises(ValidationError) as refusal:
        _give(cast)
    assert refusal.value.code == "transition"


def test_an_accord_to_a_text_one_has_not_read_is_refused(cast):
    seen = text_digest(cast.act)
    ArticleVersion.objects.update(body="Un autre texte.")
    with pytest.raises(ValidationError) as refusal:
        _give(cast, digest=seen)
    assert refusal.value.code == "stale"


def test_giving_it_twice_is_refused_and_giving_it_to_another_text_replaces_it(cast):
    _give(cast)
    with pytest.raises(ValidationError) as refusal:
        _give(cast)
    assert refusal.value.code == "replay"
    ArticleVersion.objects.update(body="Un autre texte.")
    _give(cast)
    assert standing_approvals(cast.act).count() == 1
    assert cast.act.approvals.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda cast: ArticleVersion.objects.update(body="Un mot de plus."),
        lambda cast: ArticleVersion.objects.update(number="1 bis"),
        lambda cast: cast.convention.articles.update(kind="titre"),
        lambda cast: DurationClause.objects.update(quantity=4),
        lambda cast: TerminationClause.objects.all().delete(),
        lambda cast: Visa.objects.create(act=cast.act, position=1, text="Vu."),
        lambda cast: Definition.objects.create(act=cast.act, term="Parc", meaning="Autre."),
        lambda cast: cast.convention.acts.update(title="Autre titre"),
    ],
)
def test_any_change_to_the_text_voids_the_accord(cast, change):
    _give(cast)
    change(cast)
    cast.act.refresh_from_db()
    (given,) = facts_of(cast.act, on=TODAY).approvals
    assert not given.stands
    told = [one.message for one in obstacles_to_signature(cast.convention, on=TODAY)]
    assert any("Le texte a changé depuis l’accord" in message for message in told)


def test_confirming_a_clause_changes_no_word(cast):
    before = text_digest(cast.act)
    DurationClause.objects.update(confirmed_on=None)
    assert text_digest(cast.act) == before


def test_an_accord_is_withdrawn_with_a_reason_by_its_own_party(cast):
    _give(cast)
    with pytest.raises(PermissionDenied):
        withdraw_approval(cast.act, party=cast.first, by=cast.counterpart, on=TODAY, reason="Non.")
    who = {"party": cast.first, "by": cast.manager, "on": TODAY}
    with pytest.raises(ValidationError):
        withdraw_approval(cast.act, **who, reason=" ")
    withdraw_approval(cast.act, **who, reason="Le bureau veut relire l’article 3.")
    assert not standing_approvals(cast.act).exists()
    assert cast.act.approvals.get().withdrawal_reason == "Le bureau veut relire l’article 3."
    with pytest.raises(ValidationError) as refusal:
        withdraw_approval(cast.act, **who, reason="Encore.")
    assert refusal.value.code == "replay"
    _give(cast)


def test_the_text_of_an_avenant_counts_its_day_of_effect():
    convention = make_signed_convention()
    act = make_avenant(convention, number=1)
    prorogue(act)
    before = text_digest(act)
    act.effective_on = TODAY
    act.save()
    assert text_digest(act) != before
