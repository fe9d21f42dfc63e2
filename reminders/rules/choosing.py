"""How people say how early they want to be told, and how the portal says it back.

«12 mois, 45 jours» is read and written; a week is seven days. The bounds keep a slip of the pen
(«150 mois») from being taken for a choice.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

MOST_MONTHS, MOST_DAYS = 24, 365

# Months, then days, before the day to act; each from the earliest.
Rungs = tuple[list[int], list[int]]

_APART = re.compile(r"[,;\n]|\bet\b")
_PIECE = re.compile(r"(\d{1,6})\s*(mois|semaines?|jours?|j)(?:\s+avant)?", re.IGNORECASE)
_SAME_DAY = re.compile(r"(?:le\s+)?jour\s+m[êe]me", re.IGNORECASE)
_EVE = re.compile(r"(?:la\s+)?veille", re.IGNORECASE)


def sorted_rungs(months: Iterable[int], days: Iterable[int]) -> Rungs:
    """Return each rung once, the earliest first."""
    return sorted(set(months), reverse=True), sorted(set(days), reverse=True)


def read_rungs(text: str) -> Rungs:
    """Return what somebody typed; every piece that cannot be read is named."""
    months, days, problems = [], [], []
    for piece in filter(None, (part.strip(" .\u00a0\u202f\r\t") for part in _APART.split(text))):
        try:
            in_months, count = _read(piece)
        except ValidationError as error:
            problems.append(error)
        else:
            (months if in_months else days).append(count)
    if problems:
        raise ValidationError(problems)
    return sorted_rungs(months, days)


def _read(piece: str) -> tuple[bool, int]:
    if _SAME_DAY.fullmatch(piece):
        return False, 0
    if _EVE.fullmatch(piece):
        return False, 1
    match = _PIECE.fullmatch(piece)
    if match is None:
        msg = f"« {piece} » ne se lit pas : écrivez un nombre et son unité, comme « 10 mois »."
        raise ValidationError(msg)
    count, unit = int(match[1]), match[2].lower()
    if unit == "mois":
        check_rungs([count], [])
        return True, count
    days = count * 7 if unit.startswith("semaine") else count
    check_rungs([], [days])
    return False, days


def check_rungs(months: Iterable[int], days: Iterable[int]) -> None:
    """Refuse what is out of bounds, by its number."""
    problems = [
        f"{count} mois, c’est trop : choisissez entre 1 et {MOST_MONTHS} mois."
        if count
        else f"« 0 mois » ne veut rien dire : choisissez entre 1 et {MOST_MONTHS} mois."
        for count in months
        if not 1 <= count <= MOST_MONTHS
    ]
    problems += [
        f"{count} jours, c’est trop : choisissez entre 0 (le jour même) et {MOST_DAYS} jours."
        for count in days
        if not 0 <= count <= MOST_DAYS
    ]
    if problems:
        raise ValidationError(problems)


def say_rungs(months: Iterable[int], days: Iterable[int]) -> str:
    """Say when, as in «12 et 6 mois, 15 et 7 jours avant, la veille»."""
    ordered_months, ordered_days = sorted_rungs(months, days)
    counted = [count for count in ordered_days if count > 1]
    groups = [(ordered_months, "mois"), (counted, "jours")]
    parts = [f"{_listed(counts)} {unit}" for counts, unit in groups if counts]
    said = [f"{', '.join(parts)} avant"] if parts else []
    said += ["la veille"] if 1 in ordered_days else []
    said += ["le jour même"] if 0 in ordered_days else []
    return ", ".join(said) or "aucun rappel"


def say_rung(*, months: int = 0, days: int = 0) -> str:
    """Say one rung, for a box to tick."""
    return say_rungs([months] if months else [], [] if months else [days])


def _listed(counts: list[int]) -> str:
    *first, last = map(str, counts)
    return f"{', '.join(first)} et {last}" if first else last
