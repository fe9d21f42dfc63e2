"""Who is away, and who reads their mail meanwhile."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_imported_lines_kept_to_one_side"),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="absente du")),
                (
                    "ends_on",
                    models.DateField(
                        help_text="Dernier jour d’absence, inclus.", verbose_name="au"
                    ),
                ),
                (
                    "delegate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacements",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remplacée par",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="absence_ends_after_start",
                        violation_error_message="Le dernier jour ne peut pas précéder le premier.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delegate", models.F("user")), _negated=True),
                        name="absence_delegate_is_another",
                        violation_error_message="Désignez une autre personne que celle qui s’absente.",
                    ),
                ],
            },
        ),
    ]
