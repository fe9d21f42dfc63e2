"""Debian packages unpacked into the checkout, for machines that lack them.

apt chooses, downloads and authenticates them with lists and archives of our own; nothing is
installed. It works the same for root and for anyone, and leaves the machine as it was.
"""

import shutil
import subprocess
import sysconfig
from pathlib import Path

from console import SetupError, say
from places import CACHE, SYSTEM, alone

_APT = CACHE / "apt"
_OPTIONS = {
    "Dir::State::lists": _APT / "lists",
    "Dir::Cache": _APT,
    # Lists and archives are private: the system's locks and its download account are not needed.
    "Debug::NoLocking": "1",
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::Retries": "2",
}
TRIPLET = sysconfig.get_config_var("MULTIARCH") or "x86_64-linux-gnu"


def unpack(name: str, packages: tuple[str, ...], reason: str) -> Path:
    """Return the folder that holds these packages and what they need beyond the system's own."""
    folder = SYSTEM / name
    stamp = folder / ".packages"
    with alone("system", "Une autre commande prépare déjà les logiciels système, attente…"):
        if stamp.exists() and stamp.read_text() == " ".join(packages):
            return folder
        say(f"{reason} : obtention de {', '.join(packages)} (dans .cache, sans rien installer)…")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for archive in _download(name, packages):
            _run(["dpkg-deb", "--extract", archive, folder], packages)
        stamp.write_text(" ".join(packages))
        shutil.rmtree(_APT / name, ignore_errors=True)
    return folder


def library_folders(folder: Path) -> list[Path]:
    """List where the dynamic linker must look; some packages keep libraries one folder deeper."""
    tops = [folder / "usr/lib" / TRIPLET, folder / "lib" / TRIPLET]
    inner = [path for top in tops if top.is_dir() for path in sorted(top.iterdir())]
    return [path for path in (*tops, *inner) if path.is_dir() and any(path.glob("lib*.so*"))]


def _download(name: str, packages: tuple[str, ...]) -> list[Path]:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise SetupError(_advice(packages, "cette machine n’a pas les outils de Debian"))
    archives = _APT / name
    for folder in (_APT / "lists/partial", archives / "partial"):
        folder.mkdir(parents=True, exist_ok=True)
    # A list that cannot be refreshed may still do: the download has the last word.
    subprocess.run([*_apt(archives), "-qq", "update"], capture_output=True, check=False)
    wanted = ["-qq", "--yes", "--no-install-recommends", "--download-only", "install"]
    _run([*_apt(archives), *wanted, *packages], packages)
    return sorted(archives.glob("*.deb"))


def _apt(archives: Path) -> list[str]:
    options = {**_OPTIONS, "Dir::Cache::archives": archives}
    return ["apt-get", *(f"-o{name}={value}" for name, value in options.items())]


def _run(command: list, packages: tuple[str, ...]) -> None:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["sans message"]
        errors = [line for line in lines if line.startswith("E: ")]
        raise SetupError(_advice(packages, (errors or lines[-1:])[0]))


def _advice(packages: tuple[str, ...], cause: str) -> str:
    return (
        f"{', '.join(packages)} : introuvable sur cette machine et impossible à obtenir ({cause}). "
        f"Installez-les (apt-get install {' '.join(packages)}), puis recommencez."
    )
