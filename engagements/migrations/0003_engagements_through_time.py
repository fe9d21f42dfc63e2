"""Engagements and targets through time: what an avenant adds, writes anew or ends, from a date."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0005_signed_contents_are_immutable"),
        ("engagements", "0002_frozen_means_frozen"),
        ("territories", "0003_containment_periods_never_overlap"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="engagement",
            name="engagement_number_unique",
        ),
        migrations.RemoveConstraint(
            model_name="target",
            name="target_once_a_year",
        ),
        migrations.AddField(
            model_name="engagement",
            name="act",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="engagements",
                to="conventions.act",
                verbose_name="acte",
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="prend effet le"),
        ),
        migrations.AddField(
            model_name="engagement",
            name="planned",
            field=models.BooleanField(default=False, editable=False, verbose_name="en projet"),
        ),
        migrations.AddField(
            model_name="engagement",
            name="repeals",
            field=models.BooleanField(default=False, verbose_name="met fin sans remplacer"),
        ),
        migrations.AddField(
            model_name="engagement",
            name="replaced_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="remplacé le"
            ),
        ),
        migrations.AddField(
            model_name="engagement",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="engagements.engagement",
                verbose_name="remplace",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="act",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="conventions.act",
                verbose_name="acte",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="prend effet le"),
        ),
        migrations.AddField(
            model_name="target",
            name="planned",
            field=models.BooleanField(default=False, editable=False, verbose_name="en projet"),
        ),
        migrations.AddField(
            model_name="target",
            name="replaced_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="remplacé le"
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="withdrawn",
            field=models.BooleanField(default=False, verbose_name="abandonné"),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("planned", False), ("replaces__isnull", True)),
                fields=("convention", "number"),
                name="engagement_number_unique",
                violation_error_message="Un engagement de la convention porte déjà ce numéro.",
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("repeals", False),
                    models.Q(("act__isnull", False), ("replaces__isnull", False)),
                    _connector="OR",
                ),
                name="engagement_ends_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned", False), ("act__isnull", False), _connector="OR"),
                name="engagement_planned_by_an_act",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                condition=models.Q(("planned", False), ("replaced_on__isnull", True)),
                fields=("convention", "indicator", "territory", "year"),
                name="target_once_a_year",
                violation_error_message="Cet objectif est déjà fixé pour l’année et le territoire.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                condition=models.Q(("planned", True)),
                fields=("act", "indicator", "territory", "year"),
                name="target_planned_once_per_act",
                violation_error_message="L’acte fixe déjà cet objectif.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("planned", False), ("act__isnull", False), _connector="OR"),
                name="target_planned_by_an_act",
            ),
        ),
    ]
