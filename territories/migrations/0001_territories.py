import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="TerritoryImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("imported_at", models.DateTimeField(verbose_name="importé le")),
                ("report", models.JSONField(verbose_name="compte rendu")),
            ],
            options={
                "verbose_name": "import de territoires",
                "verbose_name_plural": "imports de territoires",
                "ordering": ["-imported_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Territory",
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
                            ("region", "région"),
                            ("departement", "département"),
                            ("epci", "EPCI"),
                            ("secteur", "secteur"),
                            ("commune", "commune"),
                            ("qpv", "quartier prioritaire (QPV)"),
                            ("qv", "quartier en veille"),
                        ],
                        max_length=12,
                        verbose_name="échelon",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Code INSEE (texte, zéros compris), SIREN d’un EPCI ou code du quartier.",
                        max_length=12,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                (
                    "nature",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CC", "communauté de communes"),
                            ("CA", "communauté d’agglomération"),
                            ("CU", "communauté urbaine"),
                            ("METRO", "métropole"),
                            ("MET69", "Métropole de Lyon (collectivité à statut particulier)"),
                        ],
                        max_length=6,
                        verbose_name="nature juridique",
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("metropole", "métropole"),
                            ("alsace-moselle", "Alsace-Moselle"),
                            ("guadeloupe", "Guadeloupe"),
                            ("martinique", "Martinique"),
                            ("guyane", "Guyane"),
                            ("reunion", "La Réunion"),
                            ("mayotte", "Mayotte"),
                        ],
                        default="metropole",
                        help_text="Fixe les jours fériés et l’heure légale.",
                        max_length=14,
                        verbose_name="zone",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="existe depuis le"),
                ),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="a existé jusqu’au"),
                ),
                (
                    "departement",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "departement"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                        verbose_name="département de rattachement",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "region"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                        verbose_name="région de rattachement",
                    ),
                ),
            ],
            options={
                "verbose_name": "territoire",
                "verbose_name_plural": "territoires",
                "ordering": ["name", "code"],
            },
        ),
        migrations.CreateModel(
            name="Population",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(verbose_name="en vigueur au 1er janvier"),
                ),
                ("municipal", models.PositiveIntegerField(verbose_name="population municipale")),
                (
                    "total",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="population totale"
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="populations",
                        to="territories.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "population",
                "verbose_name_plural": "populations",
                "ordering": ["territory", "-year"],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="ancien nom")),
                (
                    "starts_on",
                    models.DateField(blank=True, null=True, verbose_name="porté depuis le"),
                ),
                ("ends_on", models.DateField(verbose_name="porté jusqu’au")),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="territories.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "ancien nom",
                "verbose_name_plural": "anciens noms",
                "ordering": ["territory", "-ends_on"],
            },
        ),
        migrations.CreateModel(
            name="Containment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="depuis le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("fichier", "fichier officiel"),
                            ("mouvement", "déduit des mouvements de communes"),
                            ("echantillon", "échantillon livré avec le portail"),
                            ("saisie", "saisie"),
                        ],
                        default="saisie",
                        max_length=12,
                        verbose_name="origine",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containers",
                        to="territories.territory",
                        verbose_name="territoire compris",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contents",
                        to="territories.territory",
                        verbose_name="territoire englobant",
                    ),
                ),
            ],
            options={
                "verbose_name": "appartenance",
                "verbose_name_plural": "appartenances",
                "ordering": ["parent", "child", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="SourceFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=100, verbose_name="fichier")),
                ("vintage", models.CharField(max_length=60, verbose_name="millésime")),
                ("sha256", models.CharField(max_length=64, verbose_name="empreinte SHA-256")),
                ("rows", models.PositiveIntegerField(verbose_name="lignes lues")),
                ("imported_at", models.DateTimeField(verbose_name="importé le")),
                (
                    "territory_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="territories.territoryimport",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "fichier source",
                "verbose_name_plural": "fichiers sources",
                "ordering": ["-imported_at", "file_name"],
            },
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["kind", "name"], name="territory_kind_name"),
        ),
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["siren"], name="territory_siren"),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.UniqueConstraint(
                fields=("kind", "code"),
                name="territory_code_unique_in_its_kind",
                violation_error_message="Ce code désigne déjà un territoire de cet échelon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9A-Z]{1,12}$")),
                name="territory_code_is_plain_text",
                violation_error_message="Un code ne contient que des chiffres et des capitales.",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(("siren", ""), ("siren__regex", "^[0-9]{9}$"), _connector="OR"),
                name="territory_siren_has_nine_digits",
                violation_error_message="Un SIREN compte neuf chiffres.",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature", ""), ("kind", "epci"), _connector="OR"),
                name="territory_nature_is_an_epci_s",
                violation_error_message="Seul un EPCI a une nature juridique.",
            ),
        ),
        migrations.AddConstraint(
            model_name="territory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="territory_ends_after_it_starts",
                violation_error_message="La fin ne peut pas précéder le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="population",
            constraint=models.UniqueConstraint(
                fields=("territory", "year"),
                name="population_one_a_year",
                violation_error_message="Cette année est déjà renseignée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="population",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("total__isnull", True), ("total__gte", models.F("municipal")), _connector="OR"
                ),
                name="population_total_covers_municipal",
                violation_error_message="La population totale comprend la population municipale.",
            ),
        ),
        migrations.AddConstraint(
            model_name="formername",
            constraint=models.UniqueConstraint(
                fields=("territory", "ends_on"),
                name="former_name_one_at_a_time",
                violation_error_message="Un autre nom prend déjà fin ce jour-là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="formername",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="former_name_ends_after_it_starts",
                violation_error_message="La fin ne peut pas précéder le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="containment",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("child")), _negated=True),
                name="containment_never_of_itself",
                violation_error_message="Un territoire ne se contient pas lui-même.",
            ),
        ),
        migrations.AddConstraint(
            model_name="containment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="containment_ends_after_it_starts",
                violation_error_message="La fin ne peut pas précéder le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="containment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("parent", "child"),
                name="containment_one_open_period",
                violation_error_message="Cette appartenance est déjà en cours.",
            ),
        ),
        migrations.AddConstraint(
            model_name="containment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("starts_on__isnull", True)),
                fields=("parent", "child"),
                name="containment_one_unbounded_start",
                violation_error_message="Cette appartenance a déjà une période sans début connu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcefile",
            constraint=models.UniqueConstraint(
                fields=("territory_import", "file_name"), name="source_file_once_an_import"
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                name="source_file_sha256_is_hexadecimal",
            ),
        ),
    ]
