"""The clock is killed for real: `/sante` turns red, and the outside watcher hears no more.

Three real processes on a private database: the site's view is asked through Django, the worker and
its clock are Celery's own. Only the limits are shortened, never the mechanism.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings as live

pytestmark = pytest.mark.postgresql  # real processes: run with the slow ones

ASK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from datetime import timedelta
from django.test import Client
from django.utils import timezone
from reminders.actions import heartbeat, watching
shift = timedelta(minutes=float(sys.argv[1]))
now = timezone.now
timezone.now = lambda: now() + shift
answer = Client().get("/sante/", HTTP_HOST="localhost")
print(answer.status_code, answer.content.decode())
"""


def _run(env, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=live.BASE_DIR, env=env, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return done.stdout.strip()


def _until(answer, seconds=60):
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        if (found := answer()) is not None:
            return found
        time.sleep(0.5)
    pytest.fail("nothing came")
    return None


@pytest.fixture
def watcher():
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/ici", calls
    server.shutdown()
    server.server_close()


@pytest.fixture
def portal(tmp_path, watcher):
    """A database, a worker and its clock, whose sender passes every second."""
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    env |= {
        "ENVIRONMENT": "local", "DATA_DIR": str(tmp_path), "HEARTBEAT_PING_URL": watcher[0],
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    _run(env, "manage.py", "migrate", "-v0")
    quick = tmp_path / "quick.py"
    quick.write_text(
        "from config.celery import app\n"
        "app.conf.beat_schedule['send-due-reminders']['schedule'] = 1.0\n"
        "app.conf.beat_max_loop_interval = 1\n"
    )
    env |= {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(live.BASE_DIR)])}
    command = [sys.executable, "-m", "celery", "-A", "quick"]
    beat = subprocess.Popen(
        [*command, "beat", "--loglevel", "ERROR", "--pidfile", "", "--schedule",
         str(tmp_path / "beat")], cwd=tmp_path, env=env, start_new_session=True,
    )  # fmt: skip
    worker = subprocess.Popen(
        [*command, "worker", "--concurrency", "1", "--loglevel", "ERROR", "--pool", "solo"],
        cwd=tmp_path, env=env, start_new_session=True,
    )  # fmt: skip
    yield env, beat
    for process in (worker, beat):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=20)


def test_a_killed_clock_turns_the_portal_red(portal, watcher):
    env, beat = portal
    calls = watcher[1]

    def green():
        return True if _run(env, "-c", ASK, "0") == "200 ok" else None

    # Started, the clock has every task pass at once: nobody waits an hour, or for the night.
    _until(green)
    _until(lambda: len(calls) >= 2 or None)
    beat.kill()
    beat.wait(timeout=20)
    time.sleep(3)
    heard = len(calls)
    time.sleep(3)
    assert len(calls) == heard
    assert _run(env, "-c", ASK, "9") == "200 ok"
    assert _run(env, "-c", ASK, "31").startswith("503 ko planificateur")
