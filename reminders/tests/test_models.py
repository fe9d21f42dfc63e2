"""Situations computed and asked of the database agree; constraints hold."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from conventions.models import Convention
from reminders.enums import DeadlineKind, DeadlineSituation, ReminderNature
from reminders.models import Deadline
from reminders.tests.factories import NOW, make_deadline, make_reminder

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 15)


def _every_case(convention):
    """A deadline for every kind around the day, plain, done, rolling and withdrawn."""
    for kind in DeadlineKind:
        for shift in (-1, 0, 1, 30, 31):
            due_on = DAY + timedelta(days=shift)
            make_deadline(convention, kind=kind, due_on=due_on)
    make_deadline(convention, due_on=DAY - timedelta(days=3), done_on=DAY)
    make_deadline(convention, due_on=DAY + timedelta(days=3), rolling=True)
    make_deadline(convention, due_on=DAY, retired_at=NOW)


@pytest.mark.parametrize("ends_in", [None, -1, 0, 1])
def test_the_twins_agree(cast, ends_in):
    ends_on = None if ends_in is None else DAY + timedelta(days=ends_in)
    Convention.objects.filter(pk=cast.convention.pk).update(ends_on=ends_on)
    _every_case(cast.convention)
    rows = list(Deadline.objects.select_related("convention"))
    twins = {
        DeadlineSituation.EN_RETARD: Deadline.objects.overdue(on=DAY),
        DeadlineSituation.PASSEE: Deadline.objects.elapsed(on=DAY),
        DeadlineSituation.FAITE: Deadline.objects.done(),
        DeadlineSituation.GLISSANTE: Deadline.objects.rolling(),
    }
    for situation, twin in twins.items():
        assert set(twin) == {row for row in rows if row.situation_on(DAY) == situation}
    ahead = {DeadlineSituation.PROCHE, DeadlineSituation.A_VENIR}
    upcoming = {row for row in rows if row.situation_on(DAY) in ahead}
    assert set(Deadline.objects.upcoming(on=DAY)) == upcoming
    assert set(Deadline.objects.awaiting(on=DAY)) == upcoming | set(
        Deadline.objects.overdue(on=DAY)
    )


def test_one_live_row_a_key(cast):
    make_deadline(cast.convention, key="terme")
    make_deadline(cast.convention, key="terme", retired_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_deadline(cast.convention, key="terme")


@pytest.mark.parametrize(
    "fields",
    [
        {"nature": ReminderNature.RAPPEL, "previous_on": DAY},
        {"nature": ReminderNature.CORRECTION},
    ],
)
def test_a_correction_says_what_was_told_and_a_reminder_does_not(cast, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_reminder(make_deadline(cast.convention), cast.manager, **fields)


def test_one_reminder_a_person_a_rule_and_a_date(cast):
    deadline = make_deadline(cast.convention)
    make_reminder(deadline, cast.manager)
    make_reminder(deadline, cast.contributor)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_reminder(deadline, cast.manager)


@pytest.mark.parametrize("email", ["", "repli@exemple.fr"])
def test_a_reminder_has_one_addressee(cast, email):
    recipient = cast.manager if email else None
    with pytest.raises(IntegrityError), transaction.atomic():
        make_reminder(make_deadline(cast.convention), recipient, fallback_email=email)


def test_the_message_is_named_after_its_row(cast):
    first, second = (make_reminder(make_deadline(cast.convention), cast.manager) for _ in range(2))
    assert first.message_id != second.message_id
    assert first.message_id == type(first).objects.get(pk=first.pk).message_id
