"""The arrangement of engagements into a balance: who owes what, in answer to what, side by side.

Pure and deterministic: the same engagements give the same rows, whatever order they come in. Within
a group (an article, a theme), promises tied by counterpart links form one row, with one cell a
party; what all parties owe stands between them; what some of three parties or more owe together is
told apart. A promise without its answer beside it says why: no link, or an answer elsewhere.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Owed:
    """What the arrangement needs to know of an engagement."""

    pk: int
    number: int
    group: Hashable
    debtors: frozenset[int]
    counterparts: frozenset[int] = frozenset()


class Lonely(StrEnum):
    """Why a row has nothing facing it."""

    NO = "no"
    # The other side owes nothing in the group: the text gives no counterpart there.
    WITHOUT = "without"
    # The other side owes something in the group, but nobody said it answers this.
    UNLINKED = "unlinked"
    # The answer is in another group, owed by all, or left out by the reader's filter.
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Row:
    """Promises that answer each other: one cell a party, in the order of the parties."""

    cells: tuple[tuple[int, ...], ...]
    lonely: Lonely = Lonely.NO
    elsewhere: tuple[int, ...] = ()

    @property
    def filled(self) -> list[int]:
        """The places of the parties that owe something in the row."""
        return [place for place, cell in enumerate(self.cells) if cell]


@dataclass(frozen=True)
class Group:
    """An article or a theme: its rows, then what several parties, or all, owe together."""

    key: Hashable
    rows: tuple[Row, ...] = ()
    shared: tuple[int, ...] = ()
    joint: tuple[int, ...] = ()

    @property
    def members(self) -> list[int]:
        alone = [pk for row in self.rows for cell in row.cells for pk in cell]
        return [*alone, *self.shared, *self.joint]


@dataclass
class _Layout:
    parties: Sequence[int]
    owed: dict[int, Owed]
    shown: Collection[int]
    sides: dict[Hashable, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for item in self.owed.values():
            if len(item.debtors) == 1:
                self.sides[item.group] |= item.debtors

    def is_joint(self, item: Owed) -> bool:
        return not item.debtors or 1 < len(self.parties) <= len(item.debtors)


def arrange(
    items: Iterable[Owed],
    *,
    parties: Sequence[int],
    groups: Sequence[Hashable],
    shown: Collection[int] | None = None,
) -> tuple[Group, ...]:
    """Return the groups that hold something, in the order of `groups`, unknown ones last.

    `shown` keeps only some engagements, without forgetting what the others answer.
    """
    owed = {item.pk: item for item in sorted(items, key=lambda item: (item.number, item.pk))}
    layout = _Layout(parties, owed, owed.keys() if shown is None else shown)
    by_group: dict[Hashable, list[Owed]] = {key: [] for key in groups}
    for item in owed.values():
        by_group.setdefault(item.group, []).append(item)
    arranged = (_group(key, members, layout) for key, members in by_group.items())
    return tuple(group for group in arranged if group.members)


def _group(key: Hashable, members: list[Owed], layout: _Layout) -> Group:
    joint = [item for item in members if layout.is_joint(item)]
    single = [item for item in members if len(item.debtors) == 1 and item not in joint]
    shared = [item for item in members if item not in joint and item not in single]
    rows = (_row(component, layout) for component in _components(single))
    return Group(
        key=key,
        rows=tuple(_merged(row for row in rows if row.filled)),
        shared=_shown(shared, layout),
        joint=_shown(joint, layout),
    )


def _components(items: list[Owed]) -> Iterator[list[Owed]]:
    """Yield the sets of promises tied together by counterpart links, in the order of numbers."""
    ties: dict[int, set[int]] = {item.pk: set() for item in items}
    for item in items:
        for other in item.counterparts & ties.keys():
            ties[item.pk].add(other)
            ties[other].add(item.pk)
    seen: set[int] = set()
    for item in items:
        if item.pk in seen:
            continue
        reached, waiting = {item.pk}, [item.pk]
        while waiting:
            fresh = ties[waiting.pop()] - reached
            reached |= fresh
            waiting.extend(fresh)
        seen |= reached
        yield [other for other in items if other.pk in reached]


def _row(component: list[Owed], layout: _Layout) -> Row:
    kept = [item for item in component if item.pk in layout.shown]
    cells = tuple(
        tuple(item.pk for item in kept if party in item.debtors) for party in layout.parties
    )
    if sum(map(bool, cells)) != 1:
        return Row(cells)
    here = {item.pk for item in kept}
    links = {pk for item in kept for pk in item.counterparts if pk in layout.owed} - here
    elsewhere = tuple(pk for pk in layout.owed if pk in links)
    return Row(cells, _why_lonely(kept[0], elsewhere, layout), elsewhere)


def _why_lonely(item: Owed, elsewhere: tuple[int, ...], layout: _Layout) -> Lonely:
    if elsewhere:
        return Lonely.ELSEWHERE
    others = layout.sides[item.group] - item.debtors
    return Lonely.UNLINKED if others else Lonely.WITHOUT


def _merged(rows: Iterable[Row]) -> Iterator[Row]:
    """Join neighbours that stand alone on the same side for the same reason: said once."""
    waiting: Row | None = None
    for row in rows:
        if waiting is not None and _same_silence(waiting, row):
            cells = tuple(a + b for a, b in zip(waiting.cells, row.cells, strict=True))
            waiting = Row(cells, row.lonely)
            continue
        if waiting is not None:
            yield waiting
        waiting = row
    if waiting is not None:
        yield waiting


def _same_silence(one: Row, other: Row) -> bool:
    silent = {Lonely.WITHOUT, Lonely.UNLINKED}
    return one.lonely in silent and one.lonely == other.lonely and one.filled == other.filled


def _shown(items: list[Owed], layout: _Layout) -> tuple[int, ...]:
    return tuple(item.pk for item in items if item.pk in layout.shown)
