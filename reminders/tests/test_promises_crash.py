"""Promise R3: a worker killed anywhere loses nothing, and doubles one mail at most."""

import re
import signal
from collections import Counter, defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions.journal import broken_links
from accounts.enums import Verb
from accounts.models import JournalEntry
from reminders import tasks
from reminders.actions.leasing import LEASE
from reminders.enums import ReminderStatus, Rhythm
from reminders.models import Reminder, RhythmChoice
from reminders.tests.factories import make_deadline, make_reminder, plain, send_reminders
from reminders.tests.trials import environment, on_postgresql, start

pytestmark = on_postgresql
GATHERED, ALONE = 4, 8
MAILS = 1 + ALONE
TITLE = re.compile(r"Comité (\d\d)")


@pytest.fixture
def reminders(cast):
    """Twelve reminders that fall due together: four that one mail carries, eight alone."""
    RhythmChoice.objects.create(user=cast.contributor, rhythm=Rhythm.QUOTIDIEN)
    now = timezone.now()
    rows = []
    for rank in range(GATHERED + ALONE):
        person = cast.contributor if rank < GATHERED else cast.manager
        deadline = make_deadline(
            cast.convention,
            title=f"Comité {rank:02d}",
            due_on=now.date() + timedelta(days=10 + rank),
        )
        due_at = now - timedelta(minutes=2) + timedelta(seconds=rank)
        rows.append(make_reminder(deadline, person, due_at=due_at))
    return rows


def _names(messages):
    """Return, for each addressee and date, the Message-IDs of what told it."""
    names = defaultdict(list)
    for message in messages:
        text = plain(message.get_body(("plain",)).get_content())
        for title in sorted(set(TITLE.findall(text))):
            names[message["To"], title].append(message["Message-ID"])
    return names


# The place, at which mail, and how many mails were taken before it: the first carries four dates.
@pytest.mark.parametrize(
    ("point", "nth", "taken"),
    [
        ("before the claim", 1, 0),
        ("after the claim", 1, 0),
        ("before SMTP", 1, 0),
        ("before SMTP", 5, 4),
        ("after SMTP", 1, 1),
        ("after SMTP", 5, 5),
        ("before the commit", 1, 1),
        ("before the commit", 5, 5),
    ],
)
def test_a_worker_killed_there_loses_nothing(smtp, cast, reminders, tmp_path, point, nth, taken):
    env = environment(tmp_path, port=smtp.port)
    assert start(env, "doomed", point, str(nth)).wait(120) == -signal.SIGKILL
    assert len(smtp.messages) == taken
    # Another worker passes at once: what the dead one had taken is still under its lease.
    tasks.send_due_reminders()
    assert len(smtp.messages) == (MAILS if point == "before the claim" else taken)
    send_reminders(timezone.now() + LEASE)
    _check(smtp.messages, cast, doubles=int(point in {"after SMTP", "before the commit"}))
    assert send_reminders(timezone.now() + 3 * LEASE) == {}


def _check(messages, cast, *, doubles):
    assert len(messages) == MAILS + doubles
    assert len({message["Message-ID"] for message in messages}) == MAILS
    names = _names(messages)
    assert Counter(to for to, _ in names) == {
        cast.contributor.email: GATHERED,
        cast.manager.email: ALONE,
    }
    # A double says the same dates to the same person under the same name.
    assert all(len(set(found)) == 1 for found in names.values())
    assert {row.status for row in Reminder.objects.all()} == {ReminderStatus.ENVOYE}
    lines = JournalEntry.objects.filter(verb=Verb.REMINDER_SENT)
    assert lines.count() == GATHERED + ALONE
    assert not Reminder.objects.to_journal().exists()
    assert broken_links() == []
