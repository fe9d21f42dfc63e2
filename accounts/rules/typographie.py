"""French typography as pure functions: numbers, amounts, dates, spaces that must not break.

Source: « Lexique des règles typographiques en usage à l’Imprimerie nationale » and the house style
(narrow no-break space before ; ! ? and between thousands, no-break space before : % € and inside
« »). Nothing here depends on a locale, a clock or a setting; everything returns plain text.
"""

import re
from datetime import date, datetime, time
from decimal import Decimal

NBSP = "\u00a0"
NNBSP = "\u202f"

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
MOIS_COURTS = (
    "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
)  # fmt: skip
LETTRES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt",
)  # fmt: skip

# « n. c. » is what one writes for a figure nobody gave: it is not zero.
NON_COMMUNIQUE = f"n.{NBSP}c."

Number = int | float | Decimal


def nombre(value: Number | None, decimals: int | None = None) -> str:
    """Write a number: 1 100, 27,4, −3. Without `decimals`, useless zeros are dropped.

    >>> nombre(Decimal("1234.50"))
    '1\\u202f234,5'
    """
    if value is None:
        return NON_COMMUNIQUE
    if type(value) is int and not decimals:
        return f"{value:,}".replace(",", NNBSP).replace("-", "−")
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{exact:.{decimals}f}" if decimals is not None else f"{exact:f}"
    whole, _, fraction = text.lstrip("-").partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    is_zero = not int(whole) and not fraction.strip("0")
    sign = "−" if text.startswith("-") and not is_zero else ""
    groups = f"{int(whole):,}".replace(",", NNBSP)
    return f"{sign}{groups},{fraction}" if fraction else f"{sign}{groups}"


def pourcent(value: Number | None, decimals: int | None = None) -> str:
    """Write a share already counted in hundredths: 27.4 gives 27,4 %."""
    return NON_COMMUNIQUE if value is None else f"{nombre(value, decimals)}{NBSP}%"


def euros(value: Number | None) -> str:
    """Write an amount; shorten to M€ or Md€ only when two decimals say it exactly.

    2 300 000 reads 2,3 M€, but 2 345 678 stays 2 345 678 €: a signed amount is never rounded.
    """
    if value is None:
        return NON_COMMUNIQUE
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    for unit, name in ((Decimal(10**9), "Md€"), (Decimal(10**6), "M€")):
        if abs(exact) >= unit and exact % (unit / 100) == 0:
            return f"{nombre(exact / unit)}{NBSP}{name}"
    cents = None if exact == exact.to_integral_value() else 2
    return f"{nombre(exact, cents)}{NBSP}€"


def _quantieme(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def date_longue(day: date) -> str:
    """12 novembre 2019, 1er mai 2027 (the filter lifts the « er »)."""
    return f"{_quantieme(day)}{NBSP}{MOIS[day.month - 1]}{NBSP}{day.year}"


def jour_date(day: date) -> str:
    """vendredi 15 novembre 2019."""
    return f"{JOURS[day.weekday()]} {date_longue(day)}"


def date_courte(day: date, *, on: date | None = None) -> str:
    """ven. 15 nov., for margins; with `on`, the year is added when it is another one."""
    text = f"{JOURS[day.weekday()][:3]}. {_quantieme(day)}{NBSP}{MOIS_COURTS[day.month - 1]}"
    return f"{text}{NBSP}{day.year}" if on is not None and on.year != day.year else text


def mois_annee(day: date) -> str:
    """novembre 2019."""
    return f"{MOIS[day.month - 1]}{NBSP}{day.year}"


def heure(moment: time | datetime) -> str:
    """9 h 05, 14 h."""
    hour = f"{moment.hour}{NBSP}h"
    return f"{hour}{NBSP}{moment.minute:02d}" if moment.minute else hour


def moment(instant: datetime) -> str:
    """12 novembre 2019 à 9 h 05; the caller has chosen the zone."""
    return f"{date_longue(instant.date())} à {heure(instant)}"


def pluriel(count: Number, forms: str) -> str:
    """3 engagements, 1,5 mois: French counts two from 2 on. « cheval,chevaux » gives both forms."""
    return f"{nombre(count)}{NBSP}{accord(count, forms)}"


def accord(count: Number, forms: str) -> str:
    """Return the form alone: singular below two, « reste,restent »."""
    singular, comma, plural = forms.partition(",")
    if abs(count) < 2:
        return singular
    return plural if comma else _plural(singular)


def _plural(word: str) -> str:
    return word if word.endswith(("s", "x", "z")) else f"{word}s"


def en_lettres(count: int) -> str:
    """Spell a small count for a title: trois; figures beyond twenty."""
    return LETTRES[count] if 0 <= count < len(LETTRES) else nombre(count)


def dans_jours(days: int) -> str:
    """Tell how far a day is, seen from the day one reads: demain, dans 3 jours, depuis 43 jours."""
    near = {-1: "depuis hier", 0: "aujourd’hui", 1: "demain"}
    if days in near:
        return near[days]
    ahead = "dans" if days > 0 else "depuis"
    return f"{ahead} {nombre(abs(days))}{NBSP}jours"


_MONTHS = "|".join(MOIS)
_REFERENCES = r"n°|art\.|al\.|p\.|articles?|alinéa|[LRD]\.|M\.|MM\.|Mmes?"
# Spaces people typed are made unbreakable; none is added or removed, so a signed wording keeps
# its characters (a no-break space reads, searches and copies as a space).
_SPACES: tuple[tuple[re.Pattern, str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[^\W\d])'(?=\w)", "’"),
        (r"[ \u00a0](?=[;!?])", NNBSP),
        (r" (?=[:»])", NBSP),
        (r"(?<=«) ", NBSP),
        (r"(?<=\d) (?=(?:%|€|k€|M€|Md€|m²|km|h)(?!\w))", NBSP),
        (r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))", rf"\1{NNBSP}"),
        (rf"\b({_REFERENCES}) (?=[\dA-ZÉL])", rf"\1{NBSP}"),
        (rf"\b(1er|\d{{1,2}}) (?=(?:{_MONTHS})\b)", rf"\1{NBSP}"),
        (rf"\b({_MONTHS}) (?=\d{{4}}\b)", rf"\1{NBSP}"),
    )
)


def typo(text: str) -> str:
    """Keep together what French typography never parts, and curl apostrophes."""
    for pattern, replacement in _SPACES:
        text = pattern.sub(replacement, text)
    return text
