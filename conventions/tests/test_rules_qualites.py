"""Capacities as people write them."""

import pytest

from conventions.rules.qualites import Capacity, Seat, capacity

PRESIDENT, VICE = Seat.PRESIDENT, Seat.VICE_PRESIDENT


@pytest.mark.parametrize(
    ("words", "seat", "for_another"),
    [
        ("Président", PRESIDENT, False),
        ("la Présidente du CRAL", PRESIDENT, False),
        ("PRÉSIDENT DU COMITÉ RÉGIONAL", PRESIDENT, False),
        ("Président du CRAL, par délégation d’Action Logement Groupe", PRESIDENT, False),
        ("Président du CRAL, par délégation du président d’Action Logement", PRESIDENT, False),
        ("Vice-président", VICE, False),
        ("vice présidente du comité régional", VICE, False),
        ("1er Vice‑Président délégué à l’habitat", VICE, False),
        ("VP du CRAL", VICE, False),
        ("Vice-président du CRAL, ancien président du CIL", VICE, False),
        ("Directrice régionale, par délégation du président", PRESIDENT, True),
        ("Directeur, pour la vice-présidente du CRAL", VICE, True),
        ("Pour le Président, la directrice", PRESIDENT, True),
        ("Suppléant du vice-président", VICE, True),
        ("Directrice régionale", None, False),
        ("Résident", None, False),
        ("", None, False),
    ],
)
def test_a_seat_is_read_from_the_words(words, seat, for_another):
    assert capacity(words) == Capacity(seat, for_another)


@pytest.mark.parametrize(
    ("words", "is_executive"),
    [
        ("Maire de Besançon", True),
        ("Madame la Maire", True),
        ("Maire adjoint au logement", False),
        ("Adjointe au maire", False),
        ("Président de la métropole", True),
        ("Vice-président", False),
        ("Directeur, pour le président", False),
    ],
)
def test_the_head_of_a_public_body_is_known(words, is_executive):
    assert capacity(words).is_executive == is_executive
