"""Saying who reads a person's mail while they are away, without giving any right."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions.absences import declare_absence, possible_delegates, remove_absence
from accounts.enums import Role, Verb
from accounts.models import Absence, JournalEntry, Membership
from accounts.tests.factories import make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2018, 3, 1)


@pytest.fixture
def house():
    return make_organisation(name="Grand Lac")


@pytest.fixture
def person(house):
    return make_member(house, Role.RESPONSABLE)


@pytest.fixture
def colleague(house):
    return make_member(house, Role.CONTRIBUTEUR)


def _declare(user, delegate, *, by=None, starts=0, ends=7):
    return declare_absence(
        user,
        by=by or user,
        on=TODAY,
        delegate=delegate,
        starts_on=TODAY + timedelta(days=starts),
        ends_on=TODAY + timedelta(days=ends),
    )


def test_one_declares_ones_own_absence_and_the_journal_tells_it(person, colleague):
    absence = _declare(person, colleague)
    assert Absence.objects.in_force(on=absence.ends_on).get() == absence
    entry = JournalEntry.objects.get(verb=Verb.ABSENCE_DECLARED)
    assert entry.subject_label == str(person)
    assert entry.data["delegate"] == str(colleague)


def test_no_right_comes_with_it(person, colleague):
    before = list(Membership.objects.values())
    _declare(person, colleague)
    assert list(Membership.objects.values()) == before


def test_an_administrator_of_the_house_declares_one_for_a_member(house, person, colleague):
    admin = make_member(house, Role.ADMINISTRATEUR)
    assert _declare(person, colleague, by=admin).user == person


def test_neither_a_colleague_nor_the_administrator_of_another_house_may(person, colleague):
    elsewhere = make_member(make_organisation(), Role.ADMINISTRATEUR)
    for by in (colleague, elsewhere):
        with pytest.raises(PermissionDenied):
            _declare(person, colleague, by=by)


def test_the_delegate_is_somebody_else_of_the_house_whose_account_is_open(house, person, colleague):
    closed = make_member(house, is_active=False)
    gone = make_member(house, ends_on=TODAY - timedelta(days=1))
    assert list(possible_delegates(person, on=TODAY)) == [colleague]
    for delegate in (person, closed, gone, make_user(), make_member(make_organisation())):
        with pytest.raises(ValidationError) as refusal:
            _declare(person, delegate)
        assert "delegate" in refusal.value.message_dict


@pytest.mark.parametrize(("starts", "ends", "field"), [(5, 2, "ends_on"), (-9, -1, "ends_on")])
def test_days_reversed_or_over_are_refused(person, colleague, starts, ends, field):
    with pytest.raises(ValidationError) as refusal:
        _declare(person, colleague, starts=starts, ends=ends)
    assert field in refusal.value.message_dict


@pytest.mark.parametrize(("starts", "ends"), [(7, 9), (-3, 0), (2, 3), (-5, 20)])
def test_two_absences_never_overlap(person, colleague, starts, ends):
    _declare(person, colleague)
    with pytest.raises(ValidationError) as refusal:
        _declare(person, colleague, starts=starts, ends=ends)
    assert "retirez-la d’abord" in refusal.value.message_dict["starts_on"][0]


def test_the_day_after_the_last_is_free(person, colleague):
    _declare(person, colleague)
    assert _declare(person, colleague, starts=8, ends=8).starts_on == TODAY + timedelta(days=8)


def test_an_absence_is_removed_by_whom_it_concerns(person, colleague):
    absence = _declare(person, colleague)
    with pytest.raises(PermissionDenied):
        remove_absence(absence, by=colleague, on=TODAY)
    remove_absence(absence, by=person, on=TODAY)
    assert not Absence.objects.exists()
    assert JournalEntry.objects.filter(verb=Verb.ABSENCE_REMOVED).exists()
