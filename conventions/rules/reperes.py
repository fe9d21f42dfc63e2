"""Where a reader asks to stand in the life of a text: on a day, or after an act.

Addresses say «2019-11-12» or «acte-2»; people may type «12/11/2019», «12 novembre 2019» or
«aujourd’hui».
"""

import re
from dataclasses import dataclass
from datetime import date

from territories.rules.french import MONTHS

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([^\W\d_]+)\s+(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ACT = re.compile(r"acte-(\d{1,4})")
TODAY = "aujourdhui"


@dataclass(frozen=True)
class Repere:
    """A day, or the number of an act: one of the two."""

    day: date | None = None
    act: int | None = None

    @property
    def address(self) -> str:
        return f"acte-{self.act}" if self.day is None else self.day.isoformat()


def read_day(asked: str) -> date | None:
    """Read 2019-11-12 as browsers write it, 12/11/2019 or 12 novembre 2019 as people do."""
    text = " ".join(asked.split()).casefold()
    if found := _ISO.fullmatch(text):
        return _day(*found.groups())
    if found := _NUMBERS.fullmatch(text):
        return _day(*reversed(found.groups()))
    found = _WORDS.fullmatch(text)
    if found is None or found[2] not in MONTHS:
        return None
    return _day(found[3], MONTHS.index(found[2]) + 1, found[1])


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_repere(asked: str, *, on: date) -> Repere | None:
    """Read an act, a day or «aujourd’hui»; None when it is none of them."""
    text = asked.strip().casefold()
    if found := _ACT.fullmatch(text):
        return Repere(act=int(found[1]))
    if text.replace("’", "").replace("'", "") == TODAY:
        return Repere(day=on)
    day = read_day(text)
    return Repere(day=day) if day else None
