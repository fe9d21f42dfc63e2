"""The rows of a checked file, written into this database; the caller holds the transaction."""

from collections import Counter
from datetime import datetime

from django.db import IntegrityError, models

from accounts.models import User
from conventions.models import Convention
from reporting.exchange.deadline_keys import translated
from reporting.exchange.reading import Package, Row, refusal
from reporting.exchange.shared import known
from reporting.exchange.table import Handle, Table, is_many
from reporting.exchange.tables import TABLES
from reporting.exchange.tables_dates import NOTES
from reporting.exchange.tables_life import DEADLINES, JOURNAL
from reporting.exchange.tables_shared import SHARED
from reporting.exchange.tables_text import CONVENTION


def insert(package: Package, *, now: datetime) -> Convention:
    """Write every row, then what closes some: the database refuses additions to what is signed."""
    writer = _Writer(package, now=now)
    for table in TABLES:
        writer.write(table, package.rows[table])
    writer.tie()
    writer.close()
    return Convention.objects.get(pk=writer.keys[package.convention])


class _Writer:
    def __init__(self, package: Package, *, now: datetime) -> None:
        self.package, self.now = package, now
        self.keys: dict[Row, int] = {}
        self.named: dict[type[models.Model], dict[Handle, int]] = {t.model: {} for t in TABLES}
        deadlines = package.rows[DEADLINES]
        self.deadline_keys = Counter(row.values["key"] for row in deadlines)

    def write(self, table: Table, rows: list[Row]) -> None:
        """Write the rows in their order, but for those that wait for another of their table."""
        waiting = rows
        while waiting:
            later = [row for row in waiting if not self._write_if_ready(table, row)]
            if len(later) == len(waiting):
                raise refusal(later[0].path, "elle renvoie à elle-même par une suite de renvois")
            waiting = later

    def _write_if_ready(self, table: Table, row: Row) -> bool:
        for name, handle in row.links.items():
            model = table.field(name).related_model
            ready = handle is None or handle in self.named[model] or self._is_outside(row, name)
            if not ready and model is table.model:
                return False
        values = row.values | self._columns(table, row)
        found = known(table.model, values) if table in SHARED else None
        pk = found.pk if found is not None else self._save(table, row, values)
        self.keys[row] = pk
        if row.handle is not None:
            self.named[table.model][row.handle] = pk
        return True

    def _is_outside(self, row: Row, name: str) -> bool:
        return row.table is CONVENTION and name == "parent"

    def _columns(self, table: Table, row: Row) -> dict[str, object]:
        """Return the values of the columns that hold keys."""
        found = {}
        for name, handle in row.links.items():
            one = table.field(name)
            if handle is None:
                found[one.attname] = None
            elif self._is_outside(row, name):
                found[one.attname] = _framework(row, handle)
            else:
                found[one.attname] = self.named[one.related_model][handle]
        return found | self._place(table, row)

    def _place(self, table: Table, row: Row) -> dict[str, object]:
        if table in SHARED or table is CONVENTION:
            above = row.above
            return {} if above is None else {table.parent_column: self.keys[above]}
        found = {}
        convention = self.keys[self.package.convention]
        if table is JOURNAL:
            return {"dossier_id": convention, "rank": len(self.named[JOURNAL.model]) + 1}
        if "convention" in {one.name for one in table.model._meta.concrete_fields}:
            found["convention_id"] = convention
        if row.above is not None:
            found[table.parent_column] = self.keys[row.above]
        return found

    def _save(self, table: Table, row: Row, values: dict[str, object]) -> int:
        closing = {table.field(name).attname: value for name, value in table.closing.items()}
        one = table.model(**(values | closing))
        if isinstance(one, User):
            one.is_active = False
            one.set_unusable_password()
        if table is DEADLINES:
            self._place_deadline(one)
        if table is NOTES:
            one.key = translated(one.key, self._key_named)
        try:
            # As the framework's own loader does: no stamp of today over the file's instants.
            one.save_base(raw=True)
        except IntegrityError as error:
            raise refusal(row.path, _words(table.model, error)) from error
        if table is JOURNAL:
            self.named[table.model][one.rank] = one.pk
        return one.pk

    def _place_deadline(self, one) -> None:
        """Only the last declaration on an origin stands; the projection does the rest."""
        self.deadline_keys[one.key] -= 1
        one.retired_at = self.now if self.deadline_keys[one.key] else None
        one.key = translated(one.key, self._key_named)
        one.projected_at = self.now

    def _key_named(self, model: type[models.Model], handle: str) -> int | None:
        return self.named[model].get(int(handle)) if handle.isdecimal() else None

    def tie(self) -> None:
        """Write the links from many to many."""
        for table in TABLES:
            for name, one in zip(table.fields, map(table.field, table.fields), strict=True):
                if is_many(one):
                    self._tie(table, name, one)

    def _tie(self, table: Table, name: str, one: models.Field) -> None:
        source, target = f"{one.m2m_field_name()}_id", f"{one.m2m_reverse_field_name()}_id"
        through = one.remote_field.through
        for row in self.package.rows[table]:
            named = self.named[one.related_model]
            links = [
                through(**{source: self.keys[row], target: named[handle]})
                for handle in row.many[name]
            ]
            try:
                through._base_manager.bulk_create(links)
            except IntegrityError as error:
                place = f"{row.path}.{table.name_of(name)}"
                raise refusal(place, "le même renvoi y est deux fois") from error

    def close(self) -> None:
        for table in TABLES:
            for row in self.package.rows[table] if table.closing else ():
                links = self._columns(table, row)
                final = {}
                for name in table.closing:
                    column = table.field(name).attname
                    final[column] = links.get(column, row.values.get(name))
                try:
                    table.model._base_manager.filter(pk=self.keys[row]).update(**final)
                except IntegrityError as error:
                    raise refusal(row.path, _words(table.model, error)) from error


def _framework(row: Row, reference: Handle) -> int:
    found = Convention.objects.filter(reference=str(reference)).first()
    if found is None:
        place = f"{row.path}.{CONVENTION.name_of('parent')}"
        msg = f"la convention-cadre {str(reference)[:60]} n’est pas ici\u202f: importez-la d’abord"
        raise refusal(place, msg)
    return found.pk


def _words(model: type[models.Model], error: IntegrityError) -> str:
    """Say which rule of the database refused a row, in the words of its constraint."""
    said = str(error).splitlines()[0]
    for constraint in model._meta.constraints:
        if constraint.name in said or _columns_of(model, constraint) == _unique_columns(said):
            default = constraint.default_violation_error_message
            told = constraint.violation_error_message
            return f"règle {constraint.name}" if told == default else told.rstrip(".")
    if "unique" in said.lower():
        return "une autre ligne porte déjà la même identité"
    return f"la base refuse cette ligne ({said[:200]})"


def _columns_of(model: type[models.Model], constraint) -> set[str]:
    names = getattr(constraint, "fields", ())
    return {f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in names}


def _unique_columns(said: str) -> set[str] | None:
    """SQLite names the columns of a unique constraint, not the constraint."""
    start, found, columns = said.partition("UNIQUE constraint failed: ")
    return set(columns.split(", ")) if found and not start else None
