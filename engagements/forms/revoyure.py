"""What people type during a yearly review."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.safestring import SafeString, mark_safe

from engagements.enums import Appreciation, Outcome
from engagements.forms.base import SectionedForm, date_field
from engagements.models import Contribution, Engagement

_CHOICES = [("", "Sans avis"), *Appreciation.choices]


class OpenForm(forms.Form):
    year = forms.IntegerField(
        label="Année à revoir",
        min_value=1900,
        max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "field__input--short"}),
        error_messages={"invalid": "Écrivez l’année en quatre chiffres, par exemple 2026."},
    )


class ContributionForm(forms.Form):
    """A party's readings of its year: one choice and one comment for each engagement.

    Each field carries what it held when the page was drawn. Only what this person changed is
    written: a colleague's reading saved meanwhile is not erased by a page drawn before.
    """

    statement = forms.CharField(
        label="Lecture d’ensemble de l’année",
        required=False,
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Deux ou trois phrases pour les élus. Elle figure au document, face à l’autre.",
    )

    def __init__(self, *args, contribution: Contribution, engagements: Iterable[Engagement], **kw):
        self.engagements = list(engagements)
        self.read = {a.engagement_id: a for a in contribution.assessments.all()}
        super().__init__(*args, initial={"statement": contribution.statement}, **kw)
        for engagement in self.engagements:
            self._add_reading(engagement)

    def _add_reading(self, engagement: Engagement) -> None:
        known = self.read.get(engagement.pk)
        self.fields[f"lecture_{engagement.pk}"] = forms.ChoiceField(
            label=f"Lecture de {engagement.code}",
            choices=_CHOICES,
            required=False,
            show_hidden_initial=True,
            initial=known.appreciation if known else "",
        )
        self.fields[f"commentaire_{engagement.pk}"] = forms.CharField(
            label=f"Commentaire sur {engagement.code}",
            required=False,
            show_hidden_initial=True,
            max_length=2000,
            initial=known.comment if known else "",
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self) -> dict:
        cleaned = super().clean()
        for engagement in self.engagements:
            reading = cleaned.get(f"lecture_{engagement.pk}")
            name = f"commentaire_{engagement.pk}"
            comment = cleaned.get(name, "").strip()
            if comment and reading == "":
                self.add_error(
                    f"lecture_{engagement.pk}", "Choisissez une lecture avec votre commentaire."
                )
            if reading == Appreciation.NON_TENU and not comment:
                self.add_error(name, "Dites pourquoi cet engagement n’est pas tenu.")
        return cleaned

    def changed_readings(self) -> Mapping[int, tuple[str, str]]:
        """Return what this person changed: `{engagement pk: (reading, comment)}`."""
        changed = set(self.changed_data)
        return {
            engagement.pk: (
                self.cleaned_data[f"lecture_{engagement.pk}"],
                self.cleaned_data[f"commentaire_{engagement.pk}"].strip(),
            )
            for engagement in self.engagements
            if changed & {f"lecture_{engagement.pk}", f"commentaire_{engagement.pk}"}
        }

    def what_was_there(self) -> SafeString:
        """Hidden inputs that carry what each field held when the page was drawn."""
        return mark_safe(  # noqa: S308 - each is rendered and escaped by Django
            "".join(self[name].as_hidden(only_initial=True) for name in self.fields)
        )

    def rows(self) -> list[tuple[Engagement, forms.BoundField, forms.BoundField]]:
        return [(e, self[f"lecture_{e.pk}"], self[f"commentaire_{e.pk}"]) for e in self.engagements]


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label="Pourquoi la reprendre",
        max_length=500,
        help_text="L’autre partie le lira au journal.",
    )


class FreezeForm(SectionedForm):
    sections = (
        ("L’issue", ("outcome", "conclusion")),
        ("Le comité", ("meeting_on",)),
    )
    outcome = forms.ChoiceField(
        label="Issue de la revoyure", choices=Outcome.choices, widget=forms.RadioSelect
    )
    conclusion = forms.CharField(
        label="Ce qui est décidé",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nécessaire quand la revoyure ne maintient pas les engagements tels quels.",
    )
    meeting_on = date_field("Date du comité de revoyure", required=False)
