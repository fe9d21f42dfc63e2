"""Whom the portal believes when it reads a signature, and what each certificate says of itself."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from django.conf import settings
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements
from pyhanko_certvalidator import ValidationContext

from reporting.seals.certificates import (
    configured_certificate,
    is_self_signed,
    own_test_authority,
    read_certificates,
)


@dataclass(frozen=True)
class Trust:
    """The certificates believed in, read once for a verification."""

    roots: tuple[x509.Certificate, ...]
    own: x509.Certificate | None
    test_authority: x509.Certificate | None

    def context(self, *, moment: datetime, **kwargs) -> ValidationContext:
        """Return pyHanko's view of it on an instant; the network is never asked."""
        return ValidationContext(
            trust_roots=[
                one for one in (*self.roots, self.own, self.test_authority) if one is not None
            ],
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
            **kwargs,
        )

    def is_ours(self, certificate: x509.Certificate) -> bool:
        return self._is_own(certificate) or self._is_from_test_authority(certificate)

    def is_test(self, certificate: x509.Certificate) -> bool:
        return self._is_from_test_authority(certificate) or is_self_signed(certificate)

    def _is_own(self, certificate: x509.Certificate) -> bool:
        return self.own is not None and self.own.sha256 == certificate.sha256

    def _is_from_test_authority(self, certificate: x509.Certificate) -> bool:
        authority = self.test_authority
        return authority is not None and certificate.issuer == authority.subject


def current_trust() -> Trust:
    """Read SEAL_TRUST_ROOTS (PEM or DER files), the portal's own certificate and its test one.

    The portal's own certificate is believed by itself, not through its issuer: that it seals
    with one certificate of an authority does not make it accept all the others.
    """
    roots = [one for name in settings.SEAL_TRUST_ROOTS for one in read_certificates(Path(name))]
    return Trust(
        roots=tuple(roots), own=configured_certificate(), test_authority=own_test_authority()
    )


def declares_qualified(certificate: x509.Certificate) -> bool:
    """Tell whether the issuer states a qualified certificate on a qualified device.

    ETSI EN 319 412-5. A statement is not a proof: the European trusted lists alone are.
    """
    found = {one["statement_id"].native for one in get_qc_statements(certificate)}
    return {"qc_compliance", "qc_sscd"} <= found
