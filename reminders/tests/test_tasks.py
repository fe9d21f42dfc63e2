"""What beat wakes, and two workers at once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from conventions.tests.factories import make_signed_convention
from engagements.actions.engagements import change_engagement
from engagements.tests.factories import make_engagement
from reminders import tasks
from reminders.actions.heartbeat import PROJECTING, SENDING, last_beat
from reminders.actions.settling import mark_done, reopen
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.tests.factories import NOW, TODAY, make_deadline, make_reminder, project_now


def due_now(deadline, recipient, **fields):
    """Return a reminder that is due as the test runs: no outage held it back."""
    return make_reminder(deadline, recipient, due_at=timezone.now(), **fields)


@pytest.mark.django_db
def test_the_sender_empties_the_queue_and_says_it_passed(smtp, cast):
    for rank in range(5):
        due_now(make_deadline(cast.convention), cast.manager, rule=rank + 1)
    tasks.send_due_reminders()
    assert len(smtp.messages) == 5
    assert last_beat(SENDING) is not None


@pytest.mark.django_db
def test_the_sender_stops_at_a_silent_server_and_still_says_it_passed(smtp, cast):
    smtp.mute = True
    for rank in range(3):
        due_now(make_deadline(cast.convention), cast.manager, rule=rank + 1)
    tasks.send_due_reminders()
    assert Reminder.objects.filter(attempts=0).count() == 2
    assert last_beat(SENDING) is not None


@pytest.mark.django_db
def test_a_run_is_bounded_in_time(smtp, cast, monkeypatch):
    monkeypatch.setattr(tasks, "SENDING_TIME", timedelta(0))
    due_now(make_deadline(cast.convention), cast.manager)
    tasks.send_due_reminders()
    assert smtp.messages == []


@pytest.mark.django_db
def test_the_hourly_pass_counts_every_living_convention(cast):
    type(cast.convention).objects.update(ends_on=timezone.localdate() + timedelta(days=90))
    tasks.project_all_deadlines()
    assert Deadline.objects.filter(convention=cast.convention, key="terme").exists()
    assert last_beat(PROJECTING) is not None


@pytest.mark.django_db
def test_one_broken_convention_does_not_stop_the_others(cast, caplog):
    ends_on = timezone.localdate() + timedelta(days=90)
    type(cast.convention).objects.update(ends_on=ends_on)
    broken = make_signed_convention(epci=cast.epci, action_logement=cast.action_logement)
    # Beyond what the law of dates answers for.
    type(broken).objects.filter(pk=broken.pk).update(ends_on=date(2300, 1, 1))
    tasks.project_all_deadlines()
    assert Deadline.objects.filter(convention=cast.convention, key="terme").exists()
    assert not Deadline.objects.filter(convention=broken).exists()
    assert f"Deadlines of {broken.reference} could not be projected" in caplog.text
    assert last_beat(PROJECTING) is not None


def test_a_message_that_waited_too_long_is_dropped():
    assert tasks.send_due_reminders.expires < 60
    assert tasks.project_all_deadlines.expires < 3600


# PostgreSQL ---------------------------------------------------------------------------------------

on_postgresql = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks"),
    pytest.mark.django_db(transaction=True),
]


def _at_once(*works):
    """Run every work in a thread of its own, all starting together; return what went wrong."""
    gate, errors = threading.Barrier(len(works)), []

    def run(work):
        gate.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - told by the test itself
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


class TestSeveralWorkersAtOnce:
    pytestmark = on_postgresql

    def test_each_reminder_is_sent_once(self, smtp, cast):
        count = 60
        for rank in range(count):
            day = date(2018, 4, 3) + timedelta(days=rank)
            due_now(make_deadline(cast.convention, due_on=day), cast.manager)
        assert _at_once(*[tasks.send_due_reminders] * 4) == []
        names = [message["Message-ID"] for message in smtp.messages]
        assert len(names) == len(set(names)) == count
        assert Reminder.objects.filter(status=ReminderStatus.ENVOYE).count() == count

    def test_each_deadline_is_written_once(self, cast):
        assert _at_once(*[lambda: project_now(cast.convention)] * 4) == []
        keys = list(Deadline.objects.live().values_list("key", flat=True))
        assert len(keys) == len(set(keys)) > 20

    def test_people_move_dates_while_reminders_leave_and_nobody_waits_for_ever(self, smtp, cast):
        project_now(cast.convention)
        Reminder.objects.update(next_try_at=NOW)
        engagement = make_engagement(cast.convention, cast.first_party, due_on=date(2018, 9, 1))

        def declare():
            for day in range(1, 16):
                change_engagement(
                    engagement,
                    by=cast.manager,
                    on=TODAY,
                    debtors=[cast.first_party],
                    due_on=date(2018, 9, 1 + day),
                )

        def settle():
            for row in Deadline.objects.to_do().filter(kind=DeadlineKind.TERME):
                mark_done(row, by=cast.counterpart, on=TODAY)
                reopen(row, by=cast.counterpart, on=TODAY, now=NOW)

        works = [declare, settle, tasks.send_due_reminders, lambda: project_now(cast.convention)]
        assert _at_once(*works) == []
        names = [message["Message-ID"] for message in smtp.messages]
        assert len(names) == len(set(names))
