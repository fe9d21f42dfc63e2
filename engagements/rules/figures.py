"""Targets and results read together: the gap of a year, what may be added up, what may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.rules.typographie import accord, nombre, pluriel
from engagements.enums import IndicatorUnit
from engagements.rules.lecture import written


@dataclass(frozen=True)
class Sum:
    """A total over years: results count only where there are some, and it says so."""

    target: Decimal | None
    value: Decimal | None
    years: int
    known: int

    @property
    def note(self) -> str:
        if self.known == self.years:
            return f"sur {pluriel(self.years, 'an')}"
        return f"{pluriel(self.known, 'année')} sur {nombre(self.years)} {_known(self.known)}"


def _known(count: int) -> str:
    return accord(count, "connue")


@dataclass(frozen=True)
class Year:
    target: Decimal | None
    value: Decimal | None


def total(years: Sequence[Year], *, adds_up: bool) -> Sum | None:
    """Add years up, only for what may be added: never a stock, never a share."""
    if not adds_up or len(years) < 2:
        return None
    targets = [year.target for year in years if year.target is not None]
    values = [year.value for year in years if year.value is not None]
    return Sum(
        target=sum(targets, Decimal(0)) if len(targets) == len(years) else None,
        value=sum(values, Decimal(0)) if values else None,
        years=len(years),
        known=len(values),
    )


def gap(value: Decimal | None, target: Decimal | None, unit: IndicatorUnit) -> str:
    """«+ 4», «− 39», «− 3,2 points»; nothing when either is unknown."""
    if value is None or target is None:
        return ""
    difference = value - target
    if not difference:
        return "0"
    sign = "+" if difference > 0 else "−"
    if unit == IndicatorUnit.POURCENT:
        points = abs(difference)
        return f"{sign}\u00a0{nombre(points)}\u00a0{accord(points, 'point')}"
    return f"{sign}\u00a0{written(abs(difference), unit)}"


def of_communes(parts: Decimal, communes: int, value: Decimal | None, unit: IndicatorUnit) -> str:
    """How the communes' values add up beside the whole: equal, or the gap is told."""
    many = pluriel(communes, "commune")
    said = f"{many} {accord(communes, 'totalise,totalisent')} {written(parts, unit)}"
    if value is None:
        return said
    if parts == value:
        return f"{said}, comme l’ensemble"
    rest = written(abs(value - parts), unit)
    return f"{said}, soit {rest} de {'moins' if parts < value else 'plus'}"
