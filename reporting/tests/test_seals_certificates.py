"""The portal seals with the configured certificate, or with a test one that says so."""

import multiprocessing
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.core.exceptions import ImproperlyConfigured, ValidationError

from reporting.seals import certificates
from reporting.seals.certificates import own_test_authority, seal_identity
from reporting.tests import seals_kit as kit


def make_pkcs12(path: Path, *, password: bytes = b"secret") -> Path:
    """Write a self-signed certificate, as an operator may to begin with."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = certificates._certificate(
        "Cachet du Grand Besançon", key=key, issuer=None, issuer_key=key, now=kit.NOW
    )
    content = pkcs12.serialize_key_and_certificates(
        b"cachet", key, certificate, None, BestAvailableEncryption(password)
    )
    path.write_bytes(content)
    return path


@pytest.fixture
def unconfigured(settings, tmp_path):
    settings.SEAL_PKCS12 = ""
    settings.SEAL_TEST_DIR = tmp_path / "data" / "seal"
    return settings


def test_a_test_certificate_is_made_at_first_use_and_kept(unconfigured):
    first = seal_identity(now=kit.NOW)
    again = seal_identity(now=kit.LATER)
    assert first.is_test
    assert first.subject == "Revoyure – certificat de test – sans valeur"
    assert first.signer.signing_cert.sha256 == again.signer.signing_cert.sha256
    assert first.not_after > kit.NOW + timedelta(days=3650)


def test_its_key_is_readable_by_the_portal_alone(unconfigured):
    seal_identity(now=kit.NOW)
    folder = unconfigured.SEAL_TEST_DIR
    assert stat.S_IMODE((folder / certificates.TEST_PKCS12).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.parent.iterdir()] == ["seal"]


def test_the_authority_vouches_for_the_certificate_and_keeps_no_key(unconfigured):
    identity = seal_identity(now=kit.NOW)
    authority = own_test_authority()
    assert identity.signer.signing_cert.issuer == authority.subject
    assert sorted(path.name for path in unconfigured.SEAL_TEST_DIR.iterdir()) == [
        certificates.TEST_ROOT,
        certificates.TEST_PKCS12,
    ]


def test_verification_never_makes_an_authority(unconfigured):
    assert own_test_authority() is None
    assert not unconfigured.SEAL_TEST_DIR.exists()


def _make(folder):
    certificates._make_test_folder(Path(folder), now=kit.NOW)


def test_processes_starting_together_share_one_certificate(unconfigured):
    folder = unconfigured.SEAL_TEST_DIR
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_make, args=(str(folder),)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert [path.name for path in folder.parent.iterdir()] == ["seal"]
    identity = seal_identity(now=kit.NOW)
    assert identity.signer.signing_cert.issuer == own_test_authority().subject


def test_the_configured_certificate_is_used(settings, tmp_path):
    settings.SEAL_PKCS12 = str(make_pkcs12(tmp_path / "cachet.p12"))
    settings.SEAL_PKCS12_PASSWORD = "secret"
    settings.SEAL_TEST_DIR = tmp_path / "seal"
    identity = seal_identity(now=kit.NOW)
    assert identity.subject == "Cachet du Grand Besançon"
    assert not settings.SEAL_TEST_DIR.exists()


def test_a_self_signed_certificate_counts_as_a_test_one(settings, tmp_path):
    settings.SEAL_PKCS12 = str(make_pkcs12(tmp_path / "cachet.p12"))
    settings.SEAL_PKCS12_PASSWORD = "secret"
    assert seal_identity(now=kit.NOW).is_test


@pytest.mark.parametrize("password", ["", "autre"])
def test_a_wrong_password_is_said_plainly(settings, tmp_path, password):
    settings.SEAL_PKCS12 = str(make_pkcs12(tmp_path / "cachet.p12"))
    settings.SEAL_PKCS12_PASSWORD = password
    with pytest.raises(ImproperlyConfigured, match=r"cachet\.p12"):
        seal_identity(now=kit.NOW)


def test_a_missing_certificate_is_said_plainly(settings, tmp_path):
    settings.SEAL_PKCS12 = str(tmp_path / "absent.p12")
    with pytest.raises(ImproperlyConfigured, match=r"absent\.p12"):
        seal_identity(now=kit.NOW)


@pytest.mark.parametrize("shift", [timedelta(days=-2), timedelta(days=3700)])
def test_nothing_is_sealed_outside_the_certificate_s_validity(unconfigured, shift):
    seal_identity(now=kit.NOW)
    with pytest.raises(ValidationError, match="n’est pas valable"):
        seal_identity(now=kit.NOW + shift)
