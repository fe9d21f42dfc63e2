"""Clauses as data: how long, when one meets again, how one leaves."""

from django import forms

from conventions.enums import TerminationGround, Trigger, Unit
from conventions.forms.base import SeenForm
from conventions.forms.operations import WHEN, StandingArticleChoice, effect_field
from conventions.forms.text import ArticleChoice, plan_of
from conventions.models import (
    Act,
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.models.consolidated import draft_text
from territories.rules.french import MONTHS

WORDING = "Les termes"
WORDING_HELP = "Le passage du texte, mot pour mot : il accompagnera chaque date calculée."
SILENT = ("", "… le texte ne le dit pas")
# Said as the end of the sentence that the labels begin: «La convention dure … à compter de».
BEGINNINGS = (
    (Trigger.SIGNATURE, "la signature"),
    (Trigger.NOTIFICATION, "la notification"),
    (Trigger.DATE_EFFET, "la prise d’effet"),
)
# «La fin intervient … après l’envoi de la lettre», or «… avant la date d’effet».
LETTER_EVENTS = (
    (Trigger.ENVOI, "après l’envoi de la lettre"),
    (Trigger.DEPOT_RECEPISSE, "après le dépôt de la lettre contre récépissé"),
    (Trigger.PREMIERE_PRESENTATION, "après la première présentation de la lettre"),
    (Trigger.RECEPTION, "après la réception de la lettre"),
    (Trigger.NOTIFICATION, "après la notification"),
    (Trigger.SIGNATURE, "après la signature de la lettre"),
)
COUNTED_BACK = (
    (Trigger.DATE_EFFET, "avant la date où l’on veut être libre"),
    (Trigger.TERME, "avant le terme de la convention"),
)


class TriggerChoice(forms.ChoiceField):
    """From what a clause counts; left blank, it says that the text is silent."""

    blank_speaks = True


class ClauseForm(SeenForm, forms.ModelForm):
    """What every clause asks: its article, its own words, and, of an avenant, from which day."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, act: Act, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["article"] = self._articles(act)
        if act.number:
            self.fields["effective_on"] = effect_field()
            self.initial.setdefault("effective_on", self.instance.effective_on)
            self.sections = (*self.sections, WHEN)
        self.fields["wording"].help_text = WORDING_HELP
        self.fields["wording"].widget.attrs["rows"] = 4

    @staticmethod
    def _articles(act: Act) -> forms.ModelChoiceField:
        """The articles of the draft; for an avenant, those of the text as it would leave it."""
        named = {"label": "Article", "empty_label": "aucun"}
        if act.number:
            return StandingArticleChoice(draft_text(act, with_body=False), **named)
        return ArticleChoice(plan_of(act), required=False, **named)


class DurationForm(ClauseForm):
    sections = (
        ("La durée, en une phrase", (("quantity", "unit", "trigger"), "prorogation_possible")),
        (WORDING, ("article", "wording")),
    )

    unit = forms.ChoiceField(label="en", choices=Unit.choices)
    trigger = TriggerChoice(label="à compter de", required=False, choices=[SILENT, *BEGINNINGS])

    class Meta:
        model = DurationClause
        fields = ["quantity", "unit", "trigger", "prorogation_possible", "article", "wording"]
        labels = {"quantity": "La convention dure"}


class RevoyureForm(ClauseForm):
    sections = (
        ("Le rendez-vous annuel", ("year_basis", ("opens_day", "opens_month"))),
        (
            "Les étapes, en jours depuis l’ouverture",
            (
                ("contribution_days", "meeting_days"),
                ("freeze_days", "transmission_days"),
            ),
        ),
        ("En cas de désaccord", ("disagreement",)),
        (WORDING, ("article", "wording")),
    )

    opens_month = forms.TypedChoiceField(
        label="Mois d’ouverture",
        coerce=int,
        choices=list(enumerate(MONTHS, start=1)),
        initial=10,
    )

    class Meta:
        model = RevoyureClause
        fields = [
            "year_basis",
            "opens_day",
            "opens_month",
            "contribution_days",
            "meeting_days",
            "freeze_days",
            "transmission_days",
            "disagreement",
            "article",
            "wording",
        ]
        help_texts = {
            "opens_day": "Du 1 au 28.",
            "disagreement": "Ce que le texte prévoit quand les parties ne s’accordent pas.",
        }
        widgets = {"disagreement": forms.Textarea(attrs={"rows": 3})}


class TerminationForm(ClauseForm):
    sections = (
        ("Le motif et la forme", ("ground", "form", "indemnity")),
        ("Le préavis, en une phrase", (("quantity", "unit", "trigger"), "carry", "franc")),
        ("Ce qui survit", ("survival",)),
        (WORDING, ("article", "wording")),
    )

    ground = forms.ChoiceField(label="Motif", choices=TerminationGround.choices)
    unit = forms.ChoiceField(label="en", choices=Unit.choices, initial=Unit.MOIS)
    trigger = TriggerChoice(
        label="compté",
        required=False,
        choices=[
            SILENT,
            ("La fin intervient tant de temps…", LETTER_EVENTS),
            ("La lettre part tant de temps…", COUNTED_BACK),
        ],
    )

    class Meta:
        model = TerminationClause
        fields = [
            "ground",
            "form",
            "indemnity",
            "quantity",
            "unit",
            "trigger",
            "carry",
            "franc",
            "survival",
            "article",
            "wording",
        ]
        help_texts = {
            "form": "Par exemple : lettre recommandée avec avis de réception.",
            "indemnity": "Cochez si la partie qui s’en va doit une indemnité.",
            "carry": "À cocher seulement si le texte le dit : un préavis ne se reporte pas de "
            "lui-même.",
            "franc": "À cocher seulement si le texte dit « franc ».",
            "survival": "Par exemple : les engagements prévus pour l’année.",
        }
        labels = {
            "indemnity": "Une indemnité est due",
            "quantity": "Le préavis est de",
            "carry": "Une date qui tombe un jour non ouvré est reportée",
            "franc": "Le délai est franc",
        }
        widgets = {"survival": forms.Textarea(attrs={"rows": 3})}


class FollowUpForm(ClauseForm):
    sections = (
        ("Qui se réunit, et combien de fois", ("body", ("per_year", "year_basis"))),
        (WORDING, ("article", "wording")),
    )

    class Meta:
        model = FollowUpClause
        fields = ["body", "per_year", "year_basis", "article", "wording"]
        help_texts = {
            "body": "Par exemple : le comité de pilotage.",
            "per_year": "De 1 à 12. L’année est découpée en périodes égales, une par réunion.",
            "year_basis": "Année de convention : elle commence au jour de la prise d’effet.",
        }


class TrialForm(forms.Form):
    """A day somebody wants to try a clause on."""

    essai = forms.DateField(
        label="Essayer une date",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez la date à essayer ainsi : 30/11/2026."},
    )
