"""The text of a day, worked out by hand on small texts."""

from datetime import date

from conventions.enums import Change
from conventions.rules.consolidation import Operation, consolidate

START, MARCH, JUNE = date(2027, 1, 1), date(2027, 3, 1), date(2027, 6, 1)
INITIAL = [
    Operation(key, 0, START, Change.ECRIRE, key, rank=key, number=str(key)) for key in (1, 2, 3)
]


def insertion(key: int, *, act: int = 1, on: date = MARCH, **fields) -> Operation:
    fields.setdefault("rank", key)
    return Operation(key, act, on, Change.ECRIRE, key, **fields)


def order(operations, *, on: date | None = None) -> list[int]:
    return [standing.article for standing in consolidate(operations, on=on)]


def numbers(operations, *, on: date | None = None) -> list[str]:
    return [one.number for one in consolidate(operations, on=on) if not one.repealed]


def test_the_initial_act_is_read_in_its_own_order():
    assert order(INITIAL) == [1, 2, 3]


def test_nothing_stands_before_the_first_date_of_effect():
    assert order(INITIAL, on=date(2026, 12, 31)) == []


def test_an_insertion_stands_behind_the_article_it_follows_from_its_day_on():
    operations = [*INITIAL, insertion(4, after=2, number="2 bis")]
    assert order(operations, on=date(2027, 2, 28)) == [1, 2, 3]
    assert order(operations, on=MARCH) == [1, 2, 4, 3]


def test_two_insertions_of_one_act_keep_the_order_of_the_act_whichever_takes_effect_first():
    early, late = insertion(5, after=2), insertion(4, after=2, on=JUNE)
    assert order([*INITIAL, early, late], on=MARCH) == [1, 2, 5, 3]
    assert order([*INITIAL, early, late], on=JUNE) == [1, 2, 4, 5, 3]


def test_a_later_act_inserts_right_behind_the_article_it_names():
    operations = [*INITIAL, insertion(4, after=2), insertion(5, act=2, on=JUNE, after=2)]
    assert order(operations) == [1, 2, 5, 4, 3]


def test_an_insertion_without_sibling_stands_first_of_its_parent():
    assert order([*INITIAL, insertion(4)]) == [4, 1, 2, 3]
    assert order([*INITIAL, insertion(4, parent=2), insertion(5, parent=2)]) == [1, 2, 4, 5, 3]


def test_an_insertion_behind_an_article_that_has_children_stands_behind_them_too():
    operations = [*INITIAL, insertion(4, parent=1), insertion(5, after=1)]
    assert order(operations) == [1, 4, 5, 2, 3]


def test_an_insertion_stands_behind_a_repealed_article():
    repeal = Operation(9, 1, MARCH, Change.ABROGER, 2)
    operations = [*INITIAL, repeal, insertion(4, act=2, on=JUNE, after=2)]
    assert order(operations) == [1, 2, 4, 3]


def test_repealing_an_article_hides_what_it_contains_and_restoring_it_shows_it_again():
    inside = insertion(4, parent=2, number="2.1")
    repeal = Operation(8, 2, JUNE, Change.ABROGER, 2)
    back = Operation(9, 3, date(2028, 1, 1), Change.ECRIRE, 2, number="2")
    assert numbers([*INITIAL, inside, repeal]) == ["1", "3"]
    assert numbers([*INITIAL, inside, repeal, back]) == ["1", "2", "2.1", "3"]


def test_a_new_wording_keeps_the_number_and_a_new_number_the_wording():
    worded = Operation(8, 1, MARCH, Change.REMPLACER, 2)
    numbered = Operation(9, 1, MARCH, Change.RENUMEROTER, 2, number="7")
    second = consolidate([*INITIAL, worded, numbered])[1]
    assert (second.key, second.number, second.act) == (8, "7", 1)
    assert [mark.change for mark in second.marks] == [Change.REMPLACER, Change.RENUMEROTER]


def test_of_two_acts_that_take_effect_the_same_day_the_later_one_prevails():
    first = Operation(8, 1, MARCH, Change.REMPLACER, 2, rank=9)
    second = Operation(9, 2, MARCH, Change.REMPLACER, 2, rank=1)
    assert consolidate([*INITIAL, second, first])[1].key == 9


def test_an_act_signed_later_may_take_effect_earlier():
    first = Operation(8, 1, JUNE, Change.REMPLACER, 2)
    second = Operation(9, 2, MARCH, Change.REMPLACER, 2)
    operations = [*INITIAL, first, second]
    assert consolidate(operations, on=MARCH)[1].key == 9
    assert consolidate(operations, on=JUNE)[1].key == 8


def test_what_is_said_of_an_article_nobody_wrote_is_ignored():
    assert order([*INITIAL, Operation(9, 1, MARCH, Change.REMPLACER, 77)]) == [1, 2, 3]


def test_what_stands_in_an_absent_article_is_read_behind_the_text():
    assert order([*INITIAL, insertion(4, parent=77)]) == [1, 2, 3, 4]
