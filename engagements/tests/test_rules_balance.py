"""The arrangement of the balance: no database, engagements named by their number."""

import random

from engagements.rules.balance import Lonely, Owed, Row, arrange

EPCI, AL, COMMUNE = 1, 2, 3
TWO, THREE = (EPCI, AL), (EPCI, AL, COMMUNE)


def _owed(number, *debtors, group="2.1", answers=()):
    return Owed(number, number, group, frozenset(debtors), frozenset(answers))


def _one_group(items, parties=TWO, **options):
    (group,) = arrange(items, parties=parties, groups=["2.1", "3"], **options)
    return group


def test_linked_promises_of_both_parties_face_each_other():
    group = _one_group([_owed(1, EPCI, answers={2}), _owed(2, AL, answers={1})])
    assert group.rows == (Row(((1,), (2,))),)


def test_two_promises_against_one_are_tied_in_one_row():
    group = _one_group([_owed(1, EPCI, answers={2, 3}), _owed(2, AL), _owed(3, AL)])
    assert group.rows == (Row(((1,), (2, 3))),)


def test_a_chain_of_links_is_one_row_however_the_links_are_written():
    items = [_owed(1, EPCI, answers={2}), _owed(2, AL), _owed(3, EPCI, answers={2})]
    assert _one_group(items).rows == (Row(((1, 3), (2,))),)


def test_what_both_parties_owe_stands_between_them():
    group = _one_group([_owed(1, EPCI, AL), _owed(2, EPCI)])
    assert group.joint == (1,)
    assert group.rows == (Row(((2,), ()), Lonely.WITHOUT),)


def test_a_promise_alone_in_its_article_has_no_counterpart_in_the_text():
    assert _one_group([_owed(8, AL)]).rows == (Row(((), (8,)), Lonely.WITHOUT),)


def test_unlinked_promises_of_both_sides_do_not_face_each_other():
    rows = _one_group([_owed(1, EPCI), _owed(2, AL)]).rows
    assert rows == (Row(((1,), ()), Lonely.UNLINKED), Row(((), (2,)), Lonely.UNLINKED))


def test_neighbours_alone_on_the_same_side_share_one_row():
    rows = _one_group([_owed(1, AL), _owed(2, AL)]).rows
    assert rows == (Row(((), (1, 2)), Lonely.WITHOUT),)


def test_a_counterpart_in_another_article_is_named_and_not_moved():
    items = [_owed(1, EPCI, answers={2}), _owed(2, AL, group="3", answers={1})]
    first, second = arrange(items, parties=TWO, groups=["2.1", "3"])
    assert first.rows == (Row(((1,), ()), Lonely.ELSEWHERE, (2,)),)
    assert second.rows == (Row(((), (2,)), Lonely.ELSEWHERE, (1,)),)


def test_a_promise_answered_by_a_joint_one_names_it():
    items = [_owed(1, EPCI, answers={2}), _owed(2, EPCI, AL, answers={1})]
    assert _one_group(items).rows == (Row(((1,), ()), Lonely.ELSEWHERE, (2,)),)


def test_a_counterpart_left_out_by_the_filter_is_not_said_missing():
    items = [_owed(1, EPCI, answers={2}), _owed(2, AL, answers={1})]
    assert _one_group(items, shown={1}).rows == (Row(((1,), ()), Lonely.ELSEWHERE, (2,)),)


def test_a_group_without_anything_shown_disappears():
    items = [_owed(1, EPCI), _owed(2, AL, group="3")]
    groups = arrange(items, parties=TWO, groups=["2.1", "3"], shown={2})
    assert [group.key for group in groups] == ["3"]


def test_two_debtors_of_three_share_a_promise_that_is_not_joint():
    group = _one_group([_owed(1, EPCI, COMMUNE), _owed(2, *THREE), _owed(3, AL)], THREE)
    assert group.shared == (1,)
    assert group.joint == (2,)
    assert group.rows == (Row(((), (3,), ()), Lonely.WITHOUT),)


def test_three_parties_have_a_cell_each():
    items = [_owed(1, EPCI, answers={2, 3}), _owed(2, AL), _owed(3, COMMUNE)]
    assert _one_group(items, THREE).rows == (Row(((1,), (2,), (3,))),)


def test_with_a_single_party_nothing_is_joint():
    group = _one_group([_owed(1, EPCI)], (EPCI,))
    assert group.rows == (Row(((1,),), Lonely.WITHOUT),)


def test_groups_follow_the_order_of_the_text_and_unknown_ones_come_last():
    items = [_owed(1, EPCI, group=None), _owed(2, EPCI, group="3"), _owed(3, AL, group="2.1")]
    groups = arrange(items, parties=TWO, groups=["2.1", "3"])
    assert [group.key for group in groups] == ["2.1", "3", None]


def test_the_order_in_which_engagements_come_changes_nothing():
    pick = random.Random(3)
    items = [
        _owed(n, pick.choice(TWO), group=pick.choice("abc"), answers={pick.randrange(40)})
        for n in range(40)
    ]
    expected = arrange(items, parties=TWO, groups=["a", "b", "c"])
    pick.shuffle(items)
    assert arrange(items, parties=TWO, groups=["a", "b", "c"]) == expected
    assert sorted(pk for group in expected for pk in group.members) == list(range(40))
