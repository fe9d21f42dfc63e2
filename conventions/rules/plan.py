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


def places(nodes: Iterable[Node]) -> list[Place]:
    """Return the articles in reading order, each with its place and its automatic number.

    Articles are numbered 1, 1.1, 1.1.1; a preamble, a title or an annex bears no number and its
    own articles begin at 1 again below it. A node whose parent is not given stands at the root.
    """
    known = list(nodes)
    present = {node.pk for node in known}
    children = defaultdict(list)
    for node in sorted(known, key=lambda node: (node.rank, node.pk)):
        children[node.parent if node.parent in present else None].append(node)
    found: list[Place] = []

    def walk(parent: int | None, depth: int, prefix: str) -> None:
        rank = 0
        for node in children[parent]:
            number = ""
            if node.kind == ArticleKind.ARTICLE:
                rank += 1
                number = f"{prefix}{rank}"
            found.append(Place(node.pk, len(found) + 1, depth, number))
            walk(node.pk, depth + 1, f"{number}." if number else "")

    walk(None, 1, "")
    return found


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
