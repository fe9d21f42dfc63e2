"""Coming dates on a line: near ones wide apart, far ones close together, labels never crossed.

The axis is logarithmic and says so in its title; a table beside it gives the same dates. A label
without room is left out, its knot stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import log1p

from accounts.rules.typographie import MOIS_COURTS

WIDTH = 1216
AXIS = 186
LANES = (22, 60, 98, 136)
LINE = 17
_NEAR = 18
_CHARACTER = 7
_ROOM = 54
_LONGEST = 38


@dataclass(frozen=True)
class Point:
    """One date: where it stands, and its label when it has room. `y` is the label's first line."""

    x: int
    day: date
    date_label: str
    label: str
    anchor: str
    y: int | None
    is_term: bool

    @property
    def label_x(self) -> int:
        return self.x - 8 if self.anchor == "end" else self.x + 8

    @property
    def second_y(self) -> int | None:
        return None if self.y is None else self.y + LINE

    @property
    def stem_y(self) -> int:
        return AXIS if self.y is None else self.y - 10


@dataclass(frozen=True)
class Tick:
    x: int
    label: str


@dataclass(frozen=True)
class Chronologie:
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]


def chronologie(dates: Iterable[tuple[date, str, bool]], *, on: date) -> Chronologie | None:
    """Lay out (day, title, is the term) after `on`; None when nothing is to come."""
    coming = _by_day(entry for entry in dates if entry[0] >= on)
    if not coming:
        return None
    span = max((coming[-1][0] - on).days * 1.06, 45)

    def place(day: date) -> int:
        return round(1 + (WIDTH - 2) * log1p((day - on).days / _NEAR) / log1p(span / _NEAR))

    layout = _Labels()
    points = tuple(layout.add(place(day), day, title, term, on=on) for day, title, term in coming)
    return Chronologie(points, tuple(_ticks(place, on, span)))


def _by_day(dates: Iterable[tuple[date, str, bool]]) -> list[tuple[date, str, bool]]:
    """One point a day: several dates on one day are counted, the table names them."""
    days: dict[date, list[tuple[str, bool]]] = {}
    for day, title, is_term in dates:
        days.setdefault(day, []).append((title, is_term))
    return [
        (
            day,
            rows[0][0] if len(rows) == 1 else f"{len(rows)} échéances",
            any(is_term for _, is_term in rows),
        )
        for day, rows in sorted(days.items())
    ]


def _ticks(place, on: date, span: float) -> list[Tick]:
    """The first of each month; a name only where it does not touch the one before."""
    ticks, last_label = [], 0
    day = _next_month(on)
    while (day - on).days <= span:
        x = place(day)
        name = MOIS_COURTS[day.month - 1]
        if day.month == 1:
            name = f"{name} {day.year}"
        has_room = x - last_label >= _ROOM + (16 if day.month == 1 else 0) and x < WIDTH - 24
        ticks.append(Tick(x, name if has_room else ""))
        last_label = x if has_room else last_label
        day = _next_month(day)
    return ticks


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


class _Labels:
    """Labels already laid: for each lane the spans taken, and the stems that rise through it."""

    def __init__(self) -> None:
        self.spans: list[list[tuple[int, int]]] = [[] for _ in LANES]
        self.stems: list[tuple[int, int]] = []

    def add(self, x: int, day: date, title: str, is_term: bool, *, on: date) -> Point:
        short = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
        name = f"{'1er' if day.day == 1 else day.day} {MOIS_COURTS[day.month - 1]}"
        name = f"{name} {day.year}" if day.year != on.year else name
        width = _CHARACTER * max(len(short), len(name)) + 16
        anchor = "end" if x + width > WIDTH else "start"
        left, right = (x - width, x) if anchor == "end" else (x, x + width)
        lane = self._free_lane(x, left, right)
        if lane is not None:
            self.spans[lane].append((left, right))
            self.stems.append((x, lane))
        y = None if lane is None else LANES[lane]
        return Point(x, day, name, short, anchor, y, is_term)

    def _free_lane(self, x: int, left: int, right: int) -> int | None:
        if left < 0:
            return None
        for lane in range(len(LANES)):
            free = all(right <= start or end <= left for start, end in self.spans[lane])
            rises = all(not start < x < end for spans in self.spans[lane:] for start, end in spans)
            clear = all(not left < stem < right or top > lane for stem, top in self.stems)
            if free and rises and clear:
                return lane
        return None
