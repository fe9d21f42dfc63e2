"""Terms are found wherever they are used, and acronyms of two meanings are pointed at."""

from types import SimpleNamespace

import pytest

from conventions.rules.definitions import AMBIGUOUS, ambiguities, is_acronym, uses_of, uses_of_all


def _article(body, heading=""):
    return SimpleNamespace(heading=heading, body=body)


@pytest.mark.parametrize(
    ("term", "body", "times"),
    [
        ("logement", "Un logement, des logements ; Logements.", 3),
        ("logement", "relogement et logementier", 0),
        ("logement abordable", "les logements\nabordables", 1),
        ("réseau", "des réseaux", 1),
        ("bailleur social", "les bailleurs sociaux", 1),
        ("local", "les locaux", 1),
        ("locaux", "un local", 1),
        ("État", "L’Etat et l'état", 2),
        ("évaluation", "L’ÉVALUATION", 1),
        ("CIL", "La CIL, l’avis de la **CIL** et CIL-PASS, cil, CILS.", 2),
        ("AL", "AL, al, ALS et « AL »", 2),
        ("prix", "les prix", 1),
        ("pays", "un pays", 1),
        ("c++", "du c++", 1),
        ("logement", "- un logement\n- | logement |\n\n| a | logement |\n|---|---|", 3),
    ],
)
def test_a_term_is_sought_as_whole_words_in_both_numbers(term, body, times):
    assert sum(use.times for use in uses_of(term, [_article(body)])) == times


def test_headings_count_and_articles_come_in_order():
    text = [_article("rien"), _article("", "Les publics prioritaires"), _article("Un public.")]
    assert [use.article for use in uses_of("public", text)] == text[1:]
    assert uses_of_all(["", "rien"], text) == {"": [], "rien": [uses_of("rien", text)[0]]}


def test_acronyms_are_known_by_their_capitals():
    assert is_acronym("CIL")
    assert is_acronym("PLH 2")
    assert not is_acronym("A")
    assert not is_acronym("Cil")


def test_an_acronym_of_two_meanings_asks_which_until_it_is_defined():
    text = [_article("La CIL se réunit."), _article("La DUA des archives.")]
    found = ambiguities(text, ["CIL"])
    assert [one.term for one in found] == ["DUA"]
    assert found[0].meanings == AMBIGUOUS["DUA"]
    assert ambiguities(text, ["CIL", "DUA"]) == []
    assert {one.term for one in ambiguities([*text, _article("AL finance.")], [])} == set(AMBIGUOUS)
