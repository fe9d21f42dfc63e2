"""The rules of a negotiation: where a passage is found again, what becomes of a proposal."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from django.core.exceptions import ValidationError

from conventions.enums import ProposalStatus
from conventions.rules.fusion import Merged, merge, merge_value
from conventions.rules.texte import Block

# Under this share of its words in their order, a passage is said to have gone.
_ALIKE = 0.6
LONGEST_PASSAGE = 600
_WORD = re.compile(r"[^\W_]+")


class Wording(NamedTuple):
    """What is proposed, or was read, of an article."""

    number: str = ""
    heading: str = ""
    body: str = ""


class Answer(StrEnum):
    """What people do with a proposal."""

    ACCEPTER = "accepter"
    REFUSER = "refuser"
    RETIRER = "retirer"
    ROUVRIR = "rouvrir"


_ANSWERED = frozenset({ProposalStatus.ACCEPTEE, ProposalStatus.REFUSEE, ProposalStatus.RETIREE})
ANSWERS: dict[Answer, tuple[frozenset[ProposalStatus], ProposalStatus]] = {
    Answer.ACCEPTER: (frozenset({ProposalStatus.OUVERTE}), ProposalStatus.ACCEPTEE),
    Answer.REFUSER: (frozenset({ProposalStatus.OUVERTE}), ProposalStatus.REFUSEE),
    Answer.RETIRER: (frozenset({ProposalStatus.OUVERTE}), ProposalStatus.RETIREE),
    Answer.ROUVRIR: (_ANSWERED, ProposalStatus.OUVERTE),
}


def answered(answer: Answer, status: str) -> ProposalStatus:
    """Return what an answer makes of a proposal, or say in French why it comes too late."""
    sources, target = ANSWERS[answer]
    if status not in sources:
        label = ProposalStatus(status).label
        msg = f"Cette proposition est déjà «\u00a0{label}\u00a0»\u00a0: rien n’a été changé."
        if answer == Answer.ROUVRIR:
            msg = "Cette proposition attend déjà une réponse."
        raise ValidationError(msg, code="answered")
    return target


class Certainty(StrEnum):
    """How surely a passage is found in the text as it reads now."""

    EXACTE = "exacte"
    PROCHE = "proche"
    DISPARUE = "disparue"


@dataclass(frozen=True)
class Found:
    """Where a passage stands: the rank of a block, and how surely. A lost one stands at 0."""

    rank: int = 0
    certainty: Certainty = Certainty.EXACTE

    @property
    def is_gone(self) -> bool:
        return self.certainty == Certainty.DISPARUE


def find_passage(passage: str, among: Sequence[Block]) -> Found:
    """Find the block that holds a passage quoted from an earlier wording.

    Without a passage the whole article is meant. The words count, not their spaces nor their
    marks; failing them all, the block that keeps most of them in their order.
    """
    wanted = _words(passage)
    if not wanted:
        return Found()
    texts = [_words(block.words) for block in among]
    exact = _exact(wanted, texts)
    if exact is not None:
        return Found(exact)
    shares = [_share(wanted, words) for words in texts]
    best = max(shares, default=0.0)
    if best < _ALIKE:
        return Found(certainty=Certainty.DISPARUE)
    return Found(shares.index(best), Certainty.PROCHE)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _exact(wanted: list[str], texts: Sequence[list[str]]) -> int | None:
    """Return the block in which the words begin, be they chosen across several blocks."""
    whole = f" {' '.join(word for words in texts for word in words)} "
    at = whole.find(f" {' '.join(wanted)} ")
    if at < 0:
        return None
    before = whole.count(" ", 0, at)
    ends = accumulate(len(words) for words in texts)
    return next(rank for rank, end in enumerate(ends) if before < end)


def _share(wanted: list[str], words: list[str]) -> float:
    """Return the share of the passage's words that a block keeps in their order."""
    matcher = SequenceMatcher(None, wanted, words, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


@dataclass(frozen=True)
class Candidate:
    """A proposal put together with the text as it reads now, field by field."""

    number: Merged
    heading: Merged
    body: Merged

    @property
    def is_conflict(self) -> bool:
        return any(one.is_conflict for one in (self.number, self.heading, self.body))


def candidate(base: Wording, proposed: Wording, now: Wording) -> Candidate:
    """Merge what was proposed of `base` with the article as it reads now."""
    return Candidate(
        merge_value(base.number, proposed.number, now.number),
        merge_value(base.heading, proposed.heading, now.heading),
        merge(base.body, proposed.body, now.body),
    )


def overlaps(proposals: Iterable) -> dict[int, list]:
    """Return, by primary key, the other proposals on the same article that cannot go with each."""
    known = list(proposals)
    return {
        one.pk: [other for other in known if other.pk != one.pk and _meet(one, other)]
        for one in known
    }


def _meet(one, other) -> bool:
    """Whether two proposals on one article change the same words, or one takes it out."""
    if one.article_id is None or one.article_id != other.article_id:
        return False
    if one.removes or other.removes:
        return not (one.removes and other.removes)
    return candidate(one.base, one.words, other.words).is_conflict
