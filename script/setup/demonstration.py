"""Whether a data folder holds a demonstration, remembered in the folder itself.

`demonstration.txt` exists from the moment a demonstration is decided, and holds the accounts once
it is loaded: an interrupted first start takes up where it stopped.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from console import SetupError, say
from environment import manage
from places import ROOT

_PEOPLE = "from accounts.models import User; print(User.objects.exists())"


def _marker(data: Path) -> Path:
    return data / "demonstration.txt"


def variable(data: Path) -> dict[str, str]:
    """Return DEMO for a folder that is a demonstration, nothing for any other."""
    if os.environ.get("DEMO") or not _marker(data).exists():
        return {}
    return {"DEMO": "true"}


def decide(data: Path) -> None:
    """Note that this folder is a demonstration, before anything is loaded into it."""
    data.mkdir(parents=True, exist_ok=True)
    _marker(data).touch()


def is_wanted(env: Mapping[str, str], data: Path) -> bool:
    """Tell whether to serve a demonstration: as told, as noted, else when nobody is registered."""
    told = os.environ.get("DEMO", "").strip().lower()
    if told:
        return told == "true"
    if _marker(data).exists():
        return True
    asked = subprocess.run(
        manage("shell", "--verbosity", "0", "--command", _PEOPLE),
        env=dict(env),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        raise SetupError(f"La base de données ne se lit pas :\n{asked.stderr.strip()[-2000:]}")
    return asked.stdout.strip() == "False"


def accounts(env: Mapping[str, str], data: Path) -> str:
    """Load the demonstration the first time; return the accounts it announces."""
    marker = _marker(data)
    if marker.exists() and marker.read_text().strip():
        return marker.read_text()
    say("Chargement de la démonstration…")
    decide(data)
    loaded = subprocess.run(
        manage("demo"), env=dict(env), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if loaded.returncode:
        raise SetupError("La démonstration n’a pas pu être chargée (voir ci-dessus).")
    marker.write_text(loaded.stdout)
    return loaded.stdout
