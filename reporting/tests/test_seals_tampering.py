"""No change of a sealed file goes unseen, however it is made (domain-rules § E.2 row 40).

Each tampering starts from the same intact file, which verifies; each must be refused. The names of
the attacks are those of the pdf-insecurity.org research on signature validation.
"""

import functools
import io
import random
import re
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from reporting.enums import VerificationStatus
from reporting.seals.verification import verify_pdf
from reporting.tests import seals_kit as kit

CONTENTS = re.compile(rb"/Contents <([0-9A-Fa-f]+)>")
PAINT = b"q 1 0 0 rg 50 50 400 400 re f Q"


@pytest.fixture(autouse=True)
def _own_certificate(settings):
    settings.SEAL_PKCS12 = ""
    settings.SEAL_TRUST_ROOTS = []
    settings.SEAL_TEST_DIR = kit.SEAL_DIR


@functools.cache
def pair() -> bytes:
    """Return a file with a sealed field and an open one."""
    return kit.sealed(kit.SEAL, kit.SECOND)


def status_of(data: bytes) -> VerificationStatus:
    return verify_pdf(data, now=kit.LATER).status


def is_refused(data: bytes) -> bool:
    return not verify_pdf(data, now=kit.LATER).is_ok


def appended(change: Callable[[IncrementalPdfFileWriter], None], data: bytes = b"") -> bytes:
    """Return the file with an update appended, as any PDF editor would write it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data or kit.sealed()))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def first_page(writer: IncrementalPdfFileWriter):
    return writer.root["/Pages"]["/Kids"][0]


def paint(writer):
    stream = writer.add_object(generic.StreamObject(stream_data=PAINT))
    writer.add_stream_to_page(0, stream)


def replace_the_content(writer):
    page = first_page(writer)
    reference = page.raw_get("/Contents").reference
    stream = generic.StreamObject(stream_data=PAINT)
    writer.objects[(0, reference.idnum)] = stream


def replace_the_pages(writer):
    page = first_page(writer)
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=PAINT))
    writer.update_container(page)


def speak_another_language(writer):
    writer.root["/Lang"] = generic.TextStringObject("en")
    writer.update_root()


def rename_in_the_information(writer):
    writer.trailer["/Info"]["/Title"] = generic.TextStringObject("Revoyure 2019")
    writer.mark_update(writer.trailer.raw_get("/Info").reference)


def rename_in_the_metadata(writer):
    writer._update_meta = lambda: None  # it would write the packet again, as it was
    stream = writer.root.raw_get("/Metadata").get_object()
    writer.objects[(0, writer.root.raw_get("/Metadata").reference.idnum)] = generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")},
        stream_data=stream.data.replace(b"2018", b"2019"),
    )


def swap_the_attachment(writer):
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    reference = names[1]["/EF"].raw_get("/F").reference
    writer.objects[(0, reference.idnum)] = generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b"annee;logements\n2018;999\n"
    )


def hide_the_annotations(writer):
    page = first_page(writer)
    del page["/Annots"]
    writer.update_container(page)


def add_a_note(writer):
    page = first_page(writer)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, (9, 9, 300, 300))),
            pdf_name("/Contents"): generic.TextStringObject("Le montant est doublé."),
            pdf_name("/DA"): generic.TextStringObject("/Helv 12 Tf"),
        }
    )
    writer.register_annotation(page.container_ref, writer.add_object(note))


def redraw_the_stamp(writer):
    field = writer.root["/AcroForm"]["/Fields"][0]
    stamp = generic.StreamObject(
        {
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(map(generic.FloatObject, (0, 0, 243, 102))),
        },
        stream_data=PAINT,
    )
    field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(stamp)})
    writer.update_container(field)


def draw_in_the_open_field(writer):
    field = writer.root["/AcroForm"]["/Fields"][1]
    reference = field["/AP"].raw_get("/N").reference
    writer.objects[(0, reference.idnum)] = generic.StreamObject(
        {
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(map(generic.FloatObject, (0, 0, 243, 102))),
        },
        stream_data=PAINT,
    )


def run_a_script(writer):
    script = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("x")}
    writer.root["/OpenAction"] = generic.DictionaryObject(script)
    writer.update_root()


APPENDED = [
    paint,
    replace_the_content,  # shadow attack, «replace»
    replace_the_pages,
    hide_the_annotations,  # shadow attack, «hide»
    speak_another_language,
    rename_in_the_information,
    rename_in_the_metadata,
    swap_the_attachment,
    add_a_note,
    redraw_the_stamp,
    run_a_script,
]


@pytest.mark.parametrize("change", APPENDED)
def test_an_appended_change_is_refused(change):
    answer = verify_pdf(appended(change), now=kit.LATER)
    assert answer.status == VerificationStatus.INVALIDE
    assert "Le fichier a été modifié après le scellement." in answer.signatures[0].reasons


@pytest.mark.parametrize("change", [*APPENDED, draw_in_the_open_field])
def test_an_appended_change_is_refused_while_a_field_is_open(change):
    assert status_of(appended(change, pair())) == VerificationStatus.INVALIDE


def test_a_change_hidden_under_a_second_seal_is_refused():
    changed = appended(paint, pair())
    answer = verify_pdf(kit.seal(changed, kit.SECOND).content, now=kit.LATER)
    assert answer.status == VerificationStatus.INVALIDE
    assert answer.signatures[0].status == VerificationStatus.INVALIDE


# -- Bytes ----------------------------------------------------------------------------------------


def flipped(data: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 1 << bit
    return bytes(changed)


def test_any_flipped_bit_is_refused():
    data = kit.sealed()
    chance = random.Random(20261120)
    flips = [(chance.randrange(len(data)), chance.randrange(8)) for _ in range(300)]
    accepted = [flip for flip in flips if not is_refused(flipped(data, *flip))]
    assert accepted == []


def test_any_flipped_bit_of_the_signature_block_is_refused():
    """Nothing signs these bytes: version numbers, lists of algorithms, letter case, padding."""
    data = kit.sealed()
    start, end = CONTENTS.search(data).span(1)
    chance = random.Random(2018)
    structure = [(position, bit) for position in range(start - 1, start + 120) for bit in (0, 5)]
    anywhere = [(chance.randrange(start, end + 1), chance.randrange(8)) for _ in range(200)]
    accepted = [flip for flip in structure + anywhere if not is_refused(flipped(data, *flip))]
    assert accepted == []


def test_the_letter_case_of_the_whole_block_is_the_only_freedom_left():
    """Upper or lower case for all digits says the same; a mixture would hide a change."""
    data = kit.sealed()
    start, end = CONTENTS.search(data).span(1)
    half = (start + end) // 2
    lowered = data[:start] + data[start:half].lower() + data[half:]
    assert is_refused(lowered)


@pytest.mark.parametrize(
    "extra", [b"\n", b" ", b"\0", b"%", b"% bonjour\n", b"%%EOF", b"\n%%EOF\n", b"x" * 5000]
)
def test_bytes_added_at_the_end_are_refused(extra):
    assert is_refused(kit.sealed() + extra)
    assert is_refused(kit.sealed() + extra + b"\n%%EOF\n")


@pytest.mark.parametrize("extra", [b"\n", b"%PDF-1.7\n", b"GIF89a"])
def test_bytes_added_at_the_beginning_are_refused(extra):
    assert is_refused(extra + kit.sealed())


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99, 0.999])
def test_a_truncated_file_is_refused(kept):
    data = kit.sealed()
    assert is_refused(data[: int(len(data) * kept)])


def test_every_short_truncation_is_refused():
    data = kit.sealed()
    assert [count for count in range(1, 40) if not is_refused(data[:-count])] == []


def test_bytes_inserted_anywhere_are_refused():
    data = kit.sealed()
    chance = random.Random(7)
    places = [chance.randrange(len(data)) for _ in range(60)]
    assert [spot for spot in places if not is_refused(data[:spot] + b" " + data[spot:])] == []


# -- The signature itself -------------------------------------------------------------------------


def rewritten(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(kit.sealed())) as document:
        change(document)
        document.save(output)
    return output.getvalue()


def test_a_stripped_signature_leaves_no_signature():
    def strip(document):
        del document.Root.AcroForm.Fields[0].V

    answer = verify_pdf(rewritten(strip), now=kit.LATER)
    assert answer.reasons == ("Ce fichier ne porte aucune signature.",)


def test_a_file_saved_again_is_refused():
    assert is_refused(rewritten(lambda document: None))


def test_a_page_painted_and_saved_again_is_refused():
    def repaint(document):
        document.pages[0].contents_add(document.make_stream(PAINT))

    assert status_of(rewritten(repaint)) == VerificationStatus.INVALIDE


def test_another_certificate_of_the_same_name_is_refused(tmp_path):
    forger = kit.identity(tmp_path / "forger")
    assert forger.subject == kit.identity().subject
    forged = kit.seal(kit.finished(kit.SEAL), identity=forger).content
    answer = verify_pdf(forged, now=kit.LATER)
    assert answer.status == VerificationStatus.NON_VERIFIABLE
    assert not answer.signatures[0].is_trusted


def test_a_forger_signing_the_open_field_does_not_pass(tmp_path):
    forged = kit.seal(pair(), kit.SECOND, identity=kit.identity(tmp_path / "forger")).content
    answer = verify_pdf(forged, now=kit.LATER)
    assert answer.status == VerificationStatus.NON_VERIFIABLE
    assert [one.is_trusted for one in answer.signatures] == [True, False]


def replaced(pattern: bytes, new: bytes) -> bytes:
    """Replace, padding to the same length so that all offsets stay right."""
    data = kit.sealed()
    (old,) = set(re.findall(pattern, data))
    assert len(new) <= len(old)
    return data.replace(old, new.ljust(len(old)))


RANGE = rb"/ByteRange \[[^\]]+\]"


@pytest.mark.parametrize(
    "forged",
    [
        lambda: replaced(RANGE, b"/ByteRange null"),
        lambda: replaced(RANGE, b"/ByteRange []"),
        lambda: replaced(RANGE, b"/ByteRange [0 0 0 0]"),
        lambda: replaced(RANGE, b"/ByteRange [0 -1 0 -1]"),
        lambda: replaced(RANGE, b""),
        lambda: replaced(rb"/Contents <[0-9A-F]+>", b"/Contents <>"),
        lambda: replaced(rb"/Contents <[0-9A-F]+>", b"/Contents null"),
        lambda: replaced(rb"/Contents <[0-9A-F]+>", b"/Contents <00>"),
        lambda: replaced(rb"/Contents <[0-9A-F]+>", b""),
        lambda: replaced(rb"/SubFilter /ETSI.CAdES.detached", b"/SubFilter /x"),
    ],
)
def test_universal_signature_forgery_is_refused(forged):
    """USF: a signature made unverifiable in the hope that it is then taken for valid."""
    assert status_of(forged()) == VerificationStatus.INVALIDE


def page_number() -> int:
    reader = PdfFileReader(io.BytesIO(kit.sealed()))
    return reader.root["/Pages"]["/Kids"].raw_get(0).reference.idnum


@pytest.mark.parametrize(
    "ending", [b"", b"trailer\n<< >>\n%%EOF\n", b"startxref\n0\n%%EOF\n", b"xref\n0 0\n%%EOF\n"]
)
def test_incremental_saving_attacks_are_refused(ending):
    """ISA: new objects with no, or a broken, cross-reference table."""
    forged = b"\n%d 0 obj\n<< /Type /Page /Contents 1 0 R >>\nendobj\n" % page_number()
    assert is_refused(kit.sealed() + forged + ending)


def wrapped(*, keep_range: bool) -> bytes:
    """Put an object between the block and what it signs, and name the moved part or not."""
    data = kit.sealed()
    end = CONTENTS.search(data).end()
    forged = b"\n%d 0 obj\n<< /Type /Page >>\nendobj\n" % page_number()
    moved = data[:end] + forged + data[end:]
    if keep_range:
        return moved
    numbers = [int(one) for one in re.search(rb"/ByteRange \[([^\]]+)\]", data)[1].split()]
    numbers[2] += len(forged)
    old = re.search(RANGE, moved)[0]
    new = b"/ByteRange [%d %d %d %d]" % tuple(numbers)
    return moved.replace(old, new.ljust(len(old)))


@pytest.mark.parametrize("keep_range", [True, False])
def test_signature_wrapping_is_refused(keep_range):
    """SWA: the signed bytes are moved aside, others take their place."""
    assert status_of(wrapped(keep_range=keep_range)) == VerificationStatus.INVALIDE


def test_a_signature_moved_to_another_document_is_refused():
    other = kit.seal(kit.finished(kit.SEAL), code="AAAA-BBBB-CCCC").content
    block = CONTENTS.search(kit.sealed())[1]
    start, end = CONTENTS.search(other).span(1)
    assert end - start == len(block)
    assert is_refused(other[:start] + block + other[end:])


def test_the_intact_files_are_accepted():
    """Without this, a verification that refuses everything would pass all tests above."""
    assert not is_refused(kit.sealed())
    assert not is_refused(pair())
