"""Files that LibreOffice 7.4 really saved, from exports of this portal.

`libreoffice_deux_fois` was saved twice as DOCX; `libreoffice_par_odt` went through ODT, which drops
the text of departure; `libreoffice_suivi` bears tracked changes and a comment: article 1 deleted,
article 1 bis inserted, a word of article 2 replaced.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from conventions.rules.word_lecture import read_word
from conventions.rules.word_propositions import left_out_of, proposals_of
from conventions.rules.word_types import Match, Origin, Reading

# These files left before they remembered what their pages bear.
MARGINS = {
    "zone_entete_": "DEMO-2026 · Convention-cadre entre Demo Agglomération et Action Logement",
    "zone_pied_": "Projet au 21 novembre 2026 page sur",
}
KNOWN = Origin("DEMO-2026", 0, "2026-11-21", "", zones=MARGINS)
FILES = Path(__file__).parent / "files"


def _read(name: str, **known) -> Reading:
    return read_word(name, (FILES / name).read_bytes(), **known)


def test_saved_twice_it_comes_back_unchanged():
    reading = _read("libreoffice_deux_fois.docx", known=KNOWN)
    assert len(reading.articles) == 6
    assert {article.match for article in reading.articles} == {Match.REPERE}
    changes = proposals_of(reading, reading.origin.articles)
    assert changes == []
    assert left_out_of(reading, changes) == []


def test_through_odt_it_is_compared_with_the_text_of_the_same_fingerprint():
    origin = _read("libreoffice_deux_fois.docx").origin
    known = replace(origin, zones=origin.zones | MARGINS)
    reading = _read("libreoffice_par_odt.docx", known=known)
    assert reading.origin.articles == ()
    assert reading.origin.fingerprint == known.fingerprint
    assert not reading.notes
    changes = proposals_of(reading, known.articles)
    assert changes == []
    assert left_out_of(reading, changes) == []


@pytest.fixture
def tracked():
    reading = _read("libreoffice_suivi.docx")
    return {article.code: article for article in reading.articles}, reading


def test_its_tracked_words_are_read_on_both_sides(tracked):
    found, _ = tracked
    assert "dure cinq ans" in found[12].accepted.body
    assert "dure trois ans" in found[12].rejected.body
    assert {one.author for one in found[12].revisions} == {"Dominique Petit"}


def test_the_style_it_spreads_over_joined_paragraphs_makes_no_title_of_a_text(tracked):
    found, reading = tracked
    assert found[2].accepted is None
    assert found[2].rejected.body == "La convention fixe les objectifs de production."
    assert found[None].accepted.heading == "Suivi"
    assert found[None].rejected is None
    assert not reading.absent


def test_its_comment_keeps_its_passage(tracked):
    _, reading = tracked
    (remark,) = reading.remarks
    assert (remark.author, remark.passage, remark.code) == ("Dominique Petit", "ans", 12)
