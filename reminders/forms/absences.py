"""From when to when somebody does not read their mail, and who reads it instead."""

from django import forms

from accounts.models import User

_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class AbsenceForm(forms.Form):
    starts_on = forms.DateField(label="Premier jour d’absence", **_DAY)
    ends_on = forms.DateField(label="Dernier jour d’absence", help_text="Inclus.", **_DAY)
    delegate = forms.ModelChoiceField(
        User.objects.none(),
        label="Qui reçoit les rappels à la place",
        empty_label="Choisissez une personne",
        help_text="Une personne du même organisme. Elle ne reçoit aucun droit.",
    )

    def __init__(self, *args, delegates, **more):
        super().__init__(*args, **more)
        self.fields["delegate"].queryset = delegates
