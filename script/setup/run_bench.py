"""`script/bench [NAME…]`: the programs of bench/, each on an empty private PostgreSQL and Redis.

A program prints its measures on standard output, `name value goal ok` or `… short`, one a line.
"""

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import environment
import processes
import services
from console import SetupError, say
from places import PYTHON, ROOT

FOLDER = ROOT / "bench"


def main(arguments: list[str]) -> int:
    names = arguments or sorted(
        path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_")
    )
    if not names:
        raise SetupError("Il n’y a pas encore de mesure dans bench/.")
    unknown = [name for name in names if not (FOLDER / f"{name}.py").exists()]
    if unknown:
        raise SetupError(f"Pas de mesure de ce nom dans bench/ : {', '.join(unknown)}.")
    with ExitStack() as stack:
        env = environment.prepare() | {"ENVIRONMENT": "local", "PYTHONPATH": str(ROOT)}
        database = stack.enter_context(services.postgresql())
        env["REDIS_URL"] = stack.enter_context(services.redis())
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="revoyure-bench-")))
        statuses = [_measure(name, env, database, data / name) for name in names]
    return 1 if any(statuses) else 0


def _measure(name: str, env: dict[str, str], database: services.Database, data: Path) -> int:
    data.mkdir()
    env = env | {"DATABASE_URL": database.create(f"bench_{name}"), "DATA_DIR": str(data)}
    for step in ("migrate", "collectstatic"):
        command = environment.manage(step, "--no-input", "--verbosity", "0")
        if processes.call(command, env=env, cwd=ROOT, stdout=sys.stderr):
            raise SetupError(f"La base de « {name} » n’a pas pu être préparée (voir ci-dessus).")
    say(f"Mesure « {name} »…")
    return processes.call([PYTHON, FOLDER / f"{name}.py"], env=env, cwd=ROOT)
