"""Reminders written by columns are those that objects would write."""

from datetime import date, timedelta

import pytest

from reminders.enums import ReminderNature
from reminders.models import ExternalRecipient, Reminder
from reminders.models.writing import Planned, write_reminders
from reminders.tests.factories import NOW, make_deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(cast):
    outsider = ExternalRecipient.objects.create(
        convention=cast.convention,
        party=cast.first_party,
        email="dehors@exemple.fr",
        name="Dehors",
        added_by=cast.manager,
        added_at=NOW,
    )
    deadline = make_deadline(cast.convention, due_on=date(2018, 4, 3))
    return [
        Planned(deadline, ReminderNature.RAPPEL, 30, cast.manager.pk, "", None, NOW),
        Planned(deadline, ReminderNature.RAPPEL, -3, None, "dehors@l'été.fr", None, NOW),
        Planned(
            deadline, ReminderNature.ESCALADE, 7, None, "", outsider.pk, NOW + timedelta(days=1)
        ),
    ]


def _rows():
    rows = Reminder.objects.order_by("rule").values()
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


def test_columns_and_objects_write_the_same_rows(planned):
    write_reminders(planned)
    by_columns = _rows()
    Reminder.objects.all().delete()
    Reminder.objects.bulk_create(one.row for one in planned)
    assert by_columns == _rows()
    assert len(by_columns) == 3


def test_what_is_already_there_is_left_as_it_is(planned):
    write_reminders(planned)
    before = list(Reminder.objects.order_by("pk").values())
    later = [one._replace(due_at=NOW + timedelta(days=9)) for one in planned]
    write_reminders(later)
    assert list(Reminder.objects.order_by("pk").values()) == before


def test_nothing_planned_writes_nothing(db):
    write_reminders([])
    assert not Reminder.objects.exists()
