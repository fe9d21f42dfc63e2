"""Wordings are laid out, never changed: paragraphs, lists, titles, contents."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conventions.enums import ArticleKind
from conventions.rules.texte import (
    Block,
    BlockKind,
    Item,
    Run,
    blocks,
    contents,
    markup,
    place,
    plain,
    runs,
    short_title,
    title,
)


def _paragraph(text):
    return Block(text=text)


def _list(*texts, start=None):
    return Block(BlockKind.LIST, items=tuple(map(_item, texts)), start=start)


def _item(text):
    return text if isinstance(text, Item) else Item(text)


def _table(*rows, header=()):
    return Block(BlockKind.TABLE, header=header, rows=rows)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("Un seul paragraphe.", [_paragraph("Un seul paragraphe.")]),
        ("Premier.\n\nSecond.", [_paragraph("Premier."), _paragraph("Second.")]),
        ("Premier.\r\n \r\nSecond.", [_paragraph("Premier."), _paragraph("Second.")]),
        ("Une ligne\ncoupée.", [_paragraph("Une ligne coupée.")]),
        ("- un\n- deux", [_list("un", "deux")]),
        ("Soit :\n– un ;\n– deux.", [_paragraph("Soit :"), _list("un ;", "deux.")]),
        ("- un\n  qui continue\n- deux", [_list("un qui continue", "deux")]),
        ("Un chiffre - 12 - au milieu.", [_paragraph("Un chiffre - 12 - au milieu.")]),
        ("-12 degrés", [_paragraph("-12 degrés")]),
        ("1. un\n2. deux", [_list("un", "deux", start=1)]),
        ("4. quatre\n5. cinq", [_list("quatre", "cinq", start=4)]),
        ("1. un\n3. trois", [_list("un", start=1), _list("trois", start=3)]),
        ("1,5 million", [_paragraph("1,5 million")]),
        ("2017. L’année", [_paragraph("2017. L’année")]),
        ("- a\n  - b\n  - c\n- d", [_list(Item("a", (_list("b", "c"),)), "d")]),
        ("- a\n  1. b\n  2. c", [_list(Item("a", (_list("b", "c", start=1),)))]),
        (
            "- a\n  - b\n    - c\n      - d",
            [_list(Item("a", (_list(Item("b", (_list("c", "d"),))),)))],
        ),
        ("- a\n      - trop loin", [_list(Item("a", (_list("trop loin"),)))]),
        ("| a | b |\n|---|---|\n| c | d |", [_table(("c", "d"), header=("a", "b"))]),
        ("| a | b |\n| c |", [_table(("a", "b"), ("c", ""))]),
        ("| a \\| b |", [_table(("a | b",))]),
        ("| sans fin", [_paragraph("| sans fin")]),
        ("-\nun", [_list("un")]),
    ],
)
def test_a_body_is_cut_into_paragraphs_lists_and_tables(body, expected):
    assert blocks(body) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("simple", [Run("simple")]),
        ("un **mot** gras", [Run("un "), Run("mot", bold=True), Run(" gras")]),
        ("2 ** 3 et **", [Run("2 ** 3 et **")]),
        ("voir {{art:12}}.", [Run("voir "), Run(reference=12), Run(".")]),
        ("**à {{art:3}}**", [Run("à ", bold=True), Run(reference=3, bold=True)]),
        ("{{art:douze}} <b>", [Run("{{art:douze}} <b>")]),
    ],
)
def test_a_text_is_cut_by_style(text, expected):
    assert runs(text) == expected


def test_plain_words_name_the_articles_referred_to():
    assert plain("**Voir** {{art:3}}.", lambda code: f"article {code}") == "Voir article 3."
    assert Block(text="**Voir** {{art:3}}").words == "Voir "


@given(st.text(alphabet="ab -–1.2|*{}art:\\\n\t \u00a0#", max_size=80))
def test_writing_blocks_back_reads_as_the_same_blocks(body):
    assert blocks(markup(blocks(body))) == blocks(body)


def test_no_word_is_lost():
    body = "Les parties :\n- l’une\n  et l’autre\n- ensemble\n\nFin."
    words = " ".join(block.words for block in blocks(body))
    assert words.split() == body.replace("- ", "").split()


@pytest.mark.parametrize(
    ("passage", "rank"),
    [
        ("le rythme de 170 logements", 1),
        ("Le  rythme\nde 170 logements.", 1),
        ("les acquisitions améliorées", 2),
        ("l'agglomération", 0),
        ("introuvable", 0),
        ("", 0),
    ],
)
def test_a_note_stands_beside_the_paragraph_it_comes_from(passage, rank):
    body = "Pour l’agglomération.\n\nLe rythme de 170 logements.\n\n- les acquisitions améliorées"
    assert place(passage, blocks(body)) == rank


@pytest.mark.parametrize(
    ("kind", "number", "heading", "long", "short"),
    [
        (ArticleKind.ARTICLE, "5", "Durée", "Article\u00a05. Durée", "5. Durée"),
        (ArticleKind.ARTICLE, "2.2.1", "", "Article\u00a02.2.1", "2.2.1"),
        (ArticleKind.TITRE, "I", "Objet", "Titre\u00a0I. Objet", "Titre\u00a0I. Objet"),
        (ArticleKind.PREAMBULE, "", "", "Préambule", "Préambule"),
        (ArticleKind.PREAMBULE, "1)", "Les enjeux", "1) Les enjeux", "1) Les enjeux"),
        (ArticleKind.ANNEXE, "1", "Carte", "Annexe\u00a01. Carte", "Annexe\u00a01. Carte"),
        (ArticleKind.ARTICLE, "", "L’habitat", "L’habitat", "L’habitat"),
    ],
)
def test_a_title_says_what_the_article_is(kind, number, heading, long, short):
    assert title(kind, number, heading) == long
    assert short_title(kind, number, heading) == short


def test_a_long_heading_is_cut_at_a_word_in_the_contents():
    heading = "Nature, objectif et description des engagements réciproques du Grand Lac"
    short = short_title(ArticleKind.ARTICLE, "2", heading)
    assert short == "2. Nature, objectif et description des engagements réciproques\u00a0…"


def _nested(entries):
    return [(entry.wording.name, _nested(entry.children)) for entry in entries]


def test_contents_nest_by_depth_even_when_a_level_is_skipped():
    depths = [("1", 1), ("2", 1), ("2.1", 2), ("2.1.1", 3), ("2.2", 2), ("3", 1), ("3.1.1", 3)]
    entries = contents(SimpleNamespace(name=name, depth=depth) for name, depth in depths)
    assert _nested(entries) == [
        ("1", []),
        ("2", [("2.1", [("2.1.1", [])]), ("2.2", [])]),
        ("3", [("3.1.1", [])]),
    ]
