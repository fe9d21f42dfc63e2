"""A whole convention taken in from a file: an equal one, or nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from conventions.actions.documents import keep_bytes
from conventions.models import Convention, CorruptFileError
from reminders.actions.projection import project_deadlines
from reporting.exchange.checks import bytes_of, check_package
from reporting.exchange.difference import differences
from reporting.exchange.inserting import insert
from reporting.exchange.parsing import parse
from reporting.exchange.reading import Package, read_package, refusal
from reporting.exchange.tables_shared import ORGANISATIONS, PEOPLE, TERRITORIES
from reporting.exchange.tables_text import DOCUMENTS
from reporting.exchange.writing import CONTENT, compose

# This house's own row is kept as it is; what differs from the file is told.
_KEPT = tuple(f"{table.key}[" for table in (TERRITORIES, ORGANISATIONS, PEOPLE))


@dataclass(frozen=True)
class ImportReport:
    """What came in, and which values of places, bodies and people this house keeps its own of."""

    reference: str
    counts: dict[str, int]
    kept: tuple[str, ...]


@transaction.atomic
def import_convention(
    data: bytes, *, by=None, on: date, now: datetime, dry_run: bool = False
) -> ImportReport:
    """Write the convention a file holds, so that exporting it gives the same bytes.

    Raise a ValidationError that names the place in the file, and write nothing, when that cannot
    be. `dry_run` does everything and keeps nothing.
    """
    content = parse(data)
    package = read_package(content)
    check_package(package, on=on)
    _refuse_known(package)
    files = [bytes_of(row) for row in package.rows[DOCUMENTS]]
    convention = insert(package, now=now)
    _check_files(convention, package, files)
    project_deadlines(convention, now=now, on=on, by=by)
    kept = _check_equal(content, convention)
    report = ImportReport(convention.reference, _counts(package), kept)
    if dry_run:
        transaction.set_rollback(True)
        return report
    for found in files:
        if found is not None:
            keep_bytes(found)
    digest = hashlib.sha256(data).hexdigest()
    record(by, Verb.CONVENTION_IMPORTED, convention, dossier=convention.pk, sha256=digest)
    return report


def _refuse_known(package: Package) -> None:
    row = package.convention
    reference = row.values["reference"]
    if Convention.objects.filter(reference=reference).exists():
        msg = f"{reference} est déjà ici\u202f: rien n’est importé."
        raise ValidationError(msg, code="known")


def _check_files(convention: Convention, package: Package, files: list[bytes | None]) -> None:
    """A file exported without its documents enters only where their bytes already are."""
    documents = {one.sha256: one for one in convention.documents.all()}
    for row, found in zip(package.rows[DOCUMENTS], files, strict=True):
        if found is not None:
            continue
        try:
            documents[row.values["sha256"]].read()
        except CorruptFileError as error:
            msg = (
                f"le contenu de «\u00a0{row.values['name']}\u00a0» n’est ni dans le fichier ni "
                "ici\u202f: exportez sans --without-files"
            )
            raise refusal(row.path, msg) from error


def _check_equal(content: dict, convention: Convention) -> tuple[str, ...]:
    """Refuse an import whose own export would not be the file; return what is kept of this house.

    This one comparison catches what no other check foresees: another order, another canevas of the
    same version, another indicator of the same code.
    """
    wanted = {**content, DOCUMENTS.key: [_without_content(one) for one in content[DOCUMENTS.key]]}
    found = list(differences(wanted, compose(convention, with_files=False)))
    kept = [path for path in found if path.startswith(_KEPT)]
    if others := [path for path in found if path not in kept]:
        msg = (
            "ce portail ne le rendrait pas à l’identique (l’ordre du fichier, un canevas ou un "
            "indicateur déjà ici et différent)"
        )
        raise refusal(others[0], msg)
    return tuple(kept)


def _without_content(document: dict) -> dict:
    return {name: value for name, value in document.items() if name != CONTENT}


def _counts(package: Package) -> dict[str, int]:
    return {table.key: len(rows) for table, rows in package.rows.items() if not table.within}
