"""The operations of an act as its page lists them: what each does, from when, to which article."""

from dataclasses import dataclass
from datetime import date

from conventions.enums import Change
from conventions.models import Act
from conventions.models.acts_read import names_for, planned_of
from conventions.rules.avenants import Name, Planned, places_of

_DONE = {
    Change.REMPLACER: "remplacé",
    Change.ABROGER: "abrogé",
    Change.RENUMEROTER: "renuméroté",
}


@dataclass(frozen=True)
class Line:
    """An operation, with the article of the avenant that says it and the one it changes."""

    operation: Planned
    place: int
    name: Name
    on: date | None

    @property
    def key(self) -> int:
        return self.operation.key

    @property
    def title(self) -> str:
        """«Article 4 : Durée»."""
        words = self.name.words
        words = words[:1].upper() + words[1:]
        return f"{words}\u00a0: {self.name.heading}" if self._has_heading else words

    @property
    def _has_heading(self) -> bool:
        return bool(self.name.number and self.name.heading)

    @property
    def done(self) -> str:
        """«remplacé», «inséré», «renuméroté 5»."""
        one = self.operation
        if one.change == Change.ECRIRE:
            return self.name.agree("inséré" if one.is_new else "rétabli")
        done = self.name.agree(_DONE[Change(one.change)])
        return f"{done} {one.number}" if one.change == Change.RENUMEROTER else done


def lines_of(act: Act) -> list[Line]:
    operations = planned_of(act)
    names = names_for(act, operations)
    places = places_of((one.key, one.change, one.on) for one in operations)
    return [
        Line(one, places[one.key], names[one.article], one.on or act.effective_on)
        for one in operations
    ]
