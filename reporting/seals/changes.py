"""What was done to a file after one of its signatures.

A signed PDF may lawfully grow: another field is signed, proofs are added for the long term.
Anything else is a change of what was signed, also when every signature still verifies
(07-stack § 0).
"""

import io
from collections.abc import Iterator

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, PdfObject
from pyhanko.pdf_utils.metadata.xmp_xml import parse_xmp
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import ModificationInfo, SignatureCoverageLevel

from reporting.enums import Change

END_OF_FILE = b"%%EOF"
DESCRIPTION = ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/CreationDate")
# A tool that adds proofs dates its passage; it has no other business in the metadata.
PASSAGE = {"ModifyDate", "MetadataDate", "Producer"}
HISTORY = "http://ns.adobe.com/xap/1.0/mm/"


def change_since(
    signature: EmbeddedPdfSignature, status: ModificationInfo, *, data: bytes, closed: bool
) -> Change:
    """Return what happened after `signature`.

    `closed` says that a later signature covers the whole file: only then may a field have been
    filled, because somebody answers for it. Proofs may follow the last signature, nothing else.
    """
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Change.AUCUN
    level = status.modification_level
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION or not status.docmdp_ok:
        return Change.CONTENU
    reader = signature.reader
    # A revision that no cross-reference table knows: bytes were put after the end.
    if signature.signed_revision + 1 >= reader.total_revisions or not _ends_properly(data):
        return Change.CONTENU
    if level.value > ModificationLevel.FORM_FILLING.value or _described_anew(signature):
        return Change.CONTENU
    if level == ModificationLevel.FORM_FILLING:
        return Change.SIGNATURE if closed else Change.CONTENU
    return Change.PREUVES


def _ends_properly(data: bytes) -> bool:
    return data.rstrip(b"\r\n").endswith(END_OF_FILE)


def _described_anew(signature: EmbeddedPdfSignature) -> bool:
    """Title, authors, PDF/A claims: pyHanko lets them change as part of an update of proofs."""
    reader = signature.reader
    before = reader.get_historical_resolver(signature.signed_revision)
    after = reader.get_historical_resolver(reader.total_revisions - 1)
    return dict(_description(before)) != dict(_description(after))


def _description(revision: HistoricalResolver) -> Iterator[tuple[str, object]]:
    info = _read(revision, revision.trailer_view, "/Info") or {}
    for key in DESCRIPTION:
        if key in info:
            yield key, str(info[key])
    stream = _read(revision, revision.root, "/Metadata")
    if stream is None:
        return
    packet = stream.read_data(DecodePurpose.XMP_METADATA)
    try:
        structures = parse_xmp(io.BytesIO(packet))
    except ValueError:
        yield "/Metadata", packet
        return
    for name, value in (pair for structure in structures for pair in structure):
        if name.local_name not in PASSAGE and name.ns != HISTORY:
            yield f"{name.ns}{name.local_name}", value


def _read(revision: HistoricalResolver, holder: DictionaryObject, key: str) -> PdfObject | None:
    """Follow a reference as it led in that revision; `holder[key]` would follow today's."""
    if key not in holder:
        return None
    value = holder.raw_get(key)
    return revision.get_object(value.reference) if isinstance(value, IndirectObject) else value
