"""Answers, added dates, choices, findings, feeds; why each reminder leaves and with which others."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_absences"),
        ("conventions", "0011_follow_up_and_letters"),
        ("engagements", "0005_convocations"),
        ("reminders", "0004_deadlines_of_ways_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AddedDeadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="échéance")),
                ("due_on", models.DateField(verbose_name="date")),
                (
                    "every_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="revient tous les … mois",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "sharing",
                    models.CharField(
                        choices=[
                            ("moi", "moi seul"),
                            ("organisme", "mon organisme"),
                            ("parties", "toutes les parties"),
                        ],
                        default="organisme",
                        max_length=10,
                        verbose_name="qui la voit",
                    ),
                ),
                ("added_at", models.DateTimeField(verbose_name="ajoutée à")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée à"),
                ),
            ],
            options={
                "verbose_name": "échéance ajoutée",
                "verbose_name_plural": "échéances ajoutées",
                "ordering": ["convention_id", "due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(
                        editable=False,
                        max_length=64,
                        unique=True,
                        verbose_name="empreinte du jeton",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="créée à")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée à"),
                ),
                ("last_read_at", models.DateTimeField(blank=True, null=True, verbose_name="lue à")),
            ],
            options={
                "verbose_name": "adresse d’agenda",
                "verbose_name_plural": "adresses d’agenda",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="DeadlineAnswer",
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
                            ("prise_en_charge", "prise en charge"),
                            ("faite", "faite"),
                            ("sans_objet", "sans objet"),
                        ],
                        max_length=16,
                        verbose_name="réponse",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="raison")),
                ("at", models.DateTimeField(verbose_name="donnée à")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée à"),
                ),
            ],
            options={
                "verbose_name": "réponse à une échéance",
                "verbose_name_plural": "réponses aux échéances",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DeadlineNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=100, verbose_name="origine")),
                ("body", models.TextField(verbose_name="note")),
                ("at", models.DateTimeField(verbose_name="écrite à")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée à"),
                ),
            ],
            options={
                "verbose_name": "note sur une échéance",
                "verbose_name_plural": "notes sur les échéances",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ExternalRecipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="courriel")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("quality", models.CharField(blank=True, max_length=200, verbose_name="qualité")),
                (
                    "kinds",
                    models.JSONField(blank=True, default=list, verbose_name="natures d’échéances"),
                ),
                ("added_at", models.DateTimeField(verbose_name="ajouté à")),
                (
                    "stopped_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="arrêté à"),
                ),
                (
                    "stopped_by_recipient",
                    models.BooleanField(default=False, verbose_name="arrêté par le destinataire"),
                ),
            ],
            options={
                "verbose_name": "destinataire extérieur",
                "verbose_name_plural": "destinataires extérieurs",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
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
                            ("convention_muette", "convention en vigueur sans rappel à venir"),
                            ("sans_raisonnement", "échéance sans raisonnement"),
                            ("planificateur_muet", "planificateur silencieux"),
                            ("rappel_echoue", "rappel qui n’a pas pu partir"),
                            ("personne_a_prevenir", "partie où il n’y a plus personne à prévenir"),
                        ],
                        max_length=24,
                        verbose_name="constat",
                    ),
                ),
                ("key", models.CharField(max_length=120, verbose_name="objet")),
                ("words", models.CharField(max_length=300, verbose_name="en clair")),
                ("found_at", models.DateTimeField(verbose_name="constaté à")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="signalé à")),
                ("cleared_at", models.DateTimeField(blank=True, null=True, verbose_name="levé à")),
            ],
            options={
                "verbose_name": "constat",
                "verbose_name_plural": "constats",
                "ordering": ["found_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LadderChoice",
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
                            ("terme", "terme de la convention"),
                            ("prorogation", "dernier jour pour signer une prorogation"),
                            ("revoyure_ouverture", "ouverture de la revoyure"),
                            ("revoyure_contributions", "clôture des contributions à la revoyure"),
                            ("revoyure_comite", "comité de revoyure"),
                            ("revoyure_gel", "gel de la revoyure"),
                            ("revoyure_transmission", "transmission aux instances délibérantes"),
                            ("resiliation", "dernier envoi sûr pour résilier"),
                            ("engagement", "engagement à tenir"),
                            ("rapport_activite", "éléments pour le rapport d’activité"),
                            ("controle_legalite", "fin du contrôle de légalité"),
                            ("habilitation", "fin d’une habilitation"),
                            ("fin_preavis", "dernier jour d’un préavis"),
                            ("fin_mise_en_demeure", "fin du délai d’une mise en demeure"),
                            ("reponse_lre", "dernier jour pour accepter une lettre électronique"),
                            ("preuves_lre", "preuves d’une lettre électronique à télécharger"),
                            ("reunion_suivi", "réunion d’une instance de suivi"),
                            ("ajoutee", "échéance ajoutée"),
                        ],
                        max_length=30,
                        verbose_name="nature d’échéance",
                    ),
                ),
                ("months", models.JSONField(blank=True, default=list, verbose_name="mois avant")),
                ("days", models.JSONField(blank=True, default=list, verbose_name="jours avant")),
            ],
            options={
                "verbose_name": "échelle de rappels",
                "verbose_name_plural": "échelles de rappels",
                "ordering": ["kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RhythmChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("chacun", "un message par échéance"),
                            ("quotidien", "un message par jour"),
                            ("hebdomadaire", "un message par semaine, le lundi"),
                        ],
                        default="chacun",
                        max_length=12,
                        verbose_name="rythme",
                    ),
                ),
            ],
            options={
                "verbose_name": "rythme des rappels",
                "verbose_name_plural": "rythmes des rappels",
            },
        ),
        migrations.AlterModelOptions(
            name="deadline",
            options={
                "base_manager_name": "every",
                "ordering": ["due_on", "pk"],
                "verbose_name": "échéance",
                "verbose_name_plural": "échéances",
            },
        ),
        migrations.AlterModelManagers(
            name="deadline",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("every", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_once_per_person",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_once_per_fallback_address",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_has_one_addressee",
        ),
        migrations.RemoveConstraint(
            model_name="reminder",
            name="reminder_correction_says_what_was_told",
        ),
        migrations.AddField(
            model_name="deadline",
            name="not_applicable",
            field=models.BooleanField(default=False, verbose_name="sans objet"),
        ),
        migrations.AddField(
            model_name="deadline",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_deadlines",
                to=settings.AUTH_USER_MODEL,
                verbose_name="réservée à la personne",
            ),
        ),
        migrations.AddField(
            model_name="deadline",
            name="reserved_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_deadlines",
                to="accounts.organisation",
                verbose_name="réservée à l’organisme",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="journalled",
            field=models.BooleanField(default=False, verbose_name="dit au journal"),
        ),
        migrations.AddField(
            model_name="reminder",
            name="leader",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried",
                to="reminders.reminder",
                verbose_name="part avec",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="nature",
            field=models.CharField(
                choices=[
                    ("rappel", "rappel"),
                    ("correction", "correction"),
                    ("escalade", "escalade"),
                ],
                default="rappel",
                max_length=10,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="deadline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("terme", "terme de la convention"),
                    ("prorogation", "dernier jour pour signer une prorogation"),
                    ("revoyure_ouverture", "ouverture de la revoyure"),
                    ("revoyure_contributions", "clôture des contributions à la revoyure"),
                    ("revoyure_comite", "comité de revoyure"),
                    ("revoyure_gel", "gel de la revoyure"),
                    ("revoyure_transmission", "transmission aux instances délibérantes"),
                    ("resiliation", "dernier envoi sûr pour résilier"),
                    ("engagement", "engagement à tenir"),
                    ("rapport_activite", "éléments pour le rapport d’activité"),
                    ("controle_legalite", "fin du contrôle de légalité"),
                    ("habilitation", "fin d’une habilitation"),
                    ("fin_preavis", "dernier jour d’un préavis"),
                    ("fin_mise_en_demeure", "fin du délai d’une mise en demeure"),
                    ("reponse_lre", "dernier jour pour accepter une lettre électronique"),
                    ("preuves_lre", "preuves d’une lettre électronique à télécharger"),
                    ("reunion_suivi", "réunion d’une instance de suivi"),
                    ("ajoutee", "échéance ajoutée"),
                ],
                max_length=30,
                verbose_name="nature",
            ),
        ),
        migrations.AlterField(
            model_name="reminder",
            name="rule",
            field=models.SmallIntegerField(verbose_name="jours avant"),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("owner__isnull", True), ("reserved_to__isnull", True), _connector="OR"
                ),
                name="deadline_kept_by_one_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("not_applicable", False), ("done_on__isnull", False), _connector="OR"
                ),
                name="deadline_not_applicable_since_a_day",
            ),
        ),
        migrations.AddField(
            model_name="addeddeadline",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="added_deadlines",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ajoutée par",
            ),
        ),
        migrations.AddField(
            model_name="addeddeadline",
            name="convention",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="added_deadlines",
                to="conventions.convention",
            ),
        ),
        migrations.AddField(
            model_name="addeddeadline",
            name="party",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="partie",
            ),
        ),
        migrations.AddField(
            model_name="calendarfeed",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="calendar_feeds",
                to=settings.AUTH_USER_MODEL,
                verbose_name="personne",
            ),
        ),
        migrations.AddField(
            model_name="deadlineanswer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="par",
            ),
        ),
        migrations.AddField(
            model_name="deadlineanswer",
            name="deadline",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="answers",
                to="reminders.deadline",
            ),
        ),
        migrations.AddField(
            model_name="deadlineanswer",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conventions.party",
                verbose_name="partie",
            ),
        ),
        migrations.AddField(
            model_name="deadlinenote",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="auteur",
            ),
        ),
        migrations.AddField(
            model_name="deadlinenote",
            name="convention",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deadline_notes",
                to="conventions.convention",
            ),
        ),
        migrations.AddField(
            model_name="deadlinenote",
            name="reserved_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="réservée à",
            ),
        ),
        migrations.AddField(
            model_name="externalrecipient",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ajouté par",
            ),
        ),
        migrations.AddField(
            model_name="externalrecipient",
            name="convention",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="external_recipients",
                to="conventions.convention",
            ),
        ),
        migrations.AddField(
            model_name="externalrecipient",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="external_recipients",
                to="conventions.party",
                verbose_name="au nom de",
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="external",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="reminders.externalrecipient",
                verbose_name="destinataire extérieur",
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("journalled", False), ("status__in", ["envoye", "echec"])),
                fields=["id"],
                name="reminder_to_journal",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("recipient__isnull", False)),
                fields=("deadline", "target_on", "nature", "rule", "recipient"),
                name="reminder_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fallback_email", ""), _negated=True),
                fields=("deadline", "target_on", "nature", "rule", "fallback_email"),
                name="reminder_once_per_fallback_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external__isnull", False)),
                fields=("deadline", "target_on", "nature", "rule", "external"),
                name="reminder_once_per_external_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("external__isnull", True),
                        ("fallback_email", ""),
                        ("recipient__isnull", False),
                    ),
                    models.Q(
                        ("external__isnull", False),
                        ("fallback_email", ""),
                        ("recipient__isnull", True),
                    ),
                    models.Q(
                        ("external__isnull", True),
                        ("recipient__isnull", True),
                        models.Q(("fallback_email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reminder_has_one_addressee",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="convention",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findings",
                to="conventions.convention",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="deadline",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findings",
                to="reminders.deadline",
                verbose_name="échéance",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findings",
                to="accounts.organisation",
                verbose_name="organisme",
            ),
        ),
        migrations.AddField(
            model_name="ladderchoice",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="accounts.organisation",
                verbose_name="organisme",
            ),
        ),
        migrations.AddField(
            model_name="ladderchoice",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="personne",
            ),
        ),
        migrations.AddField(
            model_name="rhythmchoice",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to="accounts.organisation",
                verbose_name="organisme",
            ),
        ),
        migrations.AddField(
            model_name="rhythmchoice",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="%(class)ss",
                to=settings.AUTH_USER_MODEL,
                verbose_name="personne",
            ),
        ),
        migrations.AddConstraint(
            model_name="addeddeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sharing", "organisme"), _negated=True),
                    ("party__isnull", False),
                    _connector="OR",
                ),
                name="added_deadline_of_an_organisation_has_its_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarfeed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("user",),
                name="calendar_feed_one_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("deadline", "party"),
                name="deadline_answer_one_standing_per_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "sans_objet"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="deadline_answer_not_applicable_has_a_reason",
                violation_error_message="Dites pourquoi cette échéance est sans objet.",
            ),
        ),
        migrations.AddIndex(
            model_name="deadlinenote",
            index=models.Index(fields=["convention", "key"], name="deadline_note_of_key"),
        ),
        migrations.AddConstraint(
            model_name="externalrecipient",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                models.F("convention"),
                models.F("party"),
                condition=models.Q(("stopped_at__isnull", True)),
                name="external_recipient_once_per_party",
                violation_error_message="Cette adresse reçoit déjà les rappels.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cleared_at__isnull", True)),
                fields=("kind", "key"),
                name="finding_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ladderchoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False)),
                fields=("organisation", "kind"),
                name="ladder_choice_once_per_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="ladderchoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("user", "kind"),
                name="ladder_choice_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="ladderchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation__isnull", False), ("user__isnull", False), _connector="XOR"
                ),
                name="ladder_choice_has_one_chooser",
            ),
        ),
        migrations.AddConstraint(
            model_name="rhythmchoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", False)),
                fields=("organisation",),
                name="rhythm_choice_once_per_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name="rhythmchoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("user",),
                name="rhythm_choice_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="rhythmchoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("organisation__isnull", False), ("user__isnull", False), _connector="XOR"
                ),
                name="rhythm_choice_has_one_chooser",
            ),
        ),
    ]
