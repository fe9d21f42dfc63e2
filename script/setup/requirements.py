"""The Python side: a virtual environment in the checkout, filled with hash-pinned packages.

Only pip is used: it comes with Python and follows the machine's own configuration (mirrors,
certificates). Wheels only: installing runs no code of the packages.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from console import SetupError, say
from places import CACHE, PYTHON, ROOT, VENV, alone

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
INSTALL = (
    *("install", "-qq", "--no-input", "--disable-pip-version-check", "--no-cache-dir"),
    *("--compile", "--only-binary", ":all:", "--no-deps", "--require-hashes", "-r"),
)


def install(wanted: str) -> None:
    """Bring the environment to the pins of one file; instant when it is there already."""
    if _installed(wanted):
        return
    with alone("requirements", "Une autre commande prépare déjà l’environnement, attente…"):
        if _installed(wanted):
            return
        _make_environment()
        say(f"Installation des dépendances Python épinglées ({wanted})…")
        if _python("-m", "pip", *INSTALL, ROOT / wanted).returncode:
            raise SetupError(
                f"Les dépendances de {wanted} n’ont pas pu être installées (voir ci-dessus). "
                "Le dépôt de paquets Python est-il joignable ?"
            )
        # The development file holds every runtime pin as well.
        for name in (RUNTIME, wanted):
            _stamp(name).write_text(_digest(name))


def _installed(name: str) -> bool:
    stamp = _stamp(name)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _digest(name)


def _stamp(name: str) -> Path:
    return VENV / f".installed-{name}"


def _digest(name: str) -> str:
    """Hash what the installation depends on: the pins and the interpreter's version."""
    version = ".".join(map(str, sys.version_info[:2]))
    return hashlib.sha256(version.encode() + (ROOT / name).read_bytes()).hexdigest()


def _make_environment() -> None:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if PYTHON.exists():
        question = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
        if _python("-c", question, stderr=subprocess.DEVNULL).returncode == 0:
            return
        say("L’environnement virtuel est incomplet ou d’un autre Python : il est refait.")
        shutil.rmtree(VENV)
    say(f"Création de l’environnement virtuel (Python {version})…")
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise SetupError(
            "L’environnement virtuel n’a pas pu être créé. Sous Debian, le paquet python3-venv "
            f"est nécessaire.\n{made.stdout.strip()}"
        )


def _python(*arguments: str | Path, **options) -> subprocess.CompletedProcess:
    # Even what is temporary stays in the checkout.
    temporary = CACHE / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "TMPDIR": str(temporary)}
    env.pop("PYTHONPATH", None)
    return subprocess.run([PYTHON, *arguments], env=env, check=False, **options)
