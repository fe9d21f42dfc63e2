"""Promises R2, R6, R7: many at once, a month without machines, a mail server that is not there."""

from collections import Counter
from datetime import timedelta

import pytest

from accounts.enums import Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_user
from reminders import tasks
from reminders.actions.telling import tell_findings
from reminders.enums import FindingKind, ReminderStatus
from reminders.models import Deadline, Finding, Reminder
from reminders.tests.factories import (
    NOW,
    TODAY,
    make_deadline,
    make_external,
    make_reminder,
    plain,
    send_reminders,
)
from reminders.tests.trials import RecordingInbox

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
# Promise R7 to the letter: 1, 5, 15 and 60 minutes after the last try, then every hour of a day.
TRIES = [0, 1, 6, 21, 81, *range(141, 24 * 60, 60)]


@pytest.fixture
def inbox(settings):
    settings.EMAIL_BACKEND = "reminders.tests.trials.RecordingInbox"
    RecordingInbox.messages.clear()
    yield RecordingInbox.messages
    RecordingInbox.messages.clear()


def _many(convention, people, count, **fields):
    """Write `count` dates, and one reminder of each to each of these people, at once."""
    rows = Deadline.objects.bulk_create(
        Deadline(
            convention=convention,
            kind="ajoutee",
            key=f"essai:{rank}",
            title=f"Date {rank:05d}",
            due_on=TODAY + timedelta(days=7),
            projected_at=NOW,
        )
        for rank in range(count)
    )
    fields.setdefault("due_at", NOW)
    Reminder.objects.bulk_create(
        Reminder(
            deadline=row,
            recipient=person,
            target_on=row.due_on,
            rule=7,
            next_try_at=fields["due_at"],
            **fields,
        )
        for row in rows
        for person in people
    )


# R2 -----------------------------------------------------------------------------------------------


