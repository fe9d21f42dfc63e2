"""What one reads of a negotiation: whose turn it is, the text at an instant, what is new."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from conventions.enums import ActStatus, ProposalStatus
from conventions.models.act import Act
from conventions.models.article import ArticleRevision
from conventions.models.consolidated import ConsolidatedArticle, draft_text, text_of
from conventions.models.negotiation import Message, Proposal, Round, Thread
from conventions.rules.plan import Node, places

# The reason of a state kept when the writing of an article began: it was so before.
ORIGIN = "état d’origine"


def turn_of(act: Act) -> Round | None:
    """Return the round that is open, with the side that holds the pen."""
    return act.rounds.filter(closed_at__isnull=True).select_related("holder").first()


def open_turns(convention) -> list[Round]:
    """Return the rounds open in a convention, act by act: whoever reads it may know of them."""
    open_ones = Round.objects.filter(
        act__convention=convention, act__status=ActStatus.EN_NEGOCIATION, closed_at__isnull=True
    )
    return list(open_ones.select_related("act", "holder").order_by("act__number"))


def text_at(act: Act, *, at: datetime) -> list[ConsolidatedArticle]:
    """Return the text of a draft as it read at an instant, from the states kept of its articles.

    Articles stand where they stand now; those taken out since, where their number places them. An
    article of which no state was ever kept has not changed.
    """
    states = _States.of(act, at=at)
    now = draft_text(act)
    before = {} if act.number == 0 else {a.code: a for a in text_of(act.convention, on=at.date())}
    found = [
        article
        for article in (states.then(article, before.get(article.code)) for article in now)
        if article is not None
    ]
    found = _with_gone(found, states.gone({article.code for article in now}))
    return _numbered(found) if act.automatic_numbering else found


@dataclass(frozen=True)
class _States:
    """By code: the last state of each article at an instant, and the first one kept after it."""

    last: dict[int, ArticleRevision]
    following: dict[int, ArticleRevision]

    @classmethod
    def of(cls, act: Act, *, at: datetime) -> "_States":
        last: dict[int, ArticleRevision] = {}
        following: dict[int, ArticleRevision] = {}
        for state in ArticleRevision.objects.filter(act=act).order_by("written_at", "pk"):
            if state.written_at <= at:
                last[state.code] = state
            else:
                following.setdefault(state.code, state)
        return cls(last, following)

    def then(
        self, article: ConsolidatedArticle, before: ConsolidatedArticle | None
    ) -> ConsolidatedArticle | None:
        """Return an article as it read then, or nothing when it was not in the text."""
        state = self.last.get(article.code)
        if state is not None:
            return None if state.removed else _worded(article, state)
        following = self.following.get(article.code)
        if following is None:
            return article
        return _worded(article, following) if _tells_before(following) else before

    def gone(self, standing: set[int]) -> list[ArticleRevision]:
        """The articles that stood in the text then, and do no longer."""
        known = {code: state for code, state in self.following.items() if _tells_before(state)}
        known |= {code: None if state.removed else state for code, state in self.last.items()}
        return [state for code, state in known.items() if state and code not in standing]


def _tells_before(state: ArticleRevision) -> bool:
    """Whether a state says how the article read before it: its origin, or what was taken out."""
    return state.removed or state.reason == ORIGIN


def _worded(article: ConsolidatedArticle, state: ArticleRevision) -> ConsolidatedArticle:
    return replace(article, number=state.number, heading=state.heading, body=state.body)


def _with_gone(
    text: list[ConsolidatedArticle], gone: Iterable[ArticleRevision]
) -> list[ConsolidatedArticle]:
    """Put back articles taken out since, each before the first one that a greater number bears."""
    found = list(text)
    for state in sorted(gone, key=lambda state: (_rank(state.number), state.code)):
        greater = (i for i, one in enumerate(found) if _rank(one.number) > _rank(state.number))
        place = next(greater, len(found)) if state.number else len(found)
        found.insert(place, _lost(state))
    return found


def _lost(state: ArticleRevision) -> ConsolidatedArticle:
    """An article whose row is gone: its code stands for its key, apart from those in use."""
    return ConsolidatedArticle(
        article_id=state.article_id or -state.code,
        code=state.code,
        kind="article",
        number=state.number,
        heading=state.heading,
        body=state.body,
        position=0,
        depth=state.number.count(".") + 1,
        parent_id=None,
        act=0,
        version=0,
    )


def _rank(number: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdecimal() else 0, part) for part in number.split(".") if part]


def _numbered(text: list[ConsolidatedArticle]) -> list[ConsolidatedArticle]:
    """Number a text that numbers itself: the states keep the number of their own day."""
    nodes = [Node(a.article_id, a.parent_id, rank, a.kind) for rank, a in enumerate(text)]
    numbers = {place.pk: place.number for place in places(nodes)}
    return [replace(article, number=numbers[article.article_id]) for article in text]


@dataclass(frozen=True)
class News:
    """What others did since an instant, apart from the text itself; `rounds` have ended since."""

    messages: list[Message]
    proposals: list[Proposal]
    answers: list[Proposal]
    rounds: list[Round]

    @property
    def count(self) -> int:
        return len(self.messages) + len(self.proposals) + len(self.answers) + len(self.rounds)


def news_since(
    act: Act, at: datetime, *, threads: QuerySet[Thread], reader_pk: int | None = None
) -> News:
    """Return what others said, proposed and answered since; `threads` are those one may read."""
    return News(
        messages=list(
            Message.objects.filter(
                Q(written_at__gte=at) | Q(thread__opened_at__gte=at), thread__in=threads.order_by()
            )
            .exclude(_by("author", reader_pk))
            .select_related("thread__article", "author", "party")
            .order_by("pk")
        ),
        proposals=list(
            act.proposals.filter(made_at__gte=at, status=ProposalStatus.OUVERTE)
            .exclude(_by("made_by", reader_pk))
            .select_related("article", "party", "made_by")
        ),
        answers=list(
            act.proposals.filter(answered_at__gte=at)
            .exclude(_by("answered_by", reader_pk))
            .select_related("article", "party", "answered_by")
        ),
        rounds=list(
            act.rounds.filter(closed_at__gte=at)
            .exclude(_by("closed_by", reader_pk))
            .select_related("holder", "closed_by")
            .order_by("number")
        ),
    )


def _by(field: str, reader_pk: int | None) -> Q:
    return Q(**{field: reader_pk}) if reader_pk is not None else Q(pk__in=[])
