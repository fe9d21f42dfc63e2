"""Pushing the term back: for how long, and in whose name the avenant is drafted."""

from django import forms
from django.db.models import QuerySet

from conventions.enums import Unit
from conventions.forms.avenants import DrafterChoice
from conventions.forms.base import SectionedForm
from conventions.models import Party

UNITS = (Unit.ANS, Unit.MOIS)


class ProrogationForm(SectionedForm, forms.Form):
    sections = (
        ("De combien de temps ?", (("quantity", "unit"), "purpose")),
        ("Qui rédige l’avenant", ("drafted_by",)),
    )

    quantity = forms.IntegerField(label="Durée", min_value=1, max_value=99)
    unit = forms.ChoiceField(label="Unité", choices=[(unit.value, unit.label) for unit in UNITS])
    purpose = forms.CharField(
        label="Pourquoi", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, drafters: QuerySet[Party], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["drafted_by"] = DrafterChoice(
            drafters.select_related("organisation"),
            label="Rédigé pour",
            initial=drafters.first(),
            empty_label=None,
            help_text="Cette partie seule verra le projet tant qu’elle n’ouvre pas la négociation.",
        )
