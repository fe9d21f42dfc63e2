"""Marks for the documents made by WeasyPrint, which neither follows a link to the sprite nor
applies the page's style sheet inside an SVG: the drawing is copied from the sprite, and its
colour written from the light theme of `tokens.css`. Same sources as the screen, other ink.
"""

import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.templatetags.typographie import STATES

register = template.Library()

STATE_TOKENS = {
    "tenu": "tenu",
    "proche": "vigilance",
    "sous-objectif": "vigilance",
    "conteste": "vigilance",
    "en-retard": "retard",
    "sans-objet": "ink-soft",
}


@register.simple_tag
def doc_state(name: str, label: str = "") -> SafeString:
    """Draw a state as `{% state %}` does, for paper."""
    ink = light_colour(STATE_TOKENS.get(name, "ink"))
    return format_html(
        '<span class="doc__state doc__state--{}">{}{}</span>',
        name,
        doc_icon(name, ink),
        label or STATES[name],
    )


@register.simple_tag
@cache
def doc_icon(name: str, ink: str = "") -> SafeString:
    """Draw an icon of the sprite in one ink, the text's own when none is given."""
    ink = ink or light_colour("ink")
    drawing = _symbols()[name].replace("currentColor", ink)
    return format_html(
        '<svg aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="{}" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round">{}</svg>',
        ink,
        mark_safe(drawing),  # noqa: S308 - our own sprite
    )


@register.simple_tag
@cache
def light_colour(token: str) -> str:
    """Return the value of a colour of `tokens.css` in the light theme: `#4d2670` for accent."""
    css = _read("css/tokens.css")
    return re.search(rf"--{re.escape(token)}: light-dark\((#[0-9a-f]{{6}}),", css)[1]


@cache
def _symbols() -> dict[str, str]:
    symbols = re.findall(r'<symbol id="i-([a-z-]+)"[^>]*>(.*?)</symbol>', _read("img/icons.svg"))
    return dict(symbols)


def _read(path: str) -> str:
    return Path(finders.find(path)).read_text("utf-8")
