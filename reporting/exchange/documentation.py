"""The lists of the file, described: what `docs/format-export.md` must say of each field."""

from reporting.exchange.reading import numbered
from reporting.exchange.table import HANDLE, Table, is_link, is_many
from reporting.exchange.tables import BY_MODEL, TABLES
from reporting.exchange.tables_text import DOCUMENTS
from reporting.exchange.values import type_of
from reporting.exchange.writing import CONTENT


def described() -> str:
    """Return one Markdown section a list, in the order of the file."""
    return "\n".join(_section(table) for table in TABLES)


def _section(table: Table) -> str:
    inside = f"Dans chaque ligne de `{table.within}`. " if table.within else ""
    lines = [
        f"### {_path(table)}",
        "",
        f"{inside}{table.note or 'Table ' + table.model._meta.verbose_name_plural + '.'}",
        "",
        "| clé | sens | type | source |",
        "|---|---|---|---|",
        *(_line(*cells) for cells in _fields(table)),
    ]
    if table.left_out:
        left_out = sorted(f"`{name}` ({reason})" for name, reason in table.left_out.items())
        lines += ["", f"Laissés de côté : {' ; '.join(left_out)}."]
    return "\n".join([*lines, ""])


def _path(table: Table) -> str:
    return f"{table.within}.{table.key}" if table.within else table.key


def _fields(table: Table):
    label = table.model._meta.label
    if numbered(table):
        own = "rang dans le fichier" if table.handle is None else "identité lisible"
        kind = "entier" if table.handle is None else "texte"
        yield HANDLE, f"{own}\u202f: ce par quoi les renvois le désignent", kind, "calculé"
    for name, one in table.columns:
        yield name, str(one.verbose_name), _type(one), f"`{label}.{one.name}`"
    if table is DOCUMENTS:
        yield CONTENT, "les octets du fichier", "base64, facultatif", "`Document.read()`"


def _type(one) -> str:
    if not (is_link(one) or is_many(one)):
        return type_of(one)
    target = BY_MODEL[one.related_model]
    name = target.name_of(target.handle) if isinstance(target.handle, str) else HANDLE
    where = f"`{_path(target)}.{name}`"
    if is_many(one):
        return f"liste triée de renvois à {where}"
    return f"renvoi à {where}{' ou null' if one.null else ''}"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
