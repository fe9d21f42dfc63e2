"""A PAdES seal appended to a finished PDF, in one of its pre-made fields."""

import hashlib
import io
import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError

from reporting.enums import SignatureLevel
from reporting.seals.certificates import SealIdentity
from reporting.seals.stamp import StampWords, qr_svg, stamp_pdf, stamp_style

__all__ = ["SealedPdf", "qr_svg", "seal_pdf"]

log = logging.getLogger(__name__)

TSA_TIMEOUT = 10  # seconds
POINTS_PER_MM = 72 / 25.4
SMALLEST_STAMP = (74 * POINTS_PER_MM, 34 * POINTS_PER_MM)


@dataclass(frozen=True)
class SealedPdf:
    """The sealed file, and what may be said of its seal. `level` is the one reached, not wished."""

    content: bytes
    sha256: str
    level: SignatureLevel
    subject: str
    is_test: bool
    notice: str = ""


class StrictTimeStamper(HTTPTimeStamper):
    """A client for which an answer that cannot be read is no answer."""

    async def async_request_tsa_response(self, req):
        try:
            return await super().async_request_tsa_response(req)
        except ValueError as error:
            msg = "The timestamp service answered something else than a timestamp."
            raise TimestampRequestError(msg) from error


class DatedPdfSigner(PdfSigner):
    """A signer that states the instant it is given instead of reading the clock."""

    def __init__(self, *args, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at

    def init_signing_session(self, pdf_out, existing_fields_only=False):
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def seal_pdf(
    pdf: bytes,
    *,
    identity: SealIdentity,
    field: str,
    code: str,
    reason: str,
    now: datetime,
    timestamper: TimeStamper | None = None,
) -> SealedPdf:
    """Append the portal's seal to `field`, with its visible stamp; nothing before it changes.

    With SEAL_TSA_URL (or a `timestamper`) the seal is timestamped. When that service does not
    answer, the seal is made all the same and says the lower level it reached: a report must not be
    lost because a third party is down.
    """
    timestamper = timestamper or _configured_timestamper()
    sealing = _Sealing(pdf, identity, field, code, reason, now)
    if timestamper is None:
        return sealing.sealed(SignatureLevel.B_B)
    try:
        return sealing.sealed(SignatureLevel.B_T, timestamper=timestamper)
    except TimestampRequestError:
        log.warning("The timestamp service did not answer; the seal is made without it.")
        notice = "Le service d’horodatage n’a pas répondu\u202f: le cachet n’est pas horodaté."
        return sealing.sealed(SignatureLevel.B_B, notice=notice)


@dataclass(frozen=True)
class _Sealing:
    pdf: bytes
    identity: SealIdentity
    field: str
    code: str
    reason: str
    now: datetime

    def sealed(
        self,
        level: SignatureLevel,
        *,
        timestamper: TimeStamper | None = None,
        notice: str = "",
    ) -> SealedPdf:
        writer = IncrementalPdfFileWriter(io.BytesIO(self.pdf))
        signer = self._signer(level, timestamper)
        content = signer.sign_pdf(writer, existing_fields_only=True).getvalue()
        return SealedPdf(
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            level=level,
            subject=self.identity.subject,
            is_test=self.identity.is_test,
            notice=notice,
        )

    def _signer(self, level: SignatureLevel, timestamper: TimeStamper | None) -> DatedPdfSigner:
        width, height = field_size(self.pdf, self.field)
        stamp = stamp_pdf(self._words(level), width=width, height=height)
        return DatedPdfSigner(
            PdfSignatureMetadata(
                field_name=self.field,
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                reason=self.reason,
                name=self.identity.subject,
            ),
            signer=self.identity.signer,
            timestamper=timestamper,
            stamp_style=stamp_style(stamp),
            at=timezone.localtime(self.now),
        )

    def _words(self, level: SignatureLevel) -> StampWords:
        return StampWords(
            code=self.code,
            level=level.label,
            subject=self.identity.subject,
            is_test=self.identity.is_test,
            sealed_at=self.now,
        )


def field_size(pdf: bytes, name: str) -> tuple[float, float]:
    """Return width and height in points of an unsigned field that is large enough."""
    reader = PdfFileReader(io.BytesIO(pdf))
    for found, value, field in enumerate_sig_fields(reader):
        if found == name:
            if value is not None:
                msg = "Ce document porte déjà un cachet à cet endroit."
                raise ValidationError(msg, code="already_sealed")
            return _checked_size(name, field.get_object())
    msg = f"The document has no field «{name}»."
    raise ValueError(msg)


def _checked_size(name: str, field: DictionaryObject) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    size = (right - left, top - bottom)
    if size[0] < SMALLEST_STAMP[0] or size[1] < SMALLEST_STAMP[1]:
        msg = f"The place of «{name}» is too small for the seal: give it 86 × 36 mm."
        raise ValueError(msg)
    return size


def _configured_timestamper() -> TimeStamper | None:
    if not settings.SEAL_TSA_URL:
        return None
    return StrictTimeStamper(settings.SEAL_TSA_URL, timeout=TSA_TIMEOUT)
