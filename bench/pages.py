"""The list and a convention's page among 5,000 conventions of 60 engagements each.

Medians of interleaved requests to the same gunicorn processes, as ratios to a bare log-in-required
page of two queries. Queries are counted apart, at two sizes: they may not grow.
"""

import os
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._settings"
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench._fill import fill  # noqa: E402
from conventions.models import Convention  # noqa: E402

CONVENTIONS = int(os.environ.get("BENCH_CONVENTIONS", "5000"))
ENGAGEMENTS = int(os.environ.get("BENCH_ENGAGEMENTS", "60"))
ROUNDS, WARM_UP = 120, 15
PORT = int(os.environ.get("BENCH_PORT", "8971"))


def say(name: str, value: float, goal: float) -> bool:
    fine = value <= goal
    sys.stdout.write(f"{name} {value:.2f} {goal:g} {'ok' if fine else 'short'}\n")
    sys.stdout.flush()
    return fine


def session_key(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def queries(user, path: str) -> int:
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session_key(user)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return len(captured)


def serve() -> subprocess.Popen:
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2", "--bind",
        f"127.0.0.1:{PORT}", "--log-level", "error",
    ]  # fmt: skip
    return subprocess.Popen(command, cwd=ROOT, env=os.environ.copy())


def wait_for_server() -> None:
    for _ in range(200):
        try:
            connection_ = HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection_.request("GET", "/connexion/")
            connection_.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("gunicorn ne répond pas.")


def timed(path: str, cookie: str) -> float:
    link = HTTPConnection("127.0.0.1", PORT, timeout=60)
    start = time.perf_counter()
    link.request("GET", path, headers={"Cookie": cookie})
    answer = link.getresponse()
    answer.read()
    spent = time.perf_counter() - start
    link.close()
    assert answer.status == 200, (path, answer.status)
    return spent


def main() -> int:
    user = fill(CONVENTIONS, ENGAGEMENTS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    middle = Convention.objects.order_by("pk")[CONVENTIONS // 2].pk
    pages = {
        "list": ("/conventions/", 8, 8),
        "convention": (f"/conventions/{middle}/", 12, 15),
        "balance": (f"/conventions/{middle}/engagements/", 30, 15),
    }
    cookie = f"{settings.SESSION_COOKIE_NAME}={session_key(user)}"
    spent: dict[str, list[float]] = {name: [] for name in ("bare", *pages)}
    server = serve()
    try:
        wait_for_server()
        for turn in range(WARM_UP + ROUNDS):
            for name in spent:
                path = "/nue/" if name == "bare" else pages[name][0]
                seconds = timed(path, cookie)
                if turn >= WARM_UP:
                    spent[name].append(seconds)
    finally:
        server.terminate()
        server.wait()
    bare = median(spent["bare"])
    fine = [
        say(f"pages.{name}", median(spent[name]) / bare, goal)
        for name, (_, goal, _) in pages.items()
    ]
    fine += [
        say(f"pages.{name}_queries", queries(user, path), goal)
        for name, (path, _, goal) in pages.items()
    ]
    sys.stderr.write(f"bare page: {bare * 1000:.2f} ms\n")
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())
