"""`script/test`: every check of the house, in the order in which a failure is cheapest to find.

A part whose server cannot be had is reported as not run; under CI=true that is a failure.
"""

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import environment
import processes
import requirements
import services
import system
from console import SetupError, answer, headline, say, warn
from places import PYTHON, ROOT

NOTHING_COLLECTED = 5
COUNTED = ("tests", "failures", "errors", "skipped")
EXAMPLE = ROOT / "deploy" / "environment.example"


@dataclass
class Part:
    """One headline of the run and how it ended: ok, failed, or the reason it did not run."""

    title: str
    ok: bool = False
    not_run: str = ""
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        verdict = "ok" if self.ok else f"NON EXÉCUTÉ : {self.not_run}" if self.not_run else "ÉCHEC"
        return f"  {self.title:<44} {self.seconds:6.1f} s  {verdict}"


class Run:
    """The whole run: what was prepared, what was asked for, and the parts so far."""

    def __init__(self, arguments: list[str], folder: Path, stack: ExitStack):
        self.marker, self.arguments = without_marker(arguments)
        self.folder = folder
        self.stack = stack
        self.parts: list[Part] = []
        self.env = environment.prepare(requirements.DEVELOPMENT) | {"ENVIRONMENT": "local"}
        self.env["TMPDIR"] = str(folder)
        # What the caller's own portal is set to is nothing to the tests.
        for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEMO", "DEBUG", "DATA_DIR"):
            self.env.pop(name, None)

    def part(self, title: str, work: Callable[[Part], bool]) -> None:
        headline(title)
        part, began = Part(title), time.monotonic()
        self.parts.append(part)
        try:
            part.ok = work(part)
        except SetupError as refusal:
            part.not_run = str(refusal)
            warn(f"NON EXÉCUTÉ : {refusal}")
        part.seconds = time.monotonic() - began

    def command(self, title: str, *commands: list[str], **variables: str) -> None:
        """Run all the lines of a part, even after one has failed."""
        self.part(title, lambda _: sum(self._call(line, variables) for line in commands) == 0)

    def suite(
        self, title: str, marker: str, prepare: Callable[[], dict[str, str]], *options: str
    ) -> None:
        self.part(title, lambda part: self._pytest(part, marker, prepare(), options))

    def _call(self, command: list[str], variables: dict[str, str]) -> int:
        env = self.env | variables | {"DATA_DIR": str(self._data())}
        return processes.call(command, env=env, cwd=ROOT)

    def _pytest(
        self, part: Part, marker: str, variables: dict[str, str], options: Sequence[str]
    ) -> bool:
        if self.marker:
            marker = f"({marker}) and ({self.marker})"
        report = self.folder / f"{len(self.parts)}.xml"
        command = [PYTHON, "-m", "pytest", *options, *self.arguments]
        command += ["-m", marker, f"--junit-xml={report}"]
        env = self.env | variables | {"DATA_DIR": str(self._data())}
        status = processes.call(command, env=env, cwd=ROOT)
        part.counts = _counts(report)
        return status in (0, NOTHING_COLLECTED)

    def _data(self) -> Path:
        """Return a data folder of its own for each part: what one leaves must not help the next."""
        folder = self.folder / f"data-{len(self.parts)}"
        folder.mkdir(exist_ok=True)
        return folder


def main(arguments: list[str]) -> int:
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="revoyure-test-")))
        run = Run(arguments, folder, stack)
        _checks(run)
        _suites(run)
    return conclude(run.parts, time.monotonic() - began)


def _checks(run: Run) -> None:
    python = str(PYTHON)
    run.command(
        "Style (ruff)",
        [python, "-m", "ruff", "check"],
        [python, "-m", "ruff", "format", "--check"],
    )
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run.command("Étages et pièces (import-linter)", [python, "-c", lint])
    run.command("Migrations à jour", environment.manage("makemigrations", "--check", "--dry-run"))
    run.command(
        "Sécurité en production (check --deploy)",
        environment.manage("check", "--deploy", "--fail-level", "WARNING"),
        **production_variables(),
    )


def _suites(run: Run) -> None:
    """Run the suite in both arrangements, then the browser, which has one portal to itself."""
    parallel = processes_option(run.arguments)
    run.part("Outils PDF (Poppler)", lambda _: _add_poppler(run))
    run.suite("Tests, SQLite", "not browser and not postgresql", dict, *parallel)
    servers: dict[str, str] = {}
    start = partial(_start_servers, run, servers)
    run.suite("Tests, PostgreSQL et Redis", "not browser", start, *parallel)
    run.suite("Tests dans un navigateur", "browser", lambda: system.with_browser(run.env | servers))


def _add_poppler(run: Run) -> bool:
    run.env = system.with_poppler(run.env)
    return True


def _start_servers(run: Run, servers: dict[str, str]) -> dict[str, str]:
    """Start both servers for the rest of the run; neither is used when one is not to be had."""
    database = run.stack.enter_context(services.postgresql())
    servers["REDIS_URL"] = run.stack.enter_context(services.redis())
    servers["DATABASE_URL"] = database.create("revoyure")
    return servers


def production_variables() -> dict[str, str]:
    """Read the example of a production environment and fill in what it leaves blank."""
    lines = [line.strip() for line in EXAMPLE.read_text().splitlines()]
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    # The data folder of the example belongs to a real machine.
    del example["DATA_DIR"]
    return example | {"SECRET_KEY": secrets.token_urlsafe(64)}


def without_marker(arguments: list[str]) -> tuple[str, list[str]]:
    """Take a caller's own `-m EXPRESSION` apart: each part of the run adds it to its own."""
    if "-m" not in arguments[:-1]:
        return "", arguments
    place = arguments.index("-m")
    return arguments[place + 1], arguments[:place] + arguments[place + 2 :]


def processes_option(arguments: list[str]) -> list[str]:
    """Use every core, unless the caller decides or wants to look inside."""
    chosen = ("-n", "--numprocesses", "--pdb", "--trace", "-s", "--capture=no")
    if any(word.startswith(chosen) for word in arguments):
        return []
    return ["-n", str(min(4, len(os.sched_getaffinity(0))))]


def _counts(report: Path) -> dict[str, int]:
    if not report.exists():
        return {}
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    return {name: sum(int(suite.get(name, 0)) for suite in suites) for name in COUNTED}


def conclude(parts: list[Part], seconds: float) -> int:
    headline("Bilan")
    for part in parts:
        say(part.line())
    total = {name: sum(part.counts.get(name, 0) for part in parts) for name in COUNTED}
    broken = total["failures"] + total["errors"]
    passed = total["tests"] - total["skipped"] - broken
    not_run = [part for part in parts if part.not_run]
    ok = all(part.ok or part.not_run for part in parts)
    if passed + broken == 0:
        warn("Aucun test n’a été exécuté.")
        ok = False
    if not_run:
        warn(f"{len(not_run)} partie(s) NON EXÉCUTÉE(S), voir ci-dessus.")
        ok = ok and os.environ.get("CI", "").lower() not in {"1", "true"}
    answer(f"{passed} passed, {broken} failed, {total['skipped']} skipped in {seconds:.0f} s")
    return 0 if ok else 1
