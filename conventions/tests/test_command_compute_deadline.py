"""`manage.py compute_deadline`, as another program would call it."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"id": "A", "op": "delai", "input": {"start": "2026-01-31", "months": 1, "carry": True}}


class Wire(io.TextIOWrapper):
    """A standard input with bytes below, as a pipe gives."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content), encoding="ascii")


def run(monkeypatch, content: bytes, *options: str) -> list[str]:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", Wire(content))
    call_command("compute_deadline", *options, stdout=out)
    return out.getvalue().splitlines()


def replies(monkeypatch, *lines) -> list[dict]:
    content = b"\n".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    return [json.loads(line) for line in run(monkeypatch, content, "--json")]


def test_one_line_in_gives_one_answer_out(monkeypatch):
    (reply,) = replies(monkeypatch, GOOD)
    assert list(reply) == ["id", "result", "safe_date", "steps"]
    assert (reply["id"], reply["result"], reply["safe_date"]) == ("A", "2026-03-02", "2026-03-02")
    assert len(reply["steps"]) == 6


def test_an_instant_is_written_in_iso_8601(monkeypatch):
    case = {"id": 1, "op": "instant_24h", "input": {"day": "2027-03-28", "zone": "metropole"}}
    (reply,) = replies(monkeypatch, case)
    assert reply["result"] == "2027-03-28T22:00:00+00:00"
    assert reply["safe_date"] == "2027-03-26"


@pytest.mark.parametrize(
    ("line", "case_id", "error"),
    [
        (b"{", None, "JSON valide"),
        (b"\xff\xfe\xff", None, "JSON valide"),
        (b"[" * 100_000, None, "JSON valide"),
        (b'{"id": NaN}', None, "JSON valide"),
        (b'{"id": 1' + b"0" * 5000 + b"}", None, "JSON valide"),
        (b'{"id": 1e400}', None, "JSON valide"),
        (b'{"id": ' + b"[" * 980 + b"]" * 980 + b"}", None, "JSON valide"),
        (b"\xef\xbb\xbf", None, "JSON valide"),
        (b"// commentaire", None, "JSON valide"),
        (b'{"id": "x", "op": "delai", "op": "duree", "input": {}}', "x", "deux fois"),
        (
            b'{"id": "x", "op": "delai", "input": {"start": "2026-01-31", "days": 1, "days": 2}}',
            "x",
            "deux fois",
        ),
        ([1, 2], None, "objet JSON"),
        ("A", None, "objet JSON"),
        (None, None, "objet JSON"),
        ({"op": "delai", "input": {}}, None, "start"),
        ({"id": "x"}, "x", "op"),
        ({"id": "x", "op": "delai"}, "x", "input"),
        ({"id": "x", "op": "divination", "input": {}}, "x", "Opération inconnue"),
        ({"id": "x", "op": ["delai"], "input": {}}, "x", "Opération inconnue"),
        ({"id": "x", "op": "delai", "input": []}, "x", "objet JSON"),
        ({"id": 0, "op": "delai", "input": {"start": "2026-02-30", "months": 1}}, 0, "calendrier"),
        ({"id": [1], "op": "delai", "input": {"start": "2026-02-03"}}, [1], "durée"),
    ],
)
def test_a_bad_line_is_answered_and_does_not_stop_the_rest(monkeypatch, line, case_id, error):
    first, refused, last = replies(monkeypatch, GOOD, line, GOOD)
    assert list(refused) == ["id", "error"]
    assert refused["id"] == case_id
    assert error in refused["error"]
    assert first == last
    assert first["result"] == "2026-03-02"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"months": True}, "nombre entier"),
        ({"months": 1.0}, "nombre entier"),
        ({"months": "1"}, "nombre entier"),
        ({"months": None, "days": 3}, "nombre entier"),
        ({"months": -1}, "négatif"),
        ({"months": 0}, "nulle"),
        ({"months": 10**30}, "299"),
        ({"days": 10**4000}, "299"),
        ({"mois": 1}, "« months »"),
        ({"start": "2026-01-31T00:00:00"}, "AAAA-MM-JJ"),
        ({"start": 20260131}, "AAAA-MM-JJ"),
        ({"start": "0000-01-01"}, "calendrier"),
        ({"start": "9999-12-31"}, "2199"),
        ({"start": "2199-12-31"}, "2199"),
        ({"carry": "oui"}, "true ou false"),
        ({"franc": 1}, "true ou false"),
        ({"zone": "Metropole"}, "Zone inconnue"),
        ({"zone": None}, "Zone inconnue"),
        ({"zone": ["reunion"]}, "Zone inconnue"),
    ],
)
def test_a_bad_field_is_named_in_french(monkeypatch, changes, error):
    (reply,) = replies(monkeypatch, GOOD | {"input": GOOD["input"] | changes})
    assert list(reply) == ["id", "error"]
    assert error in reply["error"].replace("\u00a0", " ")


