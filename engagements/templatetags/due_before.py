"""What must be finished before a convention ends, on the pages of ways out one floor below."""

from datetime import date

from django import template

from conventions.models import Convention
from engagements.rules.situations import awaited

register = template.Library()


@register.inclusion_tag("engagements/_due_before.html")
def due_before(convention: Convention, last_day: date, on: date) -> dict:
    """List the engagements still awaited, those due by `last_day` apart from what falls after."""
    rows = convention.engagements.standing(on=on).prefetch_related("debts__party")
    awaited_rows = [row for row in rows if awaited(row.state, row.recurrence)]
    dated = sorted((row for row in awaited_rows if row.due_on), key=lambda row: row.due_on)
    return {
        "last_day": last_day,
        "on": on,
        "before": [row for row in dated if row.due_on <= last_day],
        "after": [row for row in dated if row.due_on > last_day],
        "undated": sum(row.due_on is None for row in awaited_rows),
    }
