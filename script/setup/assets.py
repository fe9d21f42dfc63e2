"""Static files, gathered and compressed once for each state of their sources: it takes a while."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import environment
import processes
import requirements
from console import SetupError
from places import ROOT


class Assets:
    """The static files of one data folder; started early, waited for late."""

    def __init__(self, env: Mapping[str, str], data: Path):
        self._stamp = data / "static.stamp"
        self._state = _state(env.get("DEBUG", ""))
        self._log = data / "log" / "static.log"
        self._process = None
        known = self._stamp.read_text() if self._stamp.exists() else ""
        if known != self._state or not (data / "static").is_dir():
            command = environment.manage("collectstatic", "--no-input", "--clear")
            self._process = processes.start(command, env=env, cwd=ROOT, log=self._log)

    def stop(self) -> None:
        if self._process:
            processes.stop(self._process)

    def wait(self) -> None:
        if not self._process:
            return
        if self._process.wait():
            shown = processes.tail(self._log)
            raise SetupError(f"Les fichiers statiques n’ont pas pu être réunis :\n{shown}")
        self._stamp.write_text(self._state)


def _state(debug: str) -> str:
    """Digest our own files by name, size and date, and those of packages by their pins."""
    digest = hashlib.sha256((ROOT / requirements.RUNTIME).read_bytes() + debug.encode())
    folders = [ROOT / "static", *sorted(ROOT.glob("*/static"))]
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        about = path.stat()
        digest.update(f"{path.relative_to(ROOT)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
