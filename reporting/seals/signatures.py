"""What may be said of one signature of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    KeyUsageConstraints,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus

from reporting.enums import Change, SignatureLevel, VerificationStatus
from reporting.seals.changes import change_since
from reporting.seals.cms import signature_block_is_exact
from reporting.seals.trust import Trust, declares_qualified

TIMESTAMP = "/DocTimeStamp"
PADES = "/ETSI.CAdES.detached"
CLOCKS_DISAGREE = timedelta(minutes=5)
USAGES = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})

Status = PdfSignatureStatus | DocumentTimestampStatus


@dataclass(frozen=True)
class SignatureReport:
    """One signature or timestamp: facts first, then the word and its reasons.

    `claimed_at` is what the signer says; `proven_at` what a recognised timestamp proves.
    """

    field: str
    is_timestamp: bool
    signer: str
    organisation: str
    claimed_at: datetime | None
    proven_at: datetime | None
    level: SignatureLevel
    covers_file: bool
    is_intact: bool
    is_trusted: bool
    is_test: bool
    change: Change
    status: VerificationStatus
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Findings:
    status: Status
    certificate: x509.Certificate
    change: Change
    is_exact: bool
    is_ours: bool
    is_test: bool
    claimed_at: datetime | None
    proven_at: datetime | None
    now: datetime


def report_signature(
    signature: EmbeddedPdfSignature,
    *,
    data: bytes,
    now: datetime,
    trust: Trust,
    closed: bool,
    followed_by_timestamp: bool,
) -> SignatureReport:
    """Say what is known of a signature; `closed` as in `changes.change_since`."""
    try:
        status, proven_at = _validate(signature, now, trust)
    except SignatureValidationError:
        return _broken(signature)
    found = _Findings(
        status=status,
        certificate=status.signing_cert,
        change=change_since(signature, status, data=data, closed=closed),
        is_exact=signature_block_is_exact(data, signature),
        is_ours=trust.is_ours(status.signing_cert),
        is_test=trust.is_test(status.signing_cert),
        claimed_at=_claimed_at(signature),
        proven_at=proven_at,
        now=now,
    )
    return _report(signature, found, _level(signature, proven_at, followed_by_timestamp))


def _report(
    signature: EmbeddedPdfSignature, found: _Findings, level: SignatureLevel
) -> SignatureReport:
    word, reasons = _judge(found)
    names = found.certificate.subject.native
    return SignatureReport(
        field=signature.field_name,
        is_timestamp=_is_timestamp(signature),
        signer=_text(names.get("common_name")) or found.certificate.subject.human_friendly,
        organisation=_text(names.get("organization_name")),
        claimed_at=found.claimed_at,
        proven_at=found.proven_at,
        level=level,
        covers_file=found.change == Change.AUCUN,
        is_intact=_is_intact(found),
        is_trusted=found.status.trusted,
        is_test=found.is_test,
        change=found.change,
        status=word,
        reasons=reasons,
    )


# -- Asking pyHanko -------------------------------------------------------------------------------


def _validate(
    signature: EmbeddedPdfSignature, now: datetime, trust: Trust
) -> tuple[Status, datetime | None]:
    """Validate now, or at the instant a recognised timestamp proves."""
    extra = _certificates_of_proofs(signature.reader)
    context = trust.context(moment=now, other_certs=extra)
    if _is_timestamp(signature):
        status = validate_pdf_timestamp(signature, context)
        return status, status.timestamp if status.trusted else None
    status = validate_pdf_signature(signature, context, context, key_usage_settings=USAGES)
    timestamp = status.timestamp_validity
    if timestamp is None or not timestamp.trusted or timestamp.timestamp > now + CLOCKS_DISAGREE:
        return status, None
    then = trust.context(moment=timestamp.timestamp, other_certs=extra)
    status = validate_pdf_signature(signature, then, context, key_usage_settings=USAGES)
    return status, timestamp.timestamp


def _certificates_of_proofs(reader: PdfFileReader) -> list[x509.Certificate]:
    try:
        return list(DocumentSecurityStore.read_dss(reader).load_certs())
    except NoDSSFoundError:
        return []


def _is_timestamp(signature: EmbeddedPdfSignature) -> bool:
    return signature.sig_object_type == TIMESTAMP


def _claimed_at(signature: EmbeddedPdfSignature) -> datetime | None:
    if _is_timestamp(signature):
        return None
    claimed = signature.self_reported_timestamp
    # A PDF date may lack its offset, and then its zone is unknown: read as UTC.
    return claimed.replace(tzinfo=UTC) if claimed and claimed.tzinfo is None else claimed


def _level(
    signature: EmbeddedPdfSignature, proven_at: datetime | None, followed_by_timestamp: bool
) -> SignatureLevel:
    """Return the highest level the file shows, a step at a time (ETSI EN 319 142-1)."""
    if signature.sig_object.get("/SubFilter") != PADES:
        return SignatureLevel.AUTRE
    if proven_at is None:
        return SignatureLevel.B_B
    if "/DSS" not in signature.reader.root:
        return SignatureLevel.B_T
    return SignatureLevel.B_LTA if followed_by_timestamp else SignatureLevel.B_LT


# -- Judging --------------------------------------------------------------------------------------


def _judge(found: _Findings) -> tuple[VerificationStatus, tuple[str, ...]]:
    """Return the word and its reasons: what is broken first, then whom we know, then quality."""
    if broken := tuple(_breaks(found)):
        return VerificationStatus.INVALIDE, broken
    if doubts := tuple(_doubts(found)):
        return VerificationStatus.NON_VERIFIABLE, (*doubts, *_remarks(found, is_known=False))
    remarks = tuple(_remarks(found, is_known=True))
    if found.is_test or not declares_qualified(found.certificate):
        return VerificationStatus.VALIDE_NON_QUALIFIE, remarks
    return VerificationStatus.VALIDE, remarks


def _is_intact(found: _Findings) -> bool:
    return found.status.intact and found.status.valid and found.change != Change.CONTENU


def _breaks(found: _Findings) -> Iterator[str]:
    if not (found.status.intact and found.status.valid):
        yield "Le contenu signé a changé\u202f: l’empreinte ne correspond plus."
    elif found.change == Change.CONTENU:
        yield "Le fichier a été modifié après le scellement."
    elif not found.is_exact and found.is_ours:
        yield "Le bloc de signature a été modifié."
    timestamp = getattr(found.status, "timestamp_validity", None)
    if timestamp is not None and not (timestamp.intact and timestamp.valid):
        yield "L’horodatage de la signature ne correspond pas à elle."
    claimed = found.claimed_at
    if claimed is not None and not _was_valid(found.certificate, claimed):
        yield "La date annoncée est hors de la période de validité du certificat."
    if claimed is not None and claimed > found.now + CLOCKS_DISAGREE:
        yield "La date annoncée est dans l’avenir."


def _doubts(found: _Findings) -> Iterator[str]:
    moment = found.proven_at or found.now
    if found.status.revoked:
        yield "Le certificat du signataire a été révoqué."
    elif moment > found.certificate.not_valid_after:
        yield (
            f"Le certificat a expiré le {found.certificate.not_valid_after:%d/%m/%Y}\u202f: sans "
            "horodatage reconnu, rien ne prouve que la signature lui est antérieure."
        )
    elif not found.status.trusted:
        yield "Le certificat ne vient d’aucune autorité reconnue par le portail."
    if not found.is_exact:
        yield "Le bloc de signature contient des octets que rien ne protège."


def _remarks(found: _Findings, *, is_known: bool) -> Iterator[str]:
    if found.is_test:
        yield "Certificat de test – sans valeur."
    elif is_known and declares_qualified(found.certificate):
        yield (
            "Le certificat se déclare qualifié\u202f; "
            "seule la liste de confiance européenne en fait foi."
        )
    elif is_known:
        yield "Le certificat est reconnu par le portail, sans être qualifié."
    if is_known and not found.is_test:
        yield "La révocation du certificat n’est pas contrôlée."
    if found.proven_at is None:
        yield "La date est celle qu’annonce le signataire\u202f: elle n’est pas prouvée."


def _was_valid(certificate: x509.Certificate, moment: datetime) -> bool:
    return certificate.not_valid_before <= moment <= certificate.not_valid_after


def _text(value: str | list[str] | None) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""


def _broken(signature: EmbeddedPdfSignature) -> SignatureReport:
    return SignatureReport(
        field=signature.field_name,
        is_timestamp=_is_timestamp(signature),
        signer="",
        organisation="",
        claimed_at=None,
        proven_at=None,
        level=SignatureLevel.AUTRE,
        covers_file=False,
        is_intact=False,
        is_trusted=False,
        is_test=False,
        change=Change.CONTENU,
        status=VerificationStatus.INVALIDE,
        reasons=("Le bloc de signature est abîmé ou d’un type inconnu.",),
    )
