"""The journal: written once, chained, and telling when someone touched it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from accounts.actions import record
from accounts.actions.journal import Line, broken_links, record_many
from accounts.enums import Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def five_lines():
    user = make_user()
    return [record(user, Verb.CONVENTION_CHANGED, user, before=n, after=n + 1) for n in range(5)]


def _raw(sql: str, *values) -> None:
    """Do what an intruder with the database's own rights would do: triggers off."""
    table = "accounts_journalentry"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It alters no table while deferred checks are pending.
            connection.check_constraints()
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER journal_no_update")
            cursor.execute("DROP TRIGGER journal_no_delete")
        cursor.execute(sql, values)


def test_lines_written_together_are_chained_like_lines_written_one_by_one(
    five_lines, django_assert_max_num_queries
):
    user = make_user()
    with django_assert_max_num_queries(6):
        entries = record_many(
            Line(None, Verb.REMINDER_SENT, user, dossier=7, data={"rank": rank})
            for rank in range(40)
        )
    record(user, Verb.CONVENTION_CHANGED, user)
    assert broken_links() == []
    assert [entry.data["rank"] for entry in JournalEntry.objects.of_dossier(7).order_by("pk")] == [
        *range(40)
    ]
    assert entries[0].previous_hash == five_lines[-1].hash
    assert all(entry.hash == entry.expected_hash() for entry in JournalEntry.objects.all())


def test_writing_no_line_changes_nothing(five_lines):
    assert record_many([]) == []
    assert broken_links() == []


def test_an_intact_journal_verifies(five_lines):
    assert broken_links() == []
    call_command("verifier_journal")


def test_the_database_refuses_to_change_or_remove_a_line(five_lines):
    for sql in (
        "UPDATE accounts_journalentry SET subject_label = 'x'",
        "DELETE FROM accounts_journalentry",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_orm_refuses_too(five_lines):
    for write in (
        lambda: JournalEntry.objects.update(verb="x"),
        lambda: JournalEntry.objects.all().delete(),
        five_lines[0].save,
        five_lines[0].delete,
    ):
        with pytest.raises(TypeError):
            write()


def test_a_changed_line_is_named(five_lines):
    victim = five_lines[2].pk
    _raw("UPDATE accounts_journalentry SET subject_label = 'x' WHERE id = %s", victim)
    assert [number for number, _ in broken_links()] == [victim]
    with pytest.raises(CommandError):
        call_command("verifier_journal")


def test_a_removed_line_is_noticed(five_lines):
    _raw("DELETE FROM accounts_journalentry WHERE id = %s", five_lines[2].pk)
    assert [number for number, _ in broken_links()] == [five_lines[3].pk]


def test_a_removed_end_is_noticed(five_lines):
    _raw("DELETE FROM accounts_journalentry WHERE id = %s", five_lines[4].pk)
    assert broken_links()


def test_a_label_cannot_forge_a_second_line():
    entry = record(None, Verb.LOGIN_FAILED, label="a\r\nb\x00c")
    assert entry.subject_label == "a b c"


def test_a_failed_act_leaves_no_trace():
    user = make_user()

    def act():
        with transaction.atomic():
            record(user, Verb.CONVENTION_CHANGED, user)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not JournalEntry.objects.exists()
