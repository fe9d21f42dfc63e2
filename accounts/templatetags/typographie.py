"""Typography filters, and the two marks that pages repeat by the hundred: icon and state.

`{% icon %}` and `{% state %}` are the only source of that markup: the components
`components/_icon.html` and `components/_state.html` call them.
"""

import re
from datetime import date, datetime
from functools import lru_cache, wraps

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.rules import typographie

register = template.Library()

STATES = {
    "tenu": "Tenu",
    "en-cours": "En cours",
    "a-venir": "À venir",
    "proche": "Échéance proche",
    "sous-objectif": "Sous l’objectif",
    "suspendu": "Suspendu",
    "en-retard": "En retard",
    "conteste": "Contesté",
    "sans-objet": "Sans objet",
}


# Marks -------------------------------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, css_class: str = "") -> SafeString:
    """Draw an icon of the sprite; it never speaks alone, so it is hidden from screen readers."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        f"icon {css_class}".rstrip(),
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=1024)
def state(name: str, label: str = "") -> SafeString:
    """Draw a state: icon, word, then colour. Without a label, the state's usual word."""
    word = label or STATES[name]
    return format_html('<span class="state state--{}">{}{}</span>', name, icon(name), word)


@register.simple_tag
def mark(name: str, href: str, label: str) -> SafeString:
    """Draw a state as a round link of the ledger; its words are for screen readers."""
    return format_html(
        '<a class="mark state--{}" href="{}">{}<span class="sr-only">{}</span></a>',
        name,
        href,
        icon(name),
        label,
    )


# Numbers -----------------------------------------------------------------------------------------


@register.filter
def nombre(value, decimals=None):
    return typographie.nombre(_number(value), decimals)


@register.filter
def pourcent(value, decimals=None):
    return typographie.pourcent(_number(value), decimals)


@register.filter
def euros(value):
    return typographie.euros(_number(value))


@register.filter
def pluriel(count, forms):
    return typographie.pluriel(count, forms)


@register.filter
def accord(count, forms):
    return typographie.accord(count, forms)


@register.filter
def en_lettres(count):
    return typographie.en_lettres(count)


def _number(value):
    return None if value == "" else value


# Dates -------------------------------------------------------------------------------------------


def _blank_stays_blank(write):
    """A date nobody gave writes nothing, as Django's own `date` filter does."""

    @wraps(write)
    def filter_or_blank(day, *args):
        return write(day, *args) if day else ""

    return filter_or_blank


@register.filter
@_blank_stays_blank
def date_longue(day):
    return _long(_day(day))


@lru_cache(maxsize=4096)
def _long(day: date) -> SafeString:
    return _lifted(typographie.date_longue(day))


@register.filter
@_blank_stays_blank
def jour_date(day):
    return _lifted(typographie.jour_date(_day(day)))


@register.filter
@_blank_stays_blank
def date_courte(day, on=None):
    return _short(_day(day), on)


@lru_cache(maxsize=4096)
def _short(day: date, on: date | None) -> SafeString:
    return _lifted(typographie.date_courte(day, on=on))


@register.filter
@_blank_stays_blank
def mois_annee(day):
    return typographie.mois_annee(_day(day))


@register.filter
@_blank_stays_blank
def heure(instant):
    return typographie.heure(_here(instant))


@register.filter
@_blank_stays_blank
def moment(instant):
    return _lifted(typographie.moment(_here(instant)))


@register.filter
def dans_jours(value, on=None):
    """Take a number of days, or a date seen from the day `on`."""
    days = value if on is None else (_day(value) - on).days
    return typographie.dans_jours(days)


def _day(value: date | datetime) -> date:
    return _here(value).date() if isinstance(value, datetime) else value


def _here(value):
    is_instant = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_instant else value


# Text --------------------------------------------------------------------------------------------

_ORDINAL = re.compile(r"\b(1)(er|re)\b|\b([IVX]+|\d+)(e)(?= siècle)")
# Markup and character references of a text that is already HTML are left alone.
SHORT = 160
_MARKUP = re.compile(r"(<[^>]*>|&#?\w+;)")


@register.filter(is_safe=True)
def typo(text):
    """Set a text the French way; escape it unless it is already safe HTML."""
    if isinstance(text, SafeString):
        pieces = _MARKUP.split(text)
        pieces[::2] = [_lift(typographie.typo(piece)) for piece in pieces[::2]]
        return mark_safe("".join(pieces))  # noqa: S308 - tags untouched, text was already safe
    plain = "" if text is None else str(text)
    return _set_short(plain) if len(plain) <= SHORT else _set(plain)


def _set(text: str) -> SafeString:
    return _lifted(typographie.typo(text))


# Titles, aliases and labels come back on every page; wordings are long and come back once.
_set_short = lru_cache(maxsize=8192)(_set)


def _lifted(text: str) -> SafeString:
    return mark_safe(_lift(conditional_escape(text)))  # noqa: S308 - escaped on the same line


def _lift(html: str) -> str:
    return _ORDINAL.sub(lambda m: f"{m[1] or m[3]}<sup>{m[2] or m[4]}</sup>", html)
