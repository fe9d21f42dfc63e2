"""Where words may be found: a table each floor adds its own places to.

The list of conventions lies below the floor that keeps engagements; what is written there must be
found all the same. So the upper floor names its places when the portal starts, and the list asks
them all without knowing them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Rows of `model` («app.Model») that speak of a convention through `fields`.

    `convention` is the path from the row to the convention; `rows` the method of the manager that
    keeps the rows everyone who sees the convention may read.
    """

    model: str
    convention: str
    fields: tuple[str, ...]
    rows: str = "all"


_places: dict[str, Place] = {}


def add_place(place: Place) -> None:
    _places[place.model] = place


def places() -> tuple[Place, ...]:
    return tuple(_places.values())


add_place(
    Place("conventions.Party", "convention", ("alias", "name_as_signed", "organisation__name"))
)
add_place(
    Place("conventions.ArticleVersion", "article__convention", ("heading", "body"), "standing")
)
