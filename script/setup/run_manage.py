"""`script/manage …`: manage.py in the prepared environment, from the caller's folder."""

import os
import sys
from pathlib import Path

import demonstration
import environment
import processes
from console import say, warn
from places import data_folder


def main(arguments: list[str]) -> int:
    env = environment.prepare()
    if env["ENVIRONMENT"] == "local":
        env = _with_data(env, data_folder(), loads_demonstration=arguments[:1] == ["demo"])
    command = environment.manage(*arguments)
    os.execve(command[0], command, env)


def _with_data(env: dict[str, str], data: Path, *, loads_demonstration: bool) -> dict[str, str]:
    """Make the embedded database on first use, and say whether it is a demonstration."""
    if not env.get("DATABASE_URL") and not (data / "revoyure.sqlite3").exists():
        say("Base de données…")
        command = environment.manage("migrate", "--no-input", "--verbosity", "0")
        # The command may be the very one that mends what fails here.
        if processes.call(command, env=env, cwd=Path.cwd(), stdout=sys.stderr):
            warn("La base de données n’a pas pu être préparée ; la commande est tentée sans elle.")
    if loads_demonstration:
        # Whatever else is in there, its public accounts call for the banner from now on.
        demonstration.decide(data)
    return env | demonstration.variable(data)
