"""Keeping a file: whole, once, read-only, under the hash of its bytes."""

import hashlib
import stat

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import JournalEntry
from conventions.actions.documents import keep_bytes, store_document
from conventions.enums import DocumentKind
from conventions.models import CorruptFileError, Document
from conventions.tests.drafting import TODAY
from conventions.tests.test_rules_fichiers import pdf

pytestmark = pytest.mark.django_db


def _store(cast, **fields):
    fields = {"by": cast.contributor, "on": TODAY, "name": "acte.pdf", "data": pdf()} | fields
    return store_document(cast.convention, **fields)


def _files():
    return [path for path in settings.FILES_DIR.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_hash_and_comes_back_byte_for_byte(cast):
    data = pdf()
    document = _store(cast, data=data, kind=DocumentKind.CONVENTION_SIGNEE, name="../acte.pdf")
    assert document.name == "acte.pdf"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.read() == data
    assert stat.S_IMODE(document.path.stat().st_mode) == 0o400
    entry = JournalEntry.objects.of_dossier(cast.convention.pk).get()
    assert entry.data["sha256"] == document.sha256


def test_the_same_bytes_are_stored_once_and_named_twice(cast):
    data = pdf()
    first, second = _store(cast, data=data), _store(cast, data=data, name="copie.pdf")
    assert first.path == second.path
    assert len(_files()) == 1
    assert Document.objects.count() == 2


def test_a_damaged_copy_is_noticed_when_read_and_mended_when_brought_again(cast):
    data = pdf()
    document = _store(cast, data=data)
    document.path.chmod(0o600)
    document.path.write_bytes(b"autre chose")
    with pytest.raises(CorruptFileError):
        document.read()
    keep_bytes(data)
    assert document.read() == data


def test_a_refused_file_leaves_nothing_behind(cast):
    with pytest.raises(ValidationError):
        _store(cast, data=b"<html></html>")
    assert not Document.objects.exists()
    assert not settings.FILES_DIR.exists() or not _files()


def test_no_half_written_file_is_left_by_a_rolled_back_act(cast):
    with transaction.atomic():
        _store(cast)
        transaction.set_rollback(True)
    assert not Document.objects.exists()
    assert all(not path.name.startswith(".") for path in _files())


@pytest.mark.parametrize("name", ["reader", "stranger"])
def test_a_reader_brings_nothing(cast, name):
    with pytest.raises(PermissionDenied):
        _store(cast, by=getattr(cast, name))
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["contributor", "manager", "counterpart"])
def test_contributors_and_managers_of_any_party_bring_files(cast, name):
    assert _store(cast, by=getattr(cast, name)).added_by == getattr(cast, name)


def test_the_portal_keeps_what_it_makes(cast):
    document = _store(cast, by=None, kind=DocumentKind.REVOYURE)
    assert document.added_by is None
