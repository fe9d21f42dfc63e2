"""The plan of a text: reading order, depth and numbers of a tree of articles."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from conventions.enums import ArticleKind


@dataclass(frozen=True)
class Node:
    """One article in the plan; `rank` orders it among those of the same parent."""

    pk: int
    parent: int | None
    rank: int
    kind: str = ArticleKind.ARTICLE


@dataclass(frozen=True)
class Place:
    """Where an article stands: `position` in the whole text, `depth` under its parents."""

    pk: int
    position: int
    depth: int
    number: str


# Those whose articles go on with the numbers of the text around them.
_TRANSPARENT = frozenset({ArticleKind.TITRE, ArticleKind.INTERTITRE})
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass
class _Series:
    """How far the numbers have gone, under one prefix."""

    prefix: str = ""
    articles: int = 0
    annexes: int = 0

    def number(self, kind: str, titles: int) -> str:
        if kind == ArticleKind.ARTICLE:
            self.articles += 1
            return f"{self.prefix}{self.articles}"
        if kind == ArticleKind.ANNEXE:
            self.annexes += 1
            return str(self.annexes)
        return roman(titles) if kind == ArticleKind.TITRE else ""


def places(nodes: Iterable[Node]) -> list[Place]:
    """Return the articles in reading order, each with its place and its automatic number.

    Articles are numbered 1, 1.1, 1.1.1, on through the titles (I, II) and headings that group
    them; annexes have their own series, and what stands in an annex or a preamble begins at 1
    again. A node whose parent is not given stands at the root.
    """
    known = list(nodes)
    present = {node.pk for node in known}
    children = defaultdict(list)
    for node in sorted(known, key=lambda node: (node.rank, node.pk)):
        children[node.parent if node.parent in present else None].append(node)
    found: list[Place] = []

    def walk(parent: int | None, depth: int, series: _Series) -> None:
        titles = 0
        for node in children[parent]:
            titles += node.kind == ArticleKind.TITRE
            number = series.number(node.kind, titles)
            found.append(Place(node.pk, len(found) + 1, depth, number))
            inner = f"{number}." if node.kind == ArticleKind.ARTICLE else ""
            within = series if node.kind in _TRANSPARENT else _Series(inner)
            walk(node.pk, depth + 1, within)

    walk(None, 1, _Series())
    return found


def roman(rank: int) -> str:
    """Write a rank as titles do: I, II, III, IV."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (rank // value)
        rank %= value
    return written


def descendants(pk: int, nodes: Iterable[Node]) -> set[int]:
    """Return the articles under one, at any depth, itself excluded."""
    known = list(nodes)
    found: set[int] = set()
    edge = {pk}
    while edge:
        edge = {node.pk for node in known if node.parent in edge} - found
        found |= edge
    return found


def next_number(parent: str, siblings: Iterable[str]) -> str:
    """Return the number that follows those of the siblings, under their parent's own number.

    Numbers that people chose otherwise («A», «bis») are passed over.
    """
    prefix = f"{parent}." if parent else ""
    taken = [number.removeprefix(prefix) for number in siblings if number.startswith(prefix)]
    ranks = [int(rank) for rank in taken if rank.isascii() and rank.isdigit()]
    return f"{prefix}{max(ranks, default=0) + 1}"
