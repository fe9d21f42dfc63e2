"""The line of coming dates, for the pages of every floor."""

from collections.abc import Iterable
from datetime import date

from django import template

from reminders.enums import DeadlineKind
from reminders.models import Deadline
from reminders.rules.verdict import short_name
from reporting.rules.chronologie import chronologie as line_of

register = template.Library()


@register.inclusion_tag("reminders/_chronologie.html")
def chronologie(deadlines: Iterable[Deadline], on: date) -> dict:
    """Draw the dates to come; two dates or more, or the line says nothing a table would not."""
    coming = [row for row in deadlines if row.due_on >= on]
    dates = [(row.due_on, short_name(row.kind), row.kind == DeadlineKind.TERME) for row in coming]
    return {"line": line_of(dates, on=on) if len(coming) > 1 else None, "coming": coming}
