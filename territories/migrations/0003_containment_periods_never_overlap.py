"""The database itself refuses that a territory be twice, on one day, part of the same other.

A uniqueness constraint cannot say it of periods, and SQLite has no exclusion constraint: a trigger
says it on both. Beware on SQLite: altering the table drops its triggers, so that a later migration
doing so must create them again.
"""

from django.db import migrations

REFUSAL = "Cette appartenance est déjà enregistrée pour une partie de cette période."
SAME_DAY = """
    other.parent_id = fresh.parent_id AND other.child_id = fresh.child_id AND other.id <> fresh.id
    AND (other.ends_on IS NULL OR fresh.starts_on IS NULL OR other.ends_on >= fresh.starts_on)
    AND (fresh.ends_on IS NULL OR other.starts_on IS NULL OR other.starts_on <= fresh.ends_on)
"""


def create_on_postgresql(schema_editor):
    """Check each statement's rows together: one by one, an import of 70 000 takes an hour."""
    schema_editor.execute(
        f"""
        CREATE FUNCTION refuse_containment_overlap() RETURNS trigger AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM fresh JOIN territories_containment AS other ON {SAME_DAY}
            ) THEN
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23514';
            END IF;
            RETURN NULL;
        END $$ LANGUAGE plpgsql
        """
    )
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(
            f"CREATE TRIGGER territories_containment_no_overlap_{event.lower()} "
            f"AFTER {event} ON territories_containment REFERENCING NEW TABLE AS fresh "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_containment_overlap()"
        )


def create_on_sqlite(schema_editor):
    condition = SAME_DAY.replace("fresh.", "NEW.")
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(
            f"CREATE TRIGGER territories_containment_no_overlap_{event.lower()} "
            f"AFTER {event} ON territories_containment "
            f"WHEN EXISTS (SELECT 1 FROM territories_containment AS other WHERE {condition}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        create_on_postgresql(schema_editor)
    else:
        create_on_sqlite(schema_editor)


def drop(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for event in ("insert", "update"):
        name = f"territories_containment_no_overlap_{event}"
        table = " ON territories_containment" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER {name}{table}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION refuse_containment_overlap()")


class Migration(migrations.Migration):
    dependencies = [("territories", "0002_source_file_stated_on")]

    operations = [migrations.RunPython(create, drop)]
