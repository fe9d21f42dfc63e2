"""The numbers an avenant gives: of what it inserts, and of what it pushes on.

An article put between 3 and 4 is «3 bis», then «3 ter»; one put between 3 and 3 bis is «3 bis A»;
one put before the first is «1 A». Or it takes the next number, and those behind move on by one.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Protocol

from conventions.enums import ArticleKind
from conventions.rules.plan import next_number

_LATIN = (
    "bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies",
    "undecies", "duodecies", "terdecies", "quaterdecies", "quindecies", "sexdecies",
    "septdecies", "octodecies", "novodecies", "vicies",
)  # fmt: skip
_TRANSPARENT = frozenset({ArticleKind.TITRE, ArticleKind.INTERTITRE})
_RANK = re.compile(r"(.*?)(\d+)")


class Numbered(Protocol):
    """An article of the text, as numbering needs it, in reading order."""

    article_id: int
    parent_id: int | None
    kind: str
    number: str


@dataclass(frozen=True)
class Spot:
    """A place in the text: inside `parent`, behind `after` (None: first of its parent)."""

    parent: int | None
    after: int | None


def inserted_number(text: Sequence[Numbered], spot: Spot) -> str:
    """Return the number of an article put at a place without moving the others on."""
    siblings, rank = _around(text, spot)
    taken = {article.number for article in text}
    if not siblings:
        parent = next((a.number for a in text if a.article_id == spot.parent), "")
        return next_number(parent, taken if not parent else ())
    following = _following(siblings[-1].number)
    if rank == len(siblings) and following and following not in taken:
        return following
    if rank == 0:
        return _lettered(siblings[0].number, taken)
    before = siblings[rank - 1].number
    later = siblings[rank].number if rank < len(siblings) else ""
    number = _latin(before, taken)
    base, _ = _cut(before)
    if later and _cut(later)[0] == base and _order(later) < _order(number):
        return _lettered(later, taken)
    return number


def pushed_on(text: Sequence[Numbered], spot: Spot) -> tuple[str, dict[int, str]]:
    """Return the next number for a newcomer, and the new numbers of those behind it, in order.

    Numbers go on through the titles and headings that group articles. What stands in an article
    follows its number: 4.1 becomes 5.1. Moving on stops at a gap, or at a number that is no plain
    rank («3 bis», «A»).
    """
    before, behind = _series(text, spot)
    if before:
        number = _following(before[-1].number)
    elif behind:
        number = behind[0].number
    else:
        return inserted_number(text, spot), {}
    moved: dict[int, str] = {}
    expected = number
    for article in behind:
        if not expected or article.number != expected:
            break
        expected = _following(article.number)
        moved |= _renamed(text, article, expected)
    return number or inserted_number(text, spot), moved


def _series(text: Sequence[Numbered], spot: Spot) -> tuple[list[Numbered], list[Numbered]]:
    """Return the articles numbered in one series with a place: those before it, those behind."""
    series = series_of(text)
    here = spot.parent
    if here in series and _kind(text, here) in _TRANSPARENT:
        here = series[here]
    inside = {spot.after} if spot.after is not None else set()
    last = -1
    for rank, article in enumerate(text):
        if article.parent_id in inside:
            inside.add(article.article_id)
        if article.article_id in inside or (not inside and article.article_id == spot.parent):
            last = rank
    ranked = [
        (rank, article)
        for rank, article in enumerate(text)
        if article.kind == ArticleKind.ARTICLE
        and article.number
        and series[article.article_id] == here
    ]
    return [a for r, a in ranked if r <= last], [a for r, a in ranked if r > last]


def series_of(text: Sequence[Numbered]) -> dict[int, int | None]:
    """Return, for each article, the one in which its number is counted (None: the whole text).

    Titles and headings count nothing: their articles go on with the numbers around them.
    """
    known = {article.article_id: article for article in text}
    found: dict[int, int | None] = {}
    for article in text:
        holder = known.get(article.parent_id)
        while holder is not None and holder.kind in _TRANSPARENT:
            holder = known.get(holder.parent_id)
        found[article.article_id] = holder.article_id if holder else None
    return found


def _kind(text: Sequence[Numbered], article: int) -> str:
    return next(one.kind for one in text if one.article_id == article)


def _around(text: Sequence[Numbered], spot: Spot) -> tuple[list[Numbered], int]:
    """Return the numbered siblings of a place, and how many of them stand before it."""
    siblings = [a for a in text if a.parent_id == spot.parent]
    kept = [a for a in siblings if a.kind == ArticleKind.ARTICLE and a.number]
    if spot.after is None:
        return kept, 0
    ids = [article.article_id for article in siblings]
    here = ids.index(spot.after) if spot.after in ids else len(ids) - 1
    return kept, sum(a.kind == ArticleKind.ARTICLE and bool(a.number) for a in siblings[: here + 1])


def _renamed(text: Iterable[Numbered], moved: Numbered, number: str) -> dict[int, str]:
    """Give an article its new number, and their new prefix to all it contains."""
    inside, found = {moved.article_id}, {moved.article_id: number}
    for article in text:
        if article.parent_id in inside:
            inside.add(article.article_id)
            if article.number.startswith(f"{moved.number}."):
                found[article.article_id] = number + article.number[len(moved.number) :]
    return found


def _following(number: str) -> str:
    """«3» → «4», «2.9» → «2.10»; nothing for what is no plain rank."""
    match = _RANK.fullmatch(number)
    return f"{match[1]}{int(match[2]) + 1}" if match else ""


def _cut(number: str) -> tuple[str, str]:
    """«3 bis A» is («3», «bis A»)."""
    base, _, rest = number.replace("\u00a0", " ").partition(" ")
    return base, rest


def _order(number: str) -> tuple[int, int, str]:
    """How a number stands among those of the same base: 3, 3 bis A, 3 bis, 3 ter."""
    words = _cut(number)[1].split()
    latin = _LATIN.index(words[0]) + 1 if words and words[0] in _LATIN else 0
    letter = words[-1] if words and words[-1].isupper() else ""
    return (latin, 0 if letter and latin else 1, letter)


def _latin(number: str, taken: Collection[str]) -> str:
    base, rest = _cut(number)
    words = rest.split()
    start = _LATIN.index(words[0]) + 1 if words and words[0] in _LATIN else 0
    if words and words[-1].isupper() and start:
        start -= 1  # Behind «3 bis A» stands «3 bis», if it is free.
    return next((n for word in _LATIN[start:] if (n := f"{base} {word}") not in taken), "")


def _lettered(number: str, taken: Collection[str]) -> str:
    """«3 bis A», and «3 bis AA» before it."""
    gap = "" if number.rpartition(" ")[2].isupper() else " "
    return next(
        (n for letter in ascii_uppercase if (n := f"{number}{gap}{letter}") not in taken), ""
    )
