"""Reading a received PDF: who signed it, and whether it is still what was signed.

The answer is one of four words (domain-rules § D) and the French sentences that explain it.
Whatever the bytes are, there is an answer and never a traceback. A database may know more
(whether this is the latest version of a report): look the `sha256` up there and add its words
`with_reasons`.
"""

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from reporting.enums import VerificationStatus
from reporting.seals.signatures import SignatureReport, report_signature
from reporting.seals.trust import Trust, current_trust

MAX_BYTES = 100 * 1024 * 1024
MAX_SIGNATURES = 50
HEADER = b"%PDF-"
# What reading hostile or damaged bytes may raise. Each says the same thing of a file: it is not a
# PDF as the standard writes them. Errors of the machine (memory, disk) are not in the list.
UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidSignature,
    LookupError,
    NotImplementedError,
    PdfError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
    zlib.error,
)
WORST_FIRST = (
    VerificationStatus.INVALIDE,
    VerificationStatus.NON_VERIFIABLE,
    VerificationStatus.VALIDE_NON_QUALIFIE,
    VerificationStatus.VALIDE,
)


@dataclass(frozen=True)
class Verification:
    """The answer about a file."""

    status: VerificationStatus
    reasons: tuple[str, ...]
    signatures: tuple[SignatureReport, ...]
    sha256: str
    size: int

    @property
    def is_ok(self) -> bool:
        """True when somebody the portal recognises answers for the whole file as it is."""
        return self.status in {VerificationStatus.VALIDE, VerificationStatus.VALIDE_NON_QUALIFIE}

    @property
    def is_test(self) -> bool:
        return any(signature.is_test for signature in self.signatures)

    def with_reasons(self, *reasons: str) -> "Verification":
        return replace(self, reasons=(*self.reasons, *reasons))


def verify_file(path: Path, *, now: datetime) -> Verification:
    """Verify a file on disk, without reading one that is too big. A missing one is an OSError."""
    size = path.stat().st_size
    return _too_big(size) if size > MAX_BYTES else verify_pdf(path.read_bytes(), now=now)


def verify_pdf(data: bytes, *, now: datetime, trust: Trust | None = None) -> Verification:
    """Verify a file at the instant `now`, without the network and without the database."""
    if len(data) > MAX_BYTES:
        return _too_big(len(data))
    blank = Verification(
        status=VerificationStatus.INVALIDE,
        reasons=(),
        signatures=(),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    if not data.startswith(HEADER):
        return blank.with_reasons("Ce fichier n’est pas un PDF.")
    trust = trust or current_trust()
    try:
        return _verify(blank, data, now, trust)
    except UNREADABLE:
        return blank.with_reasons(
            "Ce fichier n’est pas un PDF lisible\u202f: il est tronqué ou abîmé."
        )


def _verify(blank: Verification, data: bytes, now: datetime, trust: Trust) -> Verification:
    reader = PdfFileReader(io.BytesIO(data))
    if reader.encrypted:
        return _not_verifiable(blank, "Le fichier est chiffré\u202f: il ne peut pas être vérifié.")
    signatures = reader.embedded_signatures
    if not signatures:
        return blank.with_reasons("Ce fichier ne porte aucune signature.")
    if len(signatures) > MAX_SIGNATURES:
        return _not_verifiable(blank, "Le fichier porte trop de signatures pour être vérifié.")
    reports = tuple(_reports(signatures, data, now, trust))
    status = min((one.status for one in reports), key=WORST_FIRST.index)
    answer = replace(blank, status=status, signatures=reports)
    answer = answer.with_reasons(*_conclusion(answer))
    if answer.is_ok and len(reports) < len(list(enumerate_sig_fields(reader, filled_status=True))):
        return _not_verifiable(answer, "Une autre signature est d’un type inconnu du portail.")
    return answer


def _reports(
    signatures: list[EmbeddedPdfSignature], data: bytes, now: datetime, trust: Trust
) -> Iterator[SignatureReport]:
    covered = [_covers_file(signature, data) for signature in signatures]
    for position, signature in enumerate(signatures):
        yield report_signature(
            signature,
            data=data,
            now=now,
            trust=trust,
            closed=any(covered[position + 1 :]),
            followed_by_timestamp=any(
                later.sig_object_type == "/DocTimeStamp" for later in signatures[position + 1 :]
            ),
        )


def _covers_file(signature: EmbeddedPdfSignature, data: bytes) -> bool:
    if len(signature.byte_range) != 4:
        return False
    return int(signature.byte_range[2]) + int(signature.byte_range[3]) == len(data)


def _conclusion(answer: Verification) -> Iterator[str]:
    if answer.status == VerificationStatus.INVALIDE:
        yield "Ce fichier n’est pas celui qui a été scellé ou signé."
    elif answer.status == VerificationStatus.NON_VERIFIABLE:
        yield "Rien ne permet d’affirmer d’où vient ce fichier."
    else:
        yield "Le fichier n’a pas changé depuis qu’il a été scellé ou signé."
    if answer.is_test:
        yield "Certificat de test – sans valeur."


def _not_verifiable(blank: Verification, reason: str) -> Verification:
    return replace(blank, status=VerificationStatus.NON_VERIFIABLE).with_reasons(reason)


def _too_big(size: int) -> Verification:
    return Verification(
        status=VerificationStatus.NON_VERIFIABLE,
        reasons=("Le fichier est trop gros pour être vérifié.",),
        signatures=(),
        sha256="",
        size=size,
    )
