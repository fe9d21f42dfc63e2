"""Whatever the file, verification answers with one of four words and says why in French."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from reporting.enums import Change, SignatureLevel, VerificationStatus
from reporting.seals import verification
from reporting.seals.certificates import _certificate, seal_identity
from reporting.seals.trust import declares_qualified
from reporting.seals.verification import verify_file, verify_pdf
from reporting.tests import seals_kit as kit


@pytest.fixture(autouse=True)
def _own_certificate(settings):
    settings.SEAL_PKCS12 = ""
    settings.SEAL_TRUST_ROOTS = []
    settings.SEAL_TEST_DIR = kit.SEAL_DIR


def verify(data: bytes, now=kit.LATER):
    return verify_pdf(data, now=now)


def test_an_intact_test_seal_is_in_order_and_called_a_test():
    answer = verify(kit.sealed())
    assert answer.status == VerificationStatus.VALIDE_NON_QUALIFIE
    assert answer.is_ok
    assert answer.is_test
    assert "Certificat de test – sans valeur." in answer.reasons
    (signature,) = answer.signatures
    assert signature.signer == "Revoyure – certificat de test – sans valeur"
    assert signature.claimed_at == kit.NOW
    assert signature.proven_at is None
    assert signature.level == SignatureLevel.B_B
    assert (signature.covers_file, signature.is_intact, signature.is_trusted) == (True,) * 3
    assert signature.change == Change.AUCUN


def test_two_seals_in_sequence_are_both_in_order():
    once = kit.sealed(kit.SEAL, kit.SECOND)
    answer = verify(kit.seal(once, kit.SECOND, now=kit.NOW + timedelta(hours=1)).content)
    first, second = answer.signatures
    assert answer.is_ok
    assert (first.change, second.change) == (Change.SIGNATURE, Change.AUCUN)
    assert (first.is_intact, second.is_intact) == (True, True)


def test_proofs_added_for_the_long_term_are_no_change_of_content():
    output = io.BytesIO(kit.sealed())
    authority = kit.identity().signer.signing_cert
    DocumentSecurityStore.add_dss(output, b"x", certs=[authority])
    answer = verify(output.getvalue())
    assert answer.is_ok
    assert answer.signatures[0].change == Change.PREUVES


def test_a_seal_of_another_portal_cannot_be_verified(settings, tmp_path):
    settings.SEAL_TEST_DIR = tmp_path / "seal"
    answer = verify(kit.sealed())
    assert answer.status == VerificationStatus.NON_VERIFIABLE
    assert not answer.is_ok
    assert "aucune autorité reconnue" in " ".join(answer.signatures[0].reasons)
    assert not settings.SEAL_TEST_DIR.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Ce fichier n’est pas un PDF."),
        (b"Bonjour", "Ce fichier n’est pas un PDF."),
        (b"PK\x03\x04" + b"\0" * 100, "Ce fichier n’est pas un PDF."),
        (b"%PDF-1.7\n", "Ce fichier n’est pas un PDF lisible"),
        (b"%PDF-1.7\n" + b"\xff" * 500 + b"\nstartxref\n9\n%%EOF", "n’est pas un PDF lisible"),
    ],
)
def test_what_is_not_a_pdf_is_said_so(data, sentence):
    answer = verify(data)
    assert answer.status == VerificationStatus.INVALIDE
    assert sentence in answer.reasons[0]


def test_an_unsigned_document_has_no_signature():
    answer = verify(kit.finished(kit.SEAL))
    assert answer.status == VerificationStatus.INVALIDE
    assert answer.reasons == ("Ce fichier ne porte aucune signature.",)


def test_an_encrypted_document_cannot_be_verified():
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(kit.finished(kit.SEAL))) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="a", user="b"))
    answer = verify(output.getvalue())
    assert answer.status == VerificationStatus.NON_VERIFIABLE
    assert "chiffré" in answer.reasons[0]


def test_a_huge_file_is_not_even_read(tmp_path, monkeypatch):
    monkeypatch.setattr(verification, "MAX_BYTES", 1000)
    path = tmp_path / "huge.pdf"
    path.write_bytes(kit.sealed())
    for answer in (verify_file(path, now=kit.LATER), verify(kit.sealed())):
        assert answer.status == VerificationStatus.NON_VERIFIABLE
        assert answer.reasons == ("Le fichier est trop gros pour être vérifié.",)


def test_a_document_of_too_many_signatures_cannot_be_verified(monkeypatch):
    monkeypatch.setattr(verification, "MAX_SIGNATURES", 0)
    assert verify(kit.sealed()).status == VerificationStatus.NON_VERIFIABLE


def test_the_certificate_of_the_past_proves_nothing_today(tmp_path):
    """The seal was good when made; without a timestamp nobody can tell when that was."""
    folder = tmp_path / "seal"
    past = kit.NOW - timedelta(days=4000)
    old = kit.seal(kit.finished(kit.SEAL), identity=kit.identity(folder, past), now=past).content
    with_old = {"trust": trust_in(folder)}
    assert verify_pdf(old, now=past + timedelta(days=10), **with_old).is_ok
    answer = verify_pdf(old, now=kit.LATER, **with_old)
    assert answer.status == VerificationStatus.NON_VERIFIABLE
    assert "a expiré le" in answer.signatures[0].reasons[0]


def test_a_date_outside_the_certificate_s_validity_is_refused():
    late = kit.NOW + timedelta(days=5000)
    content = kit.seal(kit.finished(kit.SEAL), now=late).content
    answer = verify(content, now=late)
    assert answer.status == VerificationStatus.INVALIDE
    assert "hors de la période de validité" in " ".join(answer.signatures[0].reasons)


def test_a_date_in_the_future_is_refused():
    answer = verify(kit.sealed(), now=kit.NOW - timedelta(hours=2))
    assert answer.status == VerificationStatus.INVALIDE
    assert "dans l’avenir" in " ".join(answer.signatures[0].reasons)


def test_what_a_database_knows_can_be_added():
    answer = verify(kit.sealed()).with_reasons("C’est la dernière version de ce rapport.")
    assert answer.reasons[-1] == "C’est la dernière version de ce rapport."
    assert answer.status == VerificationStatus.VALIDE_NON_QUALIFIE


def trust_in(folder):
    """Return the trust of a portal whose own certificates are in `folder`."""
    return verification.Trust(
        roots=(),
        own=None,
        test_authority=asn1_x509.Certificate.load(
            x509.load_pem_x509_certificate((folder / "autorite.pem").read_bytes()).public_bytes(
                Encoding.DER
            )
        ),
    )


# -- A real authority: neither ours nor a test one ------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Give an authority's file, and the PKCS#12 of a seal certificate it issued."""
    folder = tmp_path_factory.mktemp("authority")
    root_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in "ab")
    root = _certificate("Autorité", key=root_key, issuer=None, issuer_key=root_key, now=kit.NOW)
    seal = _certificate(
        "Cachet du Grand Besançon", key=key, issuer=root.subject, issuer_key=root_key, now=kit.NOW
    )
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "root.der").write_bytes(root.public_bytes(Encoding.DER))
    content = pkcs12.serialize_key_and_certificates(
        b"cachet", key, seal, [root], BestAvailableEncryption(b"secret")
    )
    (folder / "seal.p12").write_bytes(content)
    return folder


