"""The portal finds what is wrong with itself, shows it, tells it, and lifts it (R7, R8, R12)."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conventions.tests.factories import make_signed_convention
from reminders import tasks
from reminders.actions.findings import raise_finding
from reminders.actions.heartbeat import CHECKING, PROJECTING, SENDING, WATCHED, beat, last_beat
from reminders.actions.selfcheck import check_portal
from reminders.actions.watching import failing_words
from reminders.enums import DeadlineKind, FindingKind, ReminderStatus
from reminders.models import Deadline, Finding, Reminder
from reminders.rules.constats import is_check_due
from reminders.tests.factories import make_deadline, make_reminder

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def well(cast, now):
    """A portal where all is well: its tasks pass, its only convention has a reminder to come."""
    for watch in WATCHED:
        beat(watch.name, now=now)
    term = timezone.localdate() + timedelta(days=300)
    type(cast.convention).objects.update(ends_on=term)
    deadline = make_deadline(
        cast.convention, key="terme", kind=DeadlineKind.TERME, due_on=term, steps=["Trois ans."]
    )
    make_reminder(deadline, cast.manager, due_at=now + timedelta(days=200))
    return deadline


def _found(now):
    return {(row.kind, row.key) for row in check_portal(now=now)}


def test_nothing_is_found_where_all_is_well(well, now):
    assert _found(now) == set()
    assert failing_words(now=now) == []


def test_a_convention_in_force_that_would_stay_silent_is_found_then_lifted(well, cast, now):
    Reminder.objects.update(status=ReminderStatus.ANNULE)
    assert _found(now) == {(FindingKind.CONVENTION_MUETTE, f"convention:{cast.convention.pk}")}
    finding = Finding.objects.get()
    assert finding.convention == cast.convention
    assert cast.convention.reference in finding.words
    assert failing_words(now=now) == ["conventions"]
    later = now + timedelta(minutes=5)
    assert len(check_portal(now=later)) == 1
    assert Finding.objects.get().found_at == now
    Reminder.objects.update(status=ReminderStatus.A_ENVOYER)
    assert _found(later) == set()
    assert Finding.objects.get().cleared_at == later


def test_a_convention_without_term_or_at_its_end_is_not_silent(well, cast, now):
    Reminder.objects.update(status=ReminderStatus.ANNULE)
    for term in (None, timezone.localdate() + timedelta(days=1)):
        type(cast.convention).objects.update(ends_on=term)
        assert _found(now) == set()


def test_a_live_date_without_reasoning_is_found(well, now):
    Deadline.objects.update(steps=[])
    assert _found(now) == {(FindingKind.SANS_RAISONNEMENT, f"echeance:{well.pk}")}
    assert failing_words(now=now) == ["raisonnement"]
    Deadline.objects.update(done_on=timezone.localdate())
    assert _found(now) == set()


def test_a_task_that_no_longer_passes_is_found(well, now):
    beat(SENDING, now=now - timedelta(minutes=11))
    assert _found(now) == {(FindingKind.PLANIFICATEUR_MUET, f"tache:{SENDING}")}
    beat(SENDING, now=now)
    assert _found(now) == set()


def test_reminders_that_wait_while_the_sender_passes_are_found(well, now):
    Reminder.objects.update(next_try_at=now - timedelta(minutes=31))
    assert _found(now) == {(FindingKind.PLANIFICATEUR_MUET, "rappels")}
    assert "1 rappel" in Finding.objects.get().words.replace("\u00a0", " ")
    assert failing_words(now=now) == ["rappels"]


def test_a_reminder_that_failed_is_lifted_once_it_left(well, cast, now):
    Reminder.objects.update(status=ReminderStatus.ECHEC)
    other = make_reminder(well, cast.contributor, due_at=now + timedelta(days=1))
    raise_finding(FindingKind.RAPPEL_ECHOUE, "rappel:1", words="x", now=now, deadline=well)
    assert (FindingKind.RAPPEL_ECHOUE, "rappel:1") in _found(now)
    assert failing_words(now=now) == []
    Reminder.objects.exclude(pk=other.pk).update(status=ReminderStatus.ENVOYE)
    assert _found(now) == set()


def test_a_party_without_anybody_is_lifted_once_somebody_is_there(well, cast, now):
    type(cast.manager).objects.filter(pk=cast.counterpart.pk).update(is_active=False)
    found = (FindingKind.PERSONNE_A_PREVENIR, f"partie:{cast.second_party.pk}")
    raise_finding(*found, words="x", now=now, convention=cast.convention)
    assert _found(now) == {found}
    type(cast.manager).objects.filter(pk=cast.counterpart.pk).update(is_active=True)
    assert _found(now) == set()


def test_the_check_asks_the_same_queries_whatever_their_number(well, cast, now):
    def count():
        with CaptureQueriesContext(connection) as queries:
            check_portal(now=now)
        return len(queries)

    Reminder.objects.update(status=ReminderStatus.ANNULE)
    check_portal(now=now)
    few = count()
    for _ in range(10):
        other = make_signed_convention(epci=cast.epci, action_logement=cast.action_logement)
        type(other).objects.filter(pk=other.pk).update(ends_on=timezone.localdate() + timedelta(99))
    assert count() <= few + 1
    assert Finding.objects.standing().count() == 11


# When it is made ----------------------------------------------------------------------------------


def _paris(day, hour, minute=0, month=3, year=2027):
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, _paris(10, 12), True),
        (_paris(9, 3, 31), _paris(10, 3, 29), False),
        (_paris(9, 3, 31), _paris(10, 3, 30), True),
        (_paris(10, 3, 31), _paris(10, 23), False),
        (_paris(1, 3, 31), _paris(10, 2), True),
        # The two nights when the clock moves.
        (_paris(27, 3, 31), _paris(28, 3, 30), True),
        (_paris(28, 3, 31), _paris(28, 4), False),
        (_paris(24, 3, 31, month=10, year=2026), _paris(25, 3, 30, month=10, year=2026), True),
    ],
)
def test_the_check_is_made_once_a_night_and_made_up_for_when_missed(last, now, due):
    assert is_check_due(last, now=now) is due


def test_the_task_checks_once_and_says_it_passed(well):
    Reminder.objects.update(status=ReminderStatus.ANNULE)
    beat(CHECKING, now=timezone.now() - timedelta(days=2))
    tasks.check_portal()
    assert Finding.objects.standing().count() == 1
    first = last_beat(CHECKING)
    tasks.check_portal()
    assert last_beat(CHECKING) == first


def test_the_command_lists_what_stands_and_fails(well):
    out = StringIO()
    call_command("self_check", stdout=out)
    assert "Rien à signaler" in out.getvalue()
    Reminder.objects.update(status=ReminderStatus.ANNULE)
    with pytest.raises(CommandError) as caught:
        call_command("self_check", stdout=out)
    assert caught.value.returncode == 1
    assert "1 convention sans rappel à venir" in out.getvalue()


@pytest.mark.parametrize("watch", WATCHED, ids=lambda watch: watch.word)
def test_each_silence_has_its_word(well, now, watch):
    beat(watch.name, now=now - watch.silence)
    assert failing_words(now=now) == []
    beat(watch.name, now=now - watch.silence - timedelta(seconds=1))
    assert failing_words(now=now) == [watch.word]


def test_the_watched_tasks_are_in_the_schedule(settings):
    scheduled = {row["task"].split(".")[-1] for row in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {SENDING, PROJECTING, CHECKING} <= scheduled
    for row in settings.CELERY_BEAT_SCHEDULE.values():
        for watch in WATCHED:
            if row["task"].endswith(watch.name):
                assert watch.silence.total_seconds() >= 2 * row["schedule"]
