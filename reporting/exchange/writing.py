"""The whole of a convention, read from the database and composed as the file has it.

Nothing depends on primary keys but the order of what was only ever recorded one after the other;
the same content gives the same bytes, whatever the database.
"""

import base64
import json
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models

from accounts.enums import Verb
from accounts.models import ImportedEntry, JournalEntry
from conventions.models import Convention, CorruptFileError
from engagements.models import Indicator
from reporting.exchange.deadline_keys import translated
from reporting.exchange.table import HANDLE, Handle, Table, is_link, is_many
from reporting.exchange.tables import BY_MODEL, OWN, TABLES, inner
from reporting.exchange.tables_dates import NOTES
from reporting.exchange.tables_life import DEADLINES, JOURNAL
from reporting.exchange.tables_shared import SHARED
from reporting.exchange.tables_text import CONVENTION, DOCUMENTS
from reporting.exchange.values import written

SCHEMA = "revoyure/convention"
VERSION = 1
CONTENT = "contenu"
# Lists whose rows say which deadline they are of.
KEYED = (DEADLINES, NOTES)
# The portal's own housekeeping: what it computed, sent or handed over is no act of the parties.
NOT_HISTORY = frozenset(
    {
        Verb.DEADLINES_PROJECTED,
        Verb.REMINDER_SENT,
        Verb.REMINDER_FAILED,
        Verb.DOCUMENT_DOWNLOADED,
        Verb.EXPORTED,
        Verb.CONVENTION_IMPORTED,
    }
)


def to_bytes(content: dict) -> bytes:
    """Write the file: two spaces, UTF-8, its keys in the documented order, a newline at the end."""
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


def compose(convention: Convention, *, with_files: bool = True) -> dict:
    """Return the file's content, or refuse what could not be made equal elsewhere."""
    return _Composer(convention).content(with_files=with_files)


