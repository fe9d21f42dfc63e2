"""Files people bring: checked, then kept under the hash of their bytes."""

import hashlib
import os
import tempfile
from datetime import date

from django.conf import settings
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import can, check_can
from conventions.enums import DocumentKind
from conventions.models import Convention, Document
from conventions.rules.fichiers import check_file


def keep_bytes(data: bytes) -> str:
    """Write bytes once under their SHA-256, whole or not at all, read-only; return the hash.

    A folder for each first two digits. A file left by a transaction that was rolled back harms
    nobody: nothing refers to it, and the same bytes would find it again.
    """
    digest = hashlib.sha256(data).hexdigest()
    folder = settings.FILES_DIR / digest[:2]
    path = folder / digest
    if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
        return digest
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
            os.fchmod(stream.fileno(), 0o400)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise
    return digest


def _check_may_add(by: User | None, convention: Convention, *, on: date) -> None:
    """Contributors add files; the portal itself (`by=None`) keeps those it makes."""
    if by is None or can(by, convention, Capability.SIGN, on=on):
        return
    check_can(by, convention, Capability.CONTRIBUTE, on=on)


@transaction.atomic
def store_document(
    convention: Convention,
    *,
    by: User | None,
    on: date,
    name: str,
    data: bytes,
    kind: str = DocumentKind.AUTRE,
    description: str = "",
    reserved_to: int | None = None,
) -> Document:
    """Keep a file of a convention, if its name, its content and its size allow (control 27).

    `reserved_to`: the organisation that alone reads the line of the journal.
    """
    _check_may_add(by, convention, on=on)
    facts = check_file(name, data)
    document = Document(
        convention=convention,
        kind=kind,
        name=facts.name,
        content_type=facts.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        description=description,
        added_by=by,
    )
    document.full_clean()
    keep_bytes(data)
    document.save()
    told = {"sha256": document.sha256, "size": document.size, "kind": str(kind)}
    if reserved_to is not None:
        told["reserved_to"] = reserved_to
    record(by, Verb.DOCUMENT_STORED, document, dossier=convention.pk, **told)
    return document
