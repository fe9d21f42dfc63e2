"""Calling the committee of a revoyure: when, where, on what; then the dates of its letters."""

from django import forms
from django.db.models import QuerySet

from conventions.enums import LetterKind
from conventions.models import Party
from engagements.forms.base import SectionedForm, date_field
from engagements.forms.engagement import FilesField

PROOF_HELP = "Facultatif pour un courrier simple. Elle rejoint les documents de la convention."


class PartyChoice(forms.ModelChoiceField):
    def label_from_instance(self, party: Party) -> str:
        return party.alias


class ConvocationForm(SectionedForm):
    sections = (
        ("Qui convoque", ("party",)),
        ("La réunion", ("held_on", "begins_at", "place")),
        ("L’ordre du jour", ("agenda",)),
        ("Comment elle part", ("letter_kind",)),
    )

    party = PartyChoice(
        label="Au nom de",
        queryset=Party.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    held_on = date_field("Jour de la réunion")
    begins_at = forms.TimeField(
        label="Heure",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Écrivez l’heure ainsi : 14:30."},
    )
    place = forms.CharField(
        label="Lieu",
        required=False,
        max_length=300,
        help_text="La salle et son adresse, ou le lien d’une réunion à distance.",
    )
    agenda = forms.CharField(
        label="Points à l’ordre du jour",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Un point par ligne. Proposé d’après ce qui est dû et ce qui manque.",
    )
    letter_kind = forms.ChoiceField(
        label="Forme",
        choices=LetterKind,
        initial=LetterKind.SIMPLE,
        widget=forms.RadioSelect,
        help_text="Un courrier simple suffit, sauf si votre convention demande mieux.",
    )

    def __init__(self, *args, parties: QuerySet[Party], prepared: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if prepared:
            del self.fields["party"], self.fields["letter_kind"]
        else:
            self.fields["party"].queryset = parties
            self.fields["party"].initial = parties.first()


class BodyForm(SectionedForm):
    sections = (("Un paragraphe à ajouter", ("body",)),)

    body = forms.CharField(
        label="Votre texte",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Il se place avant la formule de politesse. Une ligne vide sépare les alinéas.",
    )


class CancelForm(SectionedForm):
    sections = (("L’annulation", ("reason",)),)

    reason = forms.CharField(
        label="Pourquoi",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Repris dans la lettre d’annulation. Pour reporter, convoquez ensuite à nouveau.",
    )


class ProofField(FilesField):
    """One file that proves a date."""

    widget = forms.FileInput

    def clean(self, data, initial=None):
        found = super().clean([data] if data else [])
        return found[0] if found else None


class ConvocationDatesForm(SectionedForm):
    """The dates of a convocation, registered or not, as its proofs show them."""

    sections = (
        ("La lettre", ("kind", "tracking")),
        ("L’envoi", ("posted_on", "posting_file")),
        ("L’arrivée", ("presented_on", "delivered_on", "returned_on", "delivery_file")),
    )

    kind = forms.ChoiceField(label="Forme", choices=LetterKind)
    tracking = forms.CharField(label="Numéro de suivi", required=False, max_length=60)
    posted_on = date_field(
        "Envoyée ou déposée le",
        required=False,
        help_text="Dès ce jour, la convocation est connue de tous et fixe la date du comité.",
    )
    posting_file = ProofField(label="Preuve d’envoi", required=False, help_text=PROOF_HELP)
    presented_on = date_field(
        "Première présentation le",
        required=False,
        help_text="Recommandé : sur le suivi ; électronique : information du destinataire.",
    )
    delivered_on = date_field(
        "Remise ou reçue le",
        required=False,
        help_text="Avis de réception, acceptation, ou réponse du destinataire.",
    )
    returned_on = date_field("Retournée le", required=False, help_text="Non réclamée, ou refusée.")
    delivery_file = ProofField(
        label="Preuve de réception ou de retour", required=False, help_text=PROOF_HELP
    )

    @property
    def proofs(self) -> dict[str, tuple[str, bytes]]:
        """The files brought, by the field of the letter that keeps each."""
        brought = {
            "posting_proof": self.cleaned_data["posting_file"],
            "delivery_proof": self.cleaned_data["delivery_file"],
        }
        return {field: (file.name, file.data) for field, file in brought.items() if file}

    @property
    def dates(self) -> dict:
        names = ("kind", "tracking", "posted_on", "presented_on", "delivered_on", "returned_on")
        return {name: self.cleaned_data[name] for name in names}
