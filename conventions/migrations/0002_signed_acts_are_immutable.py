"""The database itself refuses to change a signed act, its wording, its visas and its clauses.

PostgreSQL: one function, told by an argument which column leads to the act. SQLite: one trigger
for each table and event. In both, a row may still be written while its act is a draft.
"""

from django.db import migrations

REFUSAL = "Un acte signé ne se modifie pas ; une correction est un nouvel acte."
CHILDREN = (
    "conventions_articleversion",
    "conventions_visa",
    "conventions_durationclause",
    "conventions_revoyureclause",
    "conventions_terminationclause",
    "conventions_signatory",
)
EVENTS = ("INSERT", "UPDATE", "DELETE")


def _postgresql(schema_editor):
    schema_editor.execute(
        f"""
        CREATE FUNCTION refuse_signed_act_change() RETURNS trigger AS $$
        BEGIN
            IF OLD.status = 'signe' THEN
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23514';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql
        """
    )
    schema_editor.execute(
        f"""
        CREATE FUNCTION refuse_signed_content_change() RETURNS trigger AS $$
        BEGIN
            IF TG_OP <> 'INSERT' AND EXISTS (
                SELECT 1 FROM conventions_act WHERE id = OLD.act_id AND status = 'signe'
            ) THEN
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23514';
            END IF;
            IF TG_OP <> 'DELETE' AND EXISTS (
                SELECT 1 FROM conventions_act WHERE id = NEW.act_id AND status = 'signe'
            ) THEN
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23514';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$ LANGUAGE plpgsql
        """
    )
    schema_editor.execute(
        "CREATE TRIGGER signed_act_immutable BEFORE UPDATE OR DELETE ON conventions_act "
        "FOR EACH ROW EXECUTE FUNCTION refuse_signed_act_change()"
    )
    for table in CHILDREN:
        schema_editor.execute(
            f"CREATE TRIGGER signed_content_immutable BEFORE INSERT OR UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_signed_content_change()"
        )


def _sqlite(schema_editor):
    for event in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER signed_act_no_{event.lower()} BEFORE {event} ON conventions_act "
            f"WHEN OLD.status = 'signe' BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    for table in CHILDREN:
        for event in EVENTS:
            rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
            acts = ", ".join(f"{row}.act_id" for row in rows)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                "WHEN EXISTS (SELECT 1 FROM conventions_act "
                f"WHERE id IN ({acts}) AND status = 'signe') "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        _postgresql(schema_editor)
    else:
        _sqlite(schema_editor)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION refuse_signed_act_change() CASCADE")
        schema_editor.execute("DROP FUNCTION refuse_signed_content_change() CASCADE")
        return
    for event in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER signed_act_no_{event.lower()}")
    for table in CHILDREN:
        for event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event.lower()}")


class Migration(migrations.Migration):
    dependencies = [("conventions", "0001_conventions")]
    operations = [migrations.RunPython(forwards, backwards)]
