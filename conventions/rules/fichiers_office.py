"""Word and Excel files are archives: what one may hold before anything is unfolded (control 29)."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

MAX_ENTRIES = 1_000
MAX_UNFOLDED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_TYPES = 1024 * 1024
CONTENT_TYPES = "[Content_Types].xml"
ENCRYPTED = 0x1
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
READ_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
BOMB = (
    "Une fois déplié, ce fichier serait démesuré. Enregistrez-le de nouveau depuis votre logiciel, "
    "sans ce qui l’alourdit."
)
UNSAFE = "Ce fichier contient un autre fichier qui n’a rien à y faire : il est refusé."
MACRO = (
    "Ce fichier contient des macros, que le portail n’accepte pas. Enregistrez-le sans macros, "
    "puis déposez-le."
)
LOCKED = "Ce fichier est protégé par un mot de passe. Retirez la protection, puis déposez-le."
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class OfficePart:
    """The part that makes an archive a Word or an Excel file."""

    content_type: str
    root: str

    @property
    def main_type(self) -> str:
        return f"{self.content_type}.main+xml"


@dataclass(frozen=True)
class Problem:
    """Why a file is refused; without a sentence, it is simply not what its name says."""

    code: str
    sentence: str = ""


DOCX = OfficePart(_WORD, "document")
XLSX = OfficePart(_EXCEL, "workbook")
NOT_ONE = Problem("content")


def is_archive(data: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(data))


def check_office(data: bytes, part: OfficePart) -> Problem | None:
    """Return why these bytes are not a safe file of this kind, or None."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check_entries(archive, data) or _check_main_part(archive, part)
    except (*READ_ERRORS, KeyError, ParseError, DefusedXmlException):
        return NOT_ONE


def _check_entries(archive: zipfile.ZipFile, data: bytes) -> Problem | None:
    entries = archive.infolist()
    unfolded = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unfolded > MAX_UNFOLDED or unfolded > MAX_RATIO * len(data):
        return Problem("bomb", BOMB)
    # Entries that share bytes unfold the same ones again and again.
    if len({entry.header_offset for entry in entries}) != len(entries):
        return Problem("bomb", BOMB)
    if sum(entry.compress_size for entry in entries) > len(data):
        return Problem("bomb", BOMB)
    if min((entry.header_offset for entry in entries), default=1) != 0:
        return NOT_ONE
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        return Problem("password", LOCKED)
    if any(_is_unsafe(archive, entry) for entry in entries):
        return Problem("unsafe", UNSAFE)
    return None


def _is_unsafe(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether an entry escapes its folder or is an archive itself."""
    name = entry.orig_filename
    if "\x00" in name or "\\" in name or name.startswith("/") or ":" in name:
        return True
    if ".." in name.split("/"):
        return True
    if entry.is_dir():
        return False
    with archive.open(entry) as stream:
        return stream.read(8).startswith(ARCHIVES)


def _check_main_part(archive: zipfile.ZipFile, part: OfficePart) -> Problem | None:
    types = _content_types(archive)
    if any("macro" in kind.lower() or "vba" in kind.lower() for kind in types.values()):
        return Problem("macro", MACRO)
    if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
        return Problem("macro", MACRO)
    main = [name for name, kind in types.items() if kind == part.main_type]
    if len(main) != 1 or main[0].startswith("."):
        return NOT_ONE
    with archive.open(main[0].lstrip("/")) as stream:
        _, root = next(iterparse(stream, events=("start",), forbid_dtd=True))
    return None if root.tag.rpartition("}")[2] == part.root else NOT_ONE


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return what each named part says it is; defaults are kept under «.extension»."""
    with archive.open(CONTENT_TYPES) as stream:
        content = stream.read(MAX_TYPES)
    found = {}
    for _, element in iterparse(io.BytesIO(content), forbid_dtd=True):
        kind = element.get("ContentType", "")
        if element.tag.endswith("}Override"):
            found[posixpath.normpath(element.get("PartName", ""))] = kind
        elif element.tag.endswith("}Default"):
            found[f".{element.get('Extension', '')}"] = kind
    return found
