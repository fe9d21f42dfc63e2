"""Leaving a convention: who, by which way, on which day; then the dates of its letters."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from conventions.enums import LetterKind, TerminationKind
from conventions.forms.base import SectionedForm
from conventions.forms.signature import UploadField
from conventions.models import Party, RegisteredLetter, Termination
from conventions.models.endings_read import Way
from conventions.rules.preuves import REGISTERED
from conventions.rules.sorties_dates import gesture

NO_WAY = "aucune"
YEARS_AROUND = 2
PROOF_HELP = (
    "Elle rejoint les documents de la convention ; les autres parties la lisent une fois la sortie "
    "notifiée."
)
_FIRST_YEAR, _LAST_YEAR = 1950, 2150


def within_reach(day: date) -> None:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        msg = f"Donnez une date des années {_FIRST_YEAR} à {_LAST_YEAR}."
        raise ValidationError(msg, code="out_of_reach")


class PartyChoice(forms.ModelChoiceField):
    def label_from_instance(self, party: Party) -> str:
        return party.alias


class WhoForm(SectionedForm, forms.Form):
    """The question of the address: in whose name."""

    sections = (("Au nom de qui ?", ("qui",)),)

    def __init__(self, data, *, parties: QuerySet[Party]):
        super().__init__(data)
        self.fields["qui"] = PartyChoice(
            parties, label="Partie qui part", empty_label=None, widget=forms.RadioSelect
        )


class WayForm(SectionedForm, forms.Form):
    """Which clause lets go, or none."""

    sections = (("Par quelle voie ?", ("voie",)),)

    def __init__(self, data, *, ways: list[Way]):
        super().__init__(data)
        none = (NO_WAY, "Aucune de ces clauses : que permet alors la loi ?")
        self.fields["voie"] = forms.ChoiceField(
            label="Ce que la convention prévoit",
            choices=[*((way.slug, way.label) for way in ways), none],
            widget=forms.RadioSelect,
        )


class DayForm(SectionedForm, forms.Form):
    """The planned day, or the day one wants to be free; the year of a disagreement."""

    sections = (("Quel jour ?", ("annee", ("jour", "libre"))),)

    jour = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[within_reach],
    )
    libre = forms.DateField(
        label="Ou : pour être libre le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[within_reach],
        help_text="Premier jour libre. Le portail remonte au dernier jour pour écrire.",
    )

    def __init__(self, data, *, way: Way, on: date):
        super().__init__(data)
        trigger = way.clause.trigger if way.clause else ""
        self.fields["jour"].label = f"Lettre {gesture(trigger)} le"
        self.fields["jour"].help_text = "Le jour prévu. Rien n’est enregistré par cette question."
        if way.clause is None:
            del self.fields["libre"]
        if way.kind == TerminationKind.DESACCORD:
            years = range(on.year - YEARS_AROUND, on.year + YEARS_AROUND)
            self.fields["annee"] = forms.TypedChoiceField(
                label="Année de la revoyure en désaccord",
                choices=[(year, str(year)) for year in years],
                coerce=int,
                initial=on.year,
            )


class EndingForm(SectionedForm, forms.ModelForm):
    """What the letter will say; a formal notice names its breach, a letter may give its reason."""

    sections = (
        ("Le manquement", ("breach", "cure_days")),
        ("Ce que dit la lettre", ("reason", "to_complete", "planned_event_on")),
        ("Comment elle part", ("letter_kind",)),
    )

    letter_kind = forms.ChoiceField(
        label="Forme",
        choices=[(kind.value, kind.label) for kind in REGISTERED],
        initial=LetterKind.LRAR,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Termination
        fields = ["breach", "cure_days", "reason", "to_complete", "planned_event_on"]
        labels = {
            "breach": "Manquement reproché",
            "reason": "Motif",
            "to_complete": "Ce qui doit être mené à terme",
        }
        help_texts = {
            "breach": "L’engagement, son article, ce qui manque, depuis quand : la lettre le cite.",
            "cure_days": (
                "Vide : le délai de la clause. La lettre dira jusqu’à quel jour réparer si vous en "
                "donnez un."
            ),
            "reason": "Facultatif quand la clause n’en demande pas. Repris tel quel.",
            "to_complete": "Repris tel quel dans la lettre. La clause en parle peut-être.",
        }
        widgets = {name: forms.Textarea(attrs={"rows": 4}) for name in ("breach", "reason")} | {
            "to_complete": forms.Textarea(attrs={"rows": 3})
        }

    def __init__(self, *args, kind: str, prepared: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if kind != TerminationKind.MISE_EN_DEMEURE:
            del self.fields["breach"], self.fields["cure_days"]
        else:
            self.fields["breach"].required = True
        # The planned day was chosen before; the form of each letter is changed on its own page.
        del self.fields["letter_kind" if prepared else "planned_event_on"]

    def _post_clean(self) -> None:
        """The action validates the whole row, and says what it refuses at the field."""


class PostedLetterForm(SectionedForm, forms.ModelForm):
    """The four dates of a letter, as its proofs show them."""

    sections = (
        ("La lettre", (("kind", "tracking"),)),
        ("L’envoi", ("posted_on", "posting_file")),
        ("L’arrivée", (("presented_on", "delivered_on"), "returned_on", "delivery_file")),
    )

    posting_file = UploadField(label="Preuve de dépôt", required=False)
    delivery_file = UploadField(label="Avis de réception, ou preuve de retour", required=False)

    class Meta:
        fields = ["kind", "tracking", "posted_on", "presented_on", "delivered_on", "returned_on"]
        help_texts = {
            "posted_on": "Date du récépissé ; pour une lettre électronique, de la preuve de dépôt.",
            "presented_on": (
                "Sur le suivi, ou sur l’avis de passage ; électronique : jour où le destinataire a "
                "été informé."
            ),
            "delivered_on": (
                "Date portée sur l’avis de réception signé ; électronique : acceptation."
            ),
            "returned_on": (
                "Si personne ne l’a réclamée : date du retour à l’envoyeur ; électronique : refus, "
                "ou fin des quinze jours."
            ),
        }

    proof_help = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("posting_file", "delivery_file"):
            self.fields[name].help_text = self.proof_help

    def _post_clean(self) -> None:
        """The action validates the whole row, and says what it refuses at the field."""

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
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class LetterDatesForm(PostedLetterForm):
    """The dates of the letter of a way out, which only a registered letter notifies."""

    proof_help = PROOF_HELP

    class Meta(PostedLetterForm.Meta):
        model = RegisteredLetter

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in REGISTERED]


class BodyForm(SectionedForm, forms.Form):
    """The paragraph that a person adds to a letter."""

    sections = (("Un paragraphe à ajouter", ("body",)),)

    body = forms.CharField(
        label="Votre texte",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Il se place avant la formule de politesse. Une ligne vide sépare les alinéas.",
    )


class WithdrawForm(SectionedForm, forms.Form):
    sections = (("Le retrait", ("withdrawn_on", "reason", "agreed")),)

    withdrawn_on = forms.DateField(label="Retirée le")
    reason = forms.CharField(label="Pourquoi", max_length=1000, widget=forms.Textarea)
    agreed = forms.BooleanField(
        label="J’ai l’accord écrit des autres parties",
        required=False,
        help_text="Déposez-le dans les documents de la convention.",
    )

    def __init__(self, *args, needs_accord: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["rows"] = 3
        if not needs_accord:
            del self.fields["agreed"]


class RepairedForm(SectionedForm, forms.Form):
    sections = (("Le manquement réparé", ("repaired_on", "reason")),)

    repaired_on = forms.DateField(label="Réparé le")
    reason = forms.CharField(
        label="Comment", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class UnrepairedForm(SectionedForm, forms.Form):
    sections = (("La fin de la convention", ("reason",)),)

    reason = forms.CharField(
        label="Ce qui est constaté",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vide : le manquement de la mise en demeure est repris.",
    )
