"""Figures and words taken away to a spreadsheet, without ever becoming a formula there."""

from collections.abc import Iterable, Sequence
from datetime import date

from engagements.enums import Recurrence, Strength
from engagements.rules.lecture import Entry

HEADER = (
    "Numéro",
    "Engagement",
    "Article",
    "Thème",
    "Qui doit",
    "Force",
    "Récurrence",
    "Sous réserve de",
    "Échéance",
    "État",
    "Jours de retard",
    "Répond à",
    "Dernière déclaration",
    "Par",
    "Preuves",
    "Chiffres",
)

# What a spreadsheet takes for the start of a formula, in any width (OWASP, CSV injection).
_STARTS_A_FORMULA = "=+-@\t\r\n＝＋－＠"


def safe_cell(text: str) -> str:
    """Return the text with a leading apostrophe when a spreadsheet might compute it."""
    bare = text.lstrip(" \u00a0\u202f")
    return f"'{text}" if bare[:1] and bare[0] in _STARTS_A_FORMULA else text


def rows(
    entries: Iterable[Entry], *, on: date, articles: dict[int, str], themes: dict[int, str]
) -> list[Sequence[str | int]]:
    return [_row(entry, on, articles, themes) for entry in entries]


def _row(
    entry: Entry, on: date, articles: dict[int, str], themes: dict[int, str]
) -> tuple[str | int, ...]:
    late = (on - entry.due_on).days if entry.due_on and entry.icon == "en-retard" else ""
    saying = entry.saying
    words = (
        entry.code,
        entry.title,
        articles.get(entry.article, ""),
        themes.get(entry.theme, ""),
        ", ".join(entry.debtors),
        Strength(entry.strength).label,
        Recurrence(entry.recurrence).label,
        entry.condition,
        entry.due_on.isoformat() if entry.due_on else "",
        entry.word,
        late,
        ", ".join(f"E{number}" for number in entry.replies),
        saying.on.isoformat() if saying else "",
        saying.party if saying else "",
        saying.evidence if saying else 0,
        entry.figure.sentence if entry.figure else "",
    )
    return tuple(safe_cell(word) if isinstance(word, str) else word for word in words)
