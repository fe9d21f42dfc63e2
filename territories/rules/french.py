"""French as it is written: dates in full, lists, and the spaces that must not break."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

NBSP = "\u00a0"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_SPACE_BEFORE = re.compile(r" (?=[:;?!»])")
_SPACE_AFTER = re.compile(r"(?<=«) |(?<=n°) ")
_COUNTED = ("an", "ans", "commune", "communes", "h", "heures", "jour", "jours", "lignes", "mois")
_WORDS = "|".join((*MONTHS, *_COUNTED))
_SPACE_AFTER_NUMBER = re.compile(rf"(?:(?<=[0-9])|(?<=\b1er)) (?=(?:{_WORDS})\b)")


@lru_cache(maxsize=8192)
def typeset(sentence: str) -> str:
    """Put no-break spaces where French typography wants them.

    References to the law keep ordinary spaces: «art. 641 al. 2 CPC» is looked for as typed.
    """
    for pattern in (_SPACE_BEFORE, _SPACE_AFTER, _SPACE_AFTER_NUMBER):
        sentence = pattern.sub(NBSP, sentence)
    return sentence


def grouped(number: int) -> str:
    """Write a whole number with its thousands apart: 34 875."""
    return f"{number:,}".replace(",", NBSP)


def month_name(day: date) -> str:
    """Return the month and its year: février 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


@lru_cache(maxsize=8192)
def short_date(day: date) -> str:
    """Return the date in words without its weekday: 1er mai 2027."""
    return typeset(f"{'1er' if day.day == 1 else day.day} {month_name(day)}")


def long_date(day: date) -> str:
    """Return the date in words with its weekday: samedi 1er mai 2027."""
    return f"{WEEKDAYS[day.weekday()]} {short_date(day)}"


def enumerate_words(words: Sequence[str]) -> str:
    """Return «a», «a et b» or «a, b et c»."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def de(name: str) -> str:
    """Return «de Dijon», «d’Action Logement», «du Grand Besançon», «des communes»."""
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if name.lower().startswith(article):
            return contracted + name[len(article) :]
    return f"d’{name}" if name[:1].upper() in "AÀÂEÉÈÊIÎOÔUY" else f"de {name}"
