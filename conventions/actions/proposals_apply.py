"""Writing an accepted proposal into the text, through the actions that people write with."""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.models import User
from conventions.actions.articles import insert_article, remove_article
from conventions.actions.draft import check_unchanged
from conventions.actions.revisions import Words, words_of, write_words
from conventions.models import Article, ArticleVersion, Proposal
from conventions.rules.negotiation import Wording

GONE = (
    "L’article visé a été retiré du texte. Rétablissez-le, proposez un article à insérer, ou "
    "refusez la proposition."
)


def apply_proposal(
    proposal: Proposal, *, by: User, on: date, settled: Wording | None = None, seen: str = ""
) -> Article | None:
    """Write the proposal; return the article it bears on from now on.

    What was accepted, reopened and accepted again is written once.
    """
    if proposal.inserts and proposal.article_id is None:
        return _insert(proposal, settled or proposal.words, by=by, on=on)
    if proposal.removes:
        if proposal.article_id is not None:
            remove_article(proposal.article, by=by, on=on)
        return None
    if proposal.article_id is None:
        raise ValidationError(GONE, code="gone")
    if not proposal.inserts or settled is not None:
        _write(proposal, settled, by=by, on=on, seen=seen)
    return proposal.article


def _insert(proposal: Proposal, words: Wording, *, by: User, on: date) -> Article:
    """Insert where it was meant; behind the last one of its parent when that place has gone."""
    after = proposal.after
    if after is not None and after.parent_id != proposal.parent_id:
        after = None
    return insert_article(
        proposal.act.convention,
        by=by,
        on=on,
        kind=proposal.article_kind,
        parent=proposal.parent,
        after=after,
        number=words.number or None,
        heading=words.heading,
        body=words.body,
    )


def _write(proposal: Proposal, settled: Wording | None, *, by: User, on: date, seen: str) -> None:
    """Merge with the text of now; what a person settled was written against it."""
    version = version_of(proposal)
    check_unchanged(version, seen)
    if settled is None:
        base, mine = Words(*proposal.base), Words(*proposal.words)
    else:
        base, mine = words_of(version), Words(*settled)
    if proposal.act.automatic_numbering:
        base, mine = (Words(version.number, one.heading, one.body) for one in (base, mine))
    write_words(version, by=by, on=on, base=base, mine=mine)


def version_of(proposal: Proposal) -> ArticleVersion:
    """Return the row in which the act words the article."""
    rows = proposal.act.article_versions.select_related("article", "act__convention")
    found = rows.filter(article=proposal.article_id).first()
    if found is None:
        raise ValidationError(GONE, code="gone")
    return found
