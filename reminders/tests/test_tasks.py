"""What beat wakes, and two workers at once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reminders import tasks
from reminders.actions.heartbeat import PROJECTING, SENDING, last_beat
from reminders.enums import ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.tests.factories import make_deadline, make_reminder


@pytest.mark.django_db
def test_the_sender_empties_the_queue_and_says_it_passed(smtp, cast):
    for rank in range(5):
        make_reminder(make_deadline(cast.convention), cast.manager, rule=rank + 1)
    tasks.send_due_reminders()
    assert len(smtp.messages) == 5
    assert last_beat(SENDING) is not None


@pytest.mark.django_db
def test_the_sender_stops_at_a_silent_server_and_still_says_it_passed(smtp, cast):
    smtp.mute = True
    for rank in range(3):
        make_reminder(make_deadline(cast.convention), cast.manager, rule=rank + 1)
    tasks.send_due_reminders()
    assert Reminder.objects.filter(attempts=0).count() == 2
    assert last_beat(SENDING) is not None


@pytest.mark.django_db
def test_a_run_is_bounded_in_time(smtp, cast, monkeypatch):
    monkeypatch.setattr(tasks, "SENDING_SECONDS", 0)
    make_reminder(make_deadline(cast.convention), cast.manager)
    tasks.send_due_reminders()
    assert smtp.messages == []


@pytest.mark.django_db
def test_the_hourly_pass_counts_every_living_convention(cast):
    type(cast.convention).objects.update(ends_on=timezone.localdate() + timedelta(days=90))
    tasks.project_all_deadlines()
    assert Deadline.objects.filter(convention=cast.convention, key="terme").exists()
    assert last_beat(PROJECTING) is not None


@pytest.mark.django_db
def test_one_broken_convention_does_not_stop_the_others(cast, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise ArithmeticError

    type(cast.convention).objects.update(ends_on=timezone.localdate() + timedelta(days=90))
    monkeypatch.setattr(tasks, "project_deadlines", broken)
    tasks.project_all_deadlines()
    assert "could not be projected" in caplog.text
    assert last_beat(PROJECTING) is not None


def test_a_message_that_waited_too_long_is_dropped():
    assert tasks.send_due_reminders.expires < 60
    assert tasks.project_all_deadlines.expires < 3600


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks")
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_reminder_once(smtp, cast):
    smtp_messages = 60
    for rank in range(smtp_messages):
        day = date(2018, 4, 3) + timedelta(days=rank)
        make_reminder(make_deadline(cast.convention, due_on=day), cast.manager)

    def work():
        try:
            tasks.send_due_reminders()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    names = [message["Message-ID"] for message in smtp.messages]
    assert len(names) == len(set(names)) == smtp_messages
    assert Reminder.objects.filter(status=ReminderStatus.ENVOYE).count() == smtp_messages
