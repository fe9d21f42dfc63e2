"""What people and organisations choose, what they may not, and the reminders that follow."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation
from reminders.actions.choosing import (
    board_of,
    choose_reminders,
    conventions_followed,
    forget_choices,
    in_charge_of,
)
from reminders.enums import DeadlineKind as Kind
from reminders.enums import ReminderStatus, Rhythm
from reminders.models import LadderChoice, Reminder, RhythmChoice
from reminders.rules.ladder import told_on
from reminders.tests.factories import NOW, TODAY, project_now

pytestmark = pytest.mark.django_db

TERM = {Kind.TERME: ([6], [10, 1])}
USUAL_TERM = {Kind.TERME: ([12, 9, 6, 4, 3, 2, 1], [15, 7, 1])}


def _choose(chooser, *, by=None, ladders=None, rhythm=Rhythm.CHACUN):
    choose_reminders(
        chooser,
        by=by or chooser,
        now=NOW,
        on=TODAY,
        ladders=TERM if ladders is None else ladders,
        rhythm=rhythm,
    )


def _waiting(user, kind=Kind.TERME):
    rows = Reminder.objects.unsent().filter(recipient=user, deadline__kind=kind)
    return set(rows.values_list("rule", flat=True))


def test_the_reminders_to_come_follow_what_a_person_chooses(cast):
    project_now(cast.convention)
    usual = _waiting(cast.contributor)
    _choose(cast.contributor)
    assert _waiting(cast.contributor) == {183, 10, 1}
    assert _waiting(cast.manager) == usual
    forget_choices(cast.contributor, by=cast.contributor, now=NOW, on=TODAY)
    assert _waiting(cast.contributor) == usual
    assert Reminder.objects.filter(status=ReminderStatus.ENVOYE).count() == 0


def test_choosing_twice_the_same_writes_nothing_more(cast):
    _choose(cast.contributor)
    _choose(cast.contributor)
    assert LadderChoice.objects.count() == 1
    assert JournalEntry.objects.filter(verb=Verb.REMINDERS_CHOSEN).count() == 1


def test_what_would_happen_anyway_is_no_choice(cast):
    _choose(cast.contributor)
    _choose(cast.contributor, ladders=USUAL_TERM)
    assert board_of(cast.contributor, on=TODAY).is_usual
    _choose(cast.epci, by=make_member(cast.epci, Role.ADMINISTRATEUR))
    _choose(cast.contributor, ladders=TERM)
    assert board_of(cast.contributor, on=TODAY).is_usual
    assert board_of(cast.contributor, on=TODAY).choice(Kind.TERME).by_organisation


def test_the_organisation_is_followed_by_those_who_did_not_choose(cast):
    project_now(cast.convention)
    _choose(cast.epci, by=make_member(cast.epci, Role.ADMINISTRATEUR))
    assert _waiting(cast.contributor) == {183, 10, 1}
    assert _waiting(cast.manager) == {183, 10, 1}
    assert len(_waiting(cast.counterpart)) == 10


def test_never_is_for_a_person_in_charge_of_nothing(cast):
    project_now(cast.convention)
    assert in_charge_of(cast.manager, on=TODAY) == 1
    assert in_charge_of(cast.contributor, on=TODAY) == 0
    _choose(cast.contributor, ladders={Kind.TERME: ([], [])})
    assert _waiting(cast.contributor) == set()
    with pytest.raises(ValidationError) as refusal:
        _choose(cast.manager, ladders={Kind.TERME: ([], [])})
    assert "gardez au moins un rappel" in refusal.value.message_dict[Kind.TERME][0]


def test_the_last_rung_stays_for_who_is_in_charge(cast):
    project_now(cast.convention)
    _choose(cast.manager, ladders={Kind.TERME: ([12], [])})
    assert _waiting(cast.manager) == {366, 1}


def test_an_organisation_may_not_choose_never(cast):
    admin = make_member(cast.epci, Role.ADMINISTRATEUR)
    with pytest.raises(ValidationError) as refusal:
        _choose(cast.epci, by=admin, ladders={Kind.TERME: ([], [])})
    assert "Un organisme ne peut pas" in refusal.value.message_dict[Kind.TERME][0]
    assert not LadderChoice.objects.exists()


def test_bounds_hold_whoever_calls(cast):
    with pytest.raises(ValidationError):
        _choose(cast.contributor, ladders={Kind.TERME: ([25], [])})


def test_one_chooses_for_oneself_and_for_the_house_one_administers(cast):
    with pytest.raises(PermissionDenied):
        _choose(cast.epci, by=cast.manager)
    with pytest.raises(PermissionDenied):
        _choose(cast.epci, by=cast.stranger)
    with pytest.raises(ValidationError):
        _choose(cast.contributor, by=cast.manager)


def test_a_week_is_told_on_its_monday_never_later(cast):
    project_now(cast.convention)
    _choose(cast.contributor, ladders={}, rhythm=Rhythm.HEBDOMADAIRE)
    rows = Reminder.objects.unsent().filter(recipient=cast.contributor, rule__gt=0)
    assert rows.exists()
    assert {row.due_at.weekday() for row in rows if (row.due_at - NOW).days > 7} == {0}
    for row in rows:
        assert row.due_at.date() <= row.deadline.act_on
    assert RhythmChoice.objects.get().user == cast.contributor


@pytest.mark.parametrize("day", [date(2018, 3, 5), date(2018, 3, 8), date(2018, 3, 11)])
def test_a_weekly_message_leaves_on_the_monday_of_the_week(day):
    assert told_on(day, Rhythm.HEBDOMADAIRE) == date(2018, 3, 5)
    assert told_on(day, Rhythm.QUOTIDIEN) == day


def test_an_organisation_follows_the_conventions_of_its_parties_alone(cast):
    assert list(conventions_followed(cast.epci, on=TODAY)) == [cast.convention]
    assert not conventions_followed(make_organisation(), on=TODAY).exists()
