"""What an act does to engagements and targets, on the page of the act one floor below."""

from dataclasses import dataclass
from datetime import date

from django import template

from conventions.models import Act
from engagements.models import Engagement, Target

register = template.Library()


@dataclass(frozen=True)
class Line:
    """An engagement added, written anew or ended, beside what stood before."""

    row: Engagement
    before: Engagement | None

    @property
    def verb(self) -> str:
        if self.row.repeals:
            return "Prend fin"
        return "Est modifié" if self.before else "Est ajouté"


@register.inclusion_tag("engagements/_planned_operations.html")
def planned_operations(act: Act, on: date, may_write: bool = False) -> dict:
    """Two statements: the engagements and the targets of an act, draft or signed."""
    rows = Engagement.every.filter(act=act).select_related("replaces").order_by("number", "pk")
    targets = Target.every.filter(act=act).select_related("indicator", "territory")
    touched = {row.replaces_id for row in rows}
    standing = act.convention.engagements.standing(on=on).filter(replaced_on__isnull=True)
    return {
        "act": act,
        "on": on,
        "may_write": may_write,
        "lines": [Line(row, row.replaces) for row in rows],
        "targets": list(targets.order_by("indicator__code", "year", "pk")),
        "open": [
            row for row in standing.defer("wording").order_by("number") if row.pk not in touched
        ]
        if may_write
        else [],
    }
