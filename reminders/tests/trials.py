"""What the promises are tried with: processes of their own, mail servers, a recording inbox."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

on_postgresql = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row locks"),
    pytest.mark.django_db(transaction=True),
]
BASE = Path(settings.BASE_DIR)
WORKER = "import django; django.setup(); from reminders.tests.trial_worker import main; main()"


class RecordingInbox(BaseEmailBackend):
    """Keeps what is sent, as it is handed over; a test empties `messages` first."""

    messages: list = []  # noqa: RUF012 - Django makes the backend anew for each connection

    def send_messages(self, email_messages) -> int:
        self.messages.extend(email_messages)
        return len(email_messages)


def environment(folder: Path, *, port: int, **more: str) -> dict[str, str]:
    """Return the environment of a process that works on the database of the test."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENVIRONMENT": "local",
        "DATA_DIR": str(folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "SITE_URL": "https://revoyure.exemple",
        "DATABASE_URL": _database(),
    }
    return env | more


def _database() -> str:
    """Return the address of the database of the tests, not of the one that it stands beside."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def start(env: Mapping[str, str], *arguments: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", WORKER, *arguments], cwd=BASE, env=env)


def until(answer: Callable[[], object], *, seconds: float = 60) -> object:
    """Wait for an answer that is not None."""
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        if (found := answer()) is not None:
            return found
        time.sleep(0.1)
    return pytest.fail("nothing came")
