"""What Word and LibreOffice do to a file: tracked or not, each change is told at its article."""

from conventions.rules.word_lecture import read_word
from conventions.rules.word_types import Match, RevisionKind
from conventions.tests.word_files import (
    ARTICLES,
    LENGTH,
    OBJECT,
    deleted,
    edited,
    exported,
    foreign,
    inserted,
    paragraph,
    run,
    without,
)

DURATION = run("La convention dure trois ans, comme le dit l’")
HEAD = '<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr>'
ITEM = (
    '<w:p><w:pPr><w:pStyle w:val="Liste"/>'
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
)
TITLE_2 = run("Article\u00a02. Durée")


def _read(*changes, data=None):
    reading = read_word("texte.docx", edited(data or exported(), *changes))
    return reading, {article.code: article for article in reading.articles}


def test_a_tracked_change_is_read_accepted_and_rejected_with_its_author():
    new = run("La convention dure ") + deleted("trois") + inserted(run("cinq"))
    reading, found = _read((DURATION, new + run(" ans, comme le dit l’")))
    read = found[12]
    assert read.accepted.body == "La convention dure cinq ans, comme le dit l’{{art:2}}."
    assert read.rejected.body == LENGTH.body
    assert [(r.kind, r.author, r.at[:10], r.text) for r in read.revisions] == [
        (RevisionKind.INSERTION, "Dominique Petit", "2026-11-20", "cinq"),
        (RevisionKind.SUPPRESSION, "Dominique Petit", "2026-11-20", "trois"),
    ]
    assert all(found[a.code].accepted.body == a.body for a in ARTICLES if a.code != 12)
    assert not reading.left_out


def test_an_untracked_change_is_read_too():
    _, found = _read((DURATION, run("La convention dure six ans, comme le dit l’")))
    assert found[12].accepted.body == "La convention dure six ans, comme le dit l’{{art:2}}."
    assert not found[12].revisions


def test_words_that_moved_are_told_as_moved():
    moved = deleted("trois ans", kind="moveFrom") + run(" et ")
    _, found = _read((DURATION, run("La convention dure ") + moved))
    assert [(r.kind, r.text) for r in found[12].revisions] == [
        (RevisionKind.DEPLACEMENT, "trois ans")
    ]


def test_bold_that_was_tracked_is_read_on_each_side():
    change = "<w:rPrChange w:id='9' w:author='A'><w:rPr/></w:rPrChange>"
    bold = f"<w:b/>{change}"
    _, found = _read((DURATION, run("La convention ") + run("dure", look=bold)))
    assert found[12].accepted.body.startswith("La convention **dure**")
    assert found[12].rejected.body.startswith("La convention dure")
    assert found[12].revisions[0].kind == RevisionKind.MISE_EN_FORME


def test_an_article_inserted_by_a_tracked_change_is_new_and_placed():
    mark = '<w:ins w:id="7" w:author="A"/>'
    title = paragraph(inserted(run("Article 1 bis. Suivi")), style="Titre1", marks=mark)
    body = paragraph(inserted(run("Un comité se réunit.")), marks=mark)
    anchor = HEAD + '<w:bookmarkStart w:id="8" w:name="art_12_"/>'
    reading, found = _read((anchor, title + body + anchor))
    new = found[None]
    assert (new.match, new.kind, new.parent, new.after) == (Match.NOUVEAU, "article", None, 2)
    assert (new.accepted.number, new.accepted.heading) == ("1 bis", "Suivi")
    assert new.accepted.body == "Un comité se réunit."
    assert new.rejected is None
    assert found[12].accepted.body == LENGTH.body
    assert not reading.moved


