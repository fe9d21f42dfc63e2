"""The address of the list is read with mistrust, and passages are cut around the words found."""

import pytest

from conventions.rules.liste import DEFAULT_ORDER, Extract, Filtres, extract


def test_what_is_not_understood_counts_for_nothing():
    query = {
        "q": "  deux\x00 mots\n",
        "situation": "perdue",
        "type": "'; drop table",
        "region": "27%",
        "territoire": "x" * 300,
        "tri": "-password",
    }
    filtres = Filtres.read(query)
    assert filtres == Filtres(q="deux  mots", territoire="x" * 100)
    assert filtres.order == DEFAULT_ORDER


def test_what_is_understood_is_kept_and_carried_along():
    query = {"q": "bail", "situation": "en_vigueur", "region": "2A", "tri": "-terme", "page": "2"}
    filtres = Filtres.read(query)
    assert list(filtres.items()) == [
        ("q", "bail"),
        ("situation", "en_vigueur"),
        ("region", "2A"),
        ("tri", "-terme"),
    ]
    assert filtres.order == ("-ends_on", "reference")
    assert filtres.are_used


def test_an_order_alone_is_not_a_filter():
    assert not Filtres.read({"tri": "terme"}).are_used


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("Produire 170 logements", "170", Extract("Produire ", "170", " logements")),
        ("PRODUIRE", "produire", Extract("", "PRODUIRE", "")),
        ("Économie", "économie", Extract("", "Économie", "")),
        ("deux\n\n  mots", "deux mots", Extract("", "deux mots", "")),
        ("rien", "autre", None),
        ("rien", "", None),
        ("rien", "  ", None),
    ],
)
def test_the_passage_keeps_its_own_letters(text, sought, expected):
    assert extract(text, sought) == expected


def test_a_long_passage_is_cut_at_words_on_both_sides():
    found = extract("mot " * 60 + "CIBLE" + " mot" * 60, "cible")
    assert found.before.startswith("… mot ")
    assert found.after.endswith(" mot …")
    assert len(found.before) <= 75
    assert len(found.after) <= 75
