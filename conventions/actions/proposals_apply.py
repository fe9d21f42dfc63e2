"""Writing an accepted proposal into the text, through the actions that people write with.

In the initial act an article is written where it stands; an avenant says what it does to it, by an
operation of its own.
"""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError

from accounts.models import User
from conventions.actions.articles import insert_article, remove_article
from conventions.actions.draft import STALE
from conventions.actions.operations import (
    insert_by,
    remove_operation,
    renumber_article,
    repeal_article,
    replace_article,
)
from conventions.actions.revisions import (
    ConflictError,
    Words,
    merge_words,
    merged_words,
    put_words,
    write_words,
)
from conventions.enums import Change
from conventions.models import Article, ArticleVersion, Proposal
from conventions.models.article import WORDING
from conventions.models.consolidated import ConsolidatedArticle, draft_text
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
        return _remove(proposal, by=by, on=on)
    if not proposal.inserts or settled is not None:
        _write(proposal, settled, by=by, on=on, seen=seen)
    return proposal.article


def standing_of(proposal: Proposal) -> ConsolidatedArticle:
    """Return the article as it reads now, or say that it was taken out."""
    wanted = proposal.article_id
    text = draft_text(proposal.act) if wanted is not None else []
    found = next((article for article in text if article.article_id == wanted), None)
    if found is None:
        raise ValidationError(GONE, code="gone")
    return found


def own_row(proposal: Proposal, *changes: Change) -> ArticleVersion | None:
    """Return the row by which this very act does that to the article."""
    rows = proposal.act.article_versions.select_related("article", "act__convention")
    return rows.filter(article=proposal.article_id, operation__in=changes).first()


def words_now(proposal: Proposal) -> Words:
    standing = standing_of(proposal)
    return Words(standing.number, standing.heading, standing.body)


def state_of_words(words: Words) -> str:
    """Return what a page shows to have seen of an article."""
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


def three_of(proposal: Proposal, here: Words) -> tuple[Words, Words, Words]:
    """Return the wording proposed upon, the one proposed, and the one of now."""
    base, mine = Words(*proposal.base), Words(*proposal.words)
    if proposal.act.automatic_numbering:
        base, mine = (Words(here.number, one.heading, one.body) for one in (base, mine))
    return base, mine, here


def _write(proposal: Proposal, settled: Wording | None, *, by: User, on: date, seen: str) -> None:
    """Merge with the text of now; what a person settled was written against it."""
    here = words_now(proposal)
    if seen and seen != state_of_words(here):
        raise ValidationError(STALE, code="stale")
    base, mine, here = three_of(proposal, here)
    if settled is not None:
        number = here.number if proposal.act.automatic_numbering else settled.number
        base, mine = here, Words(number, settled.heading, settled.body)
    row = own_row(proposal, *WORDING)
    if proposal.act.number == 0:
        write_words(row, by=by, on=on, base=base, mine=mine)
        return
    pieces = merge_words(base, mine, here)
    if any(merged.is_conflict for merged in pieces.values()):
        raise ConflictError(pieces)
    _amend(proposal, row, merged_words(pieces), here, by=by, on=on)


def _amend(
    proposal: Proposal, row: ArticleVersion | None, found: Words, here: Words, *, by: User, on: date
) -> None:
    """Have the avenant say what changes: in the operation it has on the article, else a new one."""
    act, article, who = proposal.act, proposal.article, {"by": by, "on": on}
    inserted_here = row is not None and row.operation == Change.ECRIRE
    if inserted_here:
        put_words(row, found, by=by)
        return
    if (found.heading, found.body) != (here.heading, here.body):
        words = {"heading": found.heading, "body": found.body}
        day = row.effective_on if row else None
        replace_article(act, article, row=row, effective_on=day, **words, **who)
    if found.number != here.number:
        renumbered = own_row(proposal, Change.RENUMEROTER)
        day = renumbered.effective_on if renumbered else None
        renumber_article(act, article, number=found.number, row=renumbered, effective_on=day, **who)


def _insert(proposal: Proposal, words: Wording, *, by: User, on: date) -> Article:
    """Insert where it was meant; last of its parent when that place has gone."""
    after = proposal.after
    if after is not None and after.parent_id != proposal.parent_id:
        after = None
    given = {
        "by": by,
        "on": on,
        "kind": proposal.article_kind,
        "number": words.number or None,
        "heading": words.heading,
        "body": words.body,
    }
    if proposal.act.number == 0:
        return insert_article(proposal.act.convention, parent=proposal.parent, after=after, **given)
    row = insert_by(
        proposal.act, parent=proposal.parent, after=after or _last_inside(proposal), **given
    )
    return row.article


def _last_inside(proposal: Proposal) -> Article | None:
    text = draft_text(proposal.act, with_body=False)
    inside = [article for article in text if article.parent_id == proposal.parent_id]
    return Article.objects.get(pk=inside[-1].article_id) if inside else None


def _remove(proposal: Proposal, *, by: User, on: date) -> Article | None:
    """Take the article out of a text of origin; have an avenant end it, or no longer insert it."""
    if proposal.article_id is None:
        return None
    if proposal.act.number == 0:
        remove_article(proposal.article, by=by, on=on)
        return None
    row = own_row(proposal, Change.ECRIRE)
    if row is not None:
        remove_operation(row, by=by, on=on)
        return None
    if own_row(proposal, Change.ABROGER) is None:
        repeal_article(proposal.act, proposal.article, by=by, on=on)
    return proposal.article
