"""What may be brought into a convention, against a corpus of what may not."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from conventions.rules import fichiers
from conventions.rules.fichiers import check_file, clean_name

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="{kind}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"


def pdf(**save) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    stream = io.BytesIO()
    document.save(stream, **save)
    return stream.getvalue()


def image(kind: str = "PNG", size=(4, 4)) -> bytes:
    stream = io.BytesIO()
    Image.effect_noise(size, 80).save(stream, kind)
    return stream.getvalue()


def office(
    part: str = "word/document.xml",
    kind: str = WORD,
    root: str = "document",
    extra: dict[str, bytes] | None = None,
    types: str = CONTENT_TYPES,
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types.format(part=part, kind=kind))
        archive.writestr(part, f'<w:{root} xmlns:w="urn:w"/>')
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook() -> bytes:
    return office("xl/workbook.xml", EXCEL, "workbook")


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("Convention signée.pdf", pdf(), "application/pdf"),
        ("texte.DOCX", office(), WORD.removesuffix(".main+xml")),
        ("chiffres.xlsx", workbook(), EXCEL.removesuffix(".main+xml")),
        ("tampon.png", image(), "image/png"),
        ("tampon.jpg", image("JPEG"), "image/jpeg"),
        ("tampon.jpeg", image("JPEG"), "image/jpeg"),
        ("version 1.2 du texte.pdf", pdf(), "application/pdf"),
    ],
)
def test_what_is_what_it_says_enters(name, data, content_type):
    facts = check_file(name, data)
    assert facts.content_type == content_type
    assert facts.name == name


def _refusal(name: str, data: bytes) -> ValidationError:
    with pytest.raises(ValidationError) as refusal:
        check_file(name, data)
    (sentence,) = refusal.value.messages
    assert sentence.endswith(".")
    return refusal.value


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("page.png", b"<html><script>alert(1)</script></html>", "content"),
        ("dessin.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "content"),
        ("faux.pdf", b"MZ\x90\x00 programme", "content"),
        ("faux.docx", workbook(), "content"),
        ("faux.xlsx", office(), "content"),
        ("archive.docx", office(kind="application/xml"), "content"),
        ("image.jpg", image(), "content"),
        ("programme.exe", b"MZ", "extension"),
        ("dessin.svg", b"<svg/>", "extension"),
        ("sans_extension", pdf(), "extension"),
        (".pdf", pdf(), "extension"),
        ("classeur.xlsm", workbook(), "extension"),
        ("contrat.pdf.exe", pdf(), "extension"),
        ("contrat.exe.pdf", pdf(), "double_extension"),
        ("page.html.png", image(), "double_extension"),
        ("image.png\x00.pdf", image(), "content"),
        ("vide.pdf", b"", "empty"),
        ("tronqué.pdf", b"%PDF-1.7\n%%EOF", "damaged"),
        ("html.pdf", b"%PDF-1.7\n<html></html>", "damaged"),
        ("tronquée.png", image(size=(60, 60))[:-30], "damaged"),
        ("tronquée.jpg", image("JPEG", (400, 400))[:9000], "damaged"),
        ("secret.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "password"),
        ("macros.docx", office(kind=MACRO_WORD), "macro"),
        ("macros.docx", office(extra={"word/vbaProject.bin": b"x"}), "macro"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name, data, code):
    assert _refusal(name, data).code == code


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deux.pdf", pdf() + office()),
        ("deux.png", image() + office()),
        ("deux.jpg", image("JPEG") + office()),
        ("deux.png", image()[:33] + b"%PDF-1.4" + image()[33:]),
    ],
)
def test_a_file_of_two_natures_is_refused_whatever_its_name(name, data):
    assert _refusal(name, data).code == "polyglot"


def test_a_pdf_before_an_archive_is_not_a_word_file():
    assert _refusal("deux.docx", pdf() + office()).code == "content"


@pytest.mark.parametrize(
    "extra",
    [
        {"../../etc/passwd": b"x"},
        {"/etc/passwd": b"x"},
        {"word\\..\\x": b"x"},
        {"c:/x": b"x"},
        {"word/embeddings/inner.zip": office()},
        {"word/media/image.png": b"PK\x03\x04 hidden"},
    ],
)
def test_an_entry_that_escapes_or_holds_an_archive_is_refused(extra):
    assert _refusal("texte.docx", office(extra=extra)).code == "unsafe"


def test_bombs_are_refused_without_being_unfolded():
    zeros = b"\0" * (120 * 1024 * 1024)
    heavy = office(extra={"word/a.xml": zeros})
    many = office(extra={f"word/{rank}.xml": b"x" for rank in range(1001)})
    dense = office(extra={"word/a.xml": b"\0" * (4 * 1024 * 1024)})
    del zeros
    tracemalloc.start()
    for data in (heavy, many, dense):
        assert _refusal("texte.docx", data).code == "bomb"
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


def test_an_archive_that_lies_about_its_sizes_is_refused():
    data = bytearray(office(extra={"word/a.xml": b"\0" * (2 * 1024 * 1024)}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.rfind(signature)
        struct.pack_into("<I", data, place + offset, 1)
    assert _refusal("texte.docx", bytes(data)).code == "content"


def test_entities_are_never_expanded():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/{part}" ContentType="{kind}"/>&a;</Types>'
    )
    assert _refusal("texte.docx", office(types=bomb)).code == "content"


def _huge_png() -> bytes:
    """A valid PNG of a few hundred bytes that announces 60 000 by 60 000 points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_an_image_of_billions_of_points_is_refused():
    assert _refusal("grande.png", _huge_png()).code == "pixels"


def test_size_is_limited_to_twenty_megabytes(monkeypatch):
    monkeypatch.setattr(fichiers, "MAX_BYTES", 100)
    refusal = _refusal("lourd.pdf", pdf())
    assert refusal.code == "size"
    assert "20 Mo" in refusal.messages[0]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\moi\\acte.pdf", "acte.pdf"),
        ("acte\r\nBcc: a@b.pdf", "acteBcc: a@b.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ("acte\x00.pdf", "acte.pdf"),
        ("  acte   signé .pdf", "acte signé.pdf"),
        ("e\u0301tat.pdf", "état.pdf"),
        ('é"; filename=x.pdf', 'é"; filename=x.pdf'),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_path_or_anything_invisible(given, kept):
    assert clean_name(given) == kept
