"""Convocations of the committee of a revoyure, with the dates and proofs of their letters."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conventions", "0011_follow_up_and_letters"),
        ("engagements", "0004_signed_engagements_are_immutable"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Convocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="réunion le")),
                ("begins_at", models.TimeField(blank=True, null=True, verbose_name="heure")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="lieu")),
                ("agenda", models.TextField(blank=True, verbose_name="ordre du jour")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="envoyée le")),
                (
                    "cancelled_on",
                    models.DateField(blank=True, null=True, verbose_name="annulée le"),
                ),
                (
                    "cancellation_reason",
                    models.TextField(blank=True, verbose_name="motif de l’annulation"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="préparée à")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="préparée par",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conventions.party",
                        verbose_name="convoque",
                    ),
                ),
                (
                    "revoyure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convocations",
                        to="engagements.revoyure",
                    ),
                ),
            ],
            options={
                "verbose_name": "convocation",
                "verbose_name_plural": "convocations",
                "ordering": ["revoyure_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConvocationLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lrar", "lettre recommandée avec avis de réception"),
                            ("lre", "lettre recommandée électronique"),
                            ("recepisse", "lettre déposée contre récépissé"),
                        ],
                        default="lrar",
                        max_length=10,
                        verbose_name="forme",
                    ),
                ),
                (
                    "tracking",
                    models.CharField(blank=True, max_length=60, verbose_name="numéro de suivi"),
                ),
                ("body", models.TextField(blank=True, verbose_name="texte de la lettre")),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="déposée le")),
                (
                    "presented_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="première présentation le"
                    ),
                ),
                ("delivered_on", models.DateField(blank=True, null=True, verbose_name="remise le")),
                (
                    "returned_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="retournée non réclamée le"
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_received",
                        to="conventions.party",
                        verbose_name="destinataire",
                    ),
                ),
                (
                    "convocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="engagements.convocation",
                    ),
                ),
                (
                    "delivery_proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conventions.document",
                        verbose_name="avis de réception ou preuve de retour",
                    ),
                ),
                (
                    "posting_proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conventions.document",
                        verbose_name="preuve de dépôt",
                    ),
                ),
            ],
            options={
                "verbose_name": "lettre de convocation",
                "verbose_name_plural": "lettres de convocation",
                "ordering": ["convocation_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConvocationVersion",
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
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gardée par",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="engagements.convocationletter",
                    ),
                ),
            ],
            options={
                "verbose_name": "version de lettre",
                "verbose_name_plural": "versions de lettres",
                "ordering": ["number"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="convocationletter",
            constraint=models.UniqueConstraint(
                fields=("convocation", "addressee"),
                name="convocation_letter_one_per_addressee",
                violation_error_message="Cette partie a déjà sa convocation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convocationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("presented_on__isnull", True),
                    ("posted_on__isnull", True),
                    ("presented_on__gte", models.F("posted_on")),
                    _connector="OR",
                ),
                name="convocation_letter_presented_after_posting",
                violation_error_message="Une lettre n’est pas présentée avant son dépôt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convocationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivered_on__isnull", True),
                    ("posted_on__isnull", True),
                    ("delivered_on__gte", models.F("posted_on")),
                    _connector="OR",
                ),
                name="convocation_letter_delivered_after_posting",
                violation_error_message="Une lettre n’est pas remise avant son dépôt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convocationletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivered_on__isnull", True), ("returned_on__isnull", True), _connector="OR"
                ),
                name="convocation_letter_delivered_or_returned",
                violation_error_message="Une lettre est remise ou retournée, pas les deux.",
            ),
        ),
        migrations.AddConstraint(
            model_name="convocationversion",
            constraint=models.UniqueConstraint(
                fields=("letter", "number"), name="convocation_version_number"
            ),
        ),
    ]
