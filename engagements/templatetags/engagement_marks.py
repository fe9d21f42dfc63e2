"""Marks of engagements and figures that several pages repeat."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.templatetags.typographie import icon
from accounts.templatetags.typographie import state as draw
from engagements.enums import State, ValueStatus
from engagements.rules.lecture import written

register = template.Library()

_STATUS_ICONS = {
    ValueStatus.DEFINITIF: "coche",
    ValueStatus.PROVISOIRE: "sablier",
    ValueStatus.NON_COMMUNIQUE: "aide",
    ValueStatus.SANS_OBJET: "sans-objet",
}


@register.simple_tag
def declared(state: str) -> SafeString:
    """Draw a state that somebody declared: the calendar has no say in it."""
    known = State(state)
    return draw(known.replace("_", "-"), known.label)


@register.simple_tag
def value_status(status: str) -> SafeString:
    """Say how sure a figure is: icon and word, in ink: it is no judgment on the figure."""
    known = ValueStatus(status)
    return format_html(
        '<span class="state">{}{}</span>', icon(_STATUS_ICONS[known]), known.label.capitalize()
    )


@register.filter
def in_unit(value, unit: str) -> str:
    return written(value, unit)
