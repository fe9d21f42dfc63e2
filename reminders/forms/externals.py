"""Somebody without an account, to be told of a convention's dates."""

from collections.abc import Iterable

from django import forms

from conventions.models import Party
from reminders.enums import DeadlineKind


class ExternalForm(forms.Form):
    name = forms.CharField(label="Nom", max_length=200)
    quality = forms.CharField(
        label="Qualité",
        max_length=200,
        required=False,
        help_text="Par exemple : notaire, avocate de l’agglomération.",
    )
    email = forms.EmailField(label="Adresse de courriel", max_length=254)
    party = forms.ModelChoiceField(
        Party.objects.none(), label="Au nom de quelle partie", empty_label=None
    )
    kinds = forms.MultipleChoiceField(
        label="De quelles échéances la prévenir",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune case cochée : de toutes.",
    )

    def __init__(self, *args, parties, kinds: Iterable[DeadlineKind], **more):
        super().__init__(*args, **more)
        self.fields["party"].queryset = parties
        self.fields["party"].initial = parties.first()
        if len(parties) == 1:
            self.fields["party"].widget = forms.HiddenInput()
        self.fields["kinds"].choices = [
            (kind.value, kind.label[0].upper() + kind.label[1:]) for kind in kinds
        ]
