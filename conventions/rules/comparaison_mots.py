"""Two wordings compared word by word, in phrases a reader can follow.

A word is what French calls one: «l’», «qu’», «aujourd’hui», «2.2.1», «10 000 €», «1er». Apostrophes
and hyphens of another shape, spaces of another width are not differences: the text reads the same.
Words that change close together are told together, so that nobody has to read confetti.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

Kind = Literal["equal", "inserted", "removed"]

_LETTERS = r"[^\W_][\w\u0300-\u036f]*"
_SPACE = r"[ \t\u00a0\u202f]"
_NUMBER = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,/-]\d+)*"
_TOKEN = re.compile(
    rf"""
    \{{\{{art:[^{{}}\s]+\}}\}}                          # a reference to an article
    | (?:{_NUMBER})(?:er|re|e|ème|nde?)?(?:{_SPACE}?(?:%|‰|€|[kM]€|m²|m2)(?!\w))?
    | (?:[Aa]ujourd|[Pp]rud|[Pp]resqu|[Qq]uelqu)['’]{_LETTERS}
    | [^\W\d_]{{1,8}}['’](?=\w)                         # an elision holds to no word
    | {_LETTERS}(?:[-\u2010\u2011]{_LETTERS})*
    | \*\*
    | \S
    """,
    re.VERBOSE,
)
_BLANK = re.compile(r"\s+")
_SAME = str.maketrans({"’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-"})
_STOP = frozenset(".;:!?")

# Beyond so many pairs of words the exact search is left for words that occur once on both sides.
_EXACT = 20_000
# What stays between two changes is told with them up to this weight: «de la», «le comité».
_SHORT = 3
_LITTLE_WORD = 3
# Under this share of words in common the two wordings are better read one after the other.
_ALIKE = 0.2


class Token(NamedTuple):
    """A word with the space that follows it; `key` is what tells it from another."""

    text: str
    key: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage that stays, comes or goes. What stays is `text` now and was `before` then."""

    kind: Kind
    text: str
    before: str = ""
    bold: bool = False


def tokens(text: str, *, bold: bool = False) -> list[Token]:
    """Cut a wording into words, losing nothing of it: joined back they are the text."""
    starts = [match.start() for match in _TOKEN.finditer(text)]
    if not starts:
        return [Token(text, "", bold)] if text else []
    starts[0] = 0
    edges = [*starts, len(text)]
    return [
        Token(piece, _key(piece), bold)
        for piece in (text[start:end] for start, end in pairwise(edges))
    ]


@lru_cache(maxsize=16_384)
def _key(piece: str) -> str:
    key = _BLANK.sub("", piece).translate(_SAME)
    return key if key.isascii() else unicodedata.normalize("NFC", key)


def compare_words(old: str, new: str) -> list[Segment]:
    """Compare two plain wordings.

    What stays and what goes, in order, is the old text; what stays and what comes, the new one.
    """
    if old == new:
        return [Segment("equal", new, old)] if new else []
    return compare_tokens(tokens(old), tokens(new))


def compare_tokens(old: Sequence[Token], new: Sequence[Token]) -> list[Segment]:
    """The same for words already cut, whose bold must tell them apart."""
    left = [(token.key, token.bold) for token in old]
    right = [(token.key, token.bold) for token in new]
    pieces = _gathered(_slid(_pieces(left, right), left, right), old, new)
    if _is_rewritten(pieces, old, new):
        pieces = [_Piece(0, len(old), 0, len(new), same=False)]
    return [segment for piece in pieces for segment in _told(piece, old, new)]


@lru_cache(maxsize=16_384)
def _weight_of(key: str) -> int:
    """Nothing for punctuation, little for «de» or «les», more for a word that says a thing."""
    if not any(character.isalnum() for character in key):
        return 0
    return 1 if len(key) <= _LITTLE_WORD else 2


def words_of(wording: Iterable[Token]) -> frozenset[str]:
    """Return the words of a wording, once each, to know quickly what it may be a version of."""
    return frozenset(token.key for token in wording if _weight_of(token.key))


# Finding what stays ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """Ranges of both wordings that are the same, or that replace one another."""

    start: int
    end: int
    other_start: int
    other_end: int
    same: bool

    @property
    def is_one_sided(self) -> bool:
        return self.start == self.end or self.other_start == self.other_end


def _pieces(left: Sequence, right: Sequence) -> list[_Piece]:
    """Cover both sequences by pieces in turn the same and changed."""
    found: list[_Piece] = []
    at = other_at = 0
    for start, other_start, size in [*matches(left, right), (len(left), len(right), 0)]:
        if start > at or other_start > other_at:
            found.append(_Piece(at, start, other_at, other_start, same=False))
        if size:
            found.append(_Piece(start, start + size, other_start, other_start + size, same=True))
        at, other_at = start + size, other_start + size
    return found


def matches(left: Sequence, right: Sequence) -> list[tuple[int, int, int]]:
    """Return (start, other start, size) of what two sequences share, in order.

    Exact where it is cheap; a huge rewritten passage is cut at what occurs once on both sides,
    and is taken as replaced where nothing does: its cost never grows with the square of its size.
    """
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(left), 0, len(right))]
    while waiting:
        start, end, other_start, other_end = waiting.pop()
        head = _common(left, right, range(start, end), range(other_start, other_end))
        if head:
            found.append((start, other_start, head))
        start, other_start = start + head, other_start + head
        tail = _common(
            left, right, range(end - 1, start - 1, -1), range(other_end - 1, other_start - 1, -1)
        )
        if tail:
            found.append((end - tail, other_end - tail, tail))
        end, other_end = end - tail, other_end - tail
        if (end - start) * (other_end - other_start) <= _EXACT:
            found += _exact(left, right, start, end, other_start, other_end)
        else:
            waiting += _around_anchors(left, right, start, end, other_start, other_end)
    return _joined(sorted(found))


