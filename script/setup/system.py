"""What the portal needs beyond Python: the machine's own copy when it has one, else a private one.

| need | for |
|---|---|
| Pango and HarfBuzz | WeasyPrint, hence every PDF |
| TeX Gyre Pagella, Open Sans | the same pages of a PDF on every machine |
| PostgreSQL, Redis | the tests and benchmarks in the production arrangement |
| Chromium | browser tests |
| Poppler | tests that look at a PDF from the outside (pdfsig, pdftoppm) |
"""

import ctypes
import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import debian
from console import SetupError
from places import CACHE, SYSTEM

PDF_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libfontconfig.so.1",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
)
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
FONTS = ("texgyrepagella-regular.otf", "OpenSans-Regular.ttf")
FONT_PACKAGES = ("fonts-texgyre", "fonts-open-sans")
FONT_FOLDERS = ("usr/share/fonts", "usr/local/share/fonts", "usr/share/texmf/fonts/opentype")


@dataclass(frozen=True)
class Program:
    """An executable and the variables it runs under."""

    path: Path
    variables: dict[str, str] = field(default_factory=dict)
    # The private folder it comes from, when it is not the system's.
    folder: Path | None = None

    def environment(self) -> dict[str, str]:
        return {**os.environ, **self.variables}


def pdf_variables() -> dict[str, str]:
    """Make WeasyPrint's libraries and fonts available; return the variables that lead to them."""
    variables = {"FONTCONFIG_FILE": str(_fontconfig())}
    if not all(_loads(name) for name in PDF_LIBRARIES):
        reason = "Bibliothèques de mise en page des PDF"
        variables |= _library_path(debian.unpack("pdf", PDF_PACKAGES, reason))
    return variables


def postgresql() -> Program:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    program = _program("postgresql", "postgres", ("postgresql",), "PostgreSQL", folders)
    # Its other tools stand beside the executable itself, not beside a link to it.
    return replace(program, path=program.path.resolve())


def redis() -> Program:
    return _program("redis", "redis-server", ("redis-server",), "Redis")


def poppler() -> Program:
    return _program("poppler", "pdfsig", ("poppler-utils",), "Outils PDF (Poppler)")


def chromium() -> Path:
    """Return a Chromium that runs as it is: a private one gets a wrapper to set its libraries."""
    chosen = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chosen:
        return Path(chosen)
    folder = debian.unpack("chromium", ("chromium",), "Navigateur Chromium")
    variables = shlex.join(f"{key}={value}" for key, value in _library_path(folder).items())
    wrapper = folder / "chromium"
    executable = shlex.quote(str(folder / "usr/lib/chromium/chromium"))
    wrapper.write_text(f'#!/bin/sh\nexec env {variables} {executable} "$@"\n')
    wrapper.chmod(0o755)
    _answers(Program(wrapper), "Chromium")
    return wrapper


def _program(
    name: str, executable: str, packages: tuple[str, ...], label: str, folders: Sequence[Path] = ()
) -> Program:
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")])
    found = shutil.which(executable, path=path)
    if found:
        return Program(Path(found))
    folder = debian.unpack(name, packages, label)
    places = [folder / "usr/bin", *folder.glob("usr/lib/postgresql/*/bin")]
    found = next((place / executable for place in places if (place / executable).exists()), None)
    if found is None:
        raise SetupError(f"{label} : {executable} n’est pas dans {', '.join(packages)}.")
    program = Program(found, _library_path(folder), folder)
    _answers(program, label)
    return program


def _answers(program: Program, label: str) -> None:
    done = subprocess.run(
        # pdfsig knows only the short form, and Redis's and Chromium's only the long one.
        [program.path, "-v" if program.path.name == "pdfsig" else "--version"],
        env=program.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shown = done.stderr.strip()[-400:]
        raise SetupError(f"{label} a été obtenu mais ne démarre pas ici : {shown}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _library_path(folder: Path) -> dict[str, str]:
    inherited = os.environ.get("LD_LIBRARY_PATH")
    folders = [*map(str, debian.library_folders(folder)), *([inherited] if inherited else [])]
    return {"LD_LIBRARY_PATH": os.pathsep.join(folders)}


def _fontconfig() -> Path:
    """Write the font configuration: the machine's fonts, ours, and a cache inside the checkout."""
    private = SYSTEM / "fonts"
    roots = [Path("/")]
    if not all(_font_exists(name) for name in FONTS):
        debian.unpack("fonts", FONT_PACKAGES, "Polices des PDF")
        roots.append(private)
    folders = "".join(
        f"  <dir>{root / folder}</dir>\n" for root in roots for folder in FONT_FOLDERS
    )
    text = (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <cachedir>{CACHE / 'fontconfig'}</cachedir>\n{folders}"
        '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        f"{_alias('serif', 'TeX Gyre Pagella')}{_alias('sans-serif', 'Open Sans')}</fontconfig>\n"
    )
    path = CACHE / "fonts.conf"
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
    return path


def _alias(family: str, font: str) -> str:
    return f"  <alias><family>{family}</family><prefer><family>{font}</family></prefer></alias>\n"


def _font_exists(name: str) -> bool:
    roots = (Path("/") / folder for folder in FONT_FOLDERS)
    return any(name in files for root in roots for _, _, files in os.walk(root))
