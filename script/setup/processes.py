"""Starting and stopping other programs so that none outlives the command that needed it."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from console import SetupError

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def stop_on_signals() -> None:
    """Treat an order to end like Ctrl-C, so that every `finally` runs.

    A shell that starts a job in the background makes it deaf to Ctrl-C: hearing is restored too.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    log: Path | None = None,
    user: int | None = None,
    farewell: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen:
    """Start a long-lived program in its own session, out of reach of the terminal's Ctrl-C.

    Should this very process be killed outright, the kernel sends `farewell` to the program.
    """
    identity = {} if user is None else {"user": user, "group": user, "extra_groups": []}
    output = log.open("wb") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [str(word) for word in command],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: _LIBC.prctl(_PR_SET_PDEATHSIG, int(farewell)),
            **identity,
        )
    finally:
        if log:
            output.close()


def stop_all(running: Mapping[str, subprocess.Popen]) -> None:
    """Tell all of them first, so that they end side by side."""
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    for process in running.values():
        stop(process)


def stop(
    process: subprocess.Popen, how: signal.Signals = signal.SIGTERM, patience: float = 10
) -> None:
    """Ask politely, wait, then end the whole session."""
    if process.poll() is None:
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen, what: str, patience: float = 30
) -> None:
    """Wait for a program just started to be of service."""
    until = time.monotonic() + patience
    while not ready():
        if process.poll() is not None:
            raise SetupError(f"{what} s’est arrêté dès son démarrage (code {process.returncode}).")
        if time.monotonic() > until:
            raise SetupError(f"{what} n’a pas répondu en {patience:.0f} secondes.")
        time.sleep(0.05)


def call(command: Sequence[str | Path], *, env: Mapping[str, str], cwd: Path, **options) -> int:
    """Run a program in the foreground, sharing the terminal, and return its exit status."""
    process = subprocess.Popen([str(word) for word in command], env=dict(env), cwd=cwd, **options)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # From a terminal it has heard Ctrl-C already; a second word does no harm.
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
