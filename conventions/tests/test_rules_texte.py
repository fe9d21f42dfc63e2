"""Wordings are laid out, never changed: paragraphs, lists, titles, contents."""

from types import SimpleNamespace

import pytest

from conventions.enums import ArticleKind
from conventions.rules.texte import Block, blocks, contents, place, short_title, title


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("Un seul paragraphe.", [Block("Un seul paragraphe.")]),
        ("Premier.\n\nSecond.", [Block("Premier."), Block("Second.")]),
        ("Premier.\r\n \r\nSecond.", [Block("Premier."), Block("Second.")]),
        ("Une ligne\ncoupée.", [Block("Une ligne coupée.")]),
        ("- un\n- deux", [Block(items=("un", "deux"))]),
        ("Soit :\n– un ;\n– deux.", [Block("Soit :"), Block(items=("un ;", "deux."))]),
        ("- un\n  qui continue\n- deux", [Block(items=("un qui continue", "deux"))]),
        ("Un chiffre - 12 - au milieu.", [Block("Un chiffre - 12 - au milieu.")]),
        ("-12 degrés", [Block("-12 degrés")]),
    ],
)
def test_a_body_is_cut_into_paragraphs_and_lists(body, expected):
    assert blocks(body) == expected


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
