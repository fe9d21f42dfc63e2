"""A whole portal for browser tests: own data, the demonstration, web and worker for real."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "revoyure-demo"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_portal(data: Path) -> Iterator[str]:
    """Yield the address of a portal that serves the demonstration, and stop it afterwards."""
    port = free_port()
    address = f"http://localhost:{port}"
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    env |= {
        "ENVIRONMENT": "local",
        "DEMO": "true",
        "DATA_DIR": str(data),
        "SITE_URL": address,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    for command in (("migrate", "-v0"), ("collectstatic", "--no-input", "-v0"), ("demo",)):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
    commands = (
        ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
         "--log-level", "error"],
        ["-m", "celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "ERROR",
         "--beat", "--schedule", str(data / "beat")],
    )  # fmt: skip
    processes = [
        subprocess.Popen([sys.executable, *command], cwd=ROOT, env=env, start_new_session=True)
        for command in commands
    ]
    try:
        _wait_for(port)
        yield address
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as link, suppress(OSError):
            link.request("GET", "/connexion/")
            answer = link.getresponse()
            answer.read()
            if answer.status == 200:
                return
        time.sleep(0.1)
    msg = "the portal did not answer"
    raise RuntimeError(msg)