def test_an_article_deleted_by_a_tracked_change_is_kept_on_its_other_side():
    mark = '<w:del w:id="7" w:author="A" w:date="2026-11-20T09:30:00Z"/>'
    body = '<w:bookmarkStart w:id="5" w:name="corps_2_"/>'
    xml = exported()
    opening = HEAD + '<w:bookmarkStart w:id="4" w:name="art_2_"/>'
    _, found = _read(
        (
            opening,
            opening.replace("</w:pPr>", f"<w:rPr>{mark}</w:rPr></w:pPr>"),
        ),
        (run("Article\u00a01. Objet"), deleted("Article\u00a01. Objet")),
        (f"<w:p>{body}", f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr>{body}"),
        (run(OBJECT.body), deleted(OBJECT.body)),
        data=xml,
    )
    assert found[2].accepted is None
    assert found[2].rejected.body == OBJECT.body
    assert found[3].accepted == found[3].rejected


def test_a_new_title_keeps_its_article():
    _, found = _read((TITLE_2, run("Article\u00a02. Durée et prorogation")))
    assert (found[12].accepted.number, found[12].accepted.heading) == ("2", "Durée et prorogation")
    assert found[12].match == Match.REPERE


def test_a_new_number_keeps_its_article_and_its_heading():
    _, found = _read((TITLE_2, run("Article 3. Durée")))
    assert (found[12].accepted.number, found[12].accepted.heading) == ("3", "Durée")


def test_a_title_erased_leaves_its_body_to_its_article():
    data = exported()
    start = HEAD + '<w:bookmarkStart w:id="8" w:name="art_12_"/>'
    end = '<w:bookmarkEnd w:id="8"/></w:p>'
    reading, found = _read((f"{start}{TITLE_2}{end}", ""), data=data)
    assert found[12].accepted.heading == "Durée"
    assert found[12].accepted.body == LENGTH.body
    assert found[12].notes
    assert not reading.absent


def test_an_article_removed_without_trace_is_absent_not_merged():
    start = HEAD + '<w:bookmarkStart w:id="4" w:name="art_2_"/>'
    body = f'<w:p><w:bookmarkStart w:id="5" w:name="corps_2_"/>{run(OBJECT.body)}'
    # Word leaves the emptied bookmark at the beginning of the next title.
    third = '<w:bookmarkStart w:id="6" w:name="art_3_"/>'
    reading, found = _read(
        (f'{start}{run("Article" + chr(160) + "1. Objet")}<w:bookmarkEnd w:id="4"/></w:p>', ""),
        (f'{body}<w:bookmarkEnd w:id="5"/></w:p>', ""),
        (third, f'<w:bookmarkStart w:id="4" w:name="art_2_"/><w:bookmarkEnd w:id="4"/>{third}'),
    )
    assert reading.absent == (2,)
    assert found[3].accepted.heading == "Production"


def test_a_line_typed_before_a_title_does_not_take_its_article():
    mark = '<w:bookmarkStart w:id="8" w:name="art_12_"/>'
    start = f"{HEAD}{mark}"
    typed = f"{HEAD}{mark}{run('Article 2. Moyens')}</w:p>"
    bare = start.replace(mark, "")
    _, found = _read((start, f"{typed}{bare}"))
    assert found[12].accepted.heading == "Durée"
    assert found[12].match == Match.TITRE
    assert found[None].accepted.heading == "Moyens"


def test_a_copy_that_libreoffice_renames_is_a_new_article():
    copy = paragraph(run("Article\u00a02. Durée"), style="Titre1", opens="art_12_1")
    anchor = '<w:p><w:pPr><w:pStyle w:val="Rubrique"/></w:pPr><w:bookmarkStart w:id="10"'
    body = paragraph(run("Tout autre chose."))
    reading, _ = _read((anchor, copy + body + anchor))
    assert [article.code for article in reading.articles] == [1, 2, 3, 12, None]


def test_articles_in_another_order_are_told_as_moved():
    data = exported(ARTICLES[0], LENGTH, *ARTICLES[1:3])
    base = exported()
    reading = read_word(
        "texte.docx",
        edited(without(data, "customXml/item1.xml")),
        known=read_word("a.docx", base).origin,
    )
    assert reading.moved == (12,)


def test_a_list_whose_item_was_added_stays_one_list():
    _, found = _read((ITEM, f"{ITEM}{run('50 réhabilitations ;')}</w:p>{ITEM}"))
    assert found[3].accepted.body == (
        "Il est produit :\n\n- 50 réhabilitations ;\n- 120 logements ;\n- dont 30 PLAI."
    )


def test_a_reference_rewritten_by_hand_stays_as_words_and_is_told():
    reading, found = _read(
        (run("article\u00a01", look='<w:rStyle w:val="Renvoi"/>'), run("titre VII"))
    )
    assert found[12].accepted.body.endswith("comme le dit l’titre VII.")
    assert [left.what for left in reading.left_out] == [
        "renvoi réécrit à la main, gardé comme texte"
    ]


def test_a_reference_that_follows_the_new_number_is_still_a_reference():
    _, found = _read(
        (run("Article\u00a01. Objet"), run("Article 4. Objet")),
        (run("article\u00a01", look='<w:rStyle w:val="Renvoi"/>'), run("article 4")),
    )
    assert found[12].accepted.body == LENGTH.body


def test_a_file_the_portal_never_made_is_matched_by_titles_and_words():
    data = foreign(
        paragraph(run("CONVENTION")),
        paragraph(run("Article 1 – Objet")),
        paragraph(run("La convention fixe des objectifs de production.")),
        paragraph(run("Article 7 : Publicité")),
        paragraph(run("La convention est publiée.")),
    )
    known = read_word("a.docx", exported()).origin
    reading = read_word("autre.docx", data, known=known)
    assert [(a.code, a.match) for a in reading.articles] == [
        (2, Match.TITRE),
        (None, Match.NOUVEAU),
    ]
    assert reading.articles[1].accepted.heading == "Publicité"
    assert reading.absent == (1, 3, 12)
    assert any(left.text == "CONVENTION" for left in reading.left_out)
