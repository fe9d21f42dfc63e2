"""Bodies that the text makes meet, kept versions of letters, announced non-renewals."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0010_removed_articles_keep_their_place"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUpClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "effective_on",
                    models.DateField(blank=True, null=True, verbose_name="prend effet le"),
                ),
                (
                    "repeals",
                    models.BooleanField(default=False, verbose_name="abroge sans remplacer"),
                ),
                ("wording", models.TextField(blank=True, verbose_name="termes de la clause")),
                (
                    "confirmed_on",
                    models.DateField(blank=True, null=True, verbose_name="confirmée le"),
                ),
                ("body", models.CharField(max_length=150, verbose_name="instance")),
                (
                    "per_year",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="réunions par an",
                    ),
                ),
                (
                    "year_basis",
                    models.CharField(
                        choices=[("civile", "année civile"), ("convention", "année de convention")],
                        default="civile",
                        max_length=12,
                        verbose_name="année retenue",
                    ),
                ),
            ],
            options={
                "verbose_name": "clause de suivi",
                "verbose_name_plural": "clauses de suivi",
                "ordering": ["act_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="lettre")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte")),
                ("kept_at", models.DateTimeField(verbose_name="gardée à")),
            ],
            options={
                "verbose_name": "version de lettre",
                "verbose_name_plural": "versions de lettres",
                "ordering": ["number"],
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="termination",
            name="termination_one_running",
        ),
        migrations.AlterField(
            model_name="registeredletter",
            name="addressee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s_received",
                to="conventions.party",
                verbose_name="destinataire",
            ),
        ),
        migrations.AlterField(
            model_name="termination",
            name="kind",
            field=models.CharField(
                choices=[
                    ("resiliation", "résiliation"),
                    ("mise_en_demeure", "mise en demeure"),
                    ("desaccord", "fin sur désaccord à la revoyure"),
                    ("non_renouvellement", "annonce de non-renouvellement"),
                ],
                max_length=20,
                verbose_name="nature",
            ),
        ),
        migrations.AddConstraint(
            model_name="termination",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status", "notifiee"),
                    models.Q(
                        ("kind__in", ["mise_en_demeure", "non_renouvellement"]), _negated=True
                    ),
                ),
                fields=("convention",),
                name="termination_one_running",
                violation_error_message="Un préavis court déjà pour cette convention.",
            ),
        ),
        migrations.AddField(
            model_name="followupclause",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="conventions.act"
            ),
        ),
        migrations.AddField(
            model_name="followupclause",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="conventions.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="followupclause",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmée par",
            ),
        ),
        migrations.AddField(
            model_name="followupclause",
            name="convention",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="conventions.convention"
            ),
        ),
        migrations.AddField(
            model_name="followupclause",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="conventions.followupclause",
                verbose_name="remplace",
            ),
        ),
        migrations.AddField(
            model_name="letterversion",
            name="kept_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gardée par",
            ),
        ),
        migrations.AddField(
            model_name="letterversion",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="versions",
                to="conventions.registeredletter",
            ),
        ),
        migrations.AddConstraint(
            model_name="followupclause",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_year__range", (1, 12))), name="follow_up_clause_meets"
            ),
        ),
        migrations.AddConstraint(
            model_name="letterversion",
            constraint=models.UniqueConstraint(
                fields=("letter", "number"), name="letter_version_number"
            ),
        ),
    ]
