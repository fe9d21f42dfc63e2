"""Which engagements a reader asked to see."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

from engagements.rules.lecture import Entry

TOGETHER = "ensemble"
UNDATED = "sans"


@dataclass(frozen=True)
class Criteria:
    """The answers of the filter form; an empty one keeps everything."""

    theme: int | None = None
    face: str = ""
    owner: int | Literal["ensemble"] | None = None
    strength: str = ""
    year: int | Literal["sans"] | None = None

    @property
    def is_blank(self) -> bool:
        return all(getattr(self, field.name) in {None, ""} for field in fields(self))


def kept(entries: Iterable[Entry], criteria: Criteria, *, parties: int) -> list[Entry]:
    """Return the entries that meet every criterion; `parties` is how many the convention binds."""
    return [entry for entry in entries if _meets(entry, criteria, parties)]


def _meets(entry: Entry, wanted: Criteria, parties: int) -> bool:
    return (
        (wanted.theme is None or entry.theme == wanted.theme)
        and (not wanted.face or entry.face == wanted.face)
        and (wanted.owner is None or _owed_by(entry, wanted.owner, parties))
        and (not wanted.strength or entry.strength == wanted.strength)
        and (wanted.year is None or _year(entry) == wanted.year)
    )


def _owed_by(entry: Entry, owner: int | str, parties: int) -> bool:
    """What all owe is «ensemble», and in no party's own list."""
    is_joint = len(entry.parties) >= parties > 1
    if owner == TOGETHER:
        return is_joint
    return owner in entry.parties and not is_joint


def _year(entry: Entry) -> int | str:
    return entry.due_on.year if entry.due_on else UNDATED
