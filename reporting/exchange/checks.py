"""What a file must not say against itself: of its signatures, its frozen reviews, its documents."""

import base64
import binascii
import hashlib
from datetime import date

from django.core.exceptions import ValidationError

from accounts.rules.typographie import date_longue
from conventions.enums import ActStatus, ConventionStatus
from conventions.rules.fichiers import check_file
from engagements.rules.revoyure import snapshot_hash
from reporting.exchange.reading import Package, Row, refusal
from reporting.exchange.tables_life import REVOYURES
from reporting.exchange.tables_text import ACTS, CONVENTION, DOCUMENTS, SIGNATORIES
from reporting.exchange.values import written
from reporting.exchange.writing import CONTENT

_SIGNED = {ConventionStatus.SIGNEE, ConventionStatus.RESILIEE}


def check_package(package: Package, *, on: date) -> None:
    """Refuse a file whose own words contradict one another."""
    for row in package.rows[ACTS]:
        _check_act(row, on=on)
    for row in package.rows[SIGNATORIES]:
        _check_signatory(row)
    _check_initial_act(package)
    for row in package.rows[REVOYURES]:
        _check_snapshot(row)


def _check_act(row: Row, *, on: date) -> None:
    if row.values["status"] != ActStatus.SIGNE:
        return
    signed_on, effective_on = row.values["signed_on"], row.values["effective_on"]
    if signed_on is None or effective_on is None:
        raise refusal(row.path, "un acte signé porte sa date de signature et sa date d’effet")
    if signed_on > on:
        place = f"{row.path}.{ACTS.name_of('signed_on')}"
        raise refusal(place, f"le {date_longue(signed_on)} n’est pas encore passé")


def _check_signatory(row: Row) -> None:
    act, day = row.above, row.values["signed_on"]
    if act is None or act.values["status"] != ActStatus.SIGNE or day is None:
        return
    if day > act.values["signed_on"]:
        place = f"{row.path}.{SIGNATORIES.name_of('signed_on')}"
        msg = (
            f"le {date_longue(day)} suit la signature de l’acte, "
            f"le {date_longue(act.values['signed_on'])}, qui est celle de la dernière partie"
        )
        raise refusal(place, msg)


def _check_initial_act(package: Package) -> None:
    initial = [row for row in package.rows[ACTS] if row.values["number"] == 0]
    signed = bool(initial) and initial[0].values["status"] == ActStatus.SIGNE
    status = package.convention.values["status"]
    if signed != (status in _SIGNED):
        place = f"{package.convention.path}.{CONVENTION.name_of('status')}"
        msg = f"«\u00a0{status}\u00a0» ne va pas avec l’état de l’acte initial"
        raise refusal(place, msg)


def _check_snapshot(row: Row) -> None:
    snapshot, digest = row.values["snapshot"], row.values["snapshot_sha256"]
    if snapshot is not None and snapshot_hash(written(snapshot)) != digest:
        place = f"{row.path}.{REVOYURES.name_of('snapshot_sha256')}"
        raise refusal(place, "l’empreinte n’est pas celle de l’instantané")


def bytes_of(row: Row) -> bytes | None:
    """Return a document's bytes, checked against what the file says of them; None without them."""
    if row.content is None:
        return None
    place = f"{row.path}.{CONTENT}"
    try:
        data = base64.b64decode(row.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise refusal(place, "ce n’est pas du base64") from error
    if hashlib.sha256(data).hexdigest() != row.values["sha256"]:
        raise refusal(place, "les octets n’ont pas l’empreinte annoncée")
    if len(data) != row.values["size"]:
        raise refusal(
            f"{row.path}.{DOCUMENTS.name_of('size')}", "ce n’est pas la taille du fichier"
        )
    try:
        check_file(row.values["name"], data)
    except ValidationError as error:
        raise refusal(place, " ".join(error.messages)) from error
    return data
