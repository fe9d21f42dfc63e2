"""Where things are: nothing is written outside the checkout and the data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console import say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = ROOT / ".cache"
SYSTEM = CACHE / "system"


def data_folder() -> Path:
    """Return DATA_DIR; a relative one is relative to the caller's folder, not to ours."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve()


@contextmanager
def alone(name: str, waiting: str) -> Iterator[None]:
    """Let one process at a time through, across every command of this checkout."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(waiting)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
