"""Two bodies compared passage by passage: paragraphs, items of lists, rows of tables.

Passages are set face to face first, those that read alike together, then compared word by word: a
paragraph put in among others is one addition, never ten changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from conventions.rules.comparaison_mots import (
    Segment,
    Token,
    compare_tokens,
    matches,
    tokens,
    words_of,
)
from conventions.rules.texte import Block, BlockKind, blocks, runs

# Two passages that share less than this are one that goes and one that comes.
_ALIKE = 0.35
# Beyond so many pairs, each passage looks for its like among its neighbours only.
_FACE_TO_FACE = 2_500
_NEIGHBOURS = 12


class PassageKind(StrEnum):
    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADER = "header"
    ROW = "row"


class PassageStatus(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    INSERTED = "inserted"
    REMOVED = "removed"


@dataclass(frozen=True)
class Passage:
    """A passage of either text. `cells` has one entry, or one a cell for the rows of a table.

    `mark` is what stands before an item, «–» or «2.», and `level` how deep it stands.
    """

    kind: PassageKind
    status: PassageStatus
    cells: tuple[tuple[Segment, ...], ...]
    level: int = 0
    mark: str = ""


@dataclass(frozen=True)
class _Unit:
    kind: PassageKind
    cells: tuple[tuple[Token, ...], ...]
    level: int = 0
    mark: str = ""

    @property
    def key(self) -> tuple:
        words = tuple(tuple((t.key, t.bold) for t in cell) for cell in self.cells)
        return self.kind, self.level, words

    @cached_property
    def words(self) -> frozenset[str]:
        return words_of(token for cell in self.cells for token in cell)


def compare_bodies(old: str, new: str) -> list[Passage]:
    """Compare two bodies written in the small markup of `texte`."""
    return _compared(_units_of(blocks(old)), _units_of(blocks(new)))


def compare_sequences(old: Sequence[str], new: Sequence[str]) -> list[Passage]:
    """Compare two lists of plain wordings: visas, definitions, sentences of clauses."""
    return _compared([_line(text) for text in old], [_line(text) for text in new])


def _line(text: str) -> _Unit:
    return _Unit(PassageKind.PARAGRAPH, (tuple(tokens(text)),))


# A body as units ----------------------------------------------------------------------------------


def _units_of(wording: Iterable[Block]) -> list[_Unit]:
    return [unit for block in wording for unit in _units(block)]


def _units(block: Block, level: int = 0) -> Iterator[_Unit]:
    if block.kind == BlockKind.LIST:
        yield from _items(block, level)
    elif block.kind == BlockKind.TABLE:
        if block.header:
            yield _Unit(PassageKind.HEADER, tuple(map(_words, block.header)))
        for row in block.rows:
            yield _Unit(PassageKind.ROW, tuple(map(_words, row)))
    elif block.text:
        yield _Unit(PassageKind.PARAGRAPH, (_words(block.text),))


def _items(block: Block, level: int) -> Iterator[_Unit]:
    for rank, item in enumerate(block.items):
        mark = "–" if block.start is None else f"{block.start + rank}."
        yield _Unit(PassageKind.ITEM, (_words(item.text),), level, mark)
        for inner in item.lists:
            yield from _items(inner, level + 1)


def _words(markup: str) -> tuple[Token, ...]:
    """Cut by style, then by word; a reference is one word, whatever number it reads as."""
    found: list[Token] = []
    for run in runs(markup):
        text = run.text if run.reference is None else f"{{{{art:{run.reference}}}}}"
        found += tokens(text, bold=run.bold)
    return tuple(found)


# Face to face ------------------------------------------------------------------------------------


def _compared(old: Sequence[_Unit], new: Sequence[_Unit]) -> list[Passage]:
    found: list[Passage] = []
    at = other_at = 0
    same = matches([unit.key for unit in old], [unit.key for unit in new])
    for start, other_start, size in [*same, (len(old), len(new), 0)]:
        found += _replaced(old[at:start], new[other_at:other_start])
        for rank in range(size):
            found.append(_passage(old[start + rank], new[other_start + rank]))
        at, other_at = start + size, other_start + size
    return found


def _replaced(old: Sequence[_Unit], new: Sequence[_Unit]) -> list[Passage]:
    """Passages between two that stay: pairs that read alike, the rest gone or come."""
    found: list[Passage] = []
    at = other_at = 0
    for start, other_start in [*_pairs(old, new), (len(old), len(new))]:
        found += [_gone(unit) for unit in old[at:start]]
        found += [_come(unit) for unit in new[other_at:other_start]]
        if start < len(old):
            found.append(_passage(old[start], new[other_start]))
        at, other_at = start + 1, other_start + 1
    return found


def _pairs(old: Sequence[_Unit], new: Sequence[_Unit]) -> list[tuple[int, int]]:
    if len(old) == len(new) == 1:
        return [(0, 0)] if _may_face(old[0], new[0]) else []
    if len(old) * len(new) > _FACE_TO_FACE:
        return _near_pairs(old, new)
    return _best_pairs(old, new)


def _best_pairs(old: Sequence[_Unit], new: Sequence[_Unit]) -> list[tuple[int, int]]:
    """The pairs in order whose likeness adds up to most, by the usual table."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for here in range(len(old) - 1, -1, -1):
        for there in range(len(new) - 1, -1, -1):
            paired = _likeness(old[here], new[there]) + best[here + 1][there + 1]
            best[here][there] = max(best[here + 1][there], best[here][there + 1], paired)
    found: list[tuple[int, int]] = []
    here = there = 0
    while here < len(old) and there < len(new):
        if best[here][there] == best[here + 1][there]:
            here += 1
        elif best[here][there] == best[here][there + 1]:
            there += 1
        else:
            found.append((here, there))
            here, there = here + 1, there + 1
    return found


def _near_pairs(old: Sequence[_Unit], new: Sequence[_Unit]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    here = 0
    for there, unit in enumerate(new):
        near = range(here, min(here + _NEIGHBOURS, len(old)))
        rank = max(near, key=lambda at: _likeness(old[at], unit), default=None)
        if rank is not None and _likeness(old[rank], unit):
            found.append((rank, there))
            here = rank + 1
    return found


def _likeness(old: _Unit, new: _Unit) -> float:
    """Nothing when the two should not face one another."""
    if not _may_face(old, new):
        return 0.0
    total = len(old.words) + len(new.words)
    shared = 2 * len(old.words & new.words) / total if total else 0.0
    return shared if shared >= _ALIKE else 0.0


def _may_face(old: _Unit, new: _Unit) -> bool:
    """A paragraph may become an item; the columns of a table stay the same."""
    return len(old.cells) == len(new.cells)


def _passage(old: _Unit, new: _Unit) -> Passage:
    cells = tuple(
        tuple(compare_tokens(was, now)) for was, now in zip(old.cells, new.cells, strict=True)
    )
    same = all(segment.kind == "equal" for cell in cells for segment in cell)
    status = PassageStatus.UNCHANGED if same else PassageStatus.CHANGED
    return Passage(new.kind, status, cells, new.level, new.mark)


def _gone(unit: _Unit) -> Passage:
    cells = tuple(tuple(compare_tokens(cell, ())) for cell in unit.cells)
    return Passage(unit.kind, PassageStatus.REMOVED, cells, unit.level, unit.mark)


def _come(unit: _Unit) -> Passage:
    cells = tuple(tuple(compare_tokens((), cell)) for cell in unit.cells)
    return Passage(unit.kind, PassageStatus.INSERTED, cells, unit.level, unit.mark)
