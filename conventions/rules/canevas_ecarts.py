"""How far a text stands from its model: article by article, in one of five words.

The model is a help, not a rule: a deviation is shown and never judged. An article is compared with
the nearest of the wordings its clause may take.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from accounts.rules.typographie import accord, pluriel
from conventions.rules.comparaison_mots import tokens

# From this share of words in common an article still reads as its clause, adapted.
ADAPTED = 0.5
HOLE = "…"
EXACT = 400_000
_HOLE = re.compile(r"\{\{\s*[a-z][a-z0-9_]*\s*\}\}")
_SPACES = re.compile(r"\s+")


class Ecart(StrEnum):
    IDENTIQUE = "identique"
    ADAPTE = "adapte"
    REECRIT = "reecrit"
    ABSENT = "absent"
    PROPRE = "propre"


LABELS: Mapping[Ecart, str] = {
    Ecart.IDENTIQUE: "identique au canevas",
    Ecart.ADAPTE: "adapté",
    Ecart.REECRIT: "réécrit",
    Ecart.ABSENT: "absent du texte",
    Ecart.PROPRE: "propre à ce texte",
}


@dataclass(frozen=True)
class Wording:
    """One wording of a clause, its variables filled as far as answers go."""

    heading: str
    body: str
    label: str = ""


@dataclass(frozen=True)
class ModelClause:
    pk: int
    key: str
    heading: str
    required: bool
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class DraftArticle:
    """An article of the text, with the clause it was laid down from."""

    pk: int
    label: str
    heading: str
    body: str
    origin: int | None = None


@dataclass(frozen=True)
class Deviation:
    """What became of a clause, or an article of the parties' own: `nearest` is what it came from.

    `resemblance` is the share of words in common, from 0 to 1.
    """

    kind: Ecart
    clause: ModelClause | None = None
    article: DraftArticle | None = None
    nearest: Wording | None = None
    resemblance: float = 0.0

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def is_compared(self) -> bool:
        return self.kind in {Ecart.ADAPTE, Ecart.REECRIT}


@dataclass(frozen=True)
class Deviations:
    """The whole text against its model; `absent` lists the required clauses nobody laid down."""

    rows: tuple[Deviation, ...] = ()
    counts: Mapping[Ecart, int] = field(default_factory=dict)

    @property
    def absent(self) -> tuple[Deviation, ...]:
        return tuple(row for row in self.rows if row.kind == Ecart.ABSENT)

    @property
    def summary(self) -> str:
        """«28 articles identiques au canevas, 3 adaptés, 1 clause indispensable absente.»"""
        identical, adapted, rewritten, own, absent = (self.counts.get(kind, 0) for kind in _TOLD)
        said = pluriel(identical, "article")
        parts = [f"{said} {accord(identical, 'identique')} au canevas"] if identical else []
        parts += [f"{adapted} {accord(adapted, 'adapté')}"] if adapted else []
        parts += [f"{rewritten} {accord(rewritten, 'réécrit')}"] if rewritten else []
        parts += [f"{own} {accord(own, 'propre')} à ce texte"] if own else []
        if absent:
            clause = accord(absent, "clause indispensable absente,clauses indispensables absentes")
            parts.append(f"{absent} {clause}")
        words = ", ".join(parts)
        return f"{words[:1].upper()}{words[1:]}." if words else ""


_TOLD = (Ecart.IDENTIQUE, Ecart.ADAPTE, Ecart.REECRIT, Ecart.PROPRE, Ecart.ABSENT)


def deviations(clauses: Iterable[ModelClause], articles: Iterable[DraftArticle]) -> Deviations:
    """Compare a text with its model, in the order of the text, then what is missing from it."""
    model = {clause.pk: clause for clause in clauses}
    rows: list[Deviation] = []
    laid: set[int] = set()
    for article in articles:
        clause = model.get(article.origin) if article.origin is not None else None
        if clause is None:
            rows.append(Deviation(Ecart.PROPRE, article=article))
            continue
        laid.add(clause.pk)
        rows.append(_compared(clause, article))
    rows += [
        Deviation(Ecart.ABSENT, clause=clause, nearest=clause.wordings[0])
        for clause in model.values()
        if clause.required and clause.pk not in laid
    ]
    counts = {kind: sum(row.kind == kind for row in rows) for kind in Ecart}
    return Deviations(tuple(rows), counts)


def _compared(clause: ModelClause, article: DraftArticle) -> Deviation:
    """Compare an article with the nearest of its clause's wordings."""
    found = [(resemblance(wording, article), wording) for wording in clause.wordings]
    share, nearest = max(found, key=lambda pair: pair[0])
    kind = Ecart.ADAPTE if share >= ADAPTED else Ecart.REECRIT
    if share == 1.0:
        kind = Ecart.IDENTIQUE
    return Deviation(kind, clause, article, nearest, share)


def resemblance(wording: Wording, article: DraftArticle) -> float:
    """Return the share of words in common; 1 also when only the holes of the model were filled."""
    if _fits(wording.body, article.body) and _keys(wording.heading) == _keys(article.heading):
        return 1.0
    left = _keys(f"{wording.heading}\n{_HOLE.sub(HOLE, wording.body)}")
    right = _keys(f"{article.heading}\n{article.body}")
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    # On long wordings the words in common are counted, whatever their order.
    share = matcher.quick_ratio() if len(left) * len(right) > EXACT else matcher.ratio()
    # Blank lines and dashes lay a text out as well: the same words may still read otherwise.
    return min(share, 0.99)


def _fits(model: str, text: str) -> bool:
    """Whether a text is the model's, each hole of it holding some words of one line."""
    first, *pieces = [_plain(piece) for piece in _HOLE.split(model)]
    left = _plain(text)
    if not pieces:
        return left == first
    if not left.startswith(first):
        return False
    left = left[len(first) :]
    for piece in pieces[:-1]:
        held, found, left = left.partition(piece) if piece else (left, "", "")
        if not (held.strip() and found) or "¶" in held:
            return False
    held = left.removesuffix(pieces[-1])
    return left.endswith(pieces[-1]) and bool(held.strip()) and "¶" not in held


def _plain(text: str) -> str:
    lines = [_SPACES.sub(" ", line).rstrip() for line in text.replace("'", "’").splitlines()]
    return "¶".join(line for line in lines if line)


def _keys(text: str) -> list[str]:
    return [token.key for token in tokens(text)]
