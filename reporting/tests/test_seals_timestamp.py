"""With a timestamp service the seal proves when it was made, and outlives its certificate."""

import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.keys.pemder import load_private_key_from_pemder_data
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reporting.enums import SignatureLevel, VerificationStatus
from reporting.seals.verification import verify_pdf
from reporting.tests import seals_kit as kit
from reporting.tests.seals_kit import PEM_KEY

LIFE = timedelta(days=20_000)


@cache
def authority() -> tuple[asn1_x509.Certificate, bytes]:
    """Return the certificate of a timestamp service, its own root, and its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Horodatage d’essai")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kit.NOW - timedelta(days=5000))
        .not_valid_after(kit.NOW + LIFE)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    der = certificate.public_bytes(Encoding.DER)
    return asn1_x509.Certificate.load(der), key.private_bytes(Encoding.PEM, *PEM_KEY)


def service(at: datetime) -> DummyTimeStamper:
    certificate, key = authority()
    return DummyTimeStamper(
        certificate,
        load_private_key_from_pemder_data(key, passphrase=None),
        certs_to_embed=SimpleCertificateStore(),
        fixed_dt=at,
    )


@pytest.fixture(autouse=True)
def _trust(settings, tmp_path):
    path = tmp_path / "tsa.der"
    path.write_bytes(authority()[0].dump())
    settings.SEAL_PKCS12 = ""
    settings.SEAL_TSA_URL = ""
    settings.SEAL_TEST_DIR = kit.SEAL_DIR
    settings.SEAL_TRUST_ROOTS = [str(path)]


@cache
def timestamped() -> bytes:
    result = kit.seal(kit.finished(kit.SEAL), timestamper=service(kit.NOW))
    assert result.level == SignatureLevel.B_T
    return result.content


def test_a_timestamped_seal_reaches_level_t():
    answer = verify_pdf(timestamped(), now=kit.LATER)
    (signature,) = answer.signatures
    assert answer.is_ok
    assert signature.level == SignatureLevel.B_T
    assert signature.proven_at == kit.NOW


def test_it_is_still_good_when_its_certificate_has_expired():
    answer = verify_pdf(timestamped(), now=kit.NOW + timedelta(days=4000))
    assert answer.status == VerificationStatus.VALIDE_NON_QUALIFIE


def test_an_unknown_service_proves_nothing(settings):
    settings.SEAL_TRUST_ROOTS = []
    answer = verify_pdf(timestamped(), now=kit.LATER)
    (signature,) = answer.signatures
    assert answer.is_ok
    assert signature.level == SignatureLevel.B_B
    assert signature.proven_at is None


def test_a_timestamp_of_the_future_proves_nothing():
    early = kit.seal(
        kit.finished(kit.SEAL), timestamper=service(kit.NOW + timedelta(days=900))
    ).content
    (signature,) = verify_pdf(early, now=kit.LATER).signatures
    assert signature.proven_at is None


def test_any_flipped_bit_of_the_timestamped_block_is_refused():
    data = timestamped()
    start = data.index(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)
    block = bytes.fromhex(data[start:end].decode()).rstrip(b"\0")
    used = range(start, start + 2 * len(block), 43)
    accepted = []
    for position in used:
        changed = bytearray(data)
        changed[position] ^= 1
        if verify_pdf(bytes(changed), now=kit.LATER).is_ok:
            accepted.append(position - start)
    assert accepted == []


@contextmanager
def answering(respond):
    """Serve a timestamp service on a free port; `respond` turns a request into an answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802
            request = self.rfile.read(int(self.headers["Content-Length"]))
            status, body = respond(request)
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def test_the_configured_service_is_asked_over_http(settings):
    stamper = service(kit.NOW)

    def respond(request):
        return 200, stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump()

    with answering(respond) as address:
        settings.SEAL_TSA_URL = address
        result = kit.seal(kit.finished(kit.SEAL))
    assert (result.level, result.notice) == (SignatureLevel.B_T, "")
    assert verify_pdf(result.content, now=kit.LATER).signatures[0].proven_at == kit.NOW


@pytest.mark.parametrize("answer", [(500, b""), (200, b""), (200, b"<html>")])
def test_without_an_answer_the_seal_says_the_level_it_reached(settings, answer):
    with answering(lambda _: answer) as address:
        settings.SEAL_TSA_URL = address
        result = kit.seal(kit.finished(kit.SEAL))
    assert result.level == SignatureLevel.B_B
    assert "n’est pas horodaté" in result.notice
    assert verify_pdf(result.content, now=kit.LATER).is_ok
