"""Who signs for a newcomer, and on what authority: it is no party before the avenant is signed.

The triggers are set aside while the table changes: SQLite makes it anew, which would lose them.
"""

from importlib import import_module

from django.db import migrations, models

_guards = import_module("conventions.migrations.0005_signed_contents_are_immutable")


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0008_ending_of_a_reviewed_year"),
    ]

    operations = [
        migrations.RunPython(_guards.backwards, _guards.forwards),
        migrations.AddField(
            model_name="partychange",
            name="adopted_on",
            field=models.DateField(blank=True, null=True, verbose_name="adoptée le"),
        ),
        migrations.AddField(
            model_name="partychange",
            name="mandate_kind",
            field=models.CharField(
                choices=[
                    ("deliberation", "délibération"),
                    ("delegation", "arrêté de délégation"),
                    ("pouvoir", "pouvoir"),
                    ("statuts", "statuts"),
                ],
                default="deliberation",
                max_length=20,
                verbose_name="habilitation",
            ),
        ),
        migrations.AddField(
            model_name="partychange",
            name="mandate_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="numéro"),
        ),
        migrations.AddField(
            model_name="partychange",
            name="received_on",
            field=models.DateField(blank=True, null=True, verbose_name="reçue en préfecture le"),
        ),
        migrations.AddField(
            model_name="partychange",
            name="signatory_capacity",
            field=models.CharField(blank=True, max_length=300, verbose_name="qualité"),
        ),
        migrations.AddField(
            model_name="partychange",
            name="signatory_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="signataire"),
        ),
        migrations.RunPython(_guards.forwards, _guards.backwards),
    ]
