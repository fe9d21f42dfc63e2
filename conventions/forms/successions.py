"""How a party changes, by avenant: a new name, a successor, a newcomer, one that withdraws."""

from datetime import date

from django import forms

from conventions.enums import PartyChangeKind
from conventions.forms.base import SectionedForm
from conventions.forms.lookup import ORGANISATION, SuggestInput, choice_name, resolve
from conventions.forms.parties import SirenField, likely_parties
from conventions.forms.terminations import PartyChoice
from conventions.models import Act, PartyChange

KINDS = (
    (PartyChangeKind.NOM.value, "Une partie change de nom, de forme ou d’adresse"),
    (PartyChangeKind.SUCCESSION.value, "Un organisme succède à une partie : fusion, transfert"),
    (PartyChangeKind.ADHESION.value, "Un organisme devient partie"),
    (PartyChangeKind.RETRAIT.value, "Une partie se retire, les autres continuent"),
)


class PartyChangeForm(SectionedForm, forms.ModelForm):
    """One change of one party; what is left blank of a newcomer comes from its file."""

    sections = (
        (
            "Ce qui change",
            ("kind", "party", "organisation", "organisation_choice", "effective_on", "reason"),
        ),
        (
            "Le nom que portera la convention",
            ("alias", "name", "legal_nature", ("siren", "address")),
        ),
        (
            "Qui signe pour l’organisme qui vient",
            (
                ("signatory_name", "signatory_capacity"),
                ("mandate_kind", "mandate_number"),
                ("adopted_on", "received_on"),
            ),
        ),
    )

    kind = forms.ChoiceField(label="Nature", choices=KINDS, widget=forms.RadioSelect)
    organisation = forms.CharField(
        label="Organisme qui vient",
        max_length=250,
        required=False,
        help_text="Pour une succession ou une nouvelle partie : son SIREN ou son nom.",
    )

    class Meta:
        model = PartyChange
        fields = [
            "kind",
            "party",
            "alias",
            "name",
            "legal_nature",
            "siren",
            "address",
            "effective_on",
            "reason",
            "signatory_name",
            "signatory_capacity",
            "mandate_kind",
            "mandate_number",
            "adopted_on",
            "received_on",
        ]
        help_texts = {
            "effective_on": "Vide : la date d’effet de l’acte. La veille est le dernier jour de "
            "l’ancienne partie.",
            "reason": "L’arrêté de fusion, la délibération, le décret qui fonde le changement.",
            "alias": "Vide : le nom de l’organisme.",
            "name": "Tel qu’il sera signé. Vide : celui de la fiche de l’organisme.",
            "received_on": "Pour une délibération seulement.",
        }
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, act: Act, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        bound = act.convention.parties.filter(ends_on__isnull=True).order_by("position")
        self.fields["party"] = PartyChoice(
            bound,
            label="Partie",
            required=False,
            empty_label="aucune : c’est une nouvelle partie",
            help_text="Celle qui change, à laquelle on succède, ou qui se retire.",
        )
        self.fields["siren"] = SirenField(label="SIREN")
        self.fields["organisation"].widget = SuggestInput(likely_parties(act.convention))
        if self.instance.organisation_id and self.instance.kind != PartyChangeKind.NOM:
            self.initial["organisation"] = ORGANISATION.label(self.instance.organisation)

    def clean(self) -> dict:
        cleaned = super().clean()
        if "organisation" in cleaned:
            cleaned["organisation"] = resolve(self, "organisation", ORGANISATION, on=self.on)
            cleaned.pop(choice_name("organisation"), None)
        return cleaned

    def _post_clean(self) -> None:
        """The action validates the whole row, and says what it refuses at the field."""
