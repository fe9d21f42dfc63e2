"""The beam leans towards whoever still owes more, and never leaves the picture."""

import pytest

from engagements.rules.beam import MOST, beam


@pytest.mark.parametrize(
    ("left", "right", "leans"),
    [
        (0, 0, ""),
        (4, 4, ""),
        (3, 4, "droite"),
        (4, 3, "gauche"),
        (0, 1, "droite"),
        (9, 0, "gauche"),
    ],
)
def test_the_beam_leans_towards_who_owes_more(left, right, leans):
    assert beam(left, right).leans == leans


def test_the_least_difference_shows():
    assert abs(beam(100, 101).tilt) >= 3


@pytest.mark.parametrize(("left", "right"), [(0, 60), (60, 0), (1, 1000)])
def test_the_pans_stay_in_the_picture(left, right):
    drawn = beam(left, right)
    assert abs(drawn.tilt) <= MOST
    assert max(drawn.left_pan, drawn.right_pan) + 5 < 176
    assert min(drawn.left, drawn.right) > 20


def test_both_sides_mirror_each_other():
    one, other = beam(2, 5), beam(5, 2)
    assert (one.left, one.right) == (other.right, other.left)
