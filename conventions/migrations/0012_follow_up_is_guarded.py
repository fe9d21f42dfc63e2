"""A signed clause of follow-up is as immutable as the others."""

from importlib import import_module

from django.db import migrations

_guards = import_module("conventions.migrations.0002_signed_acts_are_immutable")
TABLE = "conventions_followupclause"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER signed_content_immutable BEFORE INSERT OR UPDATE OR DELETE "
            f"ON {TABLE} FOR EACH ROW EXECUTE FUNCTION refuse_signed_content_change()"
        )
        return
    for event in _guards.EVENTS:
        rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
        acts = ", ".join(f"{row}.act_id" for row in rows)
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{event.lower()} BEFORE {event} ON {TABLE} "
            "WHEN EXISTS (SELECT 1 FROM conventions_act "
            f"WHERE id IN ({acts}) AND status = 'signe') "
            f"BEGIN SELECT RAISE(ABORT, '{_guards.REFUSAL}'); END"
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER signed_content_immutable ON {TABLE}")
        return
    for event in _guards.EVENTS:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{event.lower()}")


class Migration(migrations.Migration):
    dependencies = [("conventions", "0011_follow_up_and_letters")]
    operations = [migrations.RunPython(forwards, backwards)]
