"""What the drafting page says of the model a text came from, and of the procedure it follows."""

from datetime import date

from django import template

from conventions.actions.checklist import checklist_of
from conventions.models import Act
from conventions.models.canevas_gaps import deviations_of

register = template.Library()


@register.inclusion_tag("conventions/_drafting_aids.html")
def drafting_aids(act: Act, on: date) -> dict:
    """Two steps of the drafting rail: the text beside its model, then the procedure."""
    verdicts = [line.verdict for line in checklist_of(act, on=on)]
    return {
        "act": act,
        "convention": act.convention,
        "summary": deviations_of(act, on=on).summary if act.canevas_id else "",
        "blocking": sum(verdict.blocks for verdict in verdicts),
        "to_do": sum(verdict.is_open for verdict in verdicts),
    }
