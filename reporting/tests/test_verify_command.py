"""`manage.py verify` tells people and programs the same thing."""

import io
import json

import pytest
from django.core.management import call_command

from reporting.tests import seals_kit as kit


@pytest.fixture(autouse=True)
def _own_certificate(settings):
    settings.SEAL_PKCS12 = ""
    settings.SEAL_TRUST_ROOTS = []
    settings.SEAL_TEST_DIR = kit.SEAL_DIR


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("reporting.management.commands.verify.timezone.now", lambda: kit.LATER)


def verify(*arguments) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verify", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def sealed(tmp_path, now):
    path = tmp_path / "revoyure-2018.pdf"
    path.write_bytes(kit.sealed())
    return path


def test_an_intact_seal_is_told_in_french_with_status_0(sealed):
    status, said, complaints = verify(sealed)
    assert (status, complaints) == (0, "")
    assert said.startswith("revoyure-2018.pdf\u00a0: valide mais non qualifié\n")
    assert "Certificat de test – sans valeur." in said
    assert "20 novembre 2026 à 14\u00a0h\u00a005" in said
    assert "PAdES B-B" in said
    assert "tout le fichier" in said


def test_one_changed_byte_gives_status_1(sealed):
    data = bytearray(sealed.read_bytes())
    data[len(data) // 3] ^= 1
    sealed.write_bytes(data)
    status, said, _ = verify(sealed)
    assert status == 1
    assert "invalide" in said


def test_an_unsigned_file_gives_status_1(tmp_path, now):
    path = tmp_path / "a.pdf"
    path.write_bytes(kit.finished(kit.SEAL))
    status, said, _ = verify(path)
    assert status == 1
    assert "aucune signature" in said


def test_a_missing_file_gives_status_2(tmp_path):
    status, said, complaints = verify(tmp_path / "absent.pdf")
    assert (status, said) == (2, "")
    assert "introuvable" in complaints


def test_a_folder_gives_status_2(tmp_path):
    status, _, complaints = verify(tmp_path)
    assert status == 2
    assert "illisible" in complaints


def test_programs_read_json(sealed):
    status, said, _ = verify(sealed, "--json")
    answer = json.loads(said)
    assert status == 0
    assert answer["status"] == "valide_non_qualifie"
    assert (answer["is_ok"], answer["is_test"]) == (True, True)
    assert answer["size"] == len(kit.sealed())
    (signature,) = answer["signatures"]
    assert signature["level"] == "B-B"
    assert signature["claimed_at"] == "2026-11-20T14:05:00+01:00"
    assert signature["change"] == "aucun"


def test_programs_read_json_of_a_refusal_too(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Bonjour")
    status, said, _ = verify(path, "--json")
    assert status == 1
    assert json.loads(said)["reasons"] == ["Ce fichier n’est pas un PDF."]


def test_the_answer_needs_no_database(sealed):
    """No database mark on this module: touching one would fail here."""
    assert verify(sealed)[0] == 0
