"""A batch on one connection, with a server that hangs up, drags, goes down or refuses (R7)."""

from datetime import date, timedelta

import pytest

from reminders.actions.delivery import Outcome, Postman
from reminders.actions.sending import send_due_reminders
from reminders.enums import ReminderStatus
from reminders.models import Reminder
from reminders.tests.factories import NOW, make_deadline, make_reminder, send_reminders

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=1)


@pytest.fixture
def batch(cast) -> list[Reminder]:
    people = [cast.manager, cast.contributor, cast.counterpart]
    return [
        make_reminder(make_deadline(cast.convention, due_on=date(2018, 4, 3 + rank)), person)
        for rank, person in enumerate(people)
    ]


def fates(batch) -> list[tuple]:
    for row in batch:
        row.refresh_from_db()
    return [(row.status, row.attempts, row.next_try_at) for row in batch]


def waiting(at, attempts=0) -> tuple:
    return (ReminderStatus.A_ENVOYER, attempts, at)


def test_a_batch_leaves_on_one_connection(smtp, batch):
    assert send_reminders() == {Outcome.SENT: 3}
    assert smtp.connections == 1


@pytest.mark.parametrize("farewell", ["", "421 4.3.2 Trop de messages"])
def test_a_server_that_hangs_up_between_two_messages_is_called_again(smtp, batch, farewell):
    smtp.patience, smtp.farewell = 1, farewell
    assert send_reminders() == {Outcome.SENT: 3}
    assert smtp.connections == 3
    assert len({m["Message-ID"] for m in smtp.messages}) == len(smtp.messages) == 3


def test_a_server_that_hangs_up_on_every_message_is_not_called_for_ever(smtp, batch):
    smtp.patience = 0
    assert send_reminders() == {Outcome.UNREACHABLE: 1}
    assert smtp.connections == 1
    assert fates(batch) == [waiting(SOON, 1), waiting(NOW), waiting(NOW)]


def test_a_server_that_goes_down_is_held_against_one_message_alone(smtp, batch):
    smtp.stop()
    assert send_reminders() == {Outcome.UNREACHABLE: 1}
    assert fates(batch) == [waiting(SOON, 1), waiting(NOW), waiting(NOW)]
    assert "injoignable" in batch[0].failure


def test_a_server_too_slow_to_acknowledge_is_tried_later_under_the_same_name(smtp, batch):
    smtp.slowness = 5
    assert send_reminders() == {Outcome.UNREACHABLE: 1}
    assert fates(batch)[1:] == [waiting(NOW), waiting(NOW)]
    smtp.slowness = 0
    assert send_reminders(SOON) == {Outcome.SENT: 3}
    names = [m["Message-ID"] for m in smtp.messages]
    assert names.count(batch[0].message_id) == 2
    assert len(set(names)) == 3


def test_an_address_refused_for_good_does_not_stop_the_others(smtp, cast, batch):
    smtp.refused[cast.manager.email] = "550 5.1.1 Boite inconnue"
    assert send_reminders() == {Outcome.POSTPONED: 1, Outcome.SENT: 2}
    assert smtp.connections == 1
    assert fates(batch)[0][:2] == (ReminderStatus.ECHEC, 1)


def test_an_address_that_is_busy_is_tried_again_at_one_five_and_fifteen_minutes(smtp, cast, batch):
    smtp.refused[cast.manager.email] = "450 4.2.1 Boite occupee"
    at = NOW
    for minutes in (1, 5, 15, 60, 60):
        send_reminders(at)
        at += timedelta(minutes=minutes)
        assert fates(batch)[0][2] == at
    smtp.refused.clear()
    assert send_reminders(at) == {Outcome.SENT: 1}


def test_a_message_refused_for_good_does_not_stop_the_others(smtp, batch):
    smtp.answers["DATA"] = "554 5.6.0 Contenu refuse"
    assert send_reminders() == {Outcome.POSTPONED: 3}
    assert {fate[0] for fate in fates(batch)} == {ReminderStatus.ECHEC}


def test_a_pass_that_has_no_more_time_gives_back_what_it_took(smtp, batch):
    instants = iter([NOW, NOW, NOW, NOW, *[NOW + timedelta(seconds=50)] * 9])
    tally = send_due_reminders(clock=lambda: next(instants), stop_at=NOW + timedelta(seconds=50))
    assert tally[Outcome.SENT] < 3
    left = Reminder.objects.unsent()
    assert {row.next_try_at for row in left} == {NOW + timedelta(seconds=50)}


def test_no_mail_starts_that_could_outlive_its_lease(smtp, batch, settings):
    settings.EMAIL_TIMEOUT = 60
    # A slow clock: each mail takes two minutes.
    instants = iter(NOW + timedelta(minutes=2 * rank) for rank in range(40))
    tally = send_due_reminders(clock=lambda: next(instants), stop_at=NOW + timedelta(minutes=9))
    assert tally[Outcome.SENT] == 0
    assert not Reminder.objects.sent().exists()


def test_a_postman_that_never_wrote_says_no_farewell(smtp):
    with Postman():
        pass
    assert smtp.connections == 0
