"""The moves of an act, and the accord of a party to its text."""

from django import forms

from conventions.forms.base import SectionedForm
from conventions.forms.signature import REASON_LABEL
from conventions.models import Party


class MoveForm(SectionedForm, forms.Form):
    """A move that asks nothing but to be made."""


class ReopenForm(MoveForm):
    """Opening the writing again, with what the others will read of it."""

    sections = (("Pourquoi", ("reason",)),)

    reason = forms.CharField(
        label="Motif",
        max_length=300,
        required=False,
        help_text="Les autres parties le liront au journal et à côté des accords qui tombent.",
    )


class OverrideForm(MoveForm):
    """Setting powers aside, in writing: for the platform administrator."""

    sections = (("Passer outre", ("override_reason",)),)

    override_reason = forms.CharField(
        label=REASON_LABEL,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            "Réservé à l’administration du portail, pour une habilitation que l’on ne peut plus "
            "prouver. Le motif est inscrit au journal."
        ),
    )


class _ForParty(SectionedForm, forms.Form):
    """Something said in the name of a party; with only one to speak for, nothing is asked."""

    party = forms.ModelChoiceField(Party.objects.none(), label="Au nom de")

    def __init__(self, *args, parties, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties
        self.fields["party"].empty_label = None if len(parties) == 1 else "Choisissez…"


class ApprovalForm(_ForParty):
    """The accord, bound to the text shown: `digest` is what this page displayed."""

    sections = (("Votre accord", ("party", "comment")),)

    comment = forms.CharField(
        label="Observation",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lue par les autres parties. Par exemple : sous réserve du vote du conseil.",
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class WithdrawForm(_ForParty):
    sections = (("Le retrait", ("party", "reason")),)

    reason = forms.CharField(
        label="Motif",
        max_length=300,
        help_text="Une phrase, lue par les autres parties et inscrite au journal.",
    )
