"""The plan of a text: order, depth and automatic numbers of a tree of articles."""

from conventions.enums import ArticleKind
from conventions.rules.plan import Node, descendants, next_number, places, roman

# A preamble with two articles inside; article 10 holds 11 which holds 12; then article 20.
NODES = [
    Node(20, None, 9),
    Node(10, None, 3),
    Node(11, 10, 4),
    Node(12, 11, 5),
    Node(1, None, 1, ArticleKind.PREAMBULE),
    Node(2, 1, 2),
    Node(30, None, 10, ArticleKind.ANNEXE),
]


def test_articles_are_read_in_order_each_under_its_parent():
    assert [(p.pk, p.position, p.depth) for p in places(NODES)] == [
        (1, 1, 1),
        (2, 2, 2),
        (10, 3, 1),
        (11, 4, 2),
        (12, 5, 3),
        (20, 6, 1),
        (30, 7, 1),
    ]


def test_numbers_begin_again_in_a_preamble_and_annexes_have_their_own():
    numbers = {p.pk: p.number for p in places(NODES)}
    assert numbers == {1: "", 2: "1", 10: "1", 11: "1.1", 12: "1.1.1", 20: "2", 30: "1"}


def test_numbers_go_on_through_titles_and_headings():
    nodes = [
        Node(1, None, 1, ArticleKind.TITRE),
        Node(2, 1, 2),
        Node(3, 1, 3, ArticleKind.INTERTITRE),
        Node(4, 3, 4),
        Node(5, None, 5, ArticleKind.TITRE),
        Node(6, 5, 6),
        Node(7, 6, 7),
        Node(8, None, 8, ArticleKind.ANNEXE),
        Node(9, 8, 9),
        Node(10, None, 10, ArticleKind.ANNEXE),
    ]
    assert [p.number for p in places(nodes)] == [
        "I", "1", "", "2", "II", "3", "3.1", "1", "1", "2",
    ]  # fmt: skip


def test_ranks_are_written_in_roman_numerals():
    written = [roman(rank) for rank in (1, 3, 4, 8, 9, 14, 29, 30)]
    assert written == ["I", "III", "IV", "VIII", "IX", "XIV", "XXIX", "XXX"]


def test_an_article_whose_parent_is_elsewhere_stands_at_the_root():
    assert [(p.pk, p.depth) for p in places([Node(5, 99, 1)])] == [(5, 1)]


def test_descendants_are_found_at_any_depth():
    assert descendants(10, NODES) == {11, 12}
    assert descendants(20, NODES) == set()


def test_a_newcomer_takes_the_number_that_follows_whatever_people_chose_before():
    assert next_number("", []) == "1"
    assert next_number("", ["1", "2", "A", "2 bis"]) == "3"
    assert next_number("2.2", ["2.2.1", "2.2.4"]) == "2.2.5"
    assert next_number("IV", []) == "IV.1"
