"""The life of a text on a line: acts as knots, the day one reads, the term.

Numbers only; the template draws. Labels that would cover one another are left out: the sentence
above the drawing says everything it shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from territories.rules.french import short_date

WIDTH = 1216
_CHARACTER = 7
_GAP = 16


class Day(NamedTuple):
    """A day on which the text changes, and the acts that change it."""

    day: date
    name: str


@dataclass(frozen=True)
class Knot:
    """One act on the line; a blank label is one that had no room."""

    x: int
    day: date
    label: str
    anchor: str


@dataclass(frozen=True)
class Frise:
    knots: tuple[Knot, ...]
    read_x: int
    read_anchor: str
    term: Knot | None


def life_of_text(
    acts: Iterable[tuple[date, str]], *, term: date | None, read_on: date
) -> Frise | None:
    """Place acts (day, name), the reading and the term; None when nothing is signed yet."""
    acts = sorted(acts)
    if not acts:
        return None
    first = acts[0][0]
    last = max(read_on, acts[-1][0], term or read_on)
    span = max(1, (last - first).days)

    def place(day: date) -> int:
        return min(WIDTH, max(0, round(WIDTH * (day - first).days / span)))

    taken: list[tuple[int, int]] = []
    end = _knot(place(term), term, "terme", taken) if term else None
    knots = tuple(_knot(place(day), day, name, taken) for day, name in acts)
    return Frise(knots, place(read_on), _anchor(place(read_on)), end)


def _knot(x: int, day: date, name: str, taken: list[tuple[int, int]]) -> Knot:
    anchor = _anchor(x)
    label = f"{short_date(day)}, {name}"
    start, end = _reach(x, anchor, label)
    if any(start < right + _GAP and left < end + _GAP for left, right in taken):
        return Knot(x, day, "", anchor)
    taken.append((start, end))
    return Knot(x, day, label, anchor)


def _anchor(x: int) -> str:
    """Keep labels inside the drawing: from the left edge, to the right edge, else around."""
    if x < WIDTH * 0.12:
        return "start"
    return "end" if x > WIDTH * 0.88 else "middle"


def _reach(x: int, anchor: str, label: str) -> tuple[int, int]:
    width = _CHARACTER * len(label)
    start = {"start": x, "end": x - width, "middle": x - width // 2}[anchor]
    return start, start + width
