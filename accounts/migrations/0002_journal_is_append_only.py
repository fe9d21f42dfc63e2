"""The database itself refuses to change or remove a line of the journal."""

from django.db import migrations

TABLE = "accounts_journalentry"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            """
            CREATE FUNCTION refuse_journal_change() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'Le journal ne se modifie pas.' USING ERRCODE = '23514';
            END $$ LANGUAGE plpgsql
            """
        )
        schema_editor.execute(
            f"CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER journal_no_{event.lower()} BEFORE {event} ON {TABLE} "
            "BEGIN SELECT RAISE(ABORT, 'Le journal ne se modifie pas.'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER journal_append_only ON {TABLE}")
        schema_editor.execute("DROP FUNCTION refuse_journal_change()")
        return
    for event in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER journal_no_{event.lower()}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people")]
    operations = [migrations.RunPython(forwards, backwards)]
