"""Private PostgreSQL and Redis servers: sockets only, in a temporary folder, gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from pwd import getpwnam

import processes
import system
from console import SetupError, say
from system import Program

# The path of a socket holds at most 107 bytes: neither the checkout nor TMPDIR is sure to be short.
TEMPORARY = "/tmp"
# What is in these databases is worth nothing after the run: speed over crash safety.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "autovacuum_naptime": "10s",
    "jit": "off",
}


@dataclass(frozen=True)
class Database:
    """A running private PostgreSQL."""

    server: Program
    folder: Path
    user: int | None

    def create(self, name: str) -> str:
        """Create an empty database and return its DATABASE_URL."""
        self.tool("createdb", "-h", self.folder, "-U", "revoyure", name)
        return f"postgresql://revoyure@/{name}?host={self.folder}"

    def tool(self, name: str, *arguments: str | Path) -> None:
        done = self._run(name, *arguments)
        if done.returncode:
            raise SetupError(f"PostgreSQL : {name} a échoué : {done.stderr.strip()[-800:]}")

    def accepts(self) -> bool:
        return self._run("pg_isready", "-q", "-h", self.folder).returncode == 0

    def _run(self, name: str, *arguments: str | Path) -> subprocess.CompletedProcess:
        identity = {} if self.user is None else _identity(self.user)
        return subprocess.run(
            [self.server.path.with_name(name), *arguments],
            env=self.server.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **identity,
        )


@contextmanager
def postgresql() -> Iterator[Database]:
    """Start a private PostgreSQL; as root it runs under another account, since it refuses root."""
    program = system.postgresql()
    user = _ordinary_user() if os.geteuid() == 0 else None
    with _temporary_folder(user) as folder:
        database = Database(_within_reach(program, user, folder), folder, user)
        say("PostgreSQL privé…")
        data = folder / "data"
        database.tool(
            *("initdb", "-D", data, "-U", "revoyure", "-A", "trust", "-E", "UTF8"),
            *("--locale=C.UTF-8", "--no-sync"),
        )
        options = [f"-c{key}={value}" for key, value in SETTINGS.items()]
        server = processes.start(
            [database.server.path, "-D", data, "-k", folder, *options],
            env=database.server.environment(),
            cwd=folder,
            log=folder / "log",
            user=user,
            farewell=signal.SIGINT,
        )
        try:
            processes.wait_until(database.accepts, server, "PostgreSQL")
            yield database
        finally:
            processes.stop(server, signal.SIGINT)


@contextmanager
def redis() -> Iterator[str]:
    """Start a private Redis that keeps nothing; yield its REDIS_URL."""
    program = system.redis()
    with _temporary_folder(None) as folder:
        say("Redis privé…")
        address = folder / "redis.sock"
        server = processes.start(
            [program.path, "--port", "0", "--unixsocket", address, "--dir", folder, "--save", ""],
            env=program.environment(),
            cwd=folder,
            log=folder / "log",
        )
        try:
            processes.wait_until(lambda: _listens(address), server, "Redis")
            yield f"redis+socket://{address}"
        finally:
            processes.stop(server)


@contextmanager
def _temporary_folder(owner: int | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="revoyure-", dir=TEMPORARY))
    try:
        if owner is not None:
            os.chown(folder, owner, owner)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ordinary_user() -> int:
    return getpwnam("nobody").pw_uid


def _identity(user: int) -> dict:
    return {"user": user, "group": user, "extra_groups": []}


def _within_reach(program: Program, user: int | None, folder: Path) -> Program:
    """Copy a private PostgreSQL when its account may not enter the checkout (under /root, say)."""
    if user is None or program.folder is None:
        return program
    try:
        subprocess.run(
            [program.path, "--version"],
            env=program.environment(),
            check=True,
            capture_output=True,
            **_identity(user),
        )
        return program
    except (PermissionError, subprocess.CalledProcessError):
        copy = folder / "program"
        shutil.copytree(program.folder, copy, symlinks=True)
        return Program(copy / program.path.relative_to(program.folder), copy)


def _listens(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(address)) == 0
