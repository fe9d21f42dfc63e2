"""The plan of a text: order, depth and automatic numbers of a tree of articles."""

from conventions.enums import ArticleKind
from conventions.rules.plan import Node, descendants, next_number, places

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


def test_articles_alone_are_numbered_and_begin_again_under_what_has_no_number():
    numbers = {p.pk: p.number for p in places(NODES)}
    assert numbers == {1: "", 2: "1", 10: "1", 11: "1.1", 12: "1.1.1", 20: "2", 30: ""}


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
