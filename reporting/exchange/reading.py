"""A file that came from elsewhere, checked into rows; every refusal names its place in the file."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from reporting.exchange.table import HANDLE, Handle, Table, is_link, is_many
from reporting.exchange.tables import TABLES, inner
from reporting.exchange.tables_life import JOURNAL
from reporting.exchange.tables_shared import ORGANISATIONS, PEOPLE, TERRITORIES
from reporting.exchange.tables_text import CONVENTION, DOCUMENTS
from reporting.exchange.values import read, storable
from reporting.exchange.writing import CONTENT, SCHEMA, VERSION


def refusal(path: str, message: str) -> ValidationError:
    """«actes[2].articles[0].date_effet : une date est attendue.»"""
    return ValidationError(f"{path}\u00a0: {message.rstrip('.')}.", code="file")


@dataclass(eq=False)
class Row:
    """One row of the file: its values by field name, links still as the file names them."""

    table: Table
    path: str
    values: dict[str, object]
    links: dict[str, Handle | None]
    many: dict[str, list[Handle]]
    handle: Handle | None = None
    above: "Row | None" = None
    content: str | None = None


@dataclass
class Package:
    """The rows of a file, by table in the order they are to be written."""

    rows: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def convention(self) -> Row:
        return self.rows[CONVENTION][0]


def read_package(content: dict) -> Package:
    """Check a file's shape, its types and its own references; nothing is asked of the database."""
    _check_schema(content)
    package = Package()
    roots = [table for table in TABLES if not table.within]
    _check_keys("fichier", content, ["schema", "version", *(table.key for table in roots)])
    for table in roots:
        if table is CONVENTION:
            _read_row(package, table, content[table.key], table.key, None)
        else:
            _read_list(package, table, content[table.key], table.key, None)
    for table in TABLES:
        _check_handles(package.rows[table])
    _check_links(package)
    _check_named(package)
    return package


def _check_schema(content: dict) -> None:
    if content.get("schema") != SCHEMA:
        msg = "Ce fichier n’est pas un export de convention."
        raise ValidationError(msg, code="schema")
    version = content.get("version")
    if version != VERSION or isinstance(version, bool):
        msg = f"Version {str(version)[:20]} inconnue\u202f: ce portail lit la version {VERSION}."
        raise ValidationError(msg, code="version")


def _check_keys(path: str, found: dict, expected: list[str]) -> None:
    if missing := [name for name in expected if name not in found]:
        raise refusal(path, f"il manque «\u00a0{missing[0]}\u00a0»")
    if unknown := [name for name in found if name not in expected]:
        raise refusal(path, f"la clé «\u00a0{unknown[0][:60]}\u00a0» est inconnue")


def _read_list(package: Package, table: Table, found, path: str, above: Row | None) -> None:
    if not isinstance(found, list):
        raise refusal(path, "une liste est attendue")
    for rank, one in enumerate(found):
        _read_row(package, table, one, f"{path}[{rank}]", above)


def _read_row(package: Package, table: Table, found, path: str, above: Row | None) -> None:
    if not isinstance(found, dict):
        raise refusal(path, "un objet est attendu")
    _check_keys(path, found, _keys(table, found))
    row = Row(table, path, {}, {}, {}, above=above)
    for (name, one), field_name in zip(table.columns, table.fields, strict=True):
        place = f"{path}.{name}"
        if is_many(one):
            row.many[field_name] = _handles(found[name], place)
        elif is_link(one):
            row.links[field_name] = _link(found[name], place, nullable=one.null)
        else:
            row.values[field_name] = _value(one, found[name], place)
    row.handle = _own_handle(table, found, path)
    row.content = _content(table, found, path)
    package.rows[table].append(row)
    for inside in inner(table):
        _read_list(package, inside, found[inside.key], f"{path}.{inside.key}", row)


def _keys(table: Table, found: dict) -> list[str]:
    own = [HANDLE] if numbered(table) else []
    names = [name for name, _one in table.columns]
    joined = [CONTENT] if table is DOCUMENTS and CONTENT in found else []
    return [*own, *names, *(inside.key for inside in inner(table)), *joined]


def numbered(table: Table) -> bool:
    """Whether the rows bear a `repere`: a line of the journal is never referred to."""
    return table.numbers_itself and table is not JOURNAL


def _own_handle(table: Table, found: dict, path: str) -> Handle | None:
    if table is JOURNAL:
        return None
    name = HANDLE if table.numbers_itself else table.name_of(table.handle)
    return _link(found[name], f"{path}.{name}", nullable=False)


def _content(table: Table, found: dict, path: str) -> str | None:
    content = found.get(CONTENT) if table is DOCUMENTS else None
    if content is not None and not isinstance(content, str):
        raise refusal(f"{path}.{CONTENT}", "un texte en base64 est attendu")
    return content


def _value(one, found, place: str):
    try:
        return read(one, found)
    except ValidationError as error:
        raise refusal(place, " ".join(error.messages)) from error


def _link(found, place: str, *, nullable: bool) -> Handle | None:
    if found is None and nullable:
        return None
    if isinstance(found, bool) or not isinstance(found, int | str):
        raise refusal(place, "un renvoi (nombre ou texte) est attendu")
    if isinstance(found, str) and not storable(found):
        raise refusal(place, "le texte contient un caractère qui ne se conserve pas")
    return found


def _handles(found, place: str) -> list[Handle]:
    if not isinstance(found, list):
        raise refusal(place, "une liste de renvois est attendue")
    return [_link(one, f"{place}[{rank}]", nullable=False) for rank, one in enumerate(found)]


def _check_handles(rows: list[Row]) -> None:
    seen: set[Handle] = set()
    for row in rows:
        if row.handle is None:
            continue
        if row.handle in seen:
            raise refusal(row.path, f"«\u00a0{str(row.handle)[:60]}\u00a0» est déjà pris")
        seen.add(row.handle)


def _check_links(package: Package) -> None:
    """Refuse a reference to a row that the file does not hold."""
    known = {
        table.model: {row.handle for row in package.rows[table]}
        for table in TABLES
        if table is not JOURNAL
    }
    for table in TABLES:
        for row in package.rows[table]:
            for name, handle in _references(row):
                model = table.field(name).related_model
                if model is CONVENTION.model and name == "parent":
                    continue
                if handle not in known[model]:
                    place = f"{row.path}.{table.name_of(name)}"
                    msg = f"«\u00a0{str(handle)[:60]}\u00a0» n’est pas dans le fichier"
                    raise refusal(place, msg)


def _check_named(package: Package) -> None:
    """Refuse a place, a body or a person that nothing in the file names: it would be made here."""
    named = defaultdict(set)
    for table in TABLES:
        for row in package.rows[table]:
            for name, handle in _references(row):
                named[table.field(name).related_model].add(handle)
    for table in (TERRITORIES, ORGANISATIONS, PEOPLE):
        for row in package.rows[table]:
            if row.handle not in named[table.model]:
                raise refusal(row.path, "rien dans le fichier n’y renvoie")


def _references(row: Row) -> Iterator[tuple[str, Handle]]:
    for name, handle in row.links.items():
        if handle is not None:
            yield name, handle
    for name, handles in row.many.items():
        for handle in handles:
            yield name, handle
