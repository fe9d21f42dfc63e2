"""The card of an avenant: who drafts it, what it is, why, and from when."""

from django import forms
from django.db.models import QuerySet

from conventions.enums import ActKind
from conventions.forms.base import SectionedForm, SeenForm
from conventions.models import Act, Party

KINDS = [
    (ActKind.AVENANT.value, "Avenant : les parties changent ce dont elles étaient convenues"),
    (ActKind.ERRATUM.value, "Erratum : rectification d’une erreur matérielle"),
]


class DrafterChoice(forms.ModelChoiceField):
    """The organisation of one of the parties, by the name the convention gives it."""

    def label_from_instance(self, party: Party) -> str:
        return party.alias

    def clean(self, value):
        party = super().clean(value)
        return party.organisation if party else None


class CardForm(forms.Form):
    title = forms.CharField(
        label="Objet",
        max_length=300,
        help_text="En quelques mots : « Prorogation de trois ans », « Nouveaux objectifs 2028 ».",
    )
    purpose = forms.CharField(
        label="Exposé des motifs",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pourquoi cet acte. Pour un erratum : quelle erreur, et à quoi on la reconnaît.",
    )
    effective_on = forms.DateField(
        label="Prend effet le",
        required=False,
        help_text=(
            "Vide : le jour de la dernière signature. Chaque opération peut avoir sa propre date."
        ),
    )


class NewAvenantForm(SectionedForm, CardForm):
    sections = (
        ("L’acte", ("drafted_by", "kind", "title", "purpose")),
        ("À partir de quand", ("effective_on",)),
    )

    kind = forms.ChoiceField(
        label="Nature", choices=KINDS, initial=ActKind.AVENANT, widget=forms.RadioSelect
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


class AvenantForm(SeenForm, CardForm):
    sections = (
        ("L’acte", ("title", "purpose")),
        ("À partir de quand", ("effective_on",)),
        ("Dispositions finales", ("closing",)),
    )

    closing = forms.CharField(
        label="Dispositions finales",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=(
            "Vide : « Les autres dispositions de la convention demeurent inchangées. » La date "
            "d’effet est ajoutée dans tous les cas."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(act: Act) -> dict:
        return {
            name: getattr(act, name) for name in ("title", "purpose", "effective_on", "closing")
        }


class AbandonForm(SectionedForm, forms.Form):
    sections = (("Pourquoi", ("reason",)),)

    reason = forms.CharField(
        label="Motif",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il est inscrit au journal.",
    )
