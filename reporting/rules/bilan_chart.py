"""Bars of a year against their target, drawn to scale for paper: numbers only, in drawing units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.rules.typographie import nombre

ORIGIN, WIDTH, STEP, FIRST = 40, 330, 24, 38
UNITS = {"pourcent": "\u00a0%", "euros": "\u00a0€", "nombre": ""}


@dataclass(frozen=True)
class Bar:
    year: int
    y: int
    length: int
    label: str
    inside: bool
    provisional: bool

    @property
    def middle(self) -> int:
        return self.y + 12

    @property
    def label_x(self) -> int:
        return ORIGIN + self.length + (-6 if self.inside else 6)


@dataclass(frozen=True)
class Goal:
    """A dashed line over the years that share one target."""

    x: int
    top: int
    bottom: int
    label: str


@dataclass(frozen=True)
class Chart:
    """One indicator in one territory. `finding` says in words what the drawing shows."""

    name: str
    finding: str
    height: int
    bars: tuple[Bar, ...]
    goals: tuple[Goal, ...]


def charts(indicators: Iterable[Mapping]) -> list[Chart]:
    """One chart for each indicator and territory that has a target and two known values at most."""
    found = []
    for indicator in indicators:
        places = dict.fromkeys(row["territory"] for row in indicator["rows"])
        for place in places:
            rows = [row for row in indicator["rows"] if row["territory"] == place]
            known = [row for row in rows if row["value"] is not None]
            if known and any(row["target"] for row in rows):
                found.append(_chart(indicator, place, rows, alone=len(places) == 1))
    return found


def _chart(indicator: Mapping, place: str, rows: Sequence[Mapping], *, alone: bool) -> Chart:
    unit = UNITS[indicator["unit"]]
    most = max(Decimal(row[key]) for row in rows for key in ("value", "target") if row[key])
    scale = Decimal(WIDTH) / most if most else Decimal(0)
    bars = tuple(_bar(row, rank, scale, unit) for rank, row in enumerate(rows))
    name = indicator["name"] if alone else f"{indicator['name']}, {place}"
    return Chart(
        name=name,
        finding=_finding(name, rows, unit),
        height=FIRST + STEP * len(rows) + 6,
        bars=bars,
        goals=tuple(_goals(rows, scale, unit)),
    )


def _bar(row: Mapping, rank: int, scale: Decimal, unit: str) -> Bar:
    value = Decimal(row["value"]) if row["value"] is not None else None
    length = int((value or 0) * scale)
    label = _unknown(row) if value is None else nombre(value) + unit
    return Bar(
        year=row["year"],
        y=FIRST + STEP * rank,
        length=length,
        label=label,
        inside=length > 60 and row["status"] != "provisoire",
        provisional=row["status"] == "provisoire",
    )


def _unknown(row: Mapping) -> str:
    """«n. c.» is an answer; a year nobody has answered for yet is a dash."""
    return "n.\u00a0c." if row["status"] == "non_communique" else "–"


def _goals(rows: Sequence[Mapping], scale: Decimal, unit: str) -> Iterable[Goal]:
    """Neighbouring years with the same target share one line."""
    start = 0
    for rank in range(1, len(rows) + 1):
        if rank < len(rows) and rows[rank]["target"] == rows[start]["target"]:
            continue
        target = rows[start]["target"]
        if target is not None:
            yield Goal(
                x=ORIGIN + int(Decimal(target) * scale),
                top=FIRST + STEP * start - 9,
                bottom=FIRST + STEP * rank - 4,
                label=f"objectif\u00a0: {nombre(Decimal(target))}{unit}",
            )
        start = rank


def _finding(name: str, rows: Sequence[Mapping], unit: str) -> str:
    said = []
    for row in rows:
        value = row["value"]
        if value is None:
            words = "non communiqué" if row["status"] == "non_communique" else "sans valeur"
        else:
            words = nombre(Decimal(value)) + unit
        if row["target"] is not None:
            words += f" pour un objectif de {nombre(Decimal(row['target']))}{unit}"
        said.append(f"{words} en {row['year']}")
    return f"{name}\u00a0: {', '.join(said)}."
