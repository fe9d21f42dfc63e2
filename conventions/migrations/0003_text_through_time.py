"""Acts as operations on articles, negotiation, models, parties that change, endings."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.rules.siren


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_journal_is_append_only"),
        ("conventions", "0003_guards_set_aside"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte du texte")),
                ("comment", models.TextField(blank=True, verbose_name="observation")),
                ("given_at", models.DateTimeField(verbose_name="donné à")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré à"),
                ),
            ],
            options={
                "verbose_name": "accord sur le texte",
                "verbose_name_plural": "accords sur le texte",
                "ordering": ["act_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ArticleRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.PositiveIntegerField(verbose_name="repère")),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="numéro")),
                ("heading", models.CharField(blank=True, max_length=300, verbose_name="titre")),
                ("body", models.TextField(blank=True, verbose_name="texte")),
                ("removed", models.BooleanField(default=False, verbose_name="retiré")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif")),
                ("written_at", models.DateTimeField(db_index=True, verbose_name="écrit à")),
            ],
            options={
                "verbose_name": "état d’un article en rédaction",
                "verbose_name_plural": "états d’articles en rédaction",
                "ordering": ["-written_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Canevas",
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
                            ("epci_action_logement", "intercommunalité et Action Logement"),
                            ("ville_bailleur", "commune et bailleur social"),
                            ("autre", "autre convention"),
                        ],
                        max_length=30,
                        verbose_name="type",
                    ),
                ),
                ("key", models.SlugField(max_length=60, verbose_name="clé")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("variables", models.JSONField(blank=True, default=list, verbose_name="variables")),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="diffusé le"),
                ),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="retiré le")),
            ],
            options={
                "verbose_name": "canevas type",
                "verbose_name_plural": "canevas types",
                "ordering": ["kind", "key", "-version"],
            },
        ),
        migrations.CreateModel(
            name="CanevasClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=80, verbose_name="clé")),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("depth", models.PositiveSmallIntegerField(default=1, verbose_name="profondeur")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("preambule", "préambule"),
                            ("titre", "titre"),
                            ("article", "article"),
                            ("intertitre", "intertitre"),
                            ("annexe", "annexe"),
                        ],
                        default="article",
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("heading", models.CharField(blank=True, max_length=300, verbose_name="titre")),
                ("body", models.TextField(blank=True, verbose_name="texte")),
                ("guidance", models.TextField(blank=True, verbose_name="conseil de rédaction")),
                ("required", models.BooleanField(default=False, verbose_name="indispensable")),
                ("topic", models.SlugField(blank=True, max_length=60, verbose_name="rubrique")),
                (
                    "alternatives",
                    models.JSONField(blank=True, default=list, verbose_name="autres rédactions"),
                ),
                (
                    "terms",
                    models.JSONField(blank=True, default=dict, verbose_name="clause en données"),
                ),
            ],
            options={
                "verbose_name": "clause de canevas",
                "verbose_name_plural": "clauses de canevas",
                "ordering": ["canevas_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="ChecklistAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=20, verbose_name="règle")),
                (
                    "reply",
                    models.CharField(
                        choices=[("oui", "oui"), ("non", "non"), ("sans_objet", "sans objet")],
                        max_length=12,
                        verbose_name="réponse",
                    ),
                ),
                (
                    "dated_on",
                    models.DateField(blank=True, null=True, verbose_name="date de l’événement"),
                ),
                ("note", models.TextField(blank=True, verbose_name="précision")),
                (
                    "text_digest",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="empreinte du texte lu"
                    ),
                ),
                ("answered_at", models.DateTimeField(verbose_name="répondu à")),
            ],
            options={
                "verbose_name": "réponse à la procédure",
                "verbose_name_plural": "réponses à la procédure",
                "ordering": ["act_id", "rule", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Definition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term", models.CharField(max_length=120, verbose_name="terme")),
                ("meaning", models.TextField(verbose_name="sens")),
            ],
            options={
                "verbose_name": "définition",
                "verbose_name_plural": "définitions",
                "ordering": ["act_id", "term"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "signature",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="nom dans le fichier"
                    ),
                ),
                ("body", models.TextField(verbose_name="message")),
                ("written_at", models.DateTimeField(verbose_name="écrit à")),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["thread_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PartyChange",
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
                            ("nom", "nouveau nom ou nouvelle forme"),
                            ("succession", "succession (fusion, transfert)"),
                            ("adhesion", "nouvelle partie"),
                            ("retrait", "retrait d’une partie"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "alias",
                    models.CharField(blank=True, max_length=100, verbose_name="ci-après dénommée"),
                ),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="nom")),
                (
                    "legal_nature",
                    models.CharField(blank=True, max_length=200, verbose_name="forme juridique"),
                ),
                (
                    "siren",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        validators=[accounts.rules.siren.validate_siren],
                        verbose_name="SIREN",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="adresse")),
                (
                    "effective_on",
                    models.DateField(blank=True, null=True, verbose_name="prend effet le"),
                ),
                ("reason", models.TextField(blank=True, verbose_name="fondement")),
            ],
            options={
                "verbose_name": "changement de partie",
                "verbose_name_plural": "changements de parties",
                "ordering": ["act_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                            ("reecrire", "nouvelle rédaction"),
                            ("inserer", "article à insérer"),
                            ("retirer", "article à retirer"),
                            ("renumeroter", "nouveau numéro"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                (
                    "article_kind",
                    models.CharField(
                        choices=[
                            ("preambule", "préambule"),
                            ("titre", "titre"),
                            ("article", "article"),
                            ("intertitre", "intertitre"),
                            ("annexe", "annexe"),
                        ],
                        default="article",
                        max_length=10,
                        verbose_name="nature de l’article",
                    ),
                ),
                ("base_number", models.CharField(blank=True, max_length=20)),
                ("base_heading", models.CharField(blank=True, max_length=300)),
                ("base_body", models.TextField(blank=True)),
                ("number", models.CharField(blank=True, max_length=20, verbose_name="numéro")),
                ("heading", models.CharField(blank=True, max_length=300, verbose_name="titre")),
                ("body", models.TextField(blank=True, verbose_name="texte")),
                ("reason", models.TextField(blank=True, verbose_name="motif")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ouverte", "à examiner"),
                            ("acceptee", "acceptée"),
                            ("refusee", "refusée"),
                            ("retiree", "retirée"),
                        ],
                        default="ouverte",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "signature",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="nom dans le fichier"
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="faite à")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue à"),
                ),
                ("answer", models.TextField(blank=True, verbose_name="réponse")),
            ],
            options={
                "verbose_name": "proposition",
                "verbose_name_plural": "propositions",
                "ordering": ["act_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(verbose_name="lu à")),
            ],
            options={
                "verbose_name": "lecture",
                "verbose_name_plural": "lectures",
            },
        ),
        migrations.CreateModel(
            name="RegisteredLetter",
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
            ],
            options={
                "verbose_name": "lettre recommandée",
                "verbose_name_plural": "lettres recommandées",
                "ordering": ["termination_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="tour")),
                ("opened_at", models.DateTimeField(verbose_name="ouvert à")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="rendu à")),
                ("message", models.TextField(blank=True, verbose_name="message")),
            ],
            options={
                "verbose_name": "tour de négociation",
                "verbose_name_plural": "tours de négociation",
                "ordering": ["act_id", "number"],
            },
        ),
        migrations.CreateModel(
            name="Termination",
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
                            ("resiliation", "résiliation"),
                            ("mise_en_demeure", "mise en demeure"),
                            ("desaccord", "fin sur désaccord à la revoyure"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("preparee", "préparée"),
                            ("notifiee", "notifiée"),
                            ("retiree", "retirée"),
                            ("remediee", "manquement réparé"),
                        ],
                        default="preparee",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="motif")),
                ("breach", models.TextField(blank=True, verbose_name="manquement reproché")),
                (
                    "cure_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="jours laissés pour réparer",
                    ),
                ),
                (
                    "to_complete",
                    models.TextField(blank=True, verbose_name="ce qui doit être mené à terme"),
                ),
                (
                    "planned_event_on",
                    models.DateField(blank=True, null=True, verbose_name="envoi prévu le"),
                ),
                (
                    "event_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="événement qui fait courir le délai"
                    ),
                ),
                (
                    "effect_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="dernier jour liant les parties"
                    ),
                ),
                ("steps", models.JSONField(blank=True, default=list, verbose_name="raisonnement")),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="retirée le"),
                ),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, verbose_name="motif du retrait"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="préparée à")),
            ],
            options={
                "verbose_name": "sortie de la convention",
                "verbose_name_plural": "sorties de la convention",
                "ordering": ["convention_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("passage", models.TextField(blank=True, verbose_name="passage")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("interne", "interne à mon organisme"),
                            ("partage", "partagé avec les parties"),
                        ],
                        default="partage",
                        max_length=10,
                        verbose_name="lecteurs",
                    ),
                ),
                ("opened_at", models.DateTimeField(verbose_name="ouvert à")),
                (
                    "resolved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="résolu à"),
                ),
            ],
            options={
                "verbose_name": "discussion",
                "verbose_name_plural": "discussions",
                "ordering": ["act_id", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="act",
            name="act_signed_is_dated",
        ),
        migrations.RemoveConstraint(
            model_name="articleversion",
            name="article_once_per_act",
        ),
        migrations.RemoveConstraint(
            model_name="party",
            name="party_once_per_convention",
        ),
        migrations.RemoveConstraint(
            model_name="party",
            name="party_position_unique",
        ),
        migrations.AddField(
            model_name="act",
            name="automatic_numbering",
            field=models.BooleanField(default=False, verbose_name="numérotation automatique"),
        ),
        migrations.AddField(
            model_name="act",
            name="drafted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="rédigé par",
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="purpose",
            field=models.TextField(blank=True, verbose_name="exposé des motifs"),
        ),
        migrations.AddField(
            model_name="act",
            name="variables",
            field=models.JSONField(blank=True, default=dict, verbose_name="variables du canevas"),
        ),
        migrations.AddField(
            model_name="article",
            name="code",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="repère"),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="after",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.article",
                verbose_name="après",
            ),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="prend effet le"),
        ),
        migrations.AddField(
            model_name="articleversion",
            name="operation",
            field=models.CharField(
                choices=[
                    ("ecrire", "écrit"),
                    ("remplacer", "remplace"),
                    ("renumeroter", "renumérote"),
                    ("abroger", "abroge"),
                ],
                default="ecrire",
                max_length=12,
                verbose_name="opération",
            ),
        ),
        migrations.AddField(
            model_name="convention",
            name="recorded_afterwards",
            field=models.BooleanField(
                default=False,
                help_text="Le texte est repris tel qu’il a été signé sur papier.",
                verbose_name="déjà signée hors du portail",
            ),
        ),
        migrations.AddField(
            model_name="convention",
            name="terminated_on",
            field=models.DateField(blank=True, null=True, verbose_name="résiliée, dernier jour"),
        ),
        migrations.AddField(
            model_name="durationclause",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="prend effet le"),
        ),
        migrations.AddField(
            model_name="durationclause",
            name="repeals",
            field=models.BooleanField(default=False, verbose_name="abroge sans remplacer"),
        ),
        migrations.AddField(
            model_name="durationclause",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="conventions.durationclause",
                verbose_name="remplace",
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="certified_by",
            field=models.CharField(blank=True, max_length=200, verbose_name="certifiée par"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="certified_on",
            field=models.DateField(blank=True, null=True, verbose_name="certifiée exécutoire le"),
        ),
        migrations.AddField(
            model_name="mandate",
            name="transmitted_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="transmise au contrôle de légalité le"
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="voters",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="votants"),
        ),
        migrations.AddField(
            model_name="party",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="conventions.party",
                verbose_name="succède à",
            ),
        ),
        migrations.AddField(
            model_name="revoyureclause",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="prend effet le"),
        ),
        migrations.AddField(
            model_name="revoyureclause",
            name="repeals",
            field=models.BooleanField(default=False, verbose_name="abroge sans remplacer"),
        ),
        migrations.AddField(
            model_name="revoyureclause",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="conventions.revoyureclause",
                verbose_name="remplace",
            ),
        ),
        migrations.AddField(
            model_name="terminationclause",
            name="effective_on",
            field=models.DateField(blank=True, null=True, verbose_name="prend effet le"),
        ),
        migrations.AddField(
            model_name="terminationclause",
            name="repeals",
            field=models.BooleanField(default=False, verbose_name="abroge sans remplacer"),
        ),
        migrations.AddField(
            model_name="terminationclause",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="conventions.terminationclause",
                verbose_name="remplace",
            ),
        ),
        migrations.AlterField(
            model_name="act",
            name="status",
            field=models.CharField(
                choices=[
                    ("projet", "projet"),
                    ("en_negociation", "en négociation"),
                    ("en_validation", "en validation"),
                    ("en_signature", "en signature"),
                    ("signe", "signé"),
                    ("abandonne", "abandonné"),
                ],
                default="projet",
                max_length=20,
                verbose_name="état",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="kind",
            field=models.CharField(
                choices=[
                    ("preambule", "préambule"),
                    ("titre", "titre"),
                    ("article", "article"),
                    ("intertitre", "intertitre"),
                    ("annexe", "annexe"),
                ],
                default="article",
                max_length=10,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="articleversion",
            name="position",
            field=models.PositiveIntegerField(verbose_name="rang"),
        ),
        migrations.AlterField(
            model_name="convention",
            name="status",
            field=models.CharField(
                choices=[
                    ("brouillon", "brouillon"),
                    ("en_negociation", "en négociation"),
                    ("en_validation", "en validation"),
                    ("en_signature", "en signature"),
                    ("signee", "signée"),
                    ("resiliee", "résiliée"),
                ],
                default="brouillon",
                max_length=20,
                verbose_name="état",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("effective_on__isnull", True)),
                fields=("article", "act", "operation"),
                name="article_changed_once_per_act",
                violation_error_message="L’acte prévoit déjà cela pour cet article.",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.UniqueConstraint(
                fields=("article", "act", "operation", "effective_on"),
                name="article_changed_once_per_act_and_day",
                violation_error_message="L’acte prévoit déjà cela pour cet article ce jour-là.",
            ),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("operation", "ecrire"), ("after__isnull", True), _connector="OR"
                ),
                name="article_placed_when_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("convention", "organisation"),
                name="party_once_per_convention",
                violation_error_message="Cet organisme est déjà partie à la convention.",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("convention", "position"),
                name="party_position_unique",
                violation_error_message="Deux parties ne peuvent pas avoir le même rang.",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="approvals",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="donné par",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="partie",
            ),
        ),
        migrations.AddField(
            model_name="articlerevision",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="article_revisions",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="articlerevision",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="revisions",
                to="conventions.article",
            ),
        ),
        migrations.AddField(
            model_name="articlerevision",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="écrit par",
            ),
        ),
        migrations.AddConstraint(
            model_name="canevas",
            constraint=models.UniqueConstraint(
                fields=("key", "version"), name="canevas_version_unique"
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="canevas",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="conventions.canevas",
                verbose_name="canevas type",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "signe"), _negated=True),
                    models.Q(("effective_on__isnull", False), ("signed_on__isnull", False)),
                    _connector="OR",
                ),
                name="act_signed_is_dated",
                violation_error_message="Un acte signé porte sa date de signature et sa date d’effet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "initial"), ("number", 0)),
                    models.Q(("number__gt", 0), models.Q(("kind", "initial"), _negated=True)),
                    _connector="OR",
                ),
                name="act_zero_is_the_initial_one",
            ),
        ),
        migrations.AddField(
            model_name="canevasclause",
            name="canevas",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="clauses",
                to="conventions.canevas",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="origin",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="articles",
                to="conventions.canevasclause",
                verbose_name="clause du canevas",
            ),
        ),
        migrations.AddField(
            model_name="checklistanswer",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="checklist_answers",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="checklistanswer",
            name="answered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="répondu par",
            ),
        ),
        migrations.AddField(
            model_name="checklistanswer",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checklist_answers",
                to="conventions.document",
                verbose_name="pièce",
            ),
        ),
        migrations.AddField(
            model_name="checklistanswer",
            name="party",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="pour",
            ),
        ),
        migrations.AddField(
            model_name="definition",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="definitions",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="definition",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="definitions",
                to="conventions.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="auteur",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="pour",
            ),
        ),
        migrations.AddField(
            model_name="partychange",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="party_changes",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="partychange",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="organisme",
            ),
        ),
        migrations.AddField(
            model_name="partychange",
            name="party",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="conventions.party",
                verbose_name="partie",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposals",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="after",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="conventions.article",
                verbose_name="après",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="réponse de",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposals",
                to="conventions.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="conventions.document",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="faite par",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="conventions.article",
                verbose_name="dans",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="proposé par",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="readings",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="reading",
            name="reader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="registeredletter",
            name="addressee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters_received",
                to="conventions.party",
                verbose_name="destinataire",
            ),
        ),
        migrations.AddField(
            model_name="registeredletter",
            name="delivery_proof",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.document",
                verbose_name="avis de réception ou preuve de retour",
            ),
        ),
        migrations.AddField(
            model_name="registeredletter",
            name="posting_proof",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.document",
                verbose_name="preuve de dépôt",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rounds",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="rendu par",
            ),
        ),
        migrations.AddField(
            model_name="round",
            name="holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="a la main",
            ),
        ),
        migrations.AddField(
            model_name="termination",
            name="clause",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="endings",
                to="conventions.terminationclause",
                verbose_name="clause",
            ),
        ),
        migrations.AddField(
            model_name="termination",
            name="convention",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="endings",
                to="conventions.convention",
            ),
        ),
        migrations.AddField(
            model_name="termination",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="préparée par",
            ),
        ),
        migrations.AddField(
            model_name="termination",
            name="follows",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="conventions.termination",
                verbose_name="suit",
            ),
        ),
        migrations.AddField(
            model_name="termination",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="endings",
                to="conventions.party",
                verbose_name="partie",
            ),
        ),
        migrations.AddField(
            model_name="registeredletter",
            name="termination",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="conventions.termination",
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="act",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="threads",
                to="conventions.act",
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="threads",
                to="conventions.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="ouvert par",
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="résolu par",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="conventions.thread",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("act", "party"),
                name="approval_one_per_party",
                violation_error_message="Cette partie a déjà donné son accord.",
            ),
        ),
        migrations.AddIndex(
            model_name="articlerevision",
            index=models.Index(
                fields=["act", "code", "-written_at"], name="revision_of_an_article"
            ),
        ),
        migrations.AddConstraint(
            model_name="canevasclause",
            constraint=models.UniqueConstraint(
                fields=("canevas", "key"), name="canevas_clause_key_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="definition",
            constraint=models.UniqueConstraint(
                fields=("act", "term"),
                name="definition_once_per_act",
                violation_error_message="L’acte définit déjà ce terme.",
            ),
        ),
        migrations.AddConstraint(
            model_name="partychange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("party__isnull", False)),
                fields=("act", "party"),
                name="party_changed_once_per_act",
                violation_error_message="L’acte change déjà cette partie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("status", "ouverte")),
                    models.Q(
                        models.Q(("status", "ouverte"), _negated=True),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="proposal_answered_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.UniqueConstraint(
                fields=("act", "reader"), name="reading_one_per_reader"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("act", "number"), name="round_number_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("act",),
                name="round_one_open",
                violation_error_message="Un tour de négociation est déjà ouvert.",
            ),
        ),
        migrations.AddConstraint(
            model_name="termination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "notifiee"), _negated=True),
                    ("event_on__isnull", False),
                    _connector="OR",
                ),
                name="termination_notified_is_dated",
                violation_error_message="Une sortie notifiée porte la date de l’événement.",
            ),
        ),
        migrations.AddConstraint(
            model_name="termination",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status", "notifiee"), models.Q(("kind", "mise_en_demeure"), _negated=True)
                ),
                fields=("convention",),
                name="termination_one_running",
                violation_error_message="Un préavis court déjà pour cette convention.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registeredletter",
            constraint=models.UniqueConstraint(
                fields=("termination", "addressee"),
                name="letter_one_per_addressee",
                violation_error_message="Cette partie a déjà sa lettre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registeredletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("presented_on__isnull", True),
                    ("posted_on__isnull", True),
                    ("presented_on__gte", models.F("posted_on")),
                    _connector="OR",
                ),
                name="letter_presented_after_posting",
                violation_error_message="Une lettre n’est pas présentée avant son dépôt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registeredletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivered_on__isnull", True),
                    ("posted_on__isnull", True),
                    ("delivered_on__gte", models.F("posted_on")),
                    _connector="OR",
                ),
                name="letter_delivered_after_posting",
                violation_error_message="Une lettre n’est pas remise avant son dépôt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registeredletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivered_on__isnull", True), ("returned_on__isnull", True), _connector="OR"
                ),
                name="letter_delivered_or_returned",
                violation_error_message="Une lettre est remise ou retournée, pas les deux.",
            ),
        ),
    ]
