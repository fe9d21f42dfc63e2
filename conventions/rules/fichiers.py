"""Which files may enter: what the name says, the first bytes say and a real reader says agree.

Source: domain rules § E.2, controls 27 and 29. Nothing here trusts the browser: neither the type it
announces nor the name it sends. A file that is two things at once (a PDF that is also an archive)
is refused whatever its name, because the next program may read the other half.
"""

import io
import re
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
from django.core.exceptions import ValidationError
from PIL import Image, UnidentifiedImageError

from conventions.rules.fichiers_office import (
    DOCX,
    XLSX,
    OfficePart,
    check_office,
    is_archive,
)

MAX_BYTES = 20 * 1024 * 1024
MAX_NAME = 120
MAX_PIXELS = 50_000_000
TOO_HEAVY = "Ce fichier dépasse 20 Mo. Allégez-le, puis déposez-le."
ACCEPTED = "PDF, DOCX, XLSX, PNG ou JPG"
# What a program would run: «contrat.exe.pdf» deceives even when it is a true PDF.
DECEPTIVE = frozenset(
    ("bat", "cmd", "com", "cpl", "docm", "exe", "hta", "htm", "html", "jar", "js", "lnk", "msi")
    + ("php", "ps1", "scr", "sh", "svg", "vbs", "xlsm")
)


@dataclass(frozen=True)
class FileFacts:
    """A file that may be kept: its cleaned name, and its type as we found it."""

    name: str
    extension: str
    content_type: str


@dataclass(frozen=True)
class Format:
    label: str
    content_type: str
    magic: bytes
    check: Callable[[bytes], None]


def _refuse(message: str, code: str) -> ValidationError:
    return ValidationError(message, code=code)


def _not_one(label: str) -> ValidationError:
    article = "une image " if label in {"PNG", "JPG"} else ""
    what = f"{article}{label}"
    return _refuse(
        f"Ce fichier se dit {label} mais n’en est pas un : son contenu est d’une autre nature. "
        f"Ouvrez-le, enregistrez-le de nouveau comme {what}, puis déposez-le.",
        "content",
    )


def _damaged(label: str) -> ValidationError:
    return _refuse(
        f"Ce fichier {label} est abîmé ou incomplet : il ne s’ouvre pas. "
        "Refaites-en une copie, puis déposez-la.",
        "damaged",
    )


def clean_name(name: str) -> str:
    """Return the name as it may be kept and offered again: no path, nothing invisible.

    Control and direction characters can make «fdp.exe» read «exe.pdf»; they are taken out.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    plain = re.sub(r"\s+", " ", visible).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        return plain[:MAX_NAME]
    return f"{stem[: MAX_NAME - len(extension) - 1].rstrip()}.{extension}"


def _extension(name: str) -> str:
    parts = name.lower().split(".")
    if len(parts) < 2 or not parts[0].strip():
        msg = f"Le nom du fichier doit finir par son type : {ACCEPTED}."
        raise _refuse(msg, "extension")
    if parts[-1] not in FORMATS:
        msg = f"Les fichiers « .{parts[-1][:10]} » ne sont pas acceptés. Déposez un {ACCEPTED}."
        raise _refuse(msg, "extension")
    for hidden in parts[1:-1]:
        if hidden.strip() in DECEPTIVE:
            msg = f"Ce nom cache un autre type (« .{hidden} ») : renommez le fichier."
            raise _refuse(msg, "double_extension")
    return parts[-1]


def _check_pdf(data: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        msg = "Ce PDF est protégé par un mot de passe. Retirez la protection, puis déposez-le."
        raise _refuse(msg, "password") from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _damaged("PDF") from error
    if pages == 0:
        raise _damaged("PDF")


def _check_image(data: bytes, *, label: str, decoder: str) -> None:
    """Read the image for real; a small file may unfold into billions of points.

    A PNG proves itself by its checksums; a JPEG has none, so it is decoded, at an eighth of its
    size to spare memory.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[decoder]) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise _too_large(label)
                if decoder == "JPEG":
                    image.draft("RGB", (max(1, image.width // 8), max(1, image.height // 8)))
                    image.load()
                else:
                    image.verify()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large(label) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _damaged(label) from error


def _too_large(label: str) -> ValidationError:
    millions = MAX_PIXELS // 10**6
    return _refuse(
        f"Cette image {label} est trop grande : {millions} millions de points au plus. "
        "Réduisez-la, puis déposez-la.",
        "pixels",
    )


def _check_png(data: bytes) -> None:
    _check_image(data, label="PNG", decoder="PNG")


def _check_jpg(data: bytes) -> None:
    """Decode it, and see that it ends: other code may tell Pillow to forgive a truncated file."""
    _check_image(data, label="JPG", decoder="JPEG")
    last_scan, end = data.rfind(b"\xff\xda"), data.rfind(b"\xff\xd9")
    if end < last_scan:
        raise _damaged("JPG")


def _office(label: str, part: OfficePart) -> Format:
    def check(data: bytes) -> None:
        problem = check_office(data, part)
        if problem is None:
            return
        if problem.sentence:
            raise _refuse(problem.sentence, problem.code)
        raise _not_one(label)

    return Format(label, part.content_type, b"PK\x03\x04", check)


_JPG = Format("JPG", "image/jpeg", b"\xff\xd8\xff", _check_jpg)
FORMATS: dict[str, Format] = {
    "pdf": Format("PDF", "application/pdf", b"%PDF-", _check_pdf),
    "docx": _office("DOCX", DOCX),
    "xlsx": _office("XLSX", XLSX),
    "png": Format("PNG", "image/png", b"\x89PNG\r\n\x1a\n", _check_png),
    "jpg": _JPG,
    "jpeg": _JPG,
}


def _check_single_nature(data: bytes, found: Format) -> None:
    also_pdf = found.magic != b"%PDF-" and b"%PDF-" in data[:1024]
    also_archive = found.magic != b"PK\x03\x04" and is_archive(data)
    if also_pdf or also_archive:
        msg = (
            f"Ce fichier {found.label} contient aussi un fichier d’une autre nature. "
            "Enregistrez-le de nouveau depuis son logiciel, puis déposez-le."
        )
        raise _refuse(msg, "polyglot")


def check_file(name: str, data: bytes) -> FileFacts:
    """Return what the file is, or refuse it with the French reason of the refusal."""
    kept = clean_name(name)
    extension = _extension(kept)
    expected = FORMATS[extension]
    if not data:
        msg = "Ce fichier est vide."
        raise _refuse(msg, "empty")
    if len(data) > MAX_BYTES:
        raise _refuse(TOO_HEAVY, "size")
    if not data.startswith(expected.magic):
        raise _not_one(expected.label)
    _check_single_nature(data, expected)
    expected.check(data)
    return FileFacts(kept, extension, expected.content_type)
