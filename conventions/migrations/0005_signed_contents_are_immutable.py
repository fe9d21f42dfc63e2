"""Put the guards of signed acts back, over definitions and changes of parties too."""

from importlib import import_module

from django.db import migrations, models

_guards = import_module("conventions.migrations.0002_signed_acts_are_immutable")
ALSO = ("conventions_definition", "conventions_partychange")


def _more(schema_editor):
    for table in ALSO:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                "CREATE TRIGGER signed_content_immutable BEFORE INSERT OR UPDATE OR DELETE "
                f"ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_signed_content_change()"
            )
            continue
        for event in _guards.EVENTS:
            rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("OLD", "NEW")}[event]
            acts = ", ".join(f"{row}.act_id" for row in rows)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                "WHEN EXISTS (SELECT 1 FROM conventions_act "
                f"WHERE id IN ({acts}) AND status = 'signe') "
                f"BEGIN SELECT RAISE(ABORT, '{_guards.REFUSAL}'); END"
            )


def forwards(apps, schema_editor):
    _guards.forwards(apps, schema_editor)
    _more(schema_editor)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        for table in ALSO:
            for event in _guards.EVENTS:
                schema_editor.execute(f"DROP TRIGGER {table}_no_{event.lower()}")
    _guards.backwards(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("conventions", "0004_articles_have_a_code")]

    operations = [
        migrations.RemoveField(model_name="articleversion", name="repealed"),
        migrations.AlterField(
            model_name="article",
            name="code",
            field=models.PositiveIntegerField(editable=False, verbose_name="repère"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                fields=("convention", "code"), name="article_code_unique"
            ),
        ),
        migrations.RunPython(forwards, backwards),
    ]
