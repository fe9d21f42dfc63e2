"""A worker process of its own: the real tasks against the real servers, and where it is killed.

Started by `trials.start`. The five places of promise R3 are wrapped here, in the child alone; what
is tried is the code as it runs in production.
"""

import itertools
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from reminders import tasks
from reminders.actions import outbox, sending
from reminders.actions.delivery import Postman
from reminders.models import Reminder

_clock = timezone.now
_shift = timedelta(seconds=float(os.environ.get("TRIAL_SHIFT", "0")))


def main() -> None:
    timezone.now = lambda: _clock() + _shift
    role, *arguments = sys.argv[1:]
    ROLES[role](*arguments)


def send_until_killed(point: str, nth: str) -> None:
    """Make one pass of the sender, and die at the nth time the place is reached."""
    POINTS[point](int(nth))
    tasks.send_due_reminders()


def project(times: str) -> None:
    """Be one scheduler: count every date again, as many times."""
    for _ in range(int(times)):
        tasks.project_all_deadlines()


def send_until(stop: str) -> None:
    """Be one sender until the file is there and nothing is left."""
    while not Path(stop).exists() or Reminder.objects.due(now=timezone.now()).exists():
        tasks.send_due_reminders()
        time.sleep(0.05)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _wrap(owner: object, name: str, doomed: Callable) -> None:
    honest = getattr(owner, name)
    setattr(owner, name, lambda *args, **kwargs: doomed(honest, *args, **kwargs))


def _before(owner: object, name: str, nth: int) -> None:
    calls = itertools.count(1)

    def doomed(honest, *args, **kwargs):
        if next(calls) == nth:
            _die()
        return honest(*args, **kwargs)

    _wrap(owner, name, doomed)


def _after(owner: object, name: str, nth: int) -> None:
    calls = itertools.count(1)

    def doomed(honest, *args, **kwargs):
        answer = honest(*args, **kwargs)
        if next(calls) == nth:
            _die()
        return answer

    _wrap(owner, name, doomed)


def _before_commit(nth: int) -> None:
    """Die when the mark is written and nobody else can see it."""
    calls = itertools.count(1)

    def doomed(honest, *args, **kwargs):
        with transaction.atomic():
            honest(*args, **kwargs)
            if next(calls) == nth:
                _die()

    _wrap(sending, "stamp", doomed)


ROLES = {"doomed": send_until_killed, "project": project, "send": send_until}
POINTS = {
    "before the claim": lambda nth: _before(outbox, "claim", nth),
    "after the claim": lambda nth: _after(outbox, "claim", nth),
    "before SMTP": lambda nth: _before(Postman, "post", nth),
    "after SMTP": lambda nth: _after(Postman, "post", nth),
    "before the commit": _before_commit,
}
