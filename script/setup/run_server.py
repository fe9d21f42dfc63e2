"""`script/server`: the whole portal on this machine, from nothing, and all of it stopped together.

Web, Celery worker and Celery beat are real processes; data, queue, mail and logs live in DATA_DIR.
"""

import fcntl
import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import demonstration
import environment
import processes
from assets import Assets
from console import SetupError, answer, say
from places import PYTHON, ROOT, data_folder


def main(arguments: list[str]) -> int:
    if arguments:
        raise SetupError("script/server ne prend pas d’argument ; voir PORT et DATA_DIR (README).")
    if os.environ.get("ENVIRONMENT", "local") != "local":
        raise SetupError("script/server sert cette seule machine ; en production, voir deploy/.")
    began = time.monotonic()
    port, data = _port(), data_folder()
    with ExitStack() as stack:
        _reserve(data, stack)
        env = _environment(port, data)
        assets = Assets(env, data)
        stack.callback(assets.stop)
        accounts = _prepare_data(env, data)
        assets.wait()
        running = _start(env, port, data, stack)
        _announce(port, data, accounts, time.monotonic() - began)
        with suppress(KeyboardInterrupt):
            _watch(running, data)
        say("Arrêt…")
    return 0


def _port() -> int:
    given = os.environ.get("PORT", "").strip() or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise SetupError(f"PORT={given} n’est pas un numéro de port.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(given)))
        except OSError as error:
            raise SetupError(
                f"Le port {given} est déjà pris ou n’est pas permis. Arrêtez ce qui l’occupe, ou "
                "choisissez-en un autre : PORT=8001 script/server"
            ) from error
    return int(given)


def _reserve(data: Path, stack: ExitStack) -> None:
    """One server for one data folder: two would send every reminder twice as often as needed."""
    for folder in ("log", "tmp"):
        (data / folder).mkdir(parents=True, exist_ok=True)
    lock = stack.enter_context((data / "server.lock").open("w"))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise SetupError(
            f"Un serveur utilise déjà {data}. Arrêtez-le, ou donnez un autre DATA_DIR."
        ) from error


def _environment(port: int, data: Path) -> dict[str, str]:
    env = environment.prepare()
    env["TMPDIR"] = str(data / "tmp")
    env.setdefault("SITE_URL", f"http://localhost:{port}")
    return env | demonstration.variable(data)


def _prepare_data(env: dict[str, str], data: Path) -> str:
    """Bring the database up to date; return the demonstration's accounts."""
    say("Base de données…")
    command = environment.manage("migrate", "--no-input", "--verbosity", "0")
    if processes.call(command, env=env, cwd=ROOT, stdout=sys.stderr):
        raise SetupError("La base de données n’a pas pu être mise à jour (voir ci-dessus).")
    if not demonstration.is_wanted(env, data):
        return ""
    env["DEMO"] = "true"
    return demonstration.accounts(env, data)


def _start(
    env: dict[str, str], port: int, data: Path, stack: ExitStack
) -> dict[str, subprocess.Popen]:
    """Start the three processes; the site first, since it is the one somebody waits for."""
    say("Démarrage du site, du travail en arrière-plan et de l’horloge…")
    web = ["gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    web += ["--threads", "4", "--worker-tmp-dir", str(data / "tmp")]
    web += ["--access-logfile", "-", "--logger-class", "config.logs.AccessLogger", "--preload"]
    worker = ["celery", "-A", "config", "worker", "--concurrency", "2", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle"]
    beat = ["celery", "-A", "config", "beat", "--loglevel", "INFO", "--pidfile", ""]
    beat += ["--schedule", str(data / "celerybeat")]
    running: dict[str, subprocess.Popen] = {}
    stack.callback(processes.stop_all, running)
    for name, command in {"web": web, "worker": worker, "beat": beat}.items():
        log = data / "log" / f"{name}.log"
        running[name] = processes.start([PYTHON, "-m", *command], env=env, cwd=ROOT, log=log)
        if name == "web":
            processes.wait_until(lambda: _answers(port, data), running[name], "Le site")
    return running


def _answers(port: int, data: Path) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        status = connection.getresponse().status
    except OSError:
        return False
    finally:
        connection.close()
    if status >= 500:
        log = data / "log" / "web.log"
        raise SetupError(f"Le site répond par une erreur {status} :\n{processes.tail(log, 30)}")
    return True


def _announce(port: int, data: Path, accounts: str, seconds: float) -> None:
    lines = [
        "",
        f"  Revoyure est prêt : http://localhost:{port}   (en {seconds:.0f} s)",
        "",
        *(f"  {line}" for line in accounts.rstrip().splitlines()),
        *([""] if accounts.strip() else []),
        f"  Données : {data} · journaux : {data / 'log'}",
        "  Ctrl-C arrête tout.",
        "",
    ]
    answer("\n".join(lines))


def _watch(running: dict[str, subprocess.Popen], data: Path) -> None:
    """Wait until told to stop; a part that dies takes the others with it, and says why."""
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                last = processes.tail(data / "log" / f"{name}.log")
                raise SetupError(
                    f"« {name} » s’est arrêté (code {process.returncode}), donc tout l’est.\n{last}"
                )
        time.sleep(0.3)
