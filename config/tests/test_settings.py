"""The portal refuses to start insecure, in words an administrator can act upon.

Each case is a process of its own: settings are read once, from the environment alone.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "deploy" / "environment.example"
KEY = "ksdu3HF72jd-_wP0qLz8Rb5Xn1VtYcAe6GmJoUi4TsWhZk9QfDvBxN"
READ = """
import json
from django.conf import settings
values = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
print(json.dumps(values, default=str))
"""


def example() -> dict[str, str]:
    """Read the environment that deploy/ gives as a model, with a key filled in."""
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and line[0] != "#"]
    return dict(line.split("=", 1) for line in lines) | {"SECRET_KEY": KEY}


@pytest.fixture
def start(tmp_path):
    """Start Django in the given environment and return how that ended."""

    def start(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess:
        inherited = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "LANG")
        variables = {name: os.environ[name] for name in inherited if name in os.environ}
        variables |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
        return subprocess.run(
            [sys.executable, *(command or ("-c", READ))],
            env=variables | {**environment, "DATA_DIR": str(tmp_path)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )

    return start


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"]
)
def test_production_does_not_start_without(start, missing):
    done = start({name: value for name, value in example().items() if name != missing})

    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert missing in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "at least 50 characters"),
        ("SECRET_KEY", "a" * 60, "at random"),
        ("SECRET_KEY_FALLBACKS", "short", "at least 50 characters"),
        ("ALLOWED_HOSTS", "*", "refused"),
        ("ALLOWED_HOSTS", "conventions.example.org,*", "refused"),
        ("ALLOWED_HOSTS", " , ", "ALLOWED_HOSTS"),
        ("SITE_URL", "http://conventions.example.org", "https://"),
        ("DEBUG", "true", "refused outside"),
        ("DEMO", "true", "refused in production"),
        ("DEBUG", "yes", "use true or false"),
        ("DATABASE_URL", "mysql://localhost/portal", "postgresql://"),
        ("DATABASE_URL", "postgresql://localhost", "postgresql://"),
        ("EMAIL_URL", "smtp.example.org:587", "smtp://"),
        ("EMAIL_URL", "smtp://", "smtp://"),
        ("EMAIL_URL", "smtp://user:password@smtp.example.org:587", "tls=true"),
        ("ENVIRONMENT", "staging", "use local or production"),
    ],
)
def test_production_does_not_start_with(start, name, value, said):
    done = start({**example(), name: value})

    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr
    assert said in done.stderr.splitlines()[-1]


def test_nothing_configured_means_production_and_does_not_start(start):
    done = start({})

    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr


def test_the_local_portal_stays_on_loopback(start):
    done = start({"ENVIRONMENT": "local", "ALLOWED_HOSTS": "localhost,portal.example.org"})

    assert done.returncode != 0
    assert "loopback" in done.stderr.splitlines()[-1]


def test_the_local_key_is_made_once_and_readable_by_its_owner_alone(start, tmp_path):
    assert start({"ENVIRONMENT": "local"}).returncode == 0
    key = tmp_path / "secret_key"
    first = key.read_text()
    assert start({"ENVIRONMENT": "local"}).returncode == 0

    assert len(first) >= 50
    assert key.read_text() == first
    assert key.stat().st_mode & 0o777 == 0o600


def test_the_example_of_deploy_passes_djangos_own_review(start):
    done = start(example(), "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_refusal_does_not_repeat_the_secret(start):
    done = start({**example(), "SECRET_KEY": "not-long-but-secret"})

    assert done.returncode != 0
    assert "not-long-but-secret" not in done.stderr.splitlines()[-1]
