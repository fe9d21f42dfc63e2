"""Bars of each year against their target, as numbers that a template only has to write down.

Figures stand in a column at the left of the bars, so that no label ever meets the dashed line of
the target. A value still provisional is outlined; what was not communicated has no bar, not a bar
of no length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from engagements.enums import IndicatorUnit
from engagements.rules.lecture import written

WIDTH, ORIGIN, LONGEST = 340, 122, 210
VALUE_X = ORIGIN - 10
STEP, BAR, ROOM = 26, 16, 24


@dataclass(frozen=True)
class Point:
    """A year: what was aimed at, what was observed, None for what nobody said.

    `void` where there was nothing to count, `known` is false where nobody said anything yet.
    """

    year: int
    target: Decimal | None
    value: Decimal | None
    provisional: bool = False
    void: bool = False
    known: bool = True


@dataclass(frozen=True)
class Bar:
    year: int
    y: int
    length: int
    label: str
    provisional: bool

    @property
    def baseline(self) -> int:
        """Where its figures stand."""
        return self.y + BAR - 4


@dataclass(frozen=True)
class Goal:
    """A dashed line across the neighbouring years that share one target, with its words."""

    x: int
    top: int
    bottom: int
    label: str

    @property
    def anchor(self) -> str:
        """Beyond the middle the words end at the line, so as not to leave the drawing."""
        return "end" if self.x > ORIGIN + LONGEST / 2 else "start"


@dataclass(frozen=True)
class TargetChart:
    """One indicator in one territory. `finding` says in a sentence what the drawing shows."""

    finding: str
    height: int
    bars: tuple[Bar, ...]
    goals: tuple[Goal, ...]

    width = WIDTH
    origin = ORIGIN
    value_x = VALUE_X
    bar_height = BAR


def target_chart(name: str, unit: IndicatorUnit, points: Sequence[Point]) -> TargetChart | None:
    """Draw the years in order; None when there is nothing to compare."""
    most = max((n for p in points for n in (p.target, p.value) if n is not None), default=None)
    if not most:
        return None
    scale = LONGEST / most
    bars, goals, y = [], [], 0
    previous: Decimal | None = None
    for point in points:
        if point.target is not None and point.target != previous:
            y += ROOM
            goals.append(_goal(point, scale, unit, top=y - 7))
        if point.target is not None:
            goals[-1] = _reaching(goals[-1], y + BAR + 4)
        previous = point.target
        bars.append(_bar(point, scale, unit, y))
        y += STEP
    return TargetChart(_finding(name, unit, points), y - STEP + BAR + 4, tuple(bars), tuple(goals))


def _goal(point: Point, scale: Decimal, unit: IndicatorUnit, *, top: int) -> Goal:
    x = ORIGIN + round(point.target * scale)
    return Goal(x, top, top, f"objectif\u00a0: {written(point.target, unit)}")


def _reaching(goal: Goal, bottom: int) -> Goal:
    return Goal(goal.x, goal.top, bottom, goal.label)


def _bar(point: Point, scale: Decimal, unit: IndicatorUnit, y: int) -> Bar:
    label = _label(point, unit)
    length = 0 if point.value is None else round(point.value * scale)
    return Bar(point.year, y, length, label, point.provisional)


def _label(point: Point, unit: IndicatorUnit) -> str:
    if not point.known:
        return "—"
    return "s.\u00a0o." if point.void else written(point.value, unit)


def _finding(name: str, unit: IndicatorUnit, points: Sequence[Point]) -> str:
    """«Logements agréés : 158 en 2017, 131 en 2018 (provisoire), pour un objectif de 170.»"""
    said = [_said(point, unit) for point in points]
    targets = {point.target for point in points if point.target is not None}
    if len(targets) == 1:
        aim = f", pour un objectif de {written(targets.pop(), unit)} par an"
    else:
        aims = (
            f"{written(point.target, unit)} en {point.year}"
            for point in points
            if point.target is not None
        )
        aim = f", pour des objectifs de {', '.join(aims)}" if targets else ""
    return f"{name}\u00a0: {', '.join(said)}{aim}."


def _said(point: Point, unit: IndicatorUnit) -> str:
    if not point.known:
        return f"rien encore pour {point.year}"
    if point.void:
        return f"sans objet en {point.year}"
    value = "non communiqué" if point.value is None else written(point.value, unit)
    return f"{value} en {point.year}{' (provisoire)' if point.provisional else ''}"
