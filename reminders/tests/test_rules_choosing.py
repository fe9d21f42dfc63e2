"""What people type of how early they want to be told, and how the portal says it back."""

import pytest
from django.core.exceptions import ValidationError

from reminders.enums import DeadlineKind as Kind
from reminders.rules.choosing import check_rungs, read_rungs, say_rungs
from reminders.rules.ladder import LADDERS, chosen, merged
from reminders.rules.outside import recipient_of


@pytest.mark.parametrize(
    ("text", "rungs"),
    [
        ("", ([], [])),
        ("10 mois, 45 jours", ([10], [45])),
        ("45 jours ; 10 mois\n3 j", ([10], [45, 3])),
        ("1 mois et 2 mois et 1 mois", ([2, 1], [])),
        ("2 semaines avant", ([], [14])),
        ("la veille, le jour même", ([], [1, 0])),
        ("10\u00a0Mois.", ([10], [])),
        ("24 mois, 365 jours, 0 jour", ([24], [365, 0])),
    ],
)
def test_rungs_are_read_in_the_words_of_people_and_sorted(text, rungs):
    assert read_rungs(text) == rungs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10", "« 10 » ne se lit pas"),
        ("dix mois", "« dix mois » ne se lit pas"),
        ("-3 jours", "« -3 jours » ne se lit pas"),
        ("25 mois", "entre 1 et 24 mois"),
        ("0 mois", "« 0 mois » ne veut rien dire"),
        ("366 jours", "entre 0 (le jour même) et 365 jours"),
        ("99 semaines", "693 jours"),
    ],
)
def test_what_cannot_be_read_or_is_out_of_bounds_is_named(text, words):
    with pytest.raises(ValidationError) as refusal:
        read_rungs(f"3 mois, {text}")
    assert words in refusal.value.messages[0]


def test_every_mistake_is_told_at_once():
    with pytest.raises(ValidationError) as refusal:
        read_rungs("25 mois, quelques jours, 400 jours")
    assert len(refusal.value.messages) == 3


def test_the_action_asks_the_same_bounds_as_the_page():
    with pytest.raises(ValidationError):
        check_rungs([25], [])
    with pytest.raises(ValidationError):
        check_rungs([], [-1])
    check_rungs([1, 24], [0, 365])


@pytest.mark.parametrize(
    ("months", "days", "said"),
    [
        ([], [], "aucun rappel"),
        ([6, 12], [1, 15, 7], "12 et 6 mois, 15 et 7 jours avant, la veille"),
        ([3], [], "3 mois avant"),
        ([], [0], "le jour même"),
    ],
)
def test_rungs_are_said_from_the_earliest(months, days, said):
    assert say_rungs(months, days) == said


@pytest.mark.parametrize("kind", list(Kind))
def test_those_in_charge_keep_the_last_rung_whatever_is_chosen(kind):
    last = LADDERS[kind].last_rung
    for months, days in [([], []), ([24], []), ([], [300])]:
        kept = chosen(kind, months=months, days=days, in_charge=True)
        assert set(last.days) <= set(kept.days)
        assert set(last.months) <= set(kept.months)
        assert not kept.is_never
        assert kept.late == LADDERS[kind].late


@pytest.mark.parametrize("kind", list(Kind))
def test_the_others_may_choose_never_which_silences_late_reminders_too(kind):
    never = chosen(kind, months=[], days=[], in_charge=False)
    assert never.is_never
    assert never.late == ()
    assert never.escalates == LADDERS[kind].escalates


def test_several_choices_add_up():
    both = merged(
        [
            chosen(Kind.TERME, months=[6], days=[3], in_charge=False),
            chosen(Kind.TERME, months=[12], days=[3, 1], in_charge=False),
        ]
    )
    assert (both.months, both.days) == ((12, 6), (3, 1))


@pytest.mark.parametrize("token", ["", "1", "x:y:z", "WzFd:1abcde:AAAA"])
def test_a_link_the_portal_did_not_write_names_nobody(token):
    assert recipient_of(token) is None