@pytest.fixture
def sealed_for_real(settings, authority):
    settings.SEAL_PKCS12 = str(authority / "seal.p12")
    settings.SEAL_PKCS12_PASSWORD = "secret"
    identity = seal_identity(now=kit.NOW)
    assert not identity.is_test
    return kit.seal(kit.finished(kit.SEAL), identity=identity).content


def test_the_portal_recognises_its_configured_certificate(sealed_for_real):
    answer = verify(sealed_for_real)
    assert answer.status == VerificationStatus.VALIDE_NON_QUALIFIE
    assert not answer.is_test
    assert "sans être qualifié" in " ".join(answer.signatures[0].reasons)
    assert "révocation" in " ".join(answer.signatures[0].reasons)


@pytest.mark.parametrize("name", ["root.pem", "root.der"])
def test_a_configured_root_makes_its_certificates_recognised(
    settings, authority, sealed_for_real, name
):
    settings.SEAL_PKCS12 = ""
    assert not verify(sealed_for_real).is_ok
    settings.SEAL_TRUST_ROOTS = [str(authority / name)]
    assert verify(sealed_for_real).is_ok


def test_its_root_stays_out_of_the_seal(sealed_for_real):
    with pikepdf.open(io.BytesIO(sealed_for_real)) as document:
        block = bytes(document.Root.AcroForm.Fields[0].V.Contents)
    assert block.count("Cachet du Grand Besançon".encode()) == 1


def test_an_expired_own_certificate_is_not_recognised_for_ever(sealed_for_real):
    answer = verify(sealed_for_real, now=kit.NOW + timedelta(days=4000))
    assert answer.status == VerificationStatus.NON_VERIFIABLE


def test_a_qualified_certificate_is_told_by_its_two_statements():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def with_statements(der: bytes):
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
        builder = builder.public_key(key.public_key()).serial_number(1)
        builder = builder.not_valid_before(kit.NOW).not_valid_after(kit.LATER)
        oid = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, der), critical=False)
        signed = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
        return asn1_x509.Certificate.load(signed)

    compliance = bytes.fromhex("3008060604008e460101")
    device = bytes.fromhex("3008060604008e460104")
    assert declares_qualified(with_statements(b"\x30\x14" + compliance + device))
    assert not declares_qualified(with_statements(b"\x30\x0a" + compliance))
    assert not declares_qualified(kit.identity().signer.signing_cert)


def test_a_signature_of_an_unknown_kind_is_not_passed_over(monkeypatch):
    several = [SimpleNamespace()] * 2
    monkeypatch.setattr(verification, "enumerate_sig_fields", lambda *_, **__: several)
    answer = verify(kit.sealed())
    assert answer.status == VerificationStatus.NON_VERIFIABLE
    assert "type inconnu" in answer.reasons[-1]


def test_an_incremental_writer_alone_changes_nothing():
    """The other tests append with it: it must be what they write that is refused."""
    writer = IncrementalPdfFileWriter(io.BytesIO(kit.sealed()))
    output = io.BytesIO()
    writer.write(output)
    assert output.getvalue() == kit.sealed()
