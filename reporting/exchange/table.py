"""What the tables of the file are made of: which rows, which fields, named and ordered how."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models

from reporting.exchange.names import NAMES

HANDLE = "repere"
Handle = int | str


@dataclass(frozen=True, eq=False)
class Table:
    """One list of the file, for one model.

    `fields` are exported in this order, each under its word of `NAMES` unless `renamed`;
    `left_out` says of every other field why it is not. Rows are nested in the list of `within`
    through their field `parent`; `rows` is the look-up that leads to the convention, `only` what
    else they must be. `order` is the natural order, inside each parent; rows it does not tell
    apart stay in the order they were recorded in.

    Others refer to a row by `handle`: one of its fields, a function of it, or nothing, and its
    rank in the file (`repere`) is used. `closing` fields are written once everything is in, for
    the database refuses additions to what is signed or frozen.
    """

    key: str
    model: type[models.Model]
    fields: tuple[str, ...]
    within: str = ""
    parent: str = "convention"
    rows: str = "convention"
    only: Mapping[str, object] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    handle: str | Callable[[models.Model], Handle] | None = None
    closing: Mapping[str, object] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def name_of(self, field_name: str) -> str:
        return self.renamed.get(field_name) or NAMES[field_name]

    def field(self, field_name: str) -> models.Field:
        return self.model._meta.get_field(field_name)

    @property
    def columns(self) -> list[tuple[str, models.Field]]:
        """(name in the file, field), in the order of the file."""
        return [(self.name_of(name), self.field(name)) for name in self.fields]

    @property
    def numbers_itself(self) -> bool:
        return not isinstance(self.handle, str)

    def sorted(
        self, rows: Iterable[models.Model], parents: Mapping[int, int] | None = None
    ) -> list[models.Model]:
        """Sort by parent and natural order, in Python: databases disagree on the order of words.

        `parents` gives the rank of each parent in the file.
        """

        def rank(row: models.Model) -> tuple:
            above = parents[getattr(row, self.parent_column)] if parents else 0
            values = [_reached(row, path) for path in self.order]
            return (above, *((value is not None, value) for value in values), row.pk)

        return sorted(rows, key=rank)

    @property
    def parent_column(self) -> str:
        return self.field(self.parent).attname

    def handles(self, rows: Iterable[models.Model]) -> dict[int, Handle]:
        """Return how each of these rows, in the order of the file, is referred to."""
        if self.handle is None:
            return {row.pk: rank for rank, row in enumerate(rows, start=1)}
        if isinstance(self.handle, str):
            return {row.pk: getattr(row, self.handle) for row in rows}
        return {row.pk: self.handle(row) for row in rows}


def _reached(row: models.Model, path: str):
    for name in path.split("__"):
        row = getattr(row, name) if row is not None else None
    return row


def is_many(one: models.Field) -> bool:
    return bool(one.many_to_many)


def is_link(one: models.Field) -> bool:
    """Whether the field names one row of another table."""
    return bool(one.is_relation) and not one.many_to_many
