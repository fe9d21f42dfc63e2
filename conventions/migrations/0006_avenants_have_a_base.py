"""What an avenant adds at its end, and the last signed act its authors have read it with.

The triggers are set aside while the table changes: SQLite makes it anew, which would lose them.
"""

from importlib import import_module

from django.db import migrations, models

_guards = import_module("conventions.migrations.0005_signed_contents_are_immutable")


class Migration(migrations.Migration):
    dependencies = [("conventions", "0005_signed_contents_are_immutable")]

    operations = [
        migrations.RunPython(_guards.backwards, _guards.forwards),
        migrations.AddField(
            model_name="act",
            name="based_on",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="relu avec l’acte n°"
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="closing",
            field=models.TextField(blank=True, verbose_name="dispositions finales"),
        ),
        migrations.RunPython(_guards.forwards, _guards.backwards),
    ]
