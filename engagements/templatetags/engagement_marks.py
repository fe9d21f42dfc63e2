"""Marks of engagements and figures that several pages repeat."""

from django import template
from django.utils.safestring import SafeString

from accounts.templatetags.typographie import state as draw
from engagements.enums import State, ValueStatus
from engagements.rules.lecture import written

register = template.Library()

_STATUS_MARKS = {
    ValueStatus.DEFINITIF: "tenu",
    ValueStatus.PROVISOIRE: "en-cours",
    ValueStatus.NON_COMMUNIQUE: "a-venir",
    ValueStatus.SANS_OBJET: "sans-objet",
}


@register.simple_tag
def declared(state: str) -> SafeString:
    """Draw a state that somebody declared: the calendar has no say in it."""
    known = State(state)
    return draw(known.replace("_", "-"), known.label)


@register.simple_tag
def value_status(status: str) -> SafeString:
    """Say how sure a figure is: icon and word, never colour alone."""
    known = ValueStatus(status)
    return draw(_STATUS_MARKS[known], known.label.capitalize())


@register.filter
def in_unit(value, unit: str) -> str:
    return written(value, unit)
