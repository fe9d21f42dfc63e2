"""What an act did to an article, said as the margin of a law says it."""

from dataclasses import dataclass
from datetime import date

from conventions.enums import ActKind, Change

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
