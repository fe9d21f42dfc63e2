"""Promises R10, R11, R12: what changes, who is left, and a silence that cannot last."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import JournalEntry, Membership
from accounts.tests.factories import make_member, make_user
from conventions.models import Convention
from engagements.actions.engagements import change_engagement
from engagements.tests.factories import make_engagement
from reminders import receivers, tasks
from reminders.actions.arming import arm
from reminders.actions.heartbeat import CHECKING, beat
from reminders.actions.projection import project_deadlines
from reminders.actions.recipients import audience_of
from reminders.actions.settling import mark_done, reopen
from reminders.actions.telling import tell_findings
from reminders.actions.watching import silent_conventions
from reminders.enums import DeadlineKind, FindingKind, ReminderStatus, Rhythm
from reminders.models import Deadline, Finding, Reminder, RhythmChoice
from reminders.rules.ladder import local_day
from reminders.tests.factories import (
    NOW,
    TODAY,
    make_deadline,
    make_reminder,
    plain,
    project_now,
    send_reminders,
)
from territories.enums import Zone

pytestmark = pytest.mark.django_db
OLD, NEW = 60, 75


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def owed(cast, today):
    """An engagement owed in two months, whose first reminder was sent to one of its people."""
    Convention.objects.update(ends_on=today + timedelta(days=400))
    cast.convention.refresh_from_db()
    engagement = make_engagement(
        cast.convention, cast.first_party, due_on=today + timedelta(days=OLD)
    )
    project_deadlines(cast.convention, now=timezone.now(), on=today)
    told = _live().reminders.filter(recipient=cast.manager).order_by("due_at").first()
    told.status, told.sent_at = ReminderStatus.ENVOYE, timezone.now()
    told.save()
    return engagement


def _live():
    return Deadline.objects.live().get(kind=DeadlineKind.ENGAGEMENT)


def _move(engagement, cast, today, days=NEW):
    change_engagement(
        engagement,
        by=cast.manager,
        on=today,
        debtors=[cast.first_party],
        due_on=today + timedelta(days=days),
    )


def _everything():
    """Everything that the change of a date may touch."""
    return [
        list(model.order_by("pk").values())
        for model in (Deadline.every, Reminder.objects, JournalEntry.objects)
    ]


# R10 ----------------------------------------------------------------------------------------------


def test_a_date_that_moves_carries_its_reminders_in_the_same_transaction(cast, owed, today):
    old = _live()
    _move(owed, cast, today)
    # No task passed: all of it is there when the act is.
    new = _live()
    assert new.due_on == today + timedelta(days=NEW)
    assert not old.reminders.unsent().exists()
    assert old.reminders.filter(status=ReminderStatus.ANNULE).exclude(failure="").exists()
    correction = new.reminders.get(previous_on=today + timedelta(days=OLD))
    assert correction.recipient == cast.manager
    people = set(new.reminders.filter(previous_on=None).values_list("recipient", flat=True))
    assert people == {cast.manager.pk, cast.contributor.pk}


def test_a_change_that_fails_changes_nothing_at_all(cast, owed, today):
    before = _everything()
    with transaction.atomic():
        _move(owed, cast, today)
        assert _everything() != before
        transaction.set_rollback(True)
    assert _everything() == before


def test_dates_that_cannot_be_counted_undo_the_change_itself(cast, owed, today, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError

    before = _everything()
    monkeypatch.setattr(receivers, "project_deadlines", broken)
    with pytest.raises(RuntimeError):
        _move(owed, cast, today)
    owed.refresh_from_db()
    assert owed.due_on == today + timedelta(days=OLD)
    assert _everything() == before


def test_a_date_moved_between_two_passes_leaves_by_its_new_name_alone(smtp, cast, owed, today):
    Reminder.objects.unsent().update(due_at=timezone.now(), next_try_at=timezone.now())
    old = _live()
    _move(owed, cast, today)
    send_reminders(timezone.now() + timedelta(minutes=1))
    told = [message for message in smtp.messages if f"/echeances/{old.pk}/" in str(message)]
    assert told == []
    (correction,) = [m for m in smtp.messages if "corrigée" in m["Subject"]]
    assert correction["To"] == cast.manager.email


def test_a_reminder_whose_monday_went_by_while_its_date_was_closed_leaves_on_its_own_day(cast):
    """Planned for Monday 26 February, closed on Friday 23, opened again on Thursday 1 March."""
    RhythmChoice.objects.create(user=cast.manager, rhythm=Rhythm.HEBDOMADAIRE)
    planned, closed, sunday = date(2018, 2, 20), date(2018, 2, 23), date(2018, 3, 4)
    row = make_deadline(cast.convention, kind=DeadlineKind.AJOUTEE, due_on=date(2018, 3, 11))
    audience = audience_of(cast.convention, on=planned)
    arm([row], cast.convention, audience, now=NOW - timedelta(days=9), is_new=True)
    reminder = row.reminders.get(recipient=cast.manager, rule=7)
    assert local_day(reminder.due_at, Zone.METROPOLE) == date(2018, 2, 26)
    mark_done(row, by=cast.manager, on=closed)
    reopen(row, by=cast.manager, on=TODAY, now=NOW)
    reminder.refresh_from_db()
    assert reminder.status == ReminderStatus.A_ENVOYER
    assert local_day(reminder.due_at, Zone.METROPOLE) == sunday


# R11 ----------------------------------------------------------------------------------------------


def test_a_disabled_person_is_never_written_to(smtp, cast):
    """Disabled after the reminder was written, with nothing counted again in between."""
    deadline = make_deadline(cast.convention)
    make_reminder(deadline, cast.manager)
    make_reminder(deadline, cast.contributor)
    type(cast.manager).objects.filter(pk=cast.manager.pk).update(is_active=False)
    send_reminders()
    assert [message["To"] for message in smtp.messages] == [cast.contributor.email]


def test_where_nobody_is_left_the_address_of_the_organisation_is_told_once(smtp, cast):
    type(cast.epci).objects.filter(pk=cast.epci.pk).update(reminder_email="habitat@exemple.fr")
    deadline = make_deadline(cast.convention)
    for person in (cast.manager, cast.contributor):
        make_reminder(deadline, person)
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    send_reminders()
    send_reminders()
    assert [message["To"] for message in smtp.messages] == ["habitat@exemple.fr"]


def test_where_there_is_no_address_either_administrators_are_told(smtp, cast):
    root = make_user(is_superuser=True)
    make_reminder(make_deadline(cast.convention), cast.manager)
    Membership.objects.filter(organisation=cast.epci).update(ends_on=date(2018, 2, 28))
    send_reminders()
    assert smtp.messages == []
    finding = Finding.objects.standing().get(kind=FindingKind.PERSONNE_A_PREVENIR)
    assert finding.organisation == cast.epci
    tell_findings(now=NOW, on=TODAY)
    assert [message["To"] for message in smtp.messages] == [root.email]


# R12 ----------------------------------------------------------------------------------------------


def test_a_convention_is_never_silent_from_its_first_day_to_its_last_rung(cast):
    """Day by day through its three years, what is due leaving at its hour: 0 allowed."""
    convention = cast.convention
    day, last = convention.starts_on, convention.ends_on
    while day <= last:
        now = datetime.combine(day, time(18), tzinfo=timezone.get_default_timezone())
        if (day - convention.starts_on).days % 90 == 0:
            project_deadlines(convention, now=now, on=local_day(now, Zone.METROPOLE))
        Reminder.objects.due(now=now).update(status=ReminderStatus.ENVOYE, sent_at=now)
        assert not silent_conventions(on=day).exists(), day
        day += timedelta(days=1)


def test_a_silence_is_found_in_the_night_and_shown_to_administrators(cast, client):
    now = timezone.now()
    Convention.objects.update(ends_on=now.date() + timedelta(days=300))
    cast.convention.refresh_from_db()
    project_now(cast.convention, now=now, on=now.date())
    _check_the_night(now)
    assert not Finding.objects.standing().filter(kind=FindingKind.CONVENTION_MUETTE).exists()
    boss = make_member(cast.epci, Role.ADMINISTRATEUR)
    client.force_login(boss)
    words = "convention sans rappel à venir"
    assert words not in plain(client.get("/").content.decode())
    Reminder.objects.update(status=ReminderStatus.ANNULE)
    _check_the_night(now)
    assert Finding.objects.standing().get(kind=FindingKind.CONVENTION_MUETTE)
    assert words in plain(client.get("/").content.decode())
    assert "conventions" in client.get("/sante/").content.decode()


def _check_the_night(now):
    beat(CHECKING, now=now - timedelta(days=2))
    tasks.check_portal()
