"""What a yearly review still lacks: the figures without a value, the engagements that fell due."""

from datetime import date

from engagements.models.engagement import Engagement
from engagements.models.indicator import Measurement, Target
from engagements.models.revoyure import Revoyure


def missing_figures(revoyure: Revoyure, *, on: date) -> list[Target]:
    """Return the targets of the year that no value answers yet."""
    known = set(
        Measurement.objects.filter(convention=revoyure.convention, year=revoyure.year)
        .current()
        .values_list("indicator_id", "territory_id")
    )
    targets = Target.objects.binding(on=on).filter(
        convention=revoyure.convention, year=revoyure.year
    )
    return [
        target
        for target in targets.select_related("indicator", "territory")
        if (target.indicator_id, target.territory_id) not in known
    ]


def due_engagements(revoyure: Revoyure, *, on: date) -> list[Engagement]:
    """Return what is owed by the end of the year and not said to be kept, contested or not."""
    rows = Engagement.objects.standing(on=on).open().filter(convention=revoyure.convention)
    return list(rows.filter(due_on__lte=date(revoyure.year, 12, 31)).order_by("due_on", "number"))
