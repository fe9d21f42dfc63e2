"""The outside watcher is called after each pass, over real HTTP, and harms nothing when dead."""

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings as live

from reminders import tasks
from reminders.actions import pinging
from reminders.actions.heartbeat import SENDING, last_beat
from reminders.actions.pinging import ping


@contextmanager
def _watcher(status=200, wait=0.0):
    calls, release = [], threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            release.wait(wait)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/secret-de-la-veille", calls
    finally:
        release.set()
        server.shutdown()
        server.server_close()


@pytest.mark.django_db
def test_each_pass_of_the_sender_calls_the_watcher(settings):
    with _watcher() as (address, calls):
        settings.HEARTBEAT_PING_URL = address
        tasks.send_due_reminders()
        tasks.send_due_reminders()
    assert calls == ["/secret-de-la-veille"] * 2


@pytest.mark.django_db
def test_a_pass_that_broke_does_not_call_it(settings, monkeypatch):
    def broken(*_arguments, **_named):
        raise ArithmeticError

    monkeypatch.setattr(tasks, "send_reminders", broken)
    with _watcher() as (address, calls):
        settings.HEARTBEAT_PING_URL = address
        with pytest.raises(ArithmeticError):
            tasks.send_due_reminders()
    assert calls == []


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["refused", "500", "slow", "nonsense"])
def test_a_watcher_in_trouble_is_logged_without_its_address_and_harms_nothing(
    settings, monkeypatch, caplog, trouble
):
    monkeypatch.setattr(pinging, "SECONDS", 0.2)
    with _watcher(500 if trouble == "500" else 200, 3 if trouble == "slow" else 0) as found:
        settings.HEARTBEAT_PING_URL = {
            "refused": "http://127.0.0.1:9/secret-de-la-veille",
            "nonsense": "http://[secret-de-la-veille",
        }.get(trouble, found[0])
        tasks.send_due_reminders()
    assert last_beat(SENDING) is not None
    assert "could not be told" in caplog.text
    assert "secret-de-la-veille" not in caplog.text


def test_without_an_address_nobody_is_called(settings):
    settings.HEARTBEAT_PING_URL = ""
    assert ping() is False


@pytest.mark.parametrize("address", ["ftp://exemple.fr/", "exemple.fr", "file:///etc/passwd"])
def test_what_is_no_web_address_stops_the_portal_at_its_start(address, tmp_path):
    env = os.environ | {
        "ENVIRONMENT": "local", "DATA_DIR": str(tmp_path), "HEARTBEAT_PING_URL": address,
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=live.BASE_DIR, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode != 0
    assert "HEARTBEAT_PING_URL must give a web address" in run.stderr