class _Composer:
    """Rows first, then how each is referred to, then their values."""

    def __init__(self, convention: Convention) -> None:
        self.convention = convention
        self.rows: dict[Table, list[models.Model]] = {CONVENTION: [convention]}
        self.handles: dict[type[models.Model], dict[int, Handle]] = {}
        self.many: dict[models.Field, dict[int, list[int]]] = {}
        for table in OWN:
            self.rows[table] = self._fetch(table)
        self.rows[JOURNAL] = _journal(convention)
        self._gather_shared()
        self.nested = {table: self._by_parent(table) for table in TABLES if table.within}
        for table in TABLES:
            self.handles[table.model] = table.handles(self.rows[table])
        if convention.parent is not None:
            self.handles[Convention][convention.parent_id] = convention.parent.reference

    def _fetch(self, table: Table) -> list[models.Model]:
        look_up = {table.rows: self.convention.pk, **table.only}
        related = {path.rpartition("__")[0] for path in table.order if "__" in path}
        # Without a name, `select_related` follows every link there is.
        found = table.model._base_manager.filter(**look_up).select_related(*related or [None])
        for _name, one in table.columns:
            if is_many(one):
                self.many[one] = self._links(table, one)
        return table.sorted(found, self._ranks(table))

    def _ranks(self, table: Table) -> dict[int, int] | None:
        if not table.within:
            return None
        parent = BY_MODEL[table.field(table.parent).related_model]
        return {row.pk: rank for rank, row in enumerate(self.rows[parent])}

    def _links(self, table: Table, one: models.Field) -> dict[int, list[int]]:
        source, target = f"{one.m2m_field_name()}_id", f"{one.m2m_reverse_field_name()}_id"
        look_up = {f"{one.m2m_field_name()}__{table.rows}": self.convention.pk}
        found = defaultdict(list)
        through = one.remote_field.through._base_manager.filter(**look_up)
        for row, other in through.values_list(source, target):
            found[row].append(other)
        return found

    def _gather_shared(self) -> None:
        """Follow what is named until nothing new is: a body, its territory, their region."""
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        own = self.convention.own_indicators.values_list("pk", flat=True)
        wanted[Indicator].update(own)
        for table in (CONVENTION, *OWN, JOURNAL):
            self._name(wanted, table, self.rows[table])
        known: dict[Table, dict[int, models.Model]] = {table: {} for table in SHARED}
        while True:
            new = {
                table: table.model._base_manager.filter(
                    pk__in=wanted[table.model] - known[table].keys()
                )
                for table in SHARED
                if not table.within and wanted[table.model] - known[table].keys()
            }
            if not new:
                break
            for table, rows in new.items():
                known[table] |= {row.pk: row for row in rows}
                self._name(wanted, table, known[table].values())
        for table in SHARED:
            self.rows[table] = (
                self._inside(table) if table.within else table.sorted(known[table].values())
            )

    def _inside(self, table: Table) -> list[models.Model]:
        ranks = self._ranks(table)
        rows = table.model._base_manager.filter(**{f"{table.parent}__in": ranks})
        return table.sorted(rows.select_related(table.parent), ranks)

    def _name(self, wanted: dict, table: Table, rows) -> None:
        links = [one for _name, one in table.columns if is_link(one)]
        for row in rows:
            for one in links:
                if (pk := getattr(row, one.attname)) is not None:
                    self._want(wanted, one.related_model, pk)

    def _want(self, wanted: dict, model: type[models.Model], pk: int) -> None:
        table = BY_MODEL[model]
        if not table.within:
            wanted[model].add(pk)
        elif table in SHARED:
            above = table.field(table.parent)
            parent = model._base_manager.values_list(above.attname, flat=True).get(pk=pk)
            wanted[above.related_model].add(parent)

    def _by_parent(self, table: Table) -> dict[int, list[models.Model]]:
        found = defaultdict(list)
        for row in self.rows[table]:
            found[getattr(row, table.parent_column)].append(row)
        return found

    def content(self, *, with_files: bool) -> dict:
        found = {"schema": SCHEMA, "version": VERSION}
        for table in TABLES:
            if table is CONVENTION:
                found[table.key] = self._values(table, self.convention)
            elif not table.within:
                found[table.key] = [self._whole(table, row) for row in self.rows[table]]
        if with_files:
            for line, document in zip(found[DOCUMENTS.key], self.rows[DOCUMENTS], strict=True):
                line[CONTENT] = _content(document)
        return found

    def _whole(self, table: Table, row: models.Model) -> dict:
        """A row with those nested in it."""
        found = self._values(table, row)
        for inside in inner(table):
            found[inside.key] = [
                self._whole(inside, one) for one in self.nested[inside].get(row.pk, [])
            ]
        return found

    def _values(self, table: Table, row: models.Model) -> dict:
        found = {}
        if table.numbers_itself and table is not JOURNAL:
            found[HANDLE] = self.handles[table.model][row.pk]
        for name, one in table.columns:
            found[name] = self._value(table, row, one)
        return found

    def _value(self, table: Table, row: models.Model, one: models.Field):
        if is_many(one):
            others = self.many[one].get(row.pk, [])
            return sorted(self._handle(one.related_model, pk, row) for pk in others)
        value = getattr(row, one.attname)
        if is_link(one):
            return None if value is None else self._handle(one.related_model, value, row)
        if table in KEYED and one.name == "key":
            return translated(value, self._named)
        return written(value)

    def _named(self, model: type[models.Model], pk: str) -> Handle | None:
        return self.handles[model].get(int(pk)) if pk.isdigit() else None

    def _handle(self, model: type[models.Model], pk: int, row: models.Model) -> Handle:
        try:
            return self.handles[model][pk]
        except KeyError as error:
            named = row._meta.verbose_name
            msg = f"{named} «\u00a0{row}\u00a0» renvoie à un objet d’une autre convention."
            raise ValidationError(msg.capitalize(), code="elsewhere") from error


def _content(document) -> str:
    try:
        return base64.b64encode(document.read()).decode()
    except CorruptFileError as error:
        msg = (
            f"Le fichier «\u00a0{document.name}\u00a0» manque ou a changé depuis son dépôt\u202f: "
            "rétablissez-le, ou exportez avec --without-files."
        )
        raise ValidationError(msg, code="corrupt") from error


def _journal(convention: Convention) -> list[ImportedEntry]:
    """Return what another house told, then what this one does."""
    kept = list(ImportedEntry.objects.filter(dossier_id=convention.pk).order_by("rank"))
    own = JournalEntry.objects.of_dossier(convention.pk).exclude(verb__in=NOT_HISTORY)
    return kept + [_as_imported(entry) for entry in own.order_by("pk")]


def _as_imported(entry: JournalEntry) -> ImportedEntry:
    """A line kept to one side names its organisation by a key: a reference says it elsewhere."""
    data = {name: value for name, value in entry.data.items() if name != "reserved_to"}
    own = {"actor", "data", "reserved_to"}
    return ImportedEntry(
        actor_id=entry.actor_id,
        data=data,
        reserved_to_id=entry.data.get("reserved_to"),
        **{name: getattr(entry, name) for name in JOURNAL.fields if name not in own},
    )
