"""A season lived day by day, and the same season with the machines down for a month."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from engagements.tests.factories import make_engagement, make_revoyure
from reminders.actions.projection import project_deadlines
from reminders.enums import ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.rules.deadlines import EXPECTED
from reminders.rules.ladder import LADDERS, late_rungs, local_day, rungs
from reminders.tests.factories import send_reminders
from territories.enums import Zone

pytestmark = pytest.mark.django_db
METROPOLE = Zone.METROPOLE
# From the eve of the season's first rung to the last day of the year; both clocks of the year.
FIRST = datetime(2018, 8, 25, 7, 30, tzinfo=UTC)
DAYS = 128


def _live_through(convention, *, down=range(0)):
    """Tick once a day, a little after the due hour, except on the days when all is down."""
    for rank in range(DAYS):
        now = FIRST + timedelta(days=rank)
        if rank in down:
            continue
        if rank % 7 == 0:
            project_deadlines(convention, now=now, on=local_day(now, METROPOLE))
        send_reminders(now)


@pytest.fixture
def season(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    make_engagement(cast.convention, cast.first_party, due_on=date(2018, 10, 28))
    make_revoyure(cast.convention, opened_on=date(2018, 10, 1))
    return cast.convention


def _rungs(row):
    ladder = LADDERS[row.kind]
    yield from rungs(ladder, row.act_on, zone=METROPOLE)
    if row.kind in EXPECTED:
        yield from late_rungs(ladder, row.act_on, due_on=row.due_on, zone=METROPOLE)


def _expected(convention):
    """Every (date, rule) whose instant falls within the season, straight from the ladder."""
    end = FIRST + timedelta(days=DAYS - 1)
    rows = Deadline.objects.to_do().filter(convention=convention)
    return Counter(
        (row.pk, rung.rule) for row in rows for rung in _rungs(row) if FIRST < rung.due_at <= end
    )


def test_every_reminder_of_the_season_leaves_once_on_its_own_day(season):
    _live_through(season)
    sent = list(Reminder.objects.sent())
    assert len(sent) > 20
    assert {(row.deadline_id, row.rule) for row in sent} == set(_expected(season))
    assert not Reminder.objects.failed().exists()
    assert not Reminder.objects.due(now=FIRST + timedelta(days=DAYS - 1)).exists()
    for row in sent:
        assert local_day(row.sent_at, METROPOLE) == local_day(row.due_at, METROPOLE)
    names = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(names) == len(set(names)) == len(sent)
    # Each line of the season went to each person it concerns, and to nobody twice.
    people = Counter((row.deadline_id, row.rule, row.recipient_id) for row in sent)
    assert set(people.values()) == {1}


def test_after_a_month_without_machines_nothing_is_lost_and_nothing_is_said_twice(season):
    _live_through(season, down=range(40, 70))
    back = FIRST + timedelta(days=70)
    late = [row for row in Reminder.objects.sent() if row.due_at < row.sent_at - timedelta(days=1)]
    assert late
    assert all(row.sent_at == back for row in late)
    assert all("en retard de" in row.body for row in late)
    told = Counter((row.deadline_id, row.recipient_id) for row in late)
    assert set(told.values()) == {1}
    # What did not leave was replaced by a more recent reminder of the same date.
    left_out = Reminder.objects.filter(status=ReminderStatus.ANNULE, due_at__lte=back)
    for row in left_out:
        same = Reminder.objects.sent().filter(deadline=row.deadline, recipient=row.recipient)
        assert same.filter(due_at__gt=row.due_at).exists()
