"""A notebook of what acts did to a convention, and a slow way to read from it any day.

Nothing here knows of the product's tables nor of its fold: a text is a flat list of lines, played
again from its first day for each day that is asked.
"""

from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True)
class Line:
    code: int
    depth: int
    kind: str
    number: str
    heading: str
    body: str
    gone: bool = False


@dataclass
class Written:
    """One act in the notebook: its number once signed, and what it does, in order.

    A step or a fact without a day of its own takes effect with the act.
    """

    effective_on: date
    number: int | None = None
    steps: list[tuple[date | None, str, dict]] = field(default_factory=list)
    facts: list[tuple[date | None, tuple, object]] = field(default_factory=list)

    def does(self, verb: str, on: date | None = None, **what) -> None:
        self.steps.append((on, verb, what))

    def says(self, *key, value=None, on: date | None = None) -> None:
        """What holds under `key` from a day; None is that nothing does any more."""
        self.facts.append((on, key, value))

    @property
    def days(self) -> set[date]:
        said = [day for day, *_ in [*self.steps, *self.facts]]
        return {day or self.effective_on for day in said}


@dataclass
class Notebook:
    signed_on: date
    initial: list[Line] = field(default_factory=list)
    acts: list[Written] = field(default_factory=list)

    def begin(self, effective_on: date) -> Written:
        self.acts.append(Written(effective_on))
        return self.acts[-1]

    @property
    def days(self) -> list[date]:
        """Every day on which something signed changes."""
        return sorted({self.signed_on}.union(*(act.days for act in self._signed())))

    def _signed(self) -> list[Written]:
        return [act for act in self.acts if act.number is not None]

    def text(self, day: date) -> list[Line]:
        """What is read on a day: what is gone, and all beneath it, is left out."""
        lines = self._played(day) if day >= self.signed_on else []
        kept, hidden = [], None
        for line in lines:
            if hidden is not None and line.depth > hidden:
                continue
            hidden = line.depth if line.gone else None
            if not line.gone:
                kept.append(line)
        return kept

    def _played(self, day: date) -> list[Line]:
        lines = list(self.initial)
        steps = [
            (on or act.effective_on, act.number, rank, verb, what)
            for act in self._signed()
            for rank, (on, verb, what) in enumerate(act.steps)
        ]
        for on, *_, verb, what in sorted(steps, key=lambda step: step[:3]):
            if on <= day:
                _STEPS[verb](lines, **what)
        return lines

    def facts(self, day: date) -> dict[tuple, object]:
        """What holds on a day, the last to take effect prevailing."""
        said = [
            (on or act.effective_on, act.number, rank, key, value)
            for act in self._signed()
            for rank, (on, key, value) in enumerate(act.facts)
        ]
        held = {}
        for on, *_, key, value in sorted(said, key=lambda one: one[:3]):
            if on <= day:
                held[key] = value
        return {key: value for key, value in held.items() if value is not None}


def _where(lines: list[Line], code: int) -> int:
    return next(rank for rank, line in enumerate(lines) if line.code == code)


def _behind(lines: list[Line], rank: int) -> int:
    """The rank that follows a line and all it holds."""
    end = rank + 1
    while end < len(lines) and lines[end].depth > lines[rank].depth:
        end += 1
    return end


def _insert(lines: list[Line], *, line: Line, after: int | None, parent: int | None) -> None:
    if after is not None:
        rank = _where(lines, after)
        lines.insert(_behind(lines, rank), replace(line, depth=lines[rank].depth))
        return
    rank = -1 if parent is None else _where(lines, parent)
    depth = 1 if parent is None else lines[rank].depth + 1
    lines.insert(rank + 1, replace(line, depth=depth))


def _change(lines: list[Line], *, code: int, **values) -> None:
    rank = _where(lines, code)
    lines[rank] = replace(lines[rank], **values)


_STEPS = {"insert": _insert, "change": _change}
