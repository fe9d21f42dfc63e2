"""What the list of dates may be asked, read from the address and never trusted.

An unknown value is as good as none: an old link shows more, never an error page.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from conventions.rules.liste import words
from reminders.enums import DeadlineKind

AWAITING, COMING, LATE, DONE, VOID, ELAPSED, REPLACED, ALL = (
    "", "a-venir", "en-retard", "faites", "sans-objet", "passees", "remplacees", "toutes",
)  # fmt: skip
STATES: dict[str, str] = {
    AWAITING: "à venir et en retard",
    COMING: "à venir",
    LATE: "en retard",
    DONE: "faites",
    VOID: "sans objet",
    ELAPSED: "passées",
    REPLACED: "remplacées",
    ALL: "toutes",
}
# The past is read from its end.
BACKWARD = frozenset({DONE, VOID, ELAPSED, REPLACED})
PERIODS: dict[str, str] = {
    "": "sans limite",
    "30": "à 30 jours",
    "90": "à 3 mois",
    "365": "à un an",
}
TRIS: dict[str, tuple[str, ...]] = {
    "date": ("due_on", "pk"),
    "nature": ("kind", "due_on", "pk"),
    "echeance": ("title", "due_on", "pk"),
    "convention": ("convention__reference", "due_on", "pk"),
}
_CODE = re.compile(r"[0-9A-Z]{1,12}")


@dataclass(frozen=True)
class Filtres:
    """One reading of the address of the list; blank means «whatever»."""

    convention: str = ""
    nature: str = ""
    etat: str = ""
    periode: str = ""
    region: str = ""
    territoire: str = ""
    attend: str = ""
    tri: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filtres":
        region, tri = query.get("region", ""), query.get("tri", "")
        return cls(
            convention=words(query.get("convention", "")),
            nature=_one_of(DeadlineKind.values, query.get("nature", "")),
            etat=_one_of(STATES, query.get("etat", "")),
            periode=_one_of(PERIODS, query.get("periode", "")),
            region=region if _CODE.fullmatch(region) else "",
            territoire=words(query.get("territoire", "")),
            attend="on" if query.get("attend") else "",
            tri=tri if tri.removeprefix("-") in TRIS else "",
        )

    @property
    def order(self) -> list[str]:
        """Return the order asked for; without one, by date."""
        backward = self.tri.startswith("-") or (not self.tri and self.etat in BACKWARD)
        names = TRIS[self.tri.removeprefix("-") or "date"]
        return [f"-{name}" if backward else name for name in names]

    @property
    def is_by_date(self) -> bool:
        return self.tri.removeprefix("-") in {"", "date"}

    @property
    def are_used(self) -> bool:
        return any(name != "tri" for name, _value in self.items())

    def items(self) -> Iterator[tuple[str, str]]:
        """The parameters that say something, for addresses that carry the filters along."""
        for one in fields(self):
            if value := getattr(self, one.name):
                yield one.name, value


def folded(text: str) -> str:
    """Return words as one seeks them: without accents, capitals, curled apostrophes, odd spaces."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.split())


def _one_of(choices, value: str) -> str:
    return value if value in choices else ""
