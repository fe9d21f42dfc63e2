"""Proposals: accepted in one click, merged with what came since, refused, withdrawn, reopened."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import JournalEntry
from conventions.actions.articles import insert_article, remove_article, write_article
from conventions.actions.negotiation import hand_over
from conventions.actions.proposals import (
    accept_all,
    accept_proposal,
    propose,
    refuse_proposal,
    reopen_proposal,
    withdraw_proposal,
)
from conventions.actions.revisions import ConflictError
from conventions.enums import ProposalKind, ProposalStatus
from conventions.models.consolidated import draft_text
from conventions.rules.negotiation import Wording, overlaps
from conventions.tests.drafting import TODAY
from conventions.tests.factories import make_article, make_convention
from conventions.tests.negotiating import BODY, make_negotiation, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_negotiation()


def body_now(cast) -> str:
    return next(a.body for a in draft_text(cast.act) if a.article_id == cast.article.pk)


def numbers(cast) -> list[str]:
    return [article.number for article in draft_text(cast.act)]


def test_a_proposal_is_accepted_in_one_click_by_the_side_that_holds_the_pen(cast):
    proposal = proposed(cast, propose)
    assert proposal.base == Wording("2", "Titre de l’article 2", BODY)
    accept_proposal(proposal, by=cast.manager, on=TODAY)
    assert "deux fois par an" in body_now(cast)
    proposal.refresh_from_db()
    assert (proposal.status, proposal.answered_by) == (ProposalStatus.ACCEPTEE, cast.manager)
    assert JournalEntry.objects.filter(verb="proposal_accepted").count() == 1


def test_its_own_side_does_not_accept_it_without_the_pen(cast):
    proposal = proposed(cast, propose)
    with pytest.raises(ValidationError, match="La main est à"):
        accept_proposal(proposal, by=cast.counterpart, on=TODAY)
    with pytest.raises(PermissionDenied):
        accept_proposal(proposal, by=cast.contributor, on=TODAY)
    hand_over(cast.act, by=cast.manager, on=TODAY)
    with pytest.raises(ValidationError):
        accept_proposal(proposal, by=cast.manager, on=TODAY)


def test_what_was_written_elsewhere_in_the_article_is_kept(cast):
    proposal = proposed(cast, propose)
    mine = BODY.replace("quinze jours", "un mois")
    write_article(
        cast.article,
        by=cast.manager,
        on=TODAY,
        number="2",
        heading="Titre de l’article 2",
        body=mine,
    )
    accept_proposal(proposal, by=cast.manager, on=TODAY)
    assert "deux fois par an" in body_now(cast)
    assert "un mois" in body_now(cast)


def test_words_that_both_changed_are_settled_by_a_person(cast):
    proposal = proposed(cast, propose)
    mine = BODY.replace("une fois par an", "trois fois par an")
    write_article(
        cast.article,
        by=cast.manager,
        on=TODAY,
        number="2",
        heading="Titre de l’article 2",
        body=mine,
    )
    with pytest.raises(ConflictError):
        accept_proposal(proposal, by=cast.manager, on=TODAY)
    proposal.refresh_from_db()
    assert proposal.is_open
    assert body_now(cast) == mine
    settled = Wording("2", "Titre de l’article 2", BODY.replace("une fois", "quatre fois"))
    accept_proposal(proposal, by=cast.manager, on=TODAY, settled=settled)
    assert "quatre fois par an" in body_now(cast)


def test_an_answer_that_comes_second_changes_nothing(cast):
    proposal = proposed(cast, propose)
    accept_proposal(proposal, by=cast.manager, on=TODAY)
    for act in (accept_proposal, withdraw_proposal):
        with pytest.raises(ValidationError, match="déjà"):
            act(proposal, by=cast.manager if act is accept_proposal else cast.theirs, on=TODAY)
    with pytest.raises(ValidationError, match="déjà"):
        refuse_proposal(proposal, by=cast.manager, on=TODAY, reason="Non.")


def test_a_refusal_gives_its_reason(cast):
    proposal = proposed(cast, propose)
    with pytest.raises(ValidationError, match="pourquoi"):
        refuse_proposal(proposal, by=cast.manager, on=TODAY, reason="")
    refuse_proposal(proposal, by=cast.manager, on=TODAY, reason="Une fois suffit.")
    assert proposal.answer == "Une fois suffit."
    assert body_now(cast) == BODY


def test_its_author_withdraws_it_and_so_does_a_manager_of_its_side(cast):
    withdraw_proposal(proposed(cast, propose), by=cast.theirs, on=TODAY)
    withdraw_proposal(proposed(cast, propose), by=cast.counterpart, on=TODAY)
    with pytest.raises(ValidationError, match="retire une proposition"):
        withdraw_proposal(proposed(cast, propose), by=cast.manager, on=TODAY)


def test_an_answered_one_is_reopened_and_accepting_it_again_writes_once(cast):
    inserted = proposed(
        cast, propose, kind=ProposalKind.INSERER, article=None, number="", heading="Suivi"
    )
    accept_proposal(inserted, by=cast.manager, on=TODAY)
    assert numbers(cast) == ["1", "2", "3"]
    reopen_proposal(inserted, by=cast.theirs, on=TODAY)
    assert inserted.is_open
    accept_proposal(inserted, by=cast.manager, on=TODAY)
    assert numbers(cast) == ["1", "2", "3"]
    with pytest.raises(ValidationError, match="attend déjà"):
        reopen_proposal(proposed(cast, propose), by=cast.theirs, on=TODAY)


def test_an_article_is_inserted_where_it_was_meant(cast):
    first = cast.convention.articles.order_by("pk").first()
    proposal = proposed(
        cast,
        propose,
        kind=ProposalKind.INSERER,
        article=None,
        after=first,
        number="1 bis",
        heading="Suivi",
        body="Un comité suit la convention.",
    )
    accept_proposal(proposal, by=cast.manager, on=TODAY)
    assert numbers(cast) == ["1", "1 bis", "2"]


def test_an_article_is_taken_out_and_what_was_proposed_of_it_is_kept(cast):
    waiting = proposed(cast, propose)
    accept_proposal(proposed(cast, propose, kind=ProposalKind.RETIRER), by=cast.manager, on=TODAY)
    assert numbers(cast) == ["1"]
    waiting.refresh_from_db()
    assert "deux fois par an" in waiting.body
    with pytest.raises(ValidationError, match="a été retiré du texte"):
        accept_proposal(waiting, by=cast.manager, on=TODAY)


def test_a_new_number_leaves_the_wording_alone(cast):
    proposal = proposed(cast, propose, kind=ProposalKind.RENUMEROTER, number="2 bis", body="x")
    assert proposal.body == BODY
    accept_proposal(proposal, by=cast.manager, on=TODAY)
    assert numbers(cast) == ["1", "2 bis"]
    assert body_now(cast) == BODY


def test_all_are_accepted_at_once_but_those_that_overlap(cast):
    first = proposed(cast, propose)
    second = proposed(cast, propose, body=BODY.replace("quinze jours", "trente jours"))
    third = proposed(cast, propose, body=BODY.replace("une fois par an", "chaque semestre"))
    assert overlaps([first, second, third]) == {
        first.pk: [third], second.pk: [], third.pk: [first]
    }  # fmt: skip
    outcome = accept_all(cast.act, cast.article, by=cast.manager, on=TODAY)
    assert (outcome.done, outcome.left) == ([first, second], [third])
    assert "deux fois par an" in body_now(cast)
    assert "trente jours" in body_now(cast)
    third.refresh_from_db()
    assert third.is_open


def test_what_changes_nothing_or_bears_on_another_text_is_refused(cast):
    with pytest.raises(ValidationError, match="ne change rien"):
        proposed(cast, propose, body=BODY)
    with pytest.raises(ValidationError, match="n’est pas dans ce texte"):
        proposed(cast, propose, article=make_article(make_convention()))
    with pytest.raises(PermissionDenied):
        proposed(cast, propose, by=cast.reader, party=cast.first)
    with pytest.raises(PermissionDenied):
        proposed(cast, propose, by=cast.platform)


def test_an_article_gone_is_not_proposed_upon(cast):
    other = insert_article(cast.convention, by=cast.manager, on=TODAY, heading="Autre")
    remove_article(other, by=cast.manager, on=TODAY)
    with pytest.raises(ValidationError, match="n’est pas dans ce texte"):
        proposed(cast, propose, article=other)
