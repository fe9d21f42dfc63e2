"""Two people wrote from the same text: what both did, kept together, or what they must settle.

The three-way merge goes line by line (a paragraph, an item, a row), then word by word where both
touched the same lines. Changes merge when some unchanged words part them; nearer ones are a
conflict, for «trois ans» made «cinq ans» here and «trois mois» there is not «cinq mois».
Nothing is ever dropped: what one wrote is in the merged text, or in a conflict that shows both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\S+")
# Words and the spaces between them: three unchanged words must part two changes.
WORDS_APART = 5


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: what it was, and what each made of it."""

    base: str
    mine: str
    theirs: str

    @property
    def is_conflict(self) -> bool:
        return self.base != self.mine != self.theirs != self.base

    @property
    def text(self) -> str:
        """What stands of it; in a conflict what I wrote, for me to settle."""
        return self.theirs if self.mine == self.base else self.mine


@dataclass(frozen=True)
class Merged:
    """A text put together piece by piece."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_conflict(self) -> bool:
        return any(piece.is_conflict for piece in self.pieces)


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Put together what `mine` and `theirs` each changed of `base`."""
    texts = [text.replace("\r\n", "\n").replace("\r", "\n") for text in (base, mine, theirs)]
    found: list[Piece] = []
    for piece in _merge(*(text.splitlines(keepends=True) for text in texts), apart=1):
        if piece.is_conflict:
            found += _merge(*map(_tokens, (piece.base, piece.mine, piece.theirs)), WORDS_APART)
        else:
            found.append(piece)
    return Merged(tuple(found))


def merge_value(base: str, mine: str, theirs: str) -> Merged:
    """Put together a value that is changed whole: a number, a title."""
    return Merged((Piece(base, mine, theirs),))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _merge(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], apart: int
) -> Iterator[Piece]:
    """Cut the three texts where both keep the base; `apart` tokens part two hunks."""
    ours, others = _changes(base, mine), _changes(base, theirs)
    done = 0
    for start, end in _hunks([*ours, *others], apart):
        if done < start:
            same = "".join(base[done:start])
            yield Piece(same, same, same)
        yield Piece(
            "".join(base[start:end]),
            _side(base, mine, ours, start, end),
            _side(base, theirs, others, start, end),
        )
        done = end
    rest = "".join(base[done:])
    if rest:
        yield Piece(rest, rest, rest)


@dataclass(frozen=True)
class _Change:
    """Tokens `start`–`end` of the base became tokens `new_start`–`new_end` of a side."""

    start: int
    end: int
    new_start: int
    new_end: int


def _changes(base: Sequence[str], side: Sequence[str]) -> list[_Change]:
    codes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [_Change(*places) for tag, *places in codes if tag != "equal"]


def _hunks(changes: Sequence[_Change], apart: int) -> list[tuple[int, int]]:
    """Join the changes that overlap or stand too near; those of one side alone do no harm."""
    joined: list[list[int]] = []
    for change in sorted(changes, key=lambda one: (one.start, one.end)):
        if joined and change.start < joined[-1][1] + apart:
            joined[-1][1] = max(joined[-1][1], change.end)
        else:
            joined.append([change.start, change.end])
    return [(start, end) for start, end in joined]


def _side(
    base: Sequence[str], side: Sequence[str], changes: Sequence[_Change], start: int, end: int
) -> str:
    """Return what one side says where the base says tokens `start`–`end`."""
    words: list[str] = []
    here = start
    for change in changes:
        if start <= change.start and change.end <= end:
            words += [*base[here : change.start], *side[change.new_start : change.new_end]]
            here = change.end
    return "".join([*words, *base[here:end]])
