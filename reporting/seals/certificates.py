"""The certificate the portal seals with: the configured one, or a test one made at first use."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from pyhanko.sign.signers import SimpleSigner

TEST_NAME = "Revoyure – certificat de test – sans valeur"
TEST_ORGANISATION = "Portail Revoyure (démonstration)"
TEST_AUTHORITY = "Revoyure – autorité de test – sans valeur"
TEST_LIFE = timedelta(days=3652)
TEST_PKCS12 = "cachet.p12"
TEST_ROOT = "autorite.pem"


@dataclass(frozen=True)
class SealIdentity:
    """Who seals. `is_test` is true for the certificate made here and for any self-signed one."""

    signer: SimpleSigner
    subject: str
    organisation: str
    is_test: bool
    not_after: datetime


def seal_identity(*, now: datetime) -> SealIdentity:
    """Return the portal's sealing identity; refuse one that is not in its validity period."""
    if settings.SEAL_PKCS12:
        identity = _load(Path(settings.SEAL_PKCS12), settings.SEAL_PKCS12_PASSWORD, made_here=False)
    else:
        folder = Path(settings.SEAL_TEST_DIR)
        if not (folder / TEST_PKCS12).exists():
            _make_test_folder(folder, now=now)
        identity = _load(folder / TEST_PKCS12, "", made_here=True)
    if not identity.signer.signing_cert.not_valid_before <= now <= identity.not_after:
        msg = (
            f"Le certificat du cachet n’est pas valable le {now:%d/%m/%Y}\u202f: rien n’est scellé."
        )
        raise ValidationError(msg, code="seal_certificate_expired")
    return identity


def own_test_authority() -> asn1_x509.Certificate | None:
    """Return the test authority of this portal, if one was ever made. Never makes one."""
    path = Path(settings.SEAL_TEST_DIR) / TEST_ROOT
    return read_certificates(path)[0] if path.exists() else None


def configured_certificate() -> asn1_x509.Certificate | None:
    """Return the configured seal certificate, so that the portal recognises its own seals."""
    if not settings.SEAL_PKCS12:
        return None
    path = Path(settings.SEAL_PKCS12)
    return _load(path, settings.SEAL_PKCS12_PASSWORD, made_here=False).signer.signing_cert


def read_certificates(path: Path) -> list[asn1_x509.Certificate]:
    """Read the PEM or DER certificates of a file."""
    try:
        content = path.read_bytes()
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
    except (OSError, ValueError) as error:
        msg = f"{path.name} holds no readable certificate: {error}"
        raise ImproperlyConfigured(msg) from error
    return [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in found]


def is_self_signed(certificate: asn1_x509.Certificate) -> bool:
    """Tell a certificate nobody vouches for but itself (domain-rules § D: shown as a test one)."""
    return certificate.self_issued and certificate.self_signed != "no"


def _load(path: Path, password: str, *, made_here: bool) -> SealIdentity:
    try:
        # Roots stay out of the file: who verifies brings his own, and bytes that no
        # signature protects could be changed unseen.
        signer = SimpleSigner.load_pkcs12_data(
            path.read_bytes(), (), passphrase=password.encode() or None
        )
    except (OSError, ValueError, TypeError) as error:
        msg = f"The seal certificate {path.name} cannot be read: {error}"
        raise ImproperlyConfigured(msg) from error
    if signer is None or signer.signing_cert is None:
        msg = f"The seal certificate {path.name} cannot be opened with the given password."
        raise ImproperlyConfigured(msg)
    signer.embed_roots = False
    certificate = signer.signing_cert
    names = certificate.subject.native
    return SealIdentity(
        signer=signer,
        subject=names.get("common_name") or certificate.subject.human_friendly,
        organisation=names.get("organization_name") or "",
        is_test=made_here or is_self_signed(certificate),
        not_after=certificate.not_valid_after,
    )


def _make_test_folder(folder: Path, *, now: datetime) -> None:
    """Make key and certificates beside `folder`, then move them there in one step.

    Of two processes starting at once one wins the rename, and both use the winner's.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".seal-", dir=folder.parent))
    try:
        _write_test_files(draft, now=now)
        draft.rename(folder)
    except OSError:
        if not (folder / TEST_PKCS12).exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_test_files(folder: Path, *, now: datetime) -> None:
    # The authority's key is never written: it signs this one certificate and is forgotten.
    authority_key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    authority = _certificate(
        TEST_AUTHORITY, key=authority_key, issuer=None, issuer_key=authority_key, now=now
    )
    certificate = _certificate(
        TEST_NAME, key=key, issuer=authority.subject, issuer_key=authority_key, now=now
    )
    content = pkcs12.serialize_key_and_certificates(
        TEST_NAME.encode(), key, certificate, None, NoEncryption()
    )
    _write_private(folder / TEST_PKCS12, content)
    (folder / TEST_ROOT).write_bytes(authority.public_bytes(Encoding.PEM))


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _certificate(
    name: str,
    *,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name | None,
    issuer_key: rsa.RSAPrivateKey,
    now: datetime,
) -> x509.Certificate:
    """Return a certificate for `name`; without an issuer, a self-signed authority."""
    is_authority = issuer is None
    constraints = x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None)
    own_key = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    its_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(_subject(name))
        .issuer_name(issuer or _subject(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # A day earlier, for machines whose clocks disagree.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + TEST_LIFE)
        .add_extension(constraints, critical=True)
        .add_extension(_usage(is_authority=is_authority), critical=True)
        .add_extension(own_key, critical=False)
        .add_extension(its_key, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _subject(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
