"""A text goes out to Word and comes back: the same bytes for the same text, the same articles."""

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conventions.enums import ArticleKind
from conventions.rules.word_ecriture import origin_of_text, write_word
from conventions.rules.word_lecture import read_word
from conventions.rules.word_types import Match, WordArticle, WordChange, fingerprint
from conventions.tests.word_files import (
    ARTICLES,
    LENGTH,
    edited,
    exported,
    make_text,
    parts_of,
    without,
)

WORDS = st.text("abcé’ ,.;:12345()«»%", min_size=1, max_size=24).map(str.strip).filter(bool)
PIECES = st.one_of(
    WORDS, WORDS.map(lambda words: f"**{words}**"), st.sampled_from(["{{art:2}}", "{{art:77}}"])
)
TEXTS = st.lists(PIECES, min_size=1, max_size=4).map(" ".join)
ITEMS = st.tuples(st.integers(0, 2), st.sampled_from(["-", "1.", "2.", "7."]), TEXTS)
LISTS = st.lists(ITEMS, min_size=1, max_size=6).map(
    lambda items: "\n".join(f"{'  ' * level}{mark} {text}" for level, mark, text in items)
)
ROWS = st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=4)
TABLES = st.tuples(ROWS, st.booleans()).map(
    lambda drawn: "\n".join(
        line
        for rank, row in enumerate(drawn[0])
        for line in [f"| {' | '.join(row)} |", *(["|---|---|"] if not rank and drawn[1] else [])]
    )
)
BODIES = st.lists(st.one_of(TEXTS, LISTS, TABLES), max_size=5).map("\n\n".join)
MESSY = st.text("ab *-|{}1.\n\t#:é’\u00a0", max_size=60)


def _article(code: int, body: str) -> WordArticle:
    return WordArticle(code, "article", str(code), f"Titre {code}", body)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BODIES, min_size=1, max_size=4))
def test_what_goes_out_comes_back_unchanged(bodies):
    articles = [_article(code, body) for code, body in enumerate(bodies, start=1)]
    reading = read_word("texte.docx", exported(*articles))
    for article, read in zip(articles, reading.articles, strict=True):
        assert (read.code, read.match) == (article.code, Match.REPERE)
        assert read.accepted == read.rejected
        assert (read.accepted.number, read.accepted.heading) == (article.number, article.heading)
        assert read.accepted.body == article.body
    assert not reading.absent
    assert not reading.left_out


@settings(max_examples=150, deadline=None)
@given(MESSY)
def test_whatever_was_typed_comes_back(body):
    read = read_word("texte.docx", exported(_article(1, body))).articles[0]
    assert read.accepted.body == body


@pytest.mark.parametrize(
    ("kind", "number", "heading"),
    [
        ("article", "1", "Objet"),
        ("article", "12 bis", "Suivi"),
        ("article", "2.2.1", ""),
        ("article", "", "Dispositions diverses"),
        ("article", "", ""),
        ("titre", "I", "Les engagements"),
        ("preambule", "1)", "Les enjeux du territoire"),
        ("intertitre", "", "La tranquillité publique : 2 quartiers"),
        ("annexe", "A", "Carte"),
        ("article", "premier", "1998, année zéro"),
    ],
)
def test_every_kind_of_title_comes_back(kind, number, heading):
    article = WordArticle(5, ArticleKind(kind), number, heading, "Du texte.")
    read = read_word("texte.docx", exported(article)).articles[0]
    assert (read.kind, read.accepted.number, read.accepted.heading) == (kind, number, heading)


def test_the_same_text_and_day_make_the_same_bytes():
    assert exported() == exported()
    assert exported(day="2026-11-22") != exported()


def test_the_properties_say_the_day_of_the_text_and_no_clock():
    core = parts_of(exported())["docProps/core.xml"].decode()
    assert core.count("2026-11-21T00:00:00Z") == 2


def test_another_program_opens_it_with_real_headings_lists_and_tables(tmp_path):
    path = tmp_path / "texte.docx"
    path.write_bytes(exported(*ARTICLES, WordArticle(9, "annexe", "1", "Table", "| a | b |")))
    opened = docx.Document(str(path))
    headings = [p.text for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert headings[1:4] == ["Article\u00a01. Objet", "Article\u00a01.1. Production"] + [
        "Article\u00a02. Durée"
    ]
    assert len(opened.tables) == 2  # the annex and the signatures
    assert 'w:val="fr-FR"' in parts_of(path.read_bytes())["word/styles.xml"].decode()


def test_the_foot_of_each_page_counts_the_pages():
    footer = parts_of(exported(state="Projet"))["word/footer1.xml"].decode()
    assert "PAGE" in footer
    assert "NUMPAGES" in footer


def test_it_asks_word_to_track_changes_only_when_told_to():
    assert b"trackRevisions" in parts_of(exported(tracked=True))["word/settings.xml"]
    assert b"trackRevisions" not in parts_of(exported())["word/settings.xml"]


def test_it_remembers_the_text_it_left_with():
    origin = read_word("texte.docx", exported()).origin
    assert (origin.reference, origin.act, origin.day) == ("DEMO-2026", 0, "2026-11-21")
    assert origin.articles == ARTICLES
    assert origin.fingerprint == fingerprint(ARTICLES)


def test_a_base_that_was_tampered_with_is_not_believed():
    forged = edited(exported(), ("trois ans", "neuf ans"), part="customXml/item1.xml")
    reading = read_word("texte.docx", forged, known=origin_of_text(make_text()))
    assert reading.origin.articles == ()
    assert reading.articles[3].accepted.body == LENGTH.body


def test_a_program_that_drops_parts_still_leaves_the_fingerprint():
    data = without(exported(), "customXml/item1.xml")
    reading = read_word("texte.docx", data, known=origin_of_text(make_text()))
    assert reading.origin.fingerprint == fingerprint(ARTICLES)
    assert not reading.notes
    assert [read.accepted.body for read in reading.articles] == [a.body for a in ARTICLES]
    assert not reading.left_out


def test_the_table_of_changes_strikes_out_what_goes_and_underlines_what_comes():
    change = WordChange(
        "article 2", "nouvelle rédaction", "Elle dure trois ans.", "Elle dure six ans."
    )
    xml = parts_of(write_word(make_text(changes=(change,))))["word/document.xml"].decode()
    assert xml.index('w:val="Retire"') < xml.index(">trois") < xml.index('w:val="Ajoute"')
    reading = read_word("texte.docx", write_word(make_text(changes=(change,))))
    assert not reading.left_out


def test_no_sign_that_xml_cannot_hold_breaks_the_file():
    body = "Un\x0bdeux\x00trois\ufffe."
    assert read_word("t.docx", exported(_article(1, body))).articles[0].accepted.body
