"""Proposals on a draft avenant: accepted, they become its operations."""

import pytest
from django.core.exceptions import ValidationError

from conventions.actions.negotiation import open_round
from conventions.actions.operations import replace_article
from conventions.actions.proposals import accept_proposal, propose
from conventions.actions.revisions import ConflictError
from conventions.enums import ActKind, ActStatus, Change, ProposalKind
from conventions.models import Act
from conventions.models.consolidated import draft_text
from conventions.rules.negotiation import Wording

pytestmark = pytest.mark.django_db

BODY = "Les parties conviennent de ce qui suit."


@pytest.fixture
def avenant(cast):
    """An avenant of the EPCI in negotiation; the other party proposes."""
    from_day = cast.convention.starts_on
    act = Act.objects.create(
        convention=cast.convention,
        number=1001,
        kind=ActKind.AVENANT,
        status=ActStatus.EN_NEGOCIATION,
        drafted_by=cast.epci,
    )
    cast.act, cast.article = act, cast.convention.articles.get()
    cast.who = {"by": cast.manager, "on": from_day}
    cast.other = {"by": cast.counterpart, "on": from_day, "party": cast.second_party}
    cast.turn = open_round(act, by=cast.manager, on=from_day)
    return cast


def ask(avenant, **fields):
    fields.setdefault("kind", ProposalKind.REECRIRE)
    fields.setdefault("article", avenant.article)
    fields.setdefault("number", "1")
    fields.setdefault("heading", "Titre de l’article 1")
    return propose(avenant.act, **avenant.other, **fields)


def operations(avenant):
    return sorted(avenant.act.article_versions.values_list("operation", flat=True))


def text(avenant):
    return [(article.number, article.body) for article in draft_text(avenant.act)]


def test_the_drafting_party_holds_the_pen(avenant):
    assert avenant.turn.holder == avenant.first_party


def test_a_new_wording_becomes_a_replacement(avenant):
    accept_proposal(ask(avenant, body="Texte neuf."), **avenant.who)
    assert operations(avenant) == [Change.REMPLACER]
    assert text(avenant) == [("1", "Texte neuf.")]


def test_a_second_one_is_merged_into_the_same_operation(avenant):
    longer = f"{BODY}\n\nElles se réunissent."
    replace_article(
        avenant.act, avenant.article, heading="Titre de l’article 1", body=longer, **avenant.who
    )
    first = ask(avenant, body=longer.replace("réunissent", "réunissent chaque année"))
    second = ask(avenant, body=longer.replace("conviennent", "s’accordent"))
    accept_proposal(first, **avenant.who)
    accept_proposal(second, **avenant.who)
    assert operations(avenant) == [Change.REMPLACER]
    body = text(avenant)[0][1]
    assert "s’accordent" in body
    assert "chaque année" in body


def test_words_that_both_changed_are_settled(avenant):
    asked = ask(avenant, body="Les parties conviennent de tout.")
    replace_article(
        avenant.act,
        avenant.article,
        heading="Titre de l’article 1",
        body="Les parties conviennent de rien.",
        **avenant.who,
    )
    with pytest.raises(ConflictError):
        accept_proposal(asked, **avenant.who)
    settled = Wording("1", "Titre de l’article 1", "Les parties conviennent de peu.")
    accept_proposal(asked, settled=settled, **avenant.who)
    assert text(avenant) == [("1", "Les parties conviennent de peu.")]


def test_a_number_an_insertion_and_a_removal_become_operations(avenant):
    accept_proposal(ask(avenant, kind=ProposalKind.RENUMEROTER, number="1 bis"), **avenant.who)
    added = ask(
        avenant, kind=ProposalKind.INSERER, article=None, number="2", heading="Suivi", body="Oui."
    )
    accept_proposal(added, **avenant.who)
    assert [number for number, _ in text(avenant)] == ["1 bis", "2"]
    accept_proposal(ask(avenant, kind=ProposalKind.RETIRER, article=added.article), **avenant.who)
    assert [number for number, _ in text(avenant)] == ["1 bis"]
    accept_proposal(ask(avenant, kind=ProposalKind.RETIRER), **avenant.who)
    assert text(avenant) == []


def test_the_other_side_does_not_write_the_avenant_without_the_pen(avenant):
    who = {"by": avenant.counterpart, "on": avenant.who["on"]}
    with pytest.raises(ValidationError, match="La main est à"):
        replace_article(avenant.act, avenant.article, heading="Moi", body="Moi.", **who)
