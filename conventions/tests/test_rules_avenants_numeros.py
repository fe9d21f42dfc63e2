"""Numbers of what an avenant inserts, as French acts give them."""

from dataclasses import dataclass

import pytest

from conventions.enums import ArticleKind
from conventions.rules.avenants_numeros import Spot, inserted_number, pushed_on


@dataclass(frozen=True)
class Row:
    article_id: int
    number: str
    parent_id: int | None = None
    kind: str = ArticleKind.ARTICLE


def text(*numbers: str) -> list[Row]:
    return [Row(rank, number) for rank, number in enumerate(numbers, start=1)]


@pytest.mark.parametrize(
    ("numbers", "after", "expected"),
    [
        (["1", "2", "3"], 2, "2 bis"),
        (["1", "2", "2 bis", "3"], 3, "2 ter"),
        (["1", "2", "2 bis", "2 ter", "3"], 4, "2 quater"),
        (["1", "2", "2 bis", "3"], 2, "2 bis A"),
        (["1", "2", "2 bis A", "2 bis", "3"], 3, "2 bis B"),
        (["1", "2", "2 bis A", "2 bis", "3"], 2, "2 bis AA"),
        (["1", "2", "3"], 3, "4"),
        (["1", "2"], None, "1 A"),
        (["1 A", "1", "2"], None, "1 AA"),
        (["2.9", "2.10"], 2, "2.11"),
        ([], None, "1"),
    ],
)
def test_a_number_is_found_without_moving_the_others(numbers, after, expected):
    assert inserted_number(text(*numbers), Spot(None, after)) == expected


def test_the_first_article_inside_another_takes_its_number_as_prefix():
    assert inserted_number(text("1", "2"), Spot(2, None)) == "2.1"


def test_a_heading_between_articles_is_passed_over():
    rows = [Row(1, "1"), Row(2, "", kind=ArticleKind.INTERTITRE), Row(3, "2")]
    assert inserted_number(rows, Spot(None, 2)) == "1 bis"


def test_a_number_already_taken_elsewhere_is_not_given_twice():
    rows = [Row(1, "I", kind=ArticleKind.TITRE), Row(2, "1", 1), Row(3, "2", 1)]
    rows += [Row(4, "II", kind=ArticleKind.TITRE), Row(5, "3", 4)]
    assert inserted_number(rows, Spot(1, 3)) == "2 bis"


def test_those_behind_move_on_by_one_with_all_they_contain():
    rows = [*text("1", "2", "3"), Row(4, "3.1", 3), Row(5, "3.1.1", 4)]
    number, moved = pushed_on(rows, Spot(None, 1))
    assert number == "2"
    assert moved == {2: "3", 3: "4", 4: "4.1", 5: "4.1.1"}


def test_moving_on_stops_at_a_gap_or_at_a_number_that_is_no_rank():
    assert pushed_on(text("1", "2", "4"), Spot(None, 1)) == ("2", {2: "3"})
    assert pushed_on(text("1", "2", "2 bis", "3"), Spot(None, 1)) == ("2", {2: "3"})


def test_put_first_it_takes_the_first_number():
    assert pushed_on(text("1", "2"), Spot(None, None)) == ("1", {1: "2", 2: "3"})


def test_numbers_move_on_through_titles_but_not_into_annexes():
    rows = [Row(1, "I", kind=ArticleKind.TITRE), Row(2, "1", 1), Row(3, "2", 1)]
    rows += [Row(4, "II", kind=ArticleKind.TITRE), Row(5, "3", 4)]
    rows += [Row(6, "1", kind=ArticleKind.ANNEXE), Row(7, "1", 6)]
    assert pushed_on(rows, Spot(1, 2)) == ("2", {3: "3", 5: "4"})
    assert pushed_on(rows, Spot(4, None)) == ("3", {5: "4"})
    assert pushed_on(rows, Spot(6, 7)) == ("2", {})
