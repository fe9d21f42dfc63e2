"""Nothing is silently lost: what does not become wording is listed with its words and its place."""

import re
from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from conventions.rules.word_lecture import read_word
from conventions.rules.word_paquet import MAX_ELEMENTS, W, pack
from conventions.rules.word_rapprochement import MAX_TITLES
from conventions.rules.word_types import Reading
from conventions.tests.word_files import (
    LENGTH,
    deleted,
    edited,
    exported,
    foreign,
    inserted,
    paragraph,
    parts_of,
    run,
    with_part,
    without,
)

TEXT = run("La convention dure trois ans, comme le dit l’")
SPACES = re.compile(r"\w+")
NOTE = (
    f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="3">'
    f"<w:p>{run('Hors PLS.')}</w:p></w:footnote></w:footnotes>"
)
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING = (
    f'<w:r><mc:AlternateContent xmlns:mc="{COMPATIBLE}">'
    '<mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="urn:wps"><w:txbxContent><w:p>'
    f"{run('Texte encadré')}</w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict>{run('Texte encadré')}</w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
FIELD = f'<w:fldSimple w:instr="TITLE">{run("Titre")}</w:fldSimple>'
IMAGE = (
    '<w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" name="Image 1" descr="Carte du territoire"/>'
    '<pic:pic xmlns:pic="urn:pic"/></w:drawing></w:r>'
)


def _words(text: str) -> Counter:
    return Counter(SPACES.findall(text))


def _said(reading: Reading) -> Counter:
    """Every word the reading gives back: articles accepted, remarks, what is left out."""
    found = Counter()
    for article in reading.articles:
        if article.accepted:
            found += _words(f"{article.accepted.heading} {article.accepted.body}")
    for left in reading.left_out:
        found += _words(left.text)
    return found


def _left(data: bytes) -> list[tuple[str, str, str]]:
    return [(o.what, o.where, o.text) for o in read_word("t.docx", data).left_out]


@pytest.mark.parametrize(
    ("inner", "what", "text"),
    [
        (DRAWING, "zone de texte", "Texte encadré"),
        (IMAGE, "image", "Carte du territoire"),
        ('<m:oMath xmlns:m="urn:m"><m:r><m:t>x+1</m:t></m:r></m:oMath>', "formule", "x+1"),
        (FIELD, "champ calculé « TITLE », gardé comme texte", ""),
        (run("loyer", look="<w:i/>"), "mise en forme : italique", ""),
        (f"<w:inconnu>{run('mots perdus')}</w:inconnu>", "élément inconnu", "mots perdus"),
        (inserted(deleted("repenti")), "texte ajouté puis retiré", "repenti"),
    ],
)
def test_what_is_not_taken_is_listed_at_its_article(inner, what, text):
    data = edited(exported(), (TEXT, inner + TEXT))
    assert _left(data) == [(what, "Article\u00a02. Durée", text)]


def test_a_footnote_is_listed_with_its_words():
    data = with_part(exported(), "footnotes.xml", NOTE, "footnotes")
    call = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    data = edited(data, (TEXT, TEXT + call))
    assert _left(data) == [("note de bas de page", "Article\u00a02. Durée", "Hors PLS.")]


def test_what_changes_outside_the_articles_is_listed():
    visa = run("Vu le code de la construction et de l’habitation ;")
    data = edited(exported(), (visa, run("Vu le code de l’urbanisme ;")))
    assert _left(data) == [
        (
            "texte changé hors des articles",
            "ouverture (titre, parties, visas)",
            "Vu le code de l’urbanisme ;",
        ),
        (
            "texte retiré hors des articles",
            "ouverture (titre, parties, visas)",
            "Vu le code de la construction et de l’habitation ;",
        ),
    ]


HEADER, FOOTER = "word/header1.xml", "word/footer1.xml"
MARGIN = "texte changé hors des articles"
LEFT = "texte retiré hors des articles"


def test_what_changes_at_the_top_of_the_pages_is_listed_with_its_place():
    title = "DEMO-2026 · Convention-cadre de démonstration"
    data = edited(exported(), (title, "Version de travail"), part=HEADER)
    assert _left(data) == [
        (MARGIN, "en-tête de page", "Version de travail"),
        (LEFT, "en-tête de page", title),
    ]


def test_what_is_tracked_at_the_foot_of_the_pages_is_listed_with_its_place():
    note = f"<w:p>{inserted(run('Confidentiel'))}{deleted('Public')}</w:p></w:ftr>"
    data = edited(exported(), ("</w:ftr>", note), part=FOOTER)
    assert _left(data) == [(MARGIN, "pied de page", "Confidentiel")]


def test_page_numbers_counted_again_are_no_change():
    data = edited(exported(), (">1<", ">7<"), (">1<", ">12<"), part=FOOTER)
    assert _left(data) == []


def test_a_text_box_and_an_image_of_the_margins_are_listed_once():
    data = edited(exported(), ("</w:hdr>", f"<w:p>{DRAWING}</w:p></w:hdr>"), part=HEADER)
    assert _left(data) == [(MARGIN, "en-tête de page", "Texte encadré")]
    blip = '<a:blip xmlns:a="urn:a"/>'
    data = edited(exported(), ("</w:hdr>", f"<w:p><w:r>{blip}</w:r></w:p></w:hdr>"), part=HEADER)
    assert _left(data) == [("image", "en-tête de page", "")]


def test_the_margins_of_a_file_from_elsewhere_are_listed():
    data = without(exported(), "customXml/item1.xml", "docProps/custom.xml")
    assert ("en-tête de page", "DEMO-2026 · Convention-cadre de démonstration") in [
        (where, text) for _, where, text in _left(data)
    ]


def test_definitions_leave_with_the_text_and_what_changes_in_them_is_listed():
    data = exported(definitions=(("Bailleur", "Qui loue."), ("CIL", "Comité interprofessionnel.")))
    assert _left(data) == []
    data = edited(data, (": Qui loue.", ": Qui donne à loyer."))
    assert (MARGIN, "définitions", "Bailleur\u00a0: Qui donne à loyer.") in _left(data)
    assert len(_left(data)) == 2


def test_a_table_in_a_table_is_laid_flat_with_its_words():
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('dedans'))}</w:tc></w:tr></w:tbl>"
    grid = f"<w:tbl><w:tr><w:tc>{paragraph(run('dehors'))}{inner}</w:tc></w:tr></w:tbl>"
    reading = read_word("t.docx", foreign(paragraph(run("Article 9 : Reste")), grid))
    assert reading.articles[0].accepted.body == "| dehors dedans |"
    assert "tableau dans un tableau, mis à plat" in {left.what for left in reading.left_out}


