"""What empowers to sign, act by act, and what an administrator set aside in writing.

The triggers are set aside while the tables change: SQLite makes them anew, which would lose them.
"""

from importlib import import_module

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

_guards = import_module("conventions.migrations.0005_signed_contents_are_immutable")


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0006_avenants_have_a_base"),
    ]

    operations = [
        migrations.RunPython(_guards.backwards, _guards.forwards),
        migrations.AddField(
            model_name="act",
            name="override_reason",
            field=models.TextField(blank=True, verbose_name="motif pour passer outre"),
        ),
        migrations.AddField(
            model_name="act",
            name="recorded_afterwards",
            field=models.BooleanField(
                default=False,
                help_text="Les accords des parties ont été donnés sur papier.",
                verbose_name="déjà signé hors du portail",
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="waived",
            field=models.JSONField(
                blank=True, default=list, verbose_name="ce dont il a été passé outre"
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="withdrawal_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="motif du retrait"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="act",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mandates",
                to="conventions.act",
                verbose_name="acte autorisé",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="covers_avenants",
            field=models.BooleanField(default=False, verbose_name="délègue aussi les avenants"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voters__isnull", True),
                    ("votes_for__isnull", True),
                    (
                        "voters",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("votes_for"), "+", models.F("votes_against")
                            ),
                            "+",
                            models.F("abstentions"),
                        ),
                    ),
                    _connector="OR",
                ),
                name="mandate_voters_add_up",
                violation_error_message="Pour, contre et abstentions ne font pas le nombre de votants.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_on__isnull", True),
                    ("transmitted_on__isnull", True),
                    ("received_on__gte", models.F("transmitted_on")),
                    _connector="OR",
                ),
                name="mandate_received_after_transmission",
                violation_error_message="La préfecture n’a pas pu recevoir avant la transmission.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certified_by", ""), ("certified_on__isnull", True)),
                    models.Q(
                        ("certified_on__isnull", False),
                        models.Q(("certified_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="mandate_certified_by_someone_some_day",
                violation_error_message="Dites à la fois qui certifie le caractère exécutoire et quel jour.",
            ),
        ),
        migrations.RunPython(_guards.forwards, _guards.backwards),
    ]
