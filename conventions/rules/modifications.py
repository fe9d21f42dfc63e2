"""What an act did to an article, said as the margin of a law says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from conventions.enums import ActKind, Change
from conventions.rules.frise import Day

_DONE = {
    Change.ECRIRE: "inséré",
    Change.REMPLACER: "modifié",
    Change.RENUMEROTER: "renuméroté",
    Change.ABROGER: "abrogé",
}


@dataclass(frozen=True)
class Amendment:
    """One change made by an avenant: the row that holds it, and its article in that avenant."""

    key: int
    article_id: int
    change: str
    act: int
    act_kind: str
    place: int
    from_on: date

    @property
    def act_name(self) -> str:
        """«avenant n° 2»."""
        return f"{ActKind(self.act_kind).label} n°\u00a0{self.act}"

    @property
    def sentence(self) -> str:
        """«Modifié par l’avenant n° 2, art. 3»."""
        done = _DONE[Change(self.change)].capitalize()
        return f"{done} par l’{self.act_name}, art.\u00a0{self.place}"


def acts_of(amendments: Iterable[Amendment]) -> list[Day]:
    """Return the acts behind some changes, each on the day of its first one."""
    first: dict[str, date] = {}
    for amendment in amendments:
        first.setdefault(amendment.act_name, amendment.from_on)
    return [Day(day, name) for name, day in first.items()]
