"""Corrections say that they are; what left already was told in the journal as it left."""

from django.db import migrations


def forwards(apps, schema_editor):
    rows = apps.get_model("reminders", "Reminder").objects
    rows.filter(previous_on__isnull=False).update(nature="correction")
    rows.filter(status__in=["envoye", "echec"]).update(journalled=True)


class Migration(migrations.Migration):
    dependencies = [("reminders", "0005_legal_grade")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
