"""The bytes of a signature block that no signature covers: nothing may vary in them.

A PDF signature signs the whole file but the gap that holds the block itself. Inside the block
the signature value covers the signed attributes, and those name the signer's certificate; the rest
(version numbers, lists of algorithms, names repeated, hexadecimal case, padding) could be changed
unseen. Each check compares such bytes with the only value they may have.
"""

import re
from collections.abc import Iterator

from asn1crypto import algos, cms, core, x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

HEXADECIMAL = re.compile(rb"<([0-9a-f]*|[0-9A-F]*)>")
DER_LONG_LENGTH = 0x80


def signature_block_is_exact(data: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Tell whether the gap of a signature holds one canonical block and nothing else."""
    der = _block(data, signature)
    if der is None:
        return False
    return all(_exact_token(cms.ContentInfo.load(der, strict=True)))


def _block(data: bytes, signature: EmbeddedPdfSignature) -> bytes | None:
    """Return the DER block of the gap, if what surrounds it is exactly what must."""
    if len(signature.byte_range) != 4:
        return None
    start, length, restart, _ = (int(number) for number in signature.byte_range)
    gap = HEXADECIMAL.fullmatch(data[start + length : restart])
    if start != 0 or gap is None or len(gap[1]) % 2:
        return None
    written = bytes.fromhex(gap[1].decode())
    size = _der_size(written)
    if written != signature.pkcs7_content or any(written[size:]):
        return None
    return written[:size]


def _der_size(written: bytes) -> int:
    """Return the length of the first DER value, header included."""
    first = written[1]
    if first < DER_LONG_LENGTH:
        return 2 + first
    count = first - DER_LONG_LENGTH
    return 2 + count + int.from_bytes(written[2 : 2 + count], "big")


def _exact_token(token: cms.ContentInfo) -> Iterator[bool]:
    yield token["content_type"].native == "signed_data"
    yield _is_full(token)
    yield from _exact_signed_data(token["content"])


def _is_full(value: core.Sequence) -> bool:
    """Tell that a value holds its fields and no byte besides: readers skip what follows them."""
    fields = sum(not isinstance(value[name], core.Void) for name in value)
    return len(list(_parts(value.contents))) == fields


def _parts(contents: bytes) -> Iterator[bytes]:
    while contents:
        size = _der_size(contents)
        yield contents[:size]
        contents = contents[size:]


def _exact_signed_data(signed: cms.SignedData) -> Iterator[bool]:
    yield len(signed["signer_infos"]) == 1
    signer = signed["signer_infos"][0]
    yield _is_full(signed)
    yield _is_full(signer)
    certificates = _certificates(signed)
    by_issuer = signer["sid"].name == "issuer_and_serial_number"
    content_is_data = signed["encap_content_info"]["content_type"].native == "data"
    # RFC 5652, 5.1 and 5.3.
    yield int(signer["version"]) == (1 if by_issuer else 3)
    yield int(signed["version"]) == _version(signed, plain=content_is_data and by_issuer)
    yield len(signed["digest_algorithms"]) == 1
    yield _exact_digest(signed["digest_algorithms"][0], signer)
    yield _exact_digest(signer["digest_algorithm"], signer)
    yield _exact_parameters(signer["signature_algorithm"])
    yield isinstance(signer["signed_attrs"], cms.CMSAttributes)
    yield not by_issuer or any(_is_named(signer["sid"], one) for one in certificates)
    yield all(_is_vouched_for(one, certificates) for one in certificates)
    yield from _exact_timestamps(signer)


def _version(signed: cms.SignedData, *, plain: bool) -> int:
    chosen = signed["certificates"]
    kinds = set() if isinstance(chosen, core.Void) else {one.name for one in chosen}
    if "other" in kinds:
        return 5
    if kinds & {"v2_attr_cert"}:
        return 4
    return 1 if plain else 3


def _certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    chosen = signed["certificates"]
    return [] if isinstance(chosen, core.Void) else _plain(chosen)


def _plain(chosen: cms.CertificateSet) -> list[x509.Certificate]:
    return [one.chosen for one in chosen if one.name == "certificate"]


def _exact_digest(algorithm: algos.DigestAlgorithm, signer: cms.SignerInfo) -> bool:
    name = signer["digest_algorithm"]["algorithm"].native
    return algorithm["algorithm"].native == name and _exact_parameters(algorithm)


def _exact_parameters(algorithm: core.Sequence) -> bool:
    """Parameters are absent or NULL, but for algorithms that really have some (RSASSA-PSS)."""
    bare = core.Sequence.load(algorithm.dump())
    parts = bare.contents
    identifier = algorithm["algorithm"].dump()
    has_parameters = algorithm["algorithm"].native == "rsassa_pss"
    return has_parameters or parts in (identifier, identifier + core.Null().dump())


def _is_named(sid: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    name = sid.chosen
    return (
        name["issuer"].dump() == certificate.issuer.dump()
        and name["serial_number"].native == certificate.serial_number
    )


def _is_vouched_for(certificate: x509.Certificate, others: list[x509.Certificate]) -> bool:
    """Check a certificate against its issuer, when the block holds that issuer too.

    The signer's own is named by a digest among the signed attributes; the others are checked
    along the path to a root, unless they take no part in it.
    """
    issuers = [one for one in others if one.subject == certificate.issuer]
    return not issuers or any(_issued(one, certificate) for one in issuers)


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
            load_der_x509_certificate(issuer.dump())
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _exact_timestamps(signer: cms.SignerInfo) -> Iterator[bool]:
    """PAdES keeps nothing but timestamps beside the signature (ETSI EN 319 142-1, 6.3)."""
    attributes = signer["unsigned_attrs"]
    if isinstance(attributes, core.Void):
        return
    for attribute in attributes:
        yield attribute["type"].native == "signature_time_stamp_token"
        yield _is_full(attribute)
        for token in attribute["values"]:
            yield from _exact_token(token)
