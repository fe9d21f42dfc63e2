"""Promise R9: at eight o'clock where the territory lives, whatever the night does to the clocks.

The instants below are written by hand, from no time zone database: what eight o'clock is in Paris
before and after each of the two nights, and overseas, where no clock ever moves.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from conventions.tests.factories import make_signed_convention
from reminders.actions.arming import arm
from reminders.actions.recipients import audience_of
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.tests.factories import make_deadline, plain, send_reminders
from reminders.tests.trials import RecordingInbox
from territories.enums import Zone

pytestmark = pytest.mark.django_db
DAY, QUARTER = timedelta(days=1), timedelta(minutes=15)
NIGHTS = {date(2027, 3, 28): (7, 6), date(2026, 10, 25): (6, 7)}
# Hour of Greenwich at which it is eight o'clock; the mainland's depends on the night.
OVERSEAS = {
    Zone.GUADELOUPE: 12,
    Zone.MARTINIQUE: 12,
    Zone.GUYANE: 11,
    Zone.REUNION: 4,
    Zone.MAYOTTE: 5,
}


def _eight_o_clock(zone: Zone, day: date, night: date) -> datetime:
    before, after = NIGHTS[night]
    hour = OVERSEAS.get(zone, before if day < night else after)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def inbox(settings):
    settings.EMAIL_BACKEND = "reminders.tests.trials.RecordingInbox"
    RecordingInbox.messages.clear()
    yield RecordingInbox.messages
    RecordingInbox.messages.clear()


def _armed(cast, zone: Zone, days: list[date]):
    """Write one date a day, of which those concerned are told seven days before."""
    convention = make_signed_convention(
        epci=cast.epci,
        action_logement=cast.action_logement,
        signed_on=date(2026, 1, 12),
        zone=zone,
    )
    rows = [
        make_deadline(
            convention,
            kind=DeadlineKind.CONTROLE_LEGALITE,
            key=f"essai:{day}",
            title=f"{zone} {day}",
            due_on=day + 7 * DAY,
        )
        for day in days
    ]
    planned = datetime(2026, 9, 1, tzinfo=UTC)
    audience = audience_of(convention, on=planned.date())
    arm(rows, convention, audience, now=planned, is_new=True)


@pytest.mark.parametrize("night", NIGHTS)
def test_each_reminder_leaves_once_at_eight_on_the_right_local_day(inbox, cast, night):
    days = [night + rank * DAY for rank in range(-2, 3)]
    for zone in Zone:
        _armed(cast, zone, days)
    first = datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC) - DAY / 2
    for rank in range(int(6 * DAY / QUARTER)):
        send_reminders(first + rank * QUARTER)
    people = [cast.manager, cast.contributor, cast.counterpart]
    sent = Reminder.objects.sent().values_list("deadline__title", "recipient", "sent_at")
    assert Counter(sent) == {
        (f"{zone} {day}", person.pk, _eight_o_clock(zone, day, night)): 1
        for zone in Zone
        for day in days
        for person in people
    }
    assert set(Reminder.objects.values_list("status", flat=True)) == {ReminderStatus.ENVOYE}
    assert len(inbox) == len(Zone) * len(days) * len(people)


@pytest.mark.parametrize(("zone", "left"), [(Zone.REUNION, 7), (Zone.MARTINIQUE, 7)])
def test_what_is_left_is_counted_in_days_of_the_territory(inbox, cast, zone, left):
    """At that instant it is another day in Paris than there, or soon will be."""
    night = date(2026, 10, 25)
    _armed(cast, zone, [night])
    send_reminders(_eight_o_clock(zone, night, night))
    assert len(inbox) == 3
    assert all(f"dans {left} jours" in plain(message.body) for message in inbox)


@pytest.mark.parametrize("zone", Zone)
def test_what_is_known_in_the_small_hours_is_told_on_the_day_it_is_there(inbox, cast, zone):
    """Between eleven in the evening and three in the morning of Greenwich the zones live two days.

    A date known then, all its rungs behind, is told at once, while its day is not over there.
    """
    now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    there = now.astimezone(timezone.get_fixed_timezone(_minutes(zone, now))).date()
    convention = make_signed_convention(
        epci=cast.epci,
        action_logement=cast.action_logement,
        signed_on=date(2026, 1, 12),
        zone=zone,
    )
    for day in (there - DAY, there):
        row = make_deadline(convention, kind=DeadlineKind.AJOUTEE, due_on=day, title=str(day))
        arm([row], convention, audience_of(convention, on=there), now=now, is_new=True)
    send_reminders(now)
    told = set(Deadline.objects.filter(reminders__status=ReminderStatus.ENVOYE))
    assert {row.due_on for row in told} == {there}
    assert all("aujourd’hui" in plain(message.body) for message in inbox)


def _minutes(zone: Zone, now: datetime) -> int:
    """Minutes ahead of Greenwich: eight o'clock less the hour at which it comes."""
    hour = OVERSEAS.get(zone, 6 if now < datetime(2026, 10, 25, 1, tzinfo=UTC) else 7)
    return (8 - hour) * 60