def test_every_word_of_a_rich_file_is_somewhere():
    blocks = [
        paragraph(run("Mot d’ouverture")),
        paragraph(run("Article 9 : Reste") + DRAWING),
        paragraph(run("Un ") + f"<w:smartTag>{run('deux')}</w:smartTag>" + run(" trois")),
        f"<w:sdt><w:sdtContent>{paragraph(run('quatre') + IMAGE)}</w:sdtContent></w:sdt>",
        f"<w:tbl><w:tr><w:tc>{paragraph(run('cinq'))}</w:tc></w:tr></w:tbl>",
        f"<w:inconnu>{paragraph(run('six'))}</w:inconnu>",
    ]
    said = _said(read_word("t.docx", foreign(*blocks)))
    expected = (
        "Mot d’ouverture Reste Texte encadré Un deux trois quatre Carte du territoire cinq six"
    )
    assert said == _words(expected)


def test_comments_are_read_with_their_passage_and_answers():
    comments = (
        f'<w:comments xmlns:w="{W}" xmlns:w14="urn:w14">'
        '<w:comment w:id="0" w:author="Dominique Petit" w:date="2026-11-20T09:30:00Z">'
        f'<w:p w14:paraId="AA">{run("Pourquoi trois ?")}</w:p></w:comment>'
        f'<w:comment w:id="1" w:author="Camille Durand"><w:p w14:paraId="BB">{run("Usage.")}</w:p>'
        "</w:comment></w:comments>"
    )
    extended = (
        '<w15:commentsEx xmlns:w15="urn:w15"><w15:commentEx w15:paraId="AA" w15:done="1"/>'
        '<w15:commentEx w15:paraId="BB" w15:paraIdParent="AA" w15:done="0"/></w15:commentsEx>'
    )
    data = with_part(exported(), "comments.xml", comments, "comments")
    data = with_part(data, "commentsExtended.xml", extended, "commentsExtended")
    marked = (
        run("La convention dure ") + '<w:commentRangeStart w:id="0"/>' + run("trois ans")
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        + run(", comme le dit l’")
    )  # fmt: skip
    reading = read_word("t.docx", edited(data, (TEXT, marked)))
    first, second = reading.remarks
    assert (first.author, first.text, first.passage, first.code) == (
        "Dominique Petit", "Pourquoi trois ?", "trois ans", 12,
    )  # fmt: skip
    assert first.resolved
    assert (second.answers, second.text) == ("0", "Usage.")
    assert reading.articles[3].accepted.body == LENGTH.body


