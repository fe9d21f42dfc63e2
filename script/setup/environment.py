"""The environment every command of the house runs in, prepared on demand."""

import os

import fonts
import requirements
import system
from places import CACHE, ROOT, VENV, data_folder


def prepare(wanted: str = requirements.RUNTIME) -> dict[str, str]:
    """Set everything up and return the variables the portal's own programs run under."""
    requirements.install(wanted)
    CACHE.mkdir(exist_ok=True)
    variables = {
        **system.with_pdf(os.environ),
        "FONTCONFIG_FILE": str(fonts.configuration()),
        "PATH": os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)]),
        "VIRTUAL_ENV": str(VENV),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
        # Its control socket would be in the person's home, and one for all checkouts.
        "GUNICORN_CMD_ARGS": "--no-control-socket",
        # Programs that keep caches or settings per person keep them here instead.
        "XDG_CACHE_HOME": str(CACHE / "home"),
        "XDG_CONFIG_HOME": str(CACHE / "home"),
    }
    variables.setdefault("ENVIRONMENT", "local")
    if variables["ENVIRONMENT"] == "local":
        variables["DATA_DIR"] = str(data_folder())
    # Compiled modules are kept: without them every process takes twice as long to start.
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH"):
        variables.pop(name, None)
    return variables


def manage(*arguments: str) -> list[str]:
    return [str(VENV / "bin" / "python"), str(ROOT / "manage.py"), *arguments]
