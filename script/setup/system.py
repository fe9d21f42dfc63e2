"""What the portal needs beyond Python: the machine's own copy when it has one, else a private one.

| need | for |
|---|---|
| Pango and HarfBuzz | WeasyPrint, hence every PDF |
| PostgreSQL, Redis | the tests and benchmarks in the production arrangement |
| Chromium, and libatomic for the program that drives it | browser tests |
| Poppler | tests that look at a PDF from the outside (pdfsig, pdftoppm) |
"""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import debian
from console import SetupError

PDF_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libfontconfig.so.1",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
)
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


@dataclass(frozen=True)
class Program:
    """An executable, and the private folder it was unpacked into unless it is the system's."""

    path: Path
    folder: Path | None = None

    def environment(self, env: Mapping[str, str] = os.environ) -> dict[str, str]:
        return with_libraries(env, self.folder) if self.folder else dict(env)


def with_libraries(env: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Let the dynamic linker look in an unpacked folder first."""
    folders = [*map(str, debian.library_folders(folder)), env.get("LD_LIBRARY_PATH", "")]
    return {**env, "LD_LIBRARY_PATH": os.pathsep.join(filter(None, folders))}


def with_pdf(env: Mapping[str, str]) -> dict[str, str]:
    label = "Bibliothèques de mise en page des PDF"
    return _with_shared(env, PDF_LIBRARIES, "pdf", PDF_PACKAGES, label)


def with_poppler(env: Mapping[str, str]) -> dict[str, str]:
    program = _program("poppler", "pdfsig", ("poppler-utils",), "Outils PDF (Poppler)")
    path = os.pathsep.join([env["PATH"], str(program.path.parent)])
    return program.environment(env) | {"PATH": path}


def with_browser(env: Mapping[str, str]) -> dict[str, str]:
    """Add Chromium's address and what Playwright's driver needs to speak to it."""
    label = "Pilote du navigateur"
    env = _with_shared(env, ["libatomic.so.1"], "driver", ("libatomic1",), label)
    if "CHROMIUM" in env:
        return env
    # Debian's script of that name is for people: it reads files of the system's own.
    program = _program("chromium", "chromium", ("chromium",), "Navigateur Chromium")
    return program.environment(env) | {"CHROMIUM": str(program.path)}


def postgresql() -> Program:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    program = _program("postgresql", "postgres", ("postgresql",), "PostgreSQL", folders)
    # Its other tools stand beside the executable itself, not beside a link to it.
    return Program(program.path.resolve(), program.folder)


def redis() -> Program:
    return _program("redis", "redis-server", ("redis-server",), "Redis")


def _program(
    name: str,
    executable: str,
    packages: tuple[str, ...],
    label: str,
    folders: Sequence[Path] = (),
) -> Program:
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = shutil.which(executable, path=path)
    if found:
        return Program(Path(found))
    folder = debian.unpack(name, packages, label)
    places = [*folder.glob("usr/lib/postgresql/*/bin"), folder / "usr/lib/chromium"]
    places.append(folder / "usr/bin")
    found = next((place / executable for place in places if (place / executable).exists()), None)
    if found is None:
        raise SetupError(f"{label} : {executable} n’est pas dans {', '.join(packages)}.")
    program = Program(found, folder)
    _check(program, label)
    return program


def _check(program: Program, label: str) -> None:
    done = subprocess.run(
        # pdfsig knows only the short form, Redis's and Chromium's only the long one.
        [program.path, "-v" if program.path.name == "pdfsig" else "--version"],
        env=program.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shown = done.stderr.strip()[-400:]
        raise SetupError(f"{label} : obtenu, mais ne démarre pas ici. {shown}")


def _with_shared(
    env: Mapping[str, str],
    libraries: Iterable[str],
    name: str,
    packages: tuple[str, ...],
    label: str,
) -> dict[str, str]:
    if all(map(_loads, libraries)):
        return dict(env)
    return with_libraries(env, debian.unpack(name, packages, label))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
