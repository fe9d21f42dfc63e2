"""The database itself refuses that a territory be twice, on one day, part of the same other.

A uniqueness constraint cannot say it of periods, and SQLite has no exclusion constraint: a trigger
says it on both. Beware on SQLite: altering the table drops its triggers, so that a later migration
doing so must create them again.
"""

from django.db import migrations

REFUSAL = "Cette appartenance est déjà enregistrée pour une partie de cette période."
OVERLAP = """
    SELECT 1 FROM territories_containment AS other
    WHERE other.parent_id = NEW.parent_id AND other.child_id = NEW.child_id
      AND other.id {differs} NEW.id
      AND (other.ends_on IS NULL OR NEW.starts_on IS NULL OR other.ends_on >= NEW.starts_on)
      AND (NEW.ends_on IS NULL OR other.starts_on IS NULL OR other.starts_on <= NEW.ends_on)
"""
SQLITE_NAME = "territories_containment_no_overlap_{event}"
PERIOD_CHANGE = "UPDATE OF parent_id, child_id, starts_on, ends_on"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        overlap = OVERLAP.format(differs="IS DISTINCT FROM")
        schema_editor.execute(
            f"""
            CREATE FUNCTION refuse_containment_overlap() RETURNS trigger AS $$
            BEGIN
                IF EXISTS ({overlap}) THEN
                    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            END $$ LANGUAGE plpgsql
            """
        )
        schema_editor.execute(
            "CREATE TRIGGER territories_containment_no_overlap "
            f"BEFORE INSERT OR {PERIOD_CHANGE} ON territories_containment "
            "FOR EACH ROW EXECUTE FUNCTION refuse_containment_overlap()"
        )
        return
    overlap = OVERLAP.format(differs="IS NOT")
    for event, moment in (("insert", "INSERT"), ("update", PERIOD_CHANGE)):
        schema_editor.execute(
            f"CREATE TRIGGER {SQLITE_NAME.format(event=event)} "
            f"BEFORE {moment} ON territories_containment WHEN EXISTS ({overlap}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER territories_containment_no_overlap ON territories_containment"
        )
        schema_editor.execute("DROP FUNCTION refuse_containment_overlap()")
        return
    for event in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER {SQLITE_NAME.format(event=event)}")


class Migration(migrations.Migration):
    dependencies = [("territories", "0002_source_file_stated_on")]

    operations = [migrations.RunPython(create, drop)]
