"""Promise R5: Redis emptied at any moment loses nothing; the database alone knows what is due.

A real worker and its real clock work on the database of the test through the private Redis of the
house. Only the clock's pace is quickened: one pass a second.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as live
from django.utils import timezone
from redis import Redis

from accounts.enums import Verb
from accounts.models import JournalEntry
from reminders.actions.heartbeat import SENDING, last_beat
from reminders.enums import ReminderStatus
from reminders.models import Reminder
from reminders.tests.factories import make_deadline, make_reminder
from reminders.tests.trials import environment, on_postgresql, until

pytestmark = on_postgresql
COUNT = 40
QUICK = """
from config.celery import app
app.conf.beat_schedule = {"send": {"task": "reminders.tasks.send_due_reminders", "schedule": 1.0}}
app.conf.beat_max_loop_interval = 1
"""


@pytest.fixture
def redis():
    socket = live.REDIS_URL.removeprefix("redis+socket://")
    client = Redis(unix_socket_path=socket)
    client.flushall()
    yield client
    client.flushall()
    client.close()


@pytest.fixture
def celery(smtp, redis, tmp_path):
    (tmp_path / "quick.py").write_text(QUICK)
    paths = os.pathsep.join([str(tmp_path), str(live.BASE_DIR)])
    env = environment(tmp_path, port=smtp.port, PYTHONPATH=paths)
    command = [sys.executable, "-m", "celery", "-A", "quick"]
    beat = ["beat", "--pidfile", "", "--schedule", str(tmp_path / "beat")]
    worker = ["worker", "--concurrency", "1", "--pool", "solo"]
    processes = [
        subprocess.Popen(
            [*command, *arguments, "--loglevel", "ERROR"],
            cwd=tmp_path,
            env=env,
            start_new_session=True,
        )
        for arguments in (worker, beat)
    ]
    try:
        # Whatever else the machine does, the first reminder waits for a worker that is awake.
        until(lambda: last_beat(SENDING), seconds=120)
        yield
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=20)


@pytest.fixture
def reminders(celery, cast):
    """One due every half second, seen by a worker that is already at work."""
    first = timezone.now() + timedelta(seconds=1)
    return [
        make_reminder(
            make_deadline(cast.convention, due_on=first.date() + timedelta(days=9)),
            cast.manager,
            due_at=first + timedelta(seconds=rank / 2),
        )
        for rank in range(COUNT)
    ]


def test_an_emptied_redis_loses_no_reminder(smtp, redis, reminders):
    flushed = Counter()

    def all_sent():
        """Empty Redis, now here and now there in the second between two passes."""
        flushed[bool(redis.keys())] += 1
        redis.flushall()
        time.sleep(0.37)
        return True if Reminder.objects.sent().count() == COUNT else None

    until(all_sent, seconds=150)
    assert flushed[True], "there was something to lose"
    names = Counter(message["Message-ID"] for message in smtp.messages)
    assert names == {row.message_id: 1 for row in reminders}
    assert set(Reminder.objects.values_list("status", flat=True)) == {ReminderStatus.ENVOYE}
    journal = JournalEntry.objects.filter(verb=Verb.REMINDER_SENT)
    until(lambda: True if journal.count() == COUNT else None)
