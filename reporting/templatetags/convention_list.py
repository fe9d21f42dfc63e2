"""The columns of the list of conventions that come from the floors above it."""

from datetime import date

from django import template

from reporting.models.extras import NOTHING, extras_of

register = template.Library()


@register.simple_tag
def with_dates(rows: list, on: date, sought: str = "") -> list[tuple]:
    """Pair each row of the page with its `Extra`: one query for the page, whatever its size."""
    extras = extras_of([row.pk for row in rows], on=on, sought=sought)
    return [(row, extras.get(row.pk, NOTHING)) for row in rows]