def _common(left: Sequence, right: Sequence, here: range, there: range) -> int:
    size = 0
    for mine, other in zip(here, there, strict=False):
        if left[mine] != right[other]:
            break
        size += 1
    return size


def _exact(left, right, start, end, other_start, other_end) -> list[tuple[int, int, int]]:
    if start == end or other_start == other_end:
        return []
    matcher = SequenceMatcher(None, left[start:end], right[other_start:other_end], autojunk=False)
    return [
        (start + one, other_start + other, size)
        for one, other, size in matcher.get_matching_blocks()
        if size
    ]


def _around_anchors(left, right, start, end, other_start, other_end):
    """Ranges between the words that occur once on both sides, in the longest run they keep."""
    once = _once(left, start, end)
    once_there = _once(right, other_start, other_end)
    pairs = sorted((at, once_there[key]) for key, at in once.items() if key in once_there)
    anchors = [pairs[rank] for rank in longest_rising([there for _here, there in pairs])]
    if not anchors:
        return []
    edges = [*anchors, (end, other_end)]
    # Each range begins by its anchor, which is the same on both sides: the next look takes it.
    ranges = [(start, edges[0][0], other_start, edges[0][1])]
    return ranges + [(a, b, c, d) for (a, c), (b, d) in pairwise(edges)]


def _once(sequence: Sequence, start: int, end: int) -> dict:
    found: dict = {}
    for rank in range(start, end):
        found[sequence[rank]] = None if sequence[rank] in found else rank
    return {key: rank for key, rank in found.items() if rank is not None}


def longest_rising(values: Sequence[int]) -> list[int]:
    """Return the ranks of the longest rising run among `values`, skipping as few as can be."""
    tails: list[int] = []
    before: list[int] = []
    for rank, value in enumerate(values):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if values[tails[middle]] < value else (low, middle)
        before.append(tails[low - 1] if low else -1)
        tails[low : low + 1] = [rank]
    run: list[int] = []
    rank = tails[-1] if tails else -1
    while rank >= 0:
        run.append(rank)
        rank = before[rank]
    return run[::-1]


