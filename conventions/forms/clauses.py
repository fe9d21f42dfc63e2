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
DURATION_TRIGGERS = (Trigger.SIGNATURE, Trigger.NOTIFICATION, Trigger.DATE_EFFET)
DURATION_UNITS = (Unit.ANS, Unit.MOIS, Unit.JOURS)
TERMINATION_TRIGGERS = (
    Trigger.ENVOI,
    Trigger.DEPOT_RECEPISSE,
    Trigger.PREMIERE_PRESENTATION,
    Trigger.RECEPTION,
    Trigger.DATE_EFFET,
    Trigger.TERME,
)
SILENT = ("", "le texte ne le dit pas")


def _choices(members) -> list[tuple[str, str]]:
    return [(member.value, member.label) for member in members]


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
        ("La durée", (("quantity", "unit"), "trigger", "prorogation_possible")),
        (WORDING, ("article", "wording")),
    )

    unit = forms.ChoiceField(label="Unité", choices=_choices(DURATION_UNITS))
    trigger = forms.ChoiceField(
        label="À compter de",
        required=False,
        choices=[SILENT, *_choices(DURATION_TRIGGERS)],
        help_text="Si le texte ne le dit pas, la durée sera comptée de la prise d’effet.",
    )

    class Meta:
        model = DurationClause
        fields = ["quantity", "unit", "trigger", "prorogation_possible", "article", "wording"]


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
        ("Le préavis", (("quantity", "unit"), "trigger", "carry", "franc")),
        ("Ce qui survit", ("survival",)),
        (WORDING, ("article", "wording")),
    )

    ground = forms.ChoiceField(label="Motif", choices=TerminationGround.choices)
    unit = forms.ChoiceField(label="Unité", choices=Unit.choices, initial=Unit.MOIS)
    trigger = forms.ChoiceField(
        label="Compté à partir de",
        required=False,
        choices=[SILENT, *_choices(TERMINATION_TRIGGERS)],
        help_text=(
            "« Date d’effet » ou « terme » : la lettre doit partir tant de temps avant ce jour."
        ),
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
            "carry": "Cochez si le texte reporte une date qui tombe un jour non ouvré.",
            "franc": "Cochez si le texte parle de jours francs.",
            "survival": "Par exemple : les engagements prévus pour l’année.",
        }
        labels = {"indemnity": "Une indemnité est due"}
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