def test_a_comment_whose_passage_is_gone_is_listed():
    comment = f'<w:comment w:id="0" w:author="A"><w:p>{run("Non.")}</w:p></w:comment>'
    comments = f'<w:comments xmlns:w="{W}">{comment}</w:comments>'
    data = with_part(exported(), "comments.xml", comments, "comments")
    assert _left(data) == [("commentaire de A dont le passage a disparu", "", "Non.")]


# Hostile files -----------------------------------------------------------------------------------


def _refused(name: str, data: bytes) -> str:
    with pytest.raises(ValidationError) as refusal:
        read_word(name, data)
    return " ".join(refusal.value.messages)


def test_a_document_with_macros_is_refused():
    kind = 'ContentType="application/vnd.ms-office.vbaProject"'
    types = ("</Types>", f'<Override PartName="/word/vbaProject.bin" {kind}/></Types>')
    assert "macros" in _refused("t.docx", edited(exported(), types, part="[Content_Types].xml"))
    assert "ne sont pas acceptés" in _refused("t.docm", exported())


def test_an_encrypted_or_old_document_is_refused_with_what_to_do():
    assert "mot de passe" in _refused("t.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_another_type_is_refused():
    assert "n’en est pas un" in _refused("t.docx", b"%PDF-1.7 rien")
    assert "Seul un document Word" in _refused("t.png", _png())


def _png() -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx"
        b"\x9cc\0\1\0\0\5\0\1\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
    )


@pytest.mark.parametrize("part", ["word/document.xml", "customXml/item1.xml", "word/styles.xml"])
def test_entities_are_refused_in_every_part(part):
    xml = parts_of(exported())[part].decode()
    head, _, rest = xml.partition("?>")
    bomb = f'{head}?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>{rest}'
    assert _refused("t.docx", pack(parts_of(exported()) | {part: bomb.encode()}))


def test_a_part_that_is_not_xml_is_refused():
    data = pack(parts_of(exported()) | {"word/styles.xml": b"<w:styles"})
    assert "ne se lit pas" in _refused("t.docx", data)


def test_a_document_nested_without_end_is_refused():
    deep = "<w:sdt><w:sdtContent>" * 110 + "</w:sdtContent></w:sdt>" * 110
    assert "ne se lit pas" in _refused("t.docx", foreign(deep))
    inner = "<w:smartTag>" * 200 + run("x") + "</w:smartTag>" * 200
    assert "ne se lit pas" in _refused("t.docx", foreign(paragraph(inner)))


def test_a_document_of_an_absurd_length_is_refused():
    data = foreign("<w:p/>" * (2 * MAX_ELEMENTS + 1))
    assert _refused("t.docx", data)


def test_references_to_styles_in_a_circle_end():
    styles = "".join(
        f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    loop = f'<w:styles xmlns:w="{W}">{styles}</w:styles>'
    parts = parts_of(foreign(paragraph(run("Article 1 : Objet"), style="a")))
    assert read_word("t.docx", pack(parts | {"word/styles.xml": loop.encode()})).articles


def test_an_external_picture_is_never_fetched():
    target = 'TargetMode="External" Target="http://192.0.2.1/x.xml" Type="x/styles"'
    relation = ("</Relationships>", f'<Relationship Id="rIdP" {target}/></Relationships>')
    data = edited(exported(), relation, part="word/_rels/document.xml.rels")
    assert read_word("t.docx", data).articles


def test_more_titles_than_any_convention_has_are_refused():
    titles = (paragraph(run(f"Article {n}"), style="Titre1") for n in range(MAX_TITLES + 1))
    assert "trop long" in _refused("t.docx", foreign(*titles))
