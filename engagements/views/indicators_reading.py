"""The figures of a convention, read for one territory in a handful of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from conventions.models import Convention
from engagements.enums import Direction, ValueStatus
from engagements.models import Indicator, Measurement, Target
from engagements.rules.charts import Point, TargetChart, target_chart
from engagements.rules.figures import Sum, Year, gap, of_communes, total
from engagements.rules.situations import verdict
from territories.models import Territory


@dataclass(frozen=True)
class YearRow:
    """One year of an indicator: aimed at, observed, and what was said before a correction."""

    indicator: Indicator
    year: int
    target: Target | None
    value: Measurement | None
    corrected: tuple[Measurement, ...]
    parts: str

    @property
    def quantity(self) -> Decimal | None:
        return self.value.quantity if self.value else None

    @property
    def aim(self) -> Decimal | None:
        return self.target.quantity if self.target else None

    @property
    def gap(self) -> str:
        return gap(self.quantity, self.aim, self.indicator.unit)

    @cached_property
    def meets(self) -> bool | None:
        return verdict(
            self.quantity,
            self.aim,
            self.indicator.direction,
            status=self.value.status if self.value else None,
            additive=self.indicator.additive,
        )

    @property
    def missed(self) -> str:
        at_most = self.indicator.direction == Direction.AU_PLUS
        return "Au-dessus du plafond" if at_most else "Sous l’objectif"

    @property
    def point(self) -> Point:
        status = self.value.status if self.value else None
        return Point(
            year=self.year,
            target=self.aim,
            value=self.quantity,
            provisional=status == ValueStatus.PROVISOIRE,
            void=status == ValueStatus.SANS_OBJET,
            known=status is not None,
        )


@dataclass(frozen=True)
class IndicatorSheet:
    indicator: Indicator
    rows: tuple[YearRow, ...]

    @property
    def latest(self) -> YearRow:
        """The last year of which something is known, else the last one aimed at."""
        known = [row for row in self.rows if row.value]
        return (known or self.rows)[-1]

    @property
    def total(self) -> Sum | None:
        years = [Year(row.aim, row.quantity) for row in self.rows]
        return total(years, adds_up=self.indicator.additive)

    @cached_property
    def chart(self) -> TargetChart | None:
        points = [row.point for row in self.rows]
        return target_chart(self.indicator.name, self.indicator.unit, points)

    @property
    def corrected(self) -> list[Measurement]:
        return [old for row in self.rows for old in row.corrected]


def territories_of(convention: Convention) -> list[Territory]:
    """The convention's own territory, then the others for which a figure is kept."""
    targets = Target.objects.filter(convention=convention).values("territory")
    values = Measurement.objects.filter(convention=convention).values("territory")
    others = Territory.objects.filter(Q(pk__in=targets) | Q(pk__in=values))
    others = others.exclude(pk=convention.territory_id)
    return [convention.territory, *others.order_by("name")]


def read_figures(convention: Convention, territory: Territory, *, on: date) -> list[IndicatorSheet]:
    targets = Target.objects.binding(on=on).filter(convention=convention, territory=territory)
    values = Measurement.objects.filter(convention=convention, territory=territory)
    cells = _Cells.gather(
        targets.select_related("indicator"),
        values.select_related("indicator", "provider", "entered_by").order_by("pk"),
        _parts(convention) if territory.pk == convention.territory_id else {},
    )
    return cells.sheets()


def _parts(convention: Convention) -> dict[tuple[int, int], tuple[Decimal, int]]:
    return {
        (row["indicator"], row["year"]): (row["parts"], row["communes"])
        for row in Measurement.objects.by_commune(convention)
    }


@dataclass(frozen=True)
class _Cells:
    """Targets and values by indicator and year."""

    indicators: dict[int, Indicator]
    targets: dict[tuple[int, int], Target]
    values: dict[tuple[int, int], list[Measurement]]
    parts: Mapping[tuple[int, int], tuple[Decimal, int]]

    @classmethod
    def gather(cls, targets, values, parts) -> "_Cells":
        cells = cls({}, {}, defaultdict(list), parts)
        for target in targets:
            cells.indicators.setdefault(target.indicator_id, target.indicator)
            cells.targets[target.indicator_id, target.year] = target
        for value in values:
            cells.indicators.setdefault(value.indicator_id, value.indicator)
            cells.values[value.indicator_id, value.year].append(value)
        return cells

    def sheets(self) -> list[IndicatorSheet]:
        """What the parties aim at comes first."""
        years = defaultdict(set)
        for pk, year in [*self.targets, *self.values]:
            years[pk].add(year)
        aimed_at = {pk for pk, _year in self.targets}
        in_order = sorted(
            self.indicators.values(),
            key=lambda indicator: (indicator.pk not in aimed_at, indicator.code),
        )
        return [
            IndicatorSheet(
                indicator,
                tuple(self._row(indicator, year) for year in sorted(years[indicator.pk])),
            )
            for indicator in in_order
        ]

    def _row(self, indicator: Indicator, year: int) -> YearRow:
        """Values come oldest first, and each corrects the one before: the last one stands."""
        *corrected, value = self.values.get((indicator.pk, year)) or [None]
        parts = self.parts.get((indicator.pk, year))
        words = ""
        if parts:
            quantity = value.quantity if value else None
            words = of_communes(*parts, quantity, indicator.unit)
        return YearRow(
            indicator=indicator,
            year=year,
            target=self.targets.get((indicator.pk, year)),
            value=value,
            corrected=tuple(reversed(corrected)),
            parts=words,
        )
