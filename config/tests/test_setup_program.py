"""The set-up program behind script/: what a run of script/test concludes, and what it keeps apart.

Its modules have the folder script/setup to themselves, outside the portal's packages.
"""

from importlib import import_module
from pathlib import Path

import pytest

SETUP = Path(__file__).resolve().parents[2] / "script" / "setup"


@pytest.fixture
def setup_module(monkeypatch):
    monkeypatch.syspath_prepend(SETUP)
    monkeypatch.delenv("CI", raising=False)
    return import_module


@pytest.fixture
def run_tests(setup_module):
    return setup_module("run_tests")


def part(run_tests, *, ok=True, not_run="", tests=0, failures=0, skipped=0):
    counts = {"tests": tests, "failures": failures, "errors": 0, "skipped": skipped}
    return run_tests.Part("Tests", ok=ok, not_run=not_run, counts=counts)


def test_a_run_that_passed_everywhere_succeeds(run_tests, capsys):
    assert run_tests.conclude([part(run_tests, tests=3), part(run_tests, tests=2)], 4.2) == 0
    assert capsys.readouterr().out == "5 passed, 0 failed, 0 skipped in 4 s\n"


def test_one_failed_part_fails_the_run(run_tests, capsys):
    parts = [part(run_tests, tests=3), part(run_tests, ok=False, tests=2, failures=1)]

    assert run_tests.conclude(parts, 1) == 1
    assert capsys.readouterr().out.startswith("4 passed, 1 failed")


def test_a_run_without_a_single_test_fails(run_tests, capsys):
    assert run_tests.conclude([part(run_tests), part(run_tests, tests=1, skipped=1)], 1) == 1
    assert "Aucun test" in capsys.readouterr().err


@pytest.mark.parametrize(("ci", "status"), [(None, 0), ("false", 0), ("true", 1), ("1", 1)])
def test_a_part_that_could_not_run_is_told_and_fails_under_ci(
    run_tests, capsys, monkeypatch, ci, status
):
    if ci:
        monkeypatch.setenv("CI", ci)
    parts = [part(run_tests, tests=1), part(run_tests, ok=False, not_run="pas de Redis")]

    assert run_tests.conclude(parts, 1) == status
    shown = capsys.readouterr().err
    assert "NON EXÉCUTÉ : pas de Redis" in shown
    assert "1 partie(s) NON EXÉCUTÉE(S)" in shown


def test_a_callers_own_marker_is_added_to_each_part_and_not_lost(run_tests):
    arguments = ["-k", "siren", "-m", "slow", "accounts"]

    assert run_tests.without_marker(arguments) == ("slow", ["-k", "siren", "accounts"])
    assert run_tests.without_marker(["accounts"]) == ("", ["accounts"])


@pytest.mark.parametrize("word", ["-n0", "--numprocesses=1", "--pdb", "-s"])
def test_a_caller_who_looks_inside_gets_one_process(run_tests, word):
    assert run_tests.processes_option([word]) == []
    assert run_tests.processes_option(["-k", "x"])[0] == "-n"


def test_an_interrupted_first_start_remembers_that_it_was_a_demonstration(
    setup_module, monkeypatch, tmp_path
):
    demonstration = setup_module("demonstration")
    monkeypatch.delenv("DEMO", raising=False)
    assert demonstration.variable(tmp_path) == {}

    demonstration.decide(tmp_path)

    assert demonstration.variable(tmp_path) == {"DEMO": "true"}
    assert demonstration.is_wanted({}, tmp_path)
    monkeypatch.setenv("DEMO", "false")
    assert demonstration.variable(tmp_path) == {}
    assert not demonstration.is_wanted({}, tmp_path)


def test_an_unpacked_folder_comes_before_what_the_linker_knew(setup_module, tmp_path):
    debian, system = setup_module("debian"), setup_module("system")
    libraries = tmp_path / "usr/lib" / debian.TRIPLET
    deeper = libraries / "pulseaudio"
    deeper.mkdir(parents=True)
    (libraries / "libone.so.1").touch()
    (deeper / "libtwo.so").touch()

    env = system.with_libraries({"LD_LIBRARY_PATH": "/already"}, tmp_path)

    assert env["LD_LIBRARY_PATH"] == f"{libraries}:{deeper}:/already"
