"""The organisations bound by a convention."""

from datetime import date

from django import forms
from django.db.models import Q

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.rules.siren import validate_siren
from conventions.forms.base import SectionedForm, SeenForm
from conventions.forms.lookup import ORGANISATION, SuggestInput, choice_name, resolve
from conventions.models import Convention, Party

FEW = 30


class AddPartyForm(SectionedForm, forms.Form):
    """Which organisation joins; its name and numbers come from its file, to be corrected after."""

    sections = (("La partie", ("organisation", "organisation_choice", "alias")),)

    organisation = forms.CharField(
        label="Organisme",
        max_length=250,
        help_text="Son SIREN ou son nom.",
    )
    alias = forms.CharField(
        label="Ci-après dénommée",
        max_length=100,
        required=False,
        help_text="Le nom court que le texte emploie, par exemple « le Grand Besançon ».",
    )

    def __init__(self, *args, convention: Convention, on: date, **kwargs):
        self.convention, self.on = convention, on
        super().__init__(*args, **kwargs)
        self.fields["organisation"].widget = SuggestInput(likely_parties(convention))

    def clean(self) -> dict:
        cleaned = super().clean()
        if "organisation" in cleaned:
            found = resolve(self, "organisation", ORGANISATION, on=self.on)
            if found is not None:
                cleaned["organisation"] = found
            cleaned.pop(choice_name("organisation"), None)
        return cleaned


class PartyForm(SeenForm, forms.ModelForm):
    """How the convention names a party, which its file may no longer say in the same words."""

    sections = (
        ("Le nom dans le texte", ("alias", "other_aliases")),
        (
            "L’organisme tel qu’il signe",
            ("name_as_signed", "legal_nature_as_signed", "address_as_signed"),
        ),
        ("Ses numéros", (("siren_as_signed", "rna_as_signed"),)),
        ("S’il n’est pas partie tout du long", (("starts_on", "ends_on"),)),
    )

    other_aliases = forms.CharField(
        label="Autres appellations",
        required=False,
        max_length=300,
        help_text="Séparées par des points-virgules.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Party
        fields = [
            "alias",
            "name_as_signed",
            "legal_nature_as_signed",
            "siren_as_signed",
            "rna_as_signed",
            "address_as_signed",
            "starts_on",
            "ends_on",
        ]
        help_texts = {
            "siren_as_signed": "Neuf chiffres, tels que l’acte les porte.",
            "rna_as_signed": "Pour une association : W suivi de neuf chiffres.",
            "ends_on": "Dernier jour inclus.",
        }

    def __init__(self, *args, instance: Party, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.initial["other_aliases"] = " ; ".join(instance.other_aliases)
        # Numbers are printed in groups of three: room for their spaces.
        self.fields["siren_as_signed"] = SirenField(
            label=self.fields["siren_as_signed"].label,
            help_text=self.fields["siren_as_signed"].help_text,
        )

    def clean_other_aliases(self) -> list[str]:
        return [alias.strip() for alias in self.cleaned_data["other_aliases"].split(";") if alias]


class SirenField(forms.CharField):
    """Nine digits, with or without the spaces of print; checked by its key."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=15, validators=[validate_siren], **kwargs)

    def to_python(self, value) -> str:
        return "".join(super().to_python(value).split())


def likely_parties(convention: Convention) -> tuple[str, ...]:
    """Return those who usually sign such a convention and do not yet."""
    usual = Q(kind=OrganisationKind.ACTION_LOGEMENT) | Q(territory=convention.territory)
    usual |= Q(pk=convention.drafted_by_id)
    rows = Organisation.objects.filter(usual).exclude(parties__convention=convention)
    return tuple(ORGANISATION.label(row) for row in rows.order_by("name")[:FEW])
