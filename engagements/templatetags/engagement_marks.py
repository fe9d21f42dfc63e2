"""Marks of engagements and figures that several pages repeat."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.templatetags.typographie import icon, typo
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
def engagement(card, party: int = 0) -> SafeString:
    """Draw an engagement of the balance: who owes it, where it stands, its words, its line.

    Written here and not in a template because a page repeats it by the hundred; the only source
    of that markup. `party` is the rule of its column, where there are three or more.
    """
    entry = card.entry
    classes = "engagement"
    classes += f" party--{party}" if party else ""
    classes += " engagement--long" if card.is_long else ""
    return format_html(
        '<article class="{}" id="{}"><p class="engagement__head">'
        '<span class="engagement__debtor">{}</span>{} {}</p>'
        '<h4 class="engagement__title"><a href="{}">{}</a></h4>{}</article>',
        classes,
        entry.code.lower(),
        card.owner,
        draw(entry.icon, entry.word),
        entry.code,
        card.href,
        _set(entry.title),
        format_html('<p class="engagement__meta">{}</p>', _set(card.meta)) if card.meta else "",
    )


@lru_cache(maxsize=4096)
def _set(text: str) -> SafeString:
    """Set a text the French way, once for the readings that follow."""
    return typo(text)


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
