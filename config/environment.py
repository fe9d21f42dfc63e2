"""Typed reading of environment variables; nonsense is refused before the portal starts."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def boolean(name: str, default: bool) -> bool:
    value = text(name, "true" if default else "false").lower()
    if value not in {"true", "false"}:
        msg = f"{name}={value} is not understood: use true or false."
        raise ImproperlyConfigured(msg)
    return value == "true"


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def required(name: str) -> str:
    value = text(name)
    if not value:
        msg = f"{name} is not set: the portal does not start without it in production."
        raise ImproperlyConfigured(msg)
    return value


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).expanduser().resolve()


def database(name: str, sqlite_path: Path) -> dict:
    """Read a `postgresql://user:password@host:port/name?option=value` address.

    A missing host means a local socket, given by `?host=/folder`. Without the variable: SQLite in
    WAL mode with immediate transactions, so that several writing processes wait instead of failing.
    """
    address = text(name)
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        msg = f"{name} must read postgresql://user:password@host:port/name."
        raise ImproperlyConfigured(msg)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def email(name: str) -> dict:
    """Read a `smtp://user:password@host:587?tls=true` (or `smtps://`) address."""
    parts = urlsplit(required(name))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        msg = f"{name} must read smtp://user:password@host:587?tls=true or smtps://…"
        raise ImproperlyConfigured(msg)
    tls = dict(parse_qsl(parts.query)).get("tls") == "true"
    if parts.password and not (tls or parts.scheme == "smtps"):
        msg = f"{name} would send a password in clear: add ?tls=true, or use smtps://…"
        raise ImproperlyConfigured(msg)
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": tls,
    }
