"""A seal is appended: what the document was, its claims and its earlier seals stay."""

import dataclasses
import hashlib
import io
import shutil
import subprocess
from datetime import timedelta
from xml.etree import ElementTree

import pikepdf
import pytest
from asn1crypto import cms
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from reporting.enums import SignatureLevel
from reporting.seals.conformance import conform
from reporting.seals.render import render_pdf
from reporting.seals.seal import SMALLEST_STAMP, qr_svg
from reporting.seals.stamp import StampWords, stamp_pdf
from reporting.seals.structure import structure_problems
from reporting.tests import seals_kit as kit

FORBIDDEN_WORDS = ("juridiquement", "opposable", "certifié", "valeur légale")


def words(**kwargs) -> StampWords:
    given = {
        "code": kit.CODE,
        "level": "PAdES B-B",
        "subject": "Portail Revoyure",
        "is_test": False,
        "sealed_at": kit.NOW,
    }
    return StampWords(**given | kwargs)


def stamp_html(monkeypatch, given: StampWords) -> str:
    """Return what the stamp is drawn from."""
    drawn = []

    def keep(html, **kwargs):
        drawn.append(html)
        return render_pdf(html, **kwargs)

    monkeypatch.setattr("reporting.seals.stamp.render_pdf", keep)
    stamp_pdf(given, width=243, height=102)
    return drawn[0]


def test_the_sealed_file_begins_with_the_unsealed_one():
    result = kit.seal(kit.finished(kit.SEAL))
    assert result.content.startswith(kit.finished(kit.SEAL))
    assert result.sha256 == hashlib.sha256(result.content).hexdigest()
    assert (result.level, result.is_test, result.notice) == (SignatureLevel.B_B, True, "")


def test_markers_structure_fonts_and_attachments_survive_sealing():
    assert structure_problems(kit.sealed()) == []
    with pikepdf.open(io.BytesIO(kit.sealed())) as document:
        assert document.attachments["donnees.csv"].get_file().read_bytes() == kit.DATA.content


def test_the_stamp_fills_its_field_with_embedded_fonts_only():
    with pikepdf.open(io.BytesIO(kit.sealed())) as document:
        widget = document.Root.AcroForm.Fields[0]
        left, bottom, right, top = (int(edge) for edge in widget.Rect)
        box = [float(edge) for edge in widget.AP.N.BBox]
        assert [max(box[0::2]), max(box[1::2])] == [right - left, top - bottom]
        (drawn,) = widget.AP.N.Resources.XObject.values()
        fonts = [font.DescendantFonts[0].FontDescriptor for font in drawn.Resources.Font.values()]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_the_stamp_is_one_untagged_page_and_always_the_same():
    first = stamp_pdf(words(), width=243, height=102)
    with pikepdf.open(io.BytesIO(first)) as document:
        assert len(document.pages) == 1
        assert "/StructTreeRoot" not in document.Root
    assert first == stamp_pdf(words(), width=243, height=102)


def test_the_stamp_says_what_it_is_when_and_its_code(monkeypatch):
    html = stamp_html(monkeypatch, words())
    assert "Cachet du portail" in html
    assert "le 20&nbsp;novembre 2026 à 14&nbsp;h&nbsp;05" in html
    assert "heure de Paris, niveau PAdES B-B" in html
    assert kit.CODE in html
    assert "Portail Revoyure" in html
    assert "certificat de test" not in html


def test_the_stamp_of_a_test_certificate_says_so(monkeypatch):
    html = stamp_html(monkeypatch, words(is_test=True))
    assert "certificat de test – sans valeur" in html


def test_the_stamp_claims_nothing_more(monkeypatch):
    html = stamp_html(monkeypatch, words()).lower()
    assert [word for word in FORBIDDEN_WORDS if word in html] == []


@pytest.mark.parametrize("is_test", [True, False])
def test_the_smallest_stamp_has_room_for_all_its_words(is_test):
    """Laid out words that do not fit are dropped without a word, the last lines first."""
    given = words(subject="Cachet du portail des conventions " * 5, is_test=is_test)
    width, height = SMALLEST_STAMP
    with io.BytesIO(stamp_pdf(given, width=width, height=height)) as file:
        drawn = PdfReader(file).pages[0].extract_text()
    assert "Cachet du portail" in drawn
    assert kit.CODE in drawn
    assert "niveau PAdES B-B" in drawn
    assert ("sans valeur" in drawn) == is_test


def test_words_from_outside_are_escaped(monkeypatch):
    html = stamp_html(monkeypatch, words(subject="<b>Portail</b>"))
    assert "&lt;b&gt;Portail" in html


def test_two_fields_are_sealed_one_after_the_other():
    once = kit.sealed(kit.SEAL, kit.SECOND)
    twice = kit.seal(once, kit.SECOND, now=kit.NOW + timedelta(hours=1)).content
    assert twice.startswith(once)
    assert structure_problems(twice) == []


def test_a_field_is_sealed_once():
    with pytest.raises(ValidationError) as refusal:
        kit.seal(kit.sealed())
    assert refusal.value.code == "already_sealed"


def test_an_unknown_field_is_refused():
    with pytest.raises(ValueError, match="no field"):
        kit.seal(kit.finished(kit.SEAL), kit.SECOND)


def test_a_place_too_small_for_the_words_is_refused():
    css = kit.PLACE.replace("86mm", "50mm")
    small = conform(render_pdf(kit.HTML % kit.place(kit.SEAL), css=css), fields=[kit.SEAL])
    with pytest.raises(ValueError, match="too small"):
        kit.seal(small)


def test_the_seal_states_the_instant_it_is_given():
    with pikepdf.open(io.BytesIO(kit.sealed())) as document:
        signature = document.Root.AcroForm.Fields[0].V
    assert str(signature.M) == "D:20261120140500+01'00'"
    assert str(signature.Reason) == "Revoyure gelée"


def test_no_root_certificate_travels_in_the_seal():
    """Nothing protects it there, so a byte of it could change unseen."""
    with pikepdf.open(io.BytesIO(kit.sealed())) as document:
        block = bytes(document.Root.AcroForm.Fields[0].V.Contents)
    signed = cms.ContentInfo.load(block)["content"]
    own = kit.identity().signer.signing_cert.dump()
    assert [one.chosen.dump() for one in signed["certificates"]] == [own]


def test_an_identity_s_name_is_on_the_seal():
    identity = dataclasses.replace(kit.identity(), subject="Portail du Grand Besançon")
    sealed = kit.seal(kit.finished(kit.SEAL), identity=identity)
    assert sealed.subject == "Portail du Grand Besançon"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_agrees(tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(kit.sealed())
    answer = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=True
    ).stdout
    assert "Signature is Valid." in answer
    assert "Total document signed" in answer
    assert "ETSI.CAdES.detached" in answer


def test_the_code_to_scan_is_an_inline_titled_drawing():
    address = "https://revoyure.example.fr/verifier/K7PQ?a=1&b=2"
    drawing = qr_svg(address)
    root = ElementTree.fromstring(drawing)
    assert root.get("role") == "img"
    assert root[0].tag.endswith("title")
    assert root[0].text.endswith(address)
    assert "style=" not in drawing
    assert qr_svg(address) == drawing


def test_the_code_to_scan_has_its_alternative_text_in_the_pdf():
    html = kit.HTML % qr_svg("https://revoyure.example.fr/v/1")
    assert structure_problems(conform(render_pdf(html))) == []
