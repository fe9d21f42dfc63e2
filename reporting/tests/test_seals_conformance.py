"""A finished document declares what it is, and assistive technology finds everything in it."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from reporting.seals.conformance import SealField, conform
from reporting.seals.render import DECORATION, render_pdf
from reporting.seals.structure import as_list, structure_elements, structure_problems
from reporting.tests import seals_kit as kit


def damaged(damage: Callable[[pikepdf.Pdf], None]) -> list[str]:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(kit.finished(kit.SEAL))) as document:
        damage(document)
        document.save(output)
    return structure_problems(output.getvalue())


def elements(document: pikepdf.Pdf, tag: str) -> list:
    return [one for one in structure_elements(document) if str(one.S) == tag]


def test_a_finished_document_has_no_structure_problem():
    assert structure_problems(kit.finished(kit.SEAL, kit.SECOND)) == []


def test_a_rendered_document_alone_does_not_declare_pdf_ua():
    problems = structure_problems(kit.rendered(kit.SEAL))
    assert "Not declared as PDF/UA-1." in problems
    assert "An attached file is listed twice." in problems


def test_one_packet_declares_pdf_a_and_pdf_ua():
    with pikepdf.open(io.BytesIO(kit.finished(kit.SEAL))) as document:
        assert document.Root.Metadata.read_bytes().count(b"<rdf:RDF") == 1
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Revoyure 2018 d’essai"


def test_finishing_twice_the_same_input_gives_the_same_bytes():
    again = conform(kit.rendered(kit.SEAL), fields=[kit.SEAL])
    assert again == kit.finished(kit.SEAL)


def test_fields_are_tagged_named_and_in_reading_order():
    with pikepdf.open(io.BytesIO(kit.finished(kit.SEAL, kit.SECOND))) as document:
        fields = list(document.Root.AcroForm.Fields)
        assert [str(field.T) for field in fields] == ["Cachet", "Contreseing"]
        assert [str(field.TU) for field in fields] == [kit.SEAL.tooltip, kit.SECOND.tooltip]
        forms = elements(document, "/Form")
        assert [form.K.Obj.objgen for form in forms] == [field.objgen for field in fields]
        assert document.pages[0].Tabs == Name.S


def test_a_field_takes_the_place_its_page_gives_it():
    with pikepdf.open(io.BytesIO(kit.finished(kit.SEAL))) as document:
        left, bottom, right, top = (float(edge) for edge in document.Root.AcroForm.Fields[0].Rect)
    assert right - left == pytest.approx(86 * 72 / 25.4, abs=2)
    assert top - bottom == pytest.approx(36 * 72 / 25.4, abs=2)


def test_decorations_are_drawn_but_not_read():
    with pikepdf.open(io.BytesIO(kit.finished(kit.SEAL))) as document:
        figures = elements(document, "/Figure")
        content = document.pages[0].Contents.read_bytes()
    assert [str(figure.Alt) for figure in figures] == [
        "174 logements agréés en 2018, pour un objectif de 170"
    ]
    assert content.count(b"/Artifact BMC") == 1
    assert DECORATION.encode() not in kit.finished(kit.SEAL)


def test_a_picture_without_alternative_text_is_reported():
    html = kit.HTML % '<svg width="9" height="9"><circle r="3"/></svg>'
    problems = structure_problems(conform(render_pdf(html)))
    assert problems == ["A figure on page 1 has no alternative text."]


def test_an_image_with_an_empty_alternative_is_decoration():
    pixel = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    html = kit.HTML % f'<img alt="" src="{pixel}">'
    assert structure_problems(conform(render_pdf(html))) == []


def test_a_cell_without_header_is_reported():
    html = kit.HTML % "<table><tr><td>seul</td></tr></table>"
    problems = structure_problems(conform(render_pdf(html)))
    assert problems == ["A cell on page 1 has no header cell."]


@pytest.mark.parametrize("fields", [(), (kit.SEAL, kit.SECOND), (SealField("Autre", "Autre"),)])
def test_fields_and_places_must_answer_each_other(fields):
    with pytest.raises(ValueError, match="do not match"):
        conform(kit.rendered(kit.SEAL), fields=fields)


def test_a_place_given_twice_is_refused():
    html = kit.HTML % (kit.place(kit.SEAL) * 2)
    with pytest.raises(ValueError, match="twice"):
        conform(render_pdf(html, css=kit.PLACE), fields=[kit.SEAL])


def test_a_finished_or_sealed_document_is_not_finished_again():
    for pdf in (kit.finished(kit.SEAL), kit.sealed()):
        with pytest.raises(ValueError, match="finished once"):
            conform(pdf, fields=[kit.SEAL])


def _without(key: str) -> Callable[[pikepdf.Pdf], None]:
    def damage(document):
        del document.Root[key]

    return damage


def _forget_tab_order(document):
    del document.pages[0].Tabs


def _unlink_the_widget(document):
    for element in structure_elements(document):
        if element.get("/S") == Name.Form:
            element.K = pikepdf.Array([])


def _drop_a_font_file(document):
    for value in document.objects:
        if isinstance(value, Dictionary) and value.get("/Type") == Name.FontDescriptor:
            for key in ("/FontFile2", "/FontFile3"):
                if key in value:
                    del value[key]
            return


def _empty_an_alternative(document):
    for element in structure_elements(document):
        if element.get("/S") == Name.Figure:
            element.Alt = ""


def _forget_a_header(document):
    for element in structure_elements(document):
        if element.S == Name.TD:
            element.A.Headers = pikepdf.Array([])


def _second_packet(document):
    packet = document.Root.Metadata.read_bytes()
    document.Root.Metadata.write(packet.replace(b"</rdf:RDF>", b"</rdf:RDF><rdf:RDF></rdf:RDF>"))


def _run_a_script(document):
    document.Root.OpenAction = document.make_indirect(Dictionary(S=Name.JavaScript, JS="x"))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (_without("/Lang"), "No language."),
        (_without("/MarkInfo"), "Not marked as tagged."),
        (_without("/ViewerPreferences"), "The title is not displayed."),
        (_without("/OutputIntents"), "No output intent with its colour profile."),
        (_without("/Metadata"), "Not exactly one XMP packet with one RDF block."),
        (_second_packet, "Not exactly one XMP packet with one RDF block."),
        (_forget_tab_order, "Page 1: annotations are not read in structure order."),
        (_unlink_the_widget, "Page 1: an annotation is not in the structure tree."),
        (_drop_a_font_file, "Font not embedded"),
        (_empty_an_alternative, "A figure on page 1 has no alternative text."),
        (_forget_a_header, "A cell on page 1 has no header cell."),
        (_run_a_script, "Active content: /JavaScript."),
        (_without("/AF"), "An attached file is not declared as PDF/A-3 asks."),
    ],
)
def test_each_lack_is_reported(damage, sentence):
    assert any(problem.startswith(sentence) for problem in damaged(damage))


def test_each_page_content_still_belongs_to_the_structure():
    """Every marked content of a page leads to an element, but for what became an artifact."""
    with pikepdf.open(io.BytesIO(kit.finished(kit.SEAL))) as document:
        parents = document.Root.StructTreeRoot.ParentTree.Nums[1]
        marks = document.pages[0].Contents.read_bytes().count(b"/MCID")
        known = {
            kid
            for one in structure_elements(document)
            for kid in as_list(one.get("/K"))
            if isinstance(kid, int)
        }
    assert len(known) == marks == len(parents) - 1


USES = {"Do": "/XObject", "gs": "/ExtGState", "Tf": "/Font", "scn": "/Pattern", "sh": "/Shading"}
DRAWN = """
<style>
  .a { background: linear-gradient(90deg, white 50%, #4d2670 50%) }
  .b { opacity: .5; break-before: page; font-family: sans-serif; font-weight: 700 }
</style>
<p class="a">Un fond rayé</p><p class="b">Un <i>autre</i> texte</p>
<svg width="20" height="20" aria-hidden="true"><g opacity=".5"><circle r="9"/></g></svg>
"""


def contents(document: pikepdf.Pdf) -> list:
    """Return each page and each drawing with its content."""
    drawings = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
    return [*document.pages, *(one for one in drawings if "/Resources" in one)]


def test_pages_and_drawings_keep_all_they_use_and_nothing_else():
    with pikepdf.open(io.BytesIO(conform(render_pdf(kit.HTML % DRAWN)))) as document:
        for holder in contents(document):
            used = {
                (USES[str(step.operator)], str(step.operands[0]))
                for step in pikepdf.parse_content_stream(holder)
                if str(step.operator) in USES and isinstance(step.operands[0], pikepdf.Name)
            }
            given = {
                (kind, name)
                for kind, entries in holder.Resources.items()
                for name in entries
                if kind in USES.values()
            }
            assert given == used
        assert any("/Pattern" in one.Resources for one in contents(document))