class SlowClock:
    """A clock that moves as the slowest server we promise anything of would have it: 10 mails/s."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        self.now += timedelta(milliseconds=100)
        return self.now


def test_five_thousand_due_in_one_minute_leave_within_fifteen(inbox, cast):
    """Counted in passes: beat wakes the sender every minute, which works for fifty seconds."""
    people = [cast.manager, cast.contributor]
    _many(cast.convention, people, 2_500)
    for minute in range(15):
        began = NOW + minute * MINUTE
        clock = SlowClock(began)
        tasks.send_reminders(clock=clock, stop_at=began + tasks.SENDING_TIME)
        assert clock.now < began + MINUTE
    assert not Reminder.objects.unsent().exists()
    # Ninety-nine in a hundred; here all of them.
    assert Reminder.objects.sent().filter(sent_at__lte=NOW + 15 * MINUTE).count() == 5_000
    assert len({message.extra_headers["Message-ID"] for message in inbox}) == len(inbox) == 5_000


# R6 -----------------------------------------------------------------------------------------------


def test_after_thirty_days_without_machines_each_person_gets_one_mail(inbox, cast):
    """More dates than one batch holds for one of them; several rungs of one date for another."""
    outsider = make_external(cast.first_party)
    back = NOW + timedelta(days=30)
    held = {cast.manager: 260, cast.contributor: 25}
    for rank in range(260):
        due_at = NOW + timedelta(days=rank % 29, minutes=rank)
        deadline = make_deadline(cast.convention, due_on=back.date() + timedelta(days=rank % 40))
        for person, count in held.items():
            if rank < count:
                make_reminder(deadline, person, due_at=due_at)
    make_reminder(deadline, external=outsider, due_at=NOW)
    for rule in (30, 15, 7):
        due_at = back - timedelta(days=rule)
        make_reminder(deadline, cast.counterpart, rule=rule, due_at=due_at)
    send_reminders(back)
    names = {cast.manager.email, cast.contributor.email, cast.counterpart.email, outsider.email}
    assert Counter(message.to[0] for message in inbox) == dict.fromkeys(names, 1)
    texts = {message.to[0]: plain(message.body) for message in inbox}
    for person, count in held.items():
        assert texts[person.email].count("rappel en retard de ") == count
    assert "en retard de 7 jours" in texts[cast.counterpart.email]
    assert "en retard de 30 jours" in texts[outsider.email]
    assert set(Reminder.objects.values_list("status", flat=True)) == {
        ReminderStatus.ENVOYE,
        ReminderStatus.ANNULE,
    }
    assert Reminder.objects.exclude(status=ReminderStatus.ENVOYE).count() == 2, "older rungs alone"
    assert send_reminders(back + MINUTE) == {}


def test_nobody_is_told_in_the_name_of_the_outage_what_is_not_late(inbox, cast):
    make_reminder(make_deadline(cast.convention), cast.manager, due_at=NOW - timedelta(hours=23))
    make_reminder(make_deadline(cast.convention), cast.manager, due_at=NOW)
    send_reminders()
    assert len(inbox) == 2
    assert not any("en retard de" in plain(message.body) for message in inbox)


# R7 -----------------------------------------------------------------------------------------------


def _down(smtp):
    smtp.stop()


def _refusing_for_now(smtp):
    smtp.answers["RCPT"] = "451 4.3.0 Plus tard"


def _closing(smtp):
    smtp.answers["MAIL"] = "421 4.3.2 Fermeture"


@pytest.mark.parametrize("trouble", [_down, _refusing_for_now, _closing])
def test_a_server_in_trouble_is_asked_again_for_a_day_then_given_up(smtp, cast, trouble):
    reminder = make_reminder(make_deadline(cast.convention), cast.manager)
    trouble(smtp)
    tried = []
    for minute in range(25 * 60):
        send_reminders(NOW + minute * MINUTE)
        attempts = Reminder.objects.values_list("attempts", flat=True).get()
        tried += [minute] * (attempts - len(tried))
    assert tried == TRIES
    _check_given_up(reminder, cast)


def _check_given_up(reminder, cast):
    """It is a failure, in the journal, on the page of those who can do something, in their mail."""
    reminder.refresh_from_db()
    assert reminder.status == ReminderStatus.ECHEC
    finding = Finding.objects.standing().get(kind=FindingKind.RAPPEL_ECHOUE)
    assert finding.convention == cast.convention
    assert finding.deadline == reminder.deadline
    assert JournalEntry.objects.filter(verb=Verb.REMINDER_FAILED).count() == 1


def test_a_mute_server_is_asked_again_then_told_everything_once(smtp, cast):
    for _ in range(3):
        make_reminder(make_deadline(cast.convention), cast.manager)
    smtp.mute = True
    for minute in (0, 1, 6):
        send_reminders(NOW + minute * MINUTE)
    assert smtp.messages == []
    assert not Reminder.objects.failed().exists()
    smtp.mute = False
    send_reminders(NOW + 21 * MINUTE)
    names = [message["Message-ID"] for message in smtp.messages]
    assert len(names) == len(set(names)) == 3


def test_a_slow_server_gets_each_message_once(smtp, cast, settings):
    smtp.delay, settings.EMAIL_TIMEOUT = 0.1, 2
    for _ in range(3):
        make_reminder(make_deadline(cast.convention), cast.manager)
    send_reminders()
    assert len({message["Message-ID"] for message in smtp.messages}) == 3
    assert Reminder.objects.sent().filter(attempts=1).count() == 3


@pytest.mark.parametrize(("verb", "answer"), [("RCPT", "550 Inconnu"), ("DATA", "554 Refus")])
def test_a_refusal_for_good_is_never_tried_again_and_is_told_at_once(smtp, cast, verb, answer):
    reminder = make_reminder(make_deadline(cast.convention), cast.manager)
    boss, root = make_member(cast.epci, Role.ADMINISTRATEUR), make_user(is_superuser=True)
    smtp.answers[verb] = answer
    send_reminders()
    _check_given_up(reminder, cast)
    smtp.answers.clear()
    for minute in range(24 * 60):
        send_reminders(NOW + minute * MINUTE)
    reminder.refresh_from_db()
    assert reminder.attempts == 1
    assert smtp.messages == []
    # Beat has this pass every minute: administrators know within five.
    tell_findings(now=NOW + 5 * MINUTE, on=TODAY)
    told = {message["To"] for message in smtp.messages}
    assert told == {boss.email, root.email}


def test_administrators_see_a_failure_on_their_first_page(smtp, cast, client):
    make_reminder(make_deadline(cast.convention), cast.manager)
    boss = make_member(cast.epci, Role.ADMINISTRATEUR)
    smtp.answers["RCPT"] = "550 Inconnu"
    client.force_login(boss)
    assert "n’a pas pu partir" not in plain(client.get("/").content.decode())
    send_reminders()
    assert "n’a pas pu partir" in plain(client.get("/").content.decode())