def test_a_file_saved_by_an_office_program_is_read(monkeypatch):
    line = json.dumps(GOOD).encode()
    content = b"\xef\xbb\xbf" + line + b"\r\n" + line + b"\r\n"
    answers = [json.loads(text) for text in run(monkeypatch, content, "--json")]
    assert [reply["result"] for reply in answers] == ["2026-03-02", "2026-03-02"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\ufeff" + json.dumps(GOOD) + "\n"))
    out = io.StringIO()
    call_command("compute_deadline", "--json", stdout=out)
    assert json.loads(out.getvalue())["result"] == "2026-03-02"


@pytest.mark.parametrize(
    ("op", "field"),
    [
        ("preavis", "event"),
        ("duree", "start"),
        ("rebours", "effect"),
        ("effet_au_plus_tot", "sent"),
    ],
)
def test_a_flag_an_operation_does_not_know_moves_nothing_and_is_said_to(monkeypatch, op, field):
    case = {"id": 1, "op": op, "input": {field: "2026-01-31", "months": 1}}
    asked = {**case, "input": {**case["input"], "carry": True, "franc": True}}
    plain, flagged = replies(monkeypatch, case, asked)
    assert (flagged["result"], flagged["safe_date"]) == (plain["result"], plain["safe_date"])
    said = [sentence for sentence in flagged["steps"] if sentence not in plain["steps"]]
    assert "n’est pas reportée" in said[0]
    assert "franc" in said[1]


def test_empty_lines_are_passed_over(monkeypatch):
    assert len(replies(monkeypatch, GOOD, b"", b"   ", GOOD)) == 2
    assert run(monkeypatch, b"", "--json") == []


def test_accents_are_written_as_such(monkeypatch):
    (line,) = run(monkeypatch, json.dumps(GOOD | {"id": "é"}).encode(), "--json")
    assert '"é"' in line
    assert "février" in line
    assert "\\u" not in line


def test_without_json_the_answer_is_for_people(monkeypatch):
    case = {"id": "B", "op": "instant_24h", "input": {"day": "2027-03-28"}}
    lines = run(
        monkeypatch, b"\n".join([json.dumps(GOOD).encode(), json.dumps(case).encode(), b"x"])
    )
    text = "\n".join(lines).replace("\u00a0", " ")
    assert "Cas A : lundi 2 mars 2026" in text
    assert "  1. Le délai court à compter du samedi 31 janvier 2026" in text
    assert "Cas B : dimanche 28 mars 2027 à 22 h 00 UTC" in text
    assert "Cas sans identifiant : Cette ligne n’est pas du JSON valide." in text


def test_a_pipe_is_answered_in_utf8_whatever_the_locale_and_without_a_database(tmp_path):
    surrogate = b'{"id": "\\ud800", "op": "delai", "input": {}}\n'
    done = subprocess.run(
        [sys.executable, "manage.py", "compute_deadline", "--json"],
        cwd=ROOT,
        input=json.dumps(GOOD).encode() + b"\n" + surrogate,
        capture_output=True,
        check=True,
        env={
            # Where the system's libraries are, on a machine that unpacked them for itself.
            **{key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ},
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "ascii",
            "ENVIRONMENT": "local",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgres://nobody@localhost:1/nowhere",
        },
    )
    good, refused = (json.loads(line) for line in done.stdout.decode("utf-8").splitlines())
    assert good["result"] == "2026-03-02"
    assert refused["id"] == "\ud800"
    assert done.stderr == b""
