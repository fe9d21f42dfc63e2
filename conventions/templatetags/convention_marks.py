"""The marks of a convention that several pages repeat: what it is today, how far along it is."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.rules.typographie import dans_jours, nombre, pluriel
from accounts.templatetags.typographie import date_courte, date_longue, state, typo
from conventions.enums import Situation
from conventions.rules import texte
from conventions.rules.cycle import LIVING, short_label

register = template.Library()

# Icon and colour of each situation; its words are the situation's own label.
_MARKS = {
    Situation.BROUILLON: "a-venir",
    Situation.EN_NEGOCIATION: "en-cours",
    Situation.EN_VALIDATION: "en-cours",
    Situation.EN_SIGNATURE: "proche",
    Situation.A_VENIR: "a-venir",
    Situation.EN_VIGUEUR: "tenu",
    Situation.EN_PREAVIS: "proche",
    Situation.POURSUITE_DE_FAIT: "en-retard",
    Situation.ECHUE: "sans-objet",
    Situation.RESILIEE: "sans-objet",
}
SOON = 183


@register.simple_tag
def situation(value: str, *, short: bool = False) -> SafeString:
    """Say what the convention is; `short` where a column is narrow."""
    known = Situation(value)
    return state(_MARKS[known], short_label(known) if short else known.label)


@register.simple_tag
def remaining(days: int | None, value: str) -> SafeString | str:
    """Write how long is left, marked when the term comes within six months or has passed."""
    if days is None or value not in LIVING:
        return ""
    if days < 0:
        return state("en-retard", dans_jours(days))
    words = pluriel(days, "jour")
    return state("proche", words) if days < SOON else words


@register.simple_tag
def lateness(due_on: date, on: date) -> SafeString:
    """Mark how long something has been late."""
    return state("en-retard", pluriel((on - due_on).days, "jour"))


@register.simple_tag
@lru_cache(maxsize=2048)
def span(starts_on: date | None, ends_on: date | None) -> SafeString | str:
    """Write from when to when, on two lines."""
    if starts_on is None:
        return ""
    start = format_html('<time datetime="{}">{}</time>', starts_on, date_longue(starts_on))
    if ends_on is None:
        return start
    end = format_html('<time datetime="{}">{}</time>', ends_on, date_longue(ends_on))
    return format_html("{}<br>au\u00a0{}", start, end)


@register.simple_tag
@lru_cache(maxsize=2048)
def dated(day: date, on: date, title: str) -> SafeString:
    """Write a day and, beneath, what happens on it."""
    return format_html(
        '<time datetime="{}">{}</time><br><small>{}</small>',
        day,
        date_courte(day, on),
        typo(title),
    )


class Progress(NamedTuple):
    """The part of a duration already gone, as a share of a 320-unit line."""

    elapsed: int
    total: int
    percent: int
    x: int


@register.filter
def progress(convention, on: date) -> Progress | None:
    """How much of the convention's life is gone on `on`; nothing without both its dates."""
    if convention.starts_on is None or convention.ends_on is None:
        return None
    total = (convention.ends_on - convention.starts_on).days + 1
    elapsed = max(0, min(total, (on - convention.starts_on).days))
    return Progress(elapsed, total, round(100 * elapsed / total), round(320 * elapsed / total))


@register.filter
def poids(size: int) -> str:
    """Write the size of a file as French desktops do: 58,6 ko, 1,2 Mo."""
    if size < 1000:
        return pluriel(size, "octet")
    value, unit = (size / 1000, "ko") if size < 1_000_000 else (size / 1_000_000, "Mo")
    return f"{nombre(round(value, 1))}\u00a0{unit}"


@register.filter
def full_title(version) -> str:
    return texte.title(version.kind, version.number, version.heading)


@register.filter
def toc_title(version) -> str:
    return texte.short_title(version.kind, version.number, version.heading)
