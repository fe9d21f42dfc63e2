"""What the working page of a negotiation shows: each article, its discussions, its proposals."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from conventions.models import Message, Proposal, Thread
from conventions.models.consolidated import ConsolidatedArticle
from conventions.rules.comparaison import ArticleComparison, compare_articles
from conventions.rules.negotiation import Found, Wording, find_passage, overlaps
from conventions.rules.texte import Block, blocks


class Note(NamedTuple):
    """A discussion in the margin, beside the passage it bears on."""

    thread: Thread
    found: Found
    messages: list[Message]

    @classmethod
    def of(cls, thread: Thread, found: Found) -> "Note":
        return cls(thread, found, list(thread.messages.all()))


class Row(NamedTuple):
    block: Block | None
    notes: list[Note]


class Offer(NamedTuple):
    """A proposal, word by word against what it was made on, with those it cannot go with."""

    proposal: Proposal
    comparison: ArticleComparison
    overlapping: list[Proposal]
    place: str = ""


class Worked(NamedTuple):
    """An article as it is worked on."""

    version: ConsolidatedArticle
    rows: list[Row]
    lost: list[Note]
    offers: list[Offer]

    @property
    def discussions(self) -> int:
        return sum(len(row.notes) for row in self.rows) + len(self.lost)

    @property
    def open_offers(self) -> int:
        return sum(offer.proposal.is_open for offer in self.offers)


class Page(NamedTuple):
    """The articles; what bears on the whole text, or on an article that is gone."""

    articles: list[Worked]
    apart: list[Note]
    inserted: list[Offer]


def page_of(
    text: Sequence[ConsolidatedArticle], threads: Iterable[Thread], proposals: Sequence[Proposal]
) -> Page:
    by_article: dict[int | None, list[Thread]] = defaultdict(list)
    standing = {article.article_id for article in text}
    for thread in threads:
        known = thread.article_id if thread.article_id in standing else None
        by_article[known].append(thread)
    offers: dict[int | None, list[Offer]] = defaultdict(list)
    for offer in offers_of(proposals, text):
        pk = offer.proposal.article_id
        offers[pk if pk in standing else None].append(offer)
    return Page(
        [
            _worked(article, by_article[article.article_id], offers[article.article_id])
            for article in text
        ],
        _apart(text, by_article[None]),
        offers[None],
    )


def _apart(text: Sequence[ConsolidatedArticle], threads: Iterable[Thread]) -> list[Note]:
    """Those on the whole text; their words, or their article, may have gone since."""
    everywhere: list[Block] = []
    if any(thread.passage for thread in threads):
        everywhere = [block for article in text for block in blocks(article.body)]
    return [Note.of(thread, find_passage(thread.passage, everywhere)) for thread in threads]


def _worked(article: ConsolidatedArticle, threads: Iterable[Thread], offers: list[Offer]) -> Worked:
    laid_out = blocks(article.body)
    rows: list[Row] = [Row(block, []) for block in laid_out] or [Row(None, [])]
    lost = []
    for thread in threads:
        note = Note.of(thread, find_passage(thread.passage, laid_out))
        if note.found.is_gone:
            lost.append(note)
        else:
            rows[note.found.rank].notes.append(note)
    return Worked(article, rows, lost, offers)


def offers_of(
    proposals: Sequence[Proposal], text: Iterable[ConsolidatedArticle] = ()
) -> list[Offer]:
    """Compare each proposal with what it was made on; open ones are held against each other.

    `text` names the articles behind which others are to be inserted.
    """
    labels = {article.article_id: article.label for article in text}
    meeting = overlaps(proposal for proposal in proposals if proposal.is_open)
    return [
        Offer(
            proposal,
            compared(proposal),
            meeting.get(proposal.pk, []),
            labels.get(proposal.after_id, ""),
        )
        for proposal in proposals
    ]


def compared(proposal: Proposal) -> ArticleComparison:
    old = None if proposal.inserts else _as_article(proposal, proposal.base)
    new = None if proposal.removes else _as_article(proposal, proposal.words)
    return compare_articles(old, new)


def _as_article(proposal: Proposal, words: Wording) -> ConsolidatedArticle:
    return ConsolidatedArticle(
        article_id=proposal.article_id or 0,
        code=0,
        kind=proposal.article_kind,
        number=words.number,
        heading=words.heading,
        body=words.body,
        position=0,
        depth=1,
        parent_id=None,
        act=0,
        version=0,
    )