def _joined(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Neighbours that touch on both sides are one."""
    joined: list[tuple[int, int, int]] = []
    for start, other, size in found:
        if joined and joined[-1][0] + joined[-1][2] == start:
            one, two, length = joined[-1]
            if two + length == other:
                joined[-1] = (one, two, length + size)
                continue
        joined.append((start, other, size))
    return joined


# Making it readable ------------------------------------------------------------------------------


def _slid(pieces: list[_Piece], left: Sequence, right: Sequence) -> list[_Piece]:
    """Slide what only comes or only goes to the edge of a sentence, when its words allow it.

    «Les parties [se réunissent. Les parties] s’engagent» says less than «[Les parties se
    réunissent.] Les parties s’engagent», and both are true.
    """
    pieces = list(pieces)
    for rank in range(1, len(pieces) - 1):
        before, change, after = pieces[rank - 1 : rank + 2]
        if change.same or not change.is_one_sided or not (before.same and after.same):
            continue
        goes = change.start < change.end
        words = left if goes else right
        start, end = (change.start, change.end) if goes else (change.other_start, change.other_end)
        back = _best_slide(words, start, end, room=before.end - before.start)
        if back:
            pieces[rank - 1 : rank + 2] = _moved_back(before, change, after, back)
    return [piece for piece in pieces if not piece.same or piece.start < piece.end]


def _best_slide(words: Sequence, start: int, end: int, *, room: int) -> int:
    """How many words back the change reads best: between two sentences, else where it is."""
    for back in range(min(room, 60) + 1):
        if back and words[start - back] != words[end - back]:
            return 0
        opens = start == back or words[start - back - 1][0] in _STOP
        if opens and words[end - back - 1][0] in _STOP:
            return back
    return 0


def _moved_back(before: _Piece, change: _Piece, after: _Piece, back: int) -> list[_Piece]:
    def moved(piece: _Piece, *, start: int, end: int) -> _Piece:
        return _Piece(
            piece.start - start,
            piece.end - end,
            piece.other_start - start,
            piece.other_end - end,
            piece.same,
        )

    return [
        moved(before, start=0, end=back),
        moved(change, start=back, end=back),
        moved(after, start=back, end=0),
    ]


def _gathered(pieces: list[_Piece], old: Sequence[Token], new: Sequence[Token]) -> list[_Piece]:
    """Tell with their neighbours the few words that stay between two changes longer than them."""
    kept: list[_Piece] = []
    for piece in pieces:
        kept.append(piece)
        while len(kept) >= 3 and _is_confetti(kept[-3:], old, new):
            first, last = kept[-3], kept[-1]
            kept[-3:] = [
                _Piece(first.start, last.end, first.other_start, last.other_end, same=False)
            ]
    return kept


def _is_confetti(three: Sequence[_Piece], old: Sequence[Token], new: Sequence[Token]) -> bool:
    first, between, last = three
    if first.same or last.same or not between.same:
        return False
    staying = _weight(new[between.other_start : between.other_end])
    return staying <= min(_SHORT, _at_stake(first, old, new), _at_stake(last, old, new))


def _weight(words: Sequence[Token]) -> int:
    return sum(_weight_of(token.key) for token in words)


def _at_stake(piece: _Piece, old: Sequence[Token], new: Sequence[Token]) -> int:
    gone = _weight(old[piece.start : piece.end])
    return max(gone, _weight(new[piece.other_start : piece.other_end]))


def _is_rewritten(pieces: list[_Piece], old: Sequence[Token], new: Sequence[Token]) -> bool:
    """Whether too little stays for an interleaved reading to help anyone."""
    staying = sum(_weight(old[piece.start : piece.end]) for piece in pieces if piece.same)
    total = _weight(old) + _weight(new)
    return len(pieces) > 2 and 2 * staying < _ALIKE * total


def _told(piece: _Piece, old: Sequence[Token], new: Sequence[Token]) -> list[Segment]:
    """What goes before what comes; passages of different weight are told apart."""
    was, now = old[piece.start : piece.end], new[piece.other_start : piece.other_end]
    if piece.same:
        return [
            Segment("equal", _text(new_run), _text(old_run), bold)
            for bold, old_run, new_run in _runs(was, now)
        ]
    gone = [Segment("removed", _text(run), _text(run), bold) for bold, run, _ in _runs(was, was)]
    come = [Segment("inserted", _text(run), "", bold) for bold, run, _ in _runs(now, now)]
    return gone + come


def _text(run: Sequence[Token]) -> str:
    return "".join(token.text for token in run)


def _runs(was: Sequence[Token], now: Sequence[Token]):
    """Cut two equal runs of words where their weight changes."""
    start = 0
    for rank in range(1, len(now) + 1):
        if rank == len(now) or now[rank].bold != now[start].bold:
            yield now[start].bold, was[start:rank], now[start:rank]
            start = rank
