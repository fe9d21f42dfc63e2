"""The archive that a Word file is: written always alike, opened only when nothing in it can harm.

Deterministic out: fixed order, fixed dates, no random identifier; the same parts make the same
bytes. Safe in: `fichiers_office` has refused bombs, macros and what escapes its folder; entities,
external documents and texts of an absurd length are refused here (controls 27 to 29).
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from lxml import etree

from conventions.rules.fichiers import check_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The first instant an archive can write.
EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
MAX_PART = 40 * 1024 * 1024
MAX_ELEMENTS = 600_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_OR_LOCKED = (
    "Ce fichier est protégé par un mot de passe, ou c’est un document Word d’avant 2007 (.doc). "
    "Retirez la protection ou enregistrez-le au format « Document Word (.docx) », puis reprenez-le."
)
NOT_WORD = "Seul un document Word (.docx) peut être repris. Enregistrez votre texte à ce format."
TOO_LONG = "Ce document est trop long pour une convention : découpez-le, puis reprenez ses parties."
UNREADABLE = (
    "Ce document Word ne se lit pas : il est abîmé ou contient ce qui n’a rien à y faire. "
    "Ouvrez-le dans Word ou LibreOffice, enregistrez-le de nouveau en .docx, puis reprenez-le."
)


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive of these parts, in their order; the same parts make the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = UNIX, 0o600 << 16
            archive.writestr(entry, data)
    return stream.getvalue()


def xml(element: etree._Element) -> bytes:
    """Write a part."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(frozen=True)
class Package:
    """The parts of a Word file that were read safely, found by what they are to the document."""

    parts: Mapping[str, bytes]
    main: str

    def tree(self, name: str) -> etree._Element | None:
        """Return a part as a tree, or None when the file has no such part."""
        data = self.parts.get(name)
        return None if data is None else parse(data)

    def related(self, kind: str) -> list[etree._Element]:
        """Return the parts the document calls by this relation: «comments», «styles»…"""
        return [tree for name in self.names(kind) if (tree := self.tree(name)) is not None]

    def names(self, kind: str, *, of: str | None = None) -> list[str]:
        source = self.main if of is None else of
        folder, base = posixpath.split(source)
        rels = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = [] if rels is None else list(rels.iter(f"{{{REL}}}Relationship"))
        return [
            posixpath.normpath(posixpath.join("/", folder, rel.get("Target", ""))).lstrip("/")
            for rel in found
            if rel.get("TargetMode") != "External" and rel.get("Type", "").endswith(f"/{kind}")
        ]


def parse(data: bytes) -> etree._Element:
    """Read XML that comes from outside: no entity, no network, no document type, bounded."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValidationError(UNREADABLE, code="xml") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValidationError(UNREADABLE, code="xml")
    return root


def unpack(name: str, data: bytes) -> Package:
    """Open a Word file that somebody brings, or refuse it with the French reason."""
    if data.startswith(OLE):
        raise ValidationError(OLD_OR_LOCKED, code="password")
    if check_file(name, data).extension != "docx":
        raise ValidationError(NOT_WORD, code="extension")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = [e for e in archive.infolist() if e.filename.endswith((".xml", ".rels"))]
        if any(entry.file_size > MAX_PART for entry in kept):
            raise ValidationError(TOO_LONG, code="length")
        parts = {entry.filename: _read(archive, entry) for entry in kept}
    main = _main_part(parts)
    if parts[main].count(b"<") > 2 * MAX_ELEMENTS:
        raise ValidationError(TOO_LONG, code="length")
    return Package(parts, main)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise ValidationError(UNREADABLE, code="damaged") from error


def _main_part(parts: Mapping[str, bytes]) -> str:
    types = parse(parts["[Content_Types].xml"])
    for override in types.iter(f"{{{CT}}}Override"):
        if override.get("ContentType") == MAIN_TYPE:
            name = override.get("PartName", "").lstrip("/")
            if name in parts:
                return name
    raise ValidationError(UNREADABLE, code="content")
