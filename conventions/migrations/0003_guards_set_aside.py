"""Set the guards of signed acts aside while the tables change; 0005 puts them back.

SQLite makes a changed table anew, which would lose its triggers silently.
"""

from importlib import import_module

from django.db import migrations

_guards = import_module("conventions.migrations.0002_signed_acts_are_immutable")


class Migration(migrations.Migration):
    dependencies = [("conventions", "0002_signed_acts_are_immutable")]
    operations = [migrations.RunPython(_guards.backwards, _guards.forwards)]
