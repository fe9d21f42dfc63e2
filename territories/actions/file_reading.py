"""Opening files that come from outside: sizes bounded, contents checked, refusals in French.

A workbook is read as a stream by openpyxl with defusedxml, after checking that it would not unfold
far beyond its size.
"""

import csv
import hashlib
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from territories.rules.french import typeset

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_WORKBOOK = 200 * 1024 * 1024
LARGEST_RATIO = 100
UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    IndexError,
    TypeError,
    ValueError,  # among others, what defusedxml forbids
    SyntaxError,  # malformed XML
)

CODE_SHAPES: Mapping[str, re.Pattern[str]] = {
    "région": re.compile(r"\d{2}", re.ASCII),
    "département": re.compile(r"\d{2}|2[AB]|9[78]\d", re.ASCII),
    "commune": re.compile(r"\d{5}|2[AB]\d{3}", re.ASCII),
    "SIREN": re.compile(r"\d{9}", re.ASCII),
}


def refusal(file_name: str, sentence: str) -> ValidationError:
    """Make the refusal of a file."""
    return ValidationError(typeset(f"{file_name} : {sentence}"), code="territory_file")


def check_folder(folder: Path, file_names: Sequence[str]) -> None:
    """Refuse a folder in which a file is missing or too large to be what its name says."""
    if not folder.is_dir():
        msg = typeset(f"Le dossier « {folder} » n’existe pas.")
        raise ValidationError(msg, code="territory_folder")
    for name in file_names:
        path = folder / name
        if not path.is_file():
            raise refusal(name, "ce fichier manque dans le dossier.")
        if path.stat().st_size > LARGEST_FILE:
            raise refusal(name, "ce fichier est trop volumineux pour être le fichier officiel.")


def sha256_of(path: Path) -> str:
    """Return the hexadecimal digest of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_csv(path: Path, columns: Sequence[str], *, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of a CSV file in UTF-8, refusing one without these columns."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, delimiter=delimiter, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise refusal(path.name, f"il manque la colonne {', '.join(missing)}.")
            rows = list(reader)
    except UnicodeDecodeError:
        raise refusal(path.name, "le texte n’est pas en UTF-8.") from None
    except csv.Error as error:
        raise refusal(path.name, f"le fichier CSV est mal formé ({error}).") from None
    if not rows:
        raise refusal(path.name, "le fichier ne contient aucune ligne.")
    if any(None in row or None in row.values() for row in rows):
        raise refusal(path.name, "une ligne n’a pas autant de colonnes que l’en-tête.")
    return rows


def read_sheet(path: Path) -> tuple[str, list[tuple]]:
    """Return the title of a workbook's first sheet and its rows, header first."""
    _check_workbook(path)
    try:
        # Opened here, so that it is closed also when openpyxl gives up half-way.
        with path.open("rb") as stream:
            workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            rows = list(sheet.iter_rows(values_only=True))
    except UNREADABLE:
        raise refusal(path.name, "ce classeur Excel est illisible.") from None
    return sheet.title, rows


def _check_workbook(path: Path) -> None:
    if not DEFUSEDXML:
        raise refusal(path.name, "defusedxml manque : ce classeur ne peut être lu sans danger.")
    try:
        with zipfile.ZipFile(path) as archive:
            unfolded = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise refusal(path.name, "ce n’est pas un classeur Excel (.xlsx).") from None
    if unfolded > min(LARGEST_WORKBOOK, LARGEST_RATIO * path.stat().st_size):
        raise refusal(path.name, "une fois décompressé, ce classeur serait démesuré.")


def read_code(file_name: str, kind: str, value: object, *, width: int = 0) -> str:
    """Return a code as text, with the leading zeros a spreadsheet drops, or refuse it."""
    text = "" if value is None else str(value).strip()
    text = text.zfill(width) if text else text
    if not CODE_SHAPES[kind].fullmatch(text):
        raise refusal(file_name, f"« {text[:20]} » n’est pas un code de {kind}.")
    return text


def read_name(file_name: str, value: object) -> str:
    """Return a name, or refuse an empty or endless one."""
    text = "" if value is None else str(value).strip()
    if not 0 < len(text) <= 200:
        raise refusal(file_name, f"« {text[:20]} » n’est pas un nom de territoire.")
    return text


def read_number(file_name: str, value: object) -> int:
    """Return a count of people or communes, or refuse it."""
    text = str(value).strip()
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise refusal(file_name, f"« {text[:20]} » n’est pas un nombre.")
    return int(text)


def read_day(file_name: str, value: str) -> date:
    """Return a date, or refuse it."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise refusal(file_name, f"« {value[:20]} » n’est pas une date.") from None
