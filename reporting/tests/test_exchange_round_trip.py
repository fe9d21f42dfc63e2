"""A convention exported, imported where nothing is, exported again: the same bytes."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings as live_settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions.journal import broken_links
from accounts.models import ImportedEntry, JournalEntry, User
from accounts.tests.factories import make_member
from conventions.models import Convention, Document
from conventions.models.consolidated import consolidated_text
from conventions.tests.factories import make_article, make_convention
from engagements.models import Engagement
from reminders.models import Deadline
from reporting.actions.export_convention import export_convention
from reporting.actions.import_convention import import_convention
from reporting.demo.loading import load_demonstration
from reporting.tests.exchange_world import make_full_convention

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def elsewhere(build, tmp_path) -> dict[str, bytes]:
    """Return the exports of what `build` makes, and leave the database as it was before it."""
    live_settings.FILES_DIR = tmp_path / "there"
    with transaction.atomic():
        point = transaction.savepoint()
        build()
        ordered = sorted(Convention.objects.all(), key=lambda one: (bool(one.parent_id), one.pk))
        exports = {one.reference: export_convention(one) for one in ordered}
        transaction.savepoint_rollback(point)
    live_settings.FILES_DIR = tmp_path / "here"
    assert not Convention.objects.exists()
    return exports


def take_in(data: bytes) -> Convention:
    report = import_convention(data, on=TODAY, now=NOW)
    return Convention.objects.get(reference=report.reference)


def test_a_convention_that_has_lived_comes_back_whole(settings, tmp_path):
    data = elsewhere(make_full_convention, tmp_path)["PLEINE-2018"]
    convention = take_in(data)
    assert export_convention(convention) == data
    bodies = {one.code: one.body for one in consolidated_text(convention, on=date(2020, 1, 1))}
    assert bodies[3] == "Autrement."
    assert "{{art:3}}" in bodies[2]
    assert all(one.read() for one in Document.objects.all())
    assert Engagement.every.filter(convention=convention).count() == 3
    assert Deadline.objects.filter(convention=convention, done_by__isnull=False).count() == 1


def test_taking_it_in_from_what_was_taken_in_changes_nothing(settings, tmp_path):
    first = elsewhere(make_full_convention, tmp_path)["PLEINE-2018"]
    second = elsewhere(lambda: take_in(first), tmp_path)["PLEINE-2018"]
    assert export_convention(take_in(second)) == first


def test_the_demonstration_comes_back_whole(settings, tmp_path):
    now = timezone.now()
    exports = elsewhere(lambda: load_demonstration(on=timezone.localdate(), now=now), tmp_path)
    assert len(exports) >= 5
    for data in exports.values():
        assert export_convention(take_in(data)) == data


def test_people_come_without_rights_and_history_outside_the_chain(settings, tmp_path):
    data = elsewhere(make_full_convention, tmp_path)["PLEINE-2018"]
    known = User.objects.create_user("zoe@exemple.fr", "pass", first_name="Zoé", last_name="Roy")
    report = import_convention(data, on=TODAY, now=NOW)
    assert any("personnes[" in path for path in report.kept)
    known.refresh_from_db()
    assert known.is_active
    assert known.first_name == "Zoé"
    others = User.objects.exclude(pk=known.pk)
    assert others
    assert not any(one.is_active or one.has_usable_password() for one in others)
    assert ImportedEntry.objects.exists()
    assert not JournalEntry.objects.filter(verb="article_written").exists()
    assert broken_links() == []


def test_a_line_kept_to_one_side_stays_so(settings, tmp_path, client):
    convention = take_in(elsewhere(make_full_convention, tmp_path)["PLEINE-2018"])
    mine, theirs = convention.parties.filter(ends_on=None).order_by("position")
    page = reverse("conventions:journal", args=[convention.pk])
    told = "a modifié avenant n°"
    for party, seen in ((mine, True), (theirs, False)):
        client.force_login(make_member(party.organisation))
        words = client.get(page).content.decode().replace("\u00a0", " ")
        assert "Histoire reprise d’un autre portail" in words
        assert (told in words.replace("l’avenant", "avenant")) == seen


def test_a_trial_keeps_nothing(settings, tmp_path):
    data = elsewhere(make_full_convention, tmp_path)["PLEINE-2018"]
    import_convention(data, on=TODAY, now=NOW, dry_run=True)
    assert not Convention.objects.exists()
    assert not User.objects.exists()
    assert not (tmp_path / "here").exists()


def test_no_primary_key_is_written(settings, tmp_path):
    """The same convention, made after others: every key differs, no byte does."""
    first = elsewhere(make_full_convention, tmp_path)["PLEINE-2018"]

    def crowded():
        for rank in range(3):
            make_article(make_convention(reference=f"AUTRE-{rank}"))
        take_in(first)

    assert elsewhere(crowded, tmp_path)["PLEINE-2018"] == first


def test_without_its_files_it_enters_only_where_they_are(settings, tmp_path):
    data = elsewhere(make_full_convention, tmp_path)["PLEINE-2018"]
    content = json.loads(data)
    for document in content["documents"]:
        del document["contenu"]
    light = json.dumps(content).encode()
    with pytest.raises(Exception, match="sans --without-files"):
        import_convention(light, on=TODAY, now=NOW)
    live_settings.FILES_DIR = tmp_path / "there"
    assert export_convention(take_in(light)) == data


def test_the_command_writes_the_file_and_nothing_else(settings, tmp_path):
    live_settings.FILES_DIR = tmp_path / "files"
    make_full_convention()
    out, err = io.StringIO(), io.StringIO()
    call_command("export_convention", "PLEINE-2018", stdout=out, stderr=err)
    assert out.getvalue().endswith("}\n")
    assert json.loads(out.getvalue())["convention"]["reference"] == "PLEINE-2018"
    assert err.getvalue() == ""
    with pytest.raises(CommandError, match="Aucune convention"):
        call_command("export_convention", "ABSENTE")


def test_the_command_takes_standard_input(settings, tmp_path, monkeypatch):
    data = elsewhere(make_full_convention, tmp_path)["PLEINE-2018"]
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    call_command("import_convention", "-", stdout=out)
    assert "PLEINE-2018 importée" in out.getvalue()
    path = tmp_path / "f.json"
    path.write_bytes(data)
    with pytest.raises(CommandError, match="déjà ici"):
        call_command("import_convention", str(path))


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(bodies=st.lists(st.tuples(words, words), min_size=1, max_size=6), purpose=words)
def test_any_words_come_back(tmp_path, bodies, purpose):
    def build():
        convention = make_convention(reference="MOTS-1")
        for rank, (heading, body) in enumerate(bodies):
            make_article(convention, str(rank), heading=heading, body=body)
        convention.acts.update(purpose=purpose)

    with transaction.atomic():
        data = elsewhere(build, tmp_path)["MOTS-1"]
        assert export_convention(take_in(data)) == data
        transaction.set_rollback(True)


@pytest.mark.postgresql
def test_what_sqlite_exports_postgresql_gives_back(tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("compares two databases")
    environment = {
        **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
        "DATA_DIR": str(tmp_path / "sqlite"),
    }

    def manage(*words: str) -> bytes:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=live_settings.BASE_DIR, env=environment, check=True, capture_output=True
        )
        return done.stdout

    manage("migrate", "-v", "0")
    manage("demo")
    for reference in ("BESANCON-2017", "DEMO"):
        data = manage("export_convention", reference)
        assert export_convention(take_in(data)) == data
