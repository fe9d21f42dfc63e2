"""What the list of conventions may be asked, read from the address and never trusted.

An unknown value is as good as none: an old link shows more, never an error page.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from conventions.enums import ConventionKind, Situation

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
LONGEST = 100

# What `?tri=` accepts, with the fields it orders by. A leading «-» turns the order round.
TRIS: dict[str, tuple[str, ...]] = {
    "reference": ("reference",),
    "territoire": ("territory__name", "reference"),
    "effet": ("starts_on", "reference"),
    "terme": ("ends_on", "reference"),
}
DEFAULT_ORDER = ("-starts_on", "reference")


@dataclass(frozen=True)
class Filtres:
    """One reading of the address of the list; blank means «whatever»."""

    q: str = ""
    situation: str = ""
    type: str = ""
    region: str = ""
    territoire: str = ""
    tri: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filtres":
        tri = query.get("tri", "")
        return cls(
            q=words(query.get("q", "")),
            situation=_one_of(Situation, query.get("situation", "")),
            type=_one_of(ConventionKind, query.get("type", "")),
            region=_code(query.get("region", "")),
            territoire=words(query.get("territoire", "")),
            tri=tri if tri.removeprefix("-") in TRIS else "",
        )

    @property
    def order(self) -> tuple[str, ...]:
        if not self.tri:
            return DEFAULT_ORDER
        fields = TRIS[self.tri.removeprefix("-")]
        return (f"-{fields[0]}", *fields[1:]) if self.tri.startswith("-") else fields

    @property
    def are_used(self) -> bool:
        return any((self.q, self.situation, self.type, self.region, self.territoire))

    def items(self) -> Iterator[tuple[str, str]]:
        """The parameters that say something, for addresses that carry the filters along."""
        for name in ("q", "situation", "type", "region", "territoire", "tri"):
            value = getattr(self, name)
            if value:
                yield name, value


def words(text: str) -> str:
    """Keep what a person can mean to look for: one line, not endless."""
    return _CONTROL.sub(" ", text).strip()[:LONGEST].strip()


def _one_of(choices, value: str) -> str:
    return value if value in choices.values else ""


def _code(value: str) -> str:
    return value if re.fullmatch(r"[0-9A-Z]{1,12}", value) else ""


@dataclass(frozen=True)
class Extract:
    """A passage around the words looked for, cut in three so that the middle can be marked."""

    before: str
    found: str
    after: str


def extract(text: str, sought: str, *, around: int = 70) -> Extract | None:
    """Return the passage of `text` around the first `sought`, or None when it is not there."""
    flat = " ".join(text.split())
    # casefold() may change lengths («ß»): lower() does not for French, and positions must hold.
    start = flat.lower().find(" ".join(sought.split()).lower())
    if start < 0 or not sought.strip():
        return None
    end = start + len(" ".join(sought.split()))
    before, after = flat[:start], flat[end:]
    if len(before) > around:
        before = "… " + before[-around:].partition(" ")[2]
    if len(after) > around:
        after = after[:around].rpartition(" ")[0] + " …"
    return Extract(before, flat[start:end], after)


def days_left(*, ends_on: date | None, on: date) -> int | None:
    """Days between the reading and the last day covered; negative once it is past."""
    return None if ends_on is None else (ends_on - on).days
