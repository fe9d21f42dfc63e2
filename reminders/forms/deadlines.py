"""What people ask of the list of dates, what they answer, add and write about them."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from conventions.models import Party
from reminders.enums import AnswerKind, DeadlineKind, Sharing
from reminders.forms.base import PartyField, SectionedForm
from reminders.rules.liste import PERIODS, STATES, Filtres

FIRST_YEAR_TRIED, LAST_YEAR_TRIED = 1950, 2150
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_SHARINGS = {
    Sharing.MOI: "Moi seul",
    Sharing.ORGANISME: "Mon organisme",
    Sharing.PARTIES: "Toutes les parties",
}
_ANSWERS = {
    AnswerKind.PRISE_EN_CHARGE: "Je m’en occupe",
    AnswerKind.FAITE: "C’est fait",
    AnswerKind.SANS_OBJET: "Elle est sans objet",
}


class DeadlineFilterForm(forms.Form):
    """The filters as they are drawn; `Filtres` reads them."""

    convention = forms.CharField(label="Convention ou partie", required=False, max_length=100)
    nature = forms.ChoiceField(label="Nature", required=False)
    etat = forms.ChoiceField(label="État", required=False, choices=list(STATES.items()))
    periode = forms.ChoiceField(label="Période", required=False, choices=list(PERIODS.items()))
    region = forms.ChoiceField(label="Région", required=False)
    territoire = forms.CharField(label="Territoire ou département", required=False, max_length=100)
    attend = forms.BooleanField(label="Ce qui m’attend", required=False)
    tri = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, filtres: Filtres, *, regions: list[tuple[str, str]]) -> None:
        super().__init__(dict(filtres.items()))
        kinds = ((value, label.capitalize()) for value, label in DeadlineKind.choices)
        self.fields["nature"].choices = [("", "toutes"), *kinds]
        self.fields["region"].choices = [("", "toutes"), *regions]
        if len(regions) < 2 and not filtres.region:
            del self.fields["region"]


class AnswerForm(SectionedForm):
    """What one side says of a deadline."""

    kind = forms.ChoiceField(label="Réponse", widget=forms.RadioSelect)
    party = PartyField("Au nom de")
    reason = forms.CharField(
        label="Comment, ou pourquoi",
        required=False,
        max_length=300,
        help_text=(
            "Par exemple : avenant signé, comité réuni le 5 décembre. Une raison est demandée pour "
            "« sans objet »."
        ),
    )
    sections = (("", ("kind", "party", "reason")),)

    def __init__(self, data, *, kinds: list[AnswerKind], parties: list[Party]) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [(kind.value, _ANSWERS[kind]) for kind in kinds]
        self.fields["party"].offer(self, parties)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("kind") == AnswerKind.SANS_OBJET and not cleaned.get("reason"):
            self.add_error("reason", "Dites pourquoi cette échéance est sans objet.")
        return cleaned


class AddedForm(SectionedForm):
    """A date somebody adds: what, when, who sees it."""

    title = forms.CharField(label="Intitulé", max_length=200)
    due_on = forms.DateField(
        label="Date",
        widget=_DAY,
        error_messages={"invalid": "Écrivez une date qui existe, par exemple 30/11/2026."},
    )
    every_months = forms.IntegerField(
        label="Revient tous les … mois",
        required=False,
        min_value=1,
        max_value=60,
        help_text="Par exemple 6, deux fois par an, jusqu’à la fin de la convention.",
    )
    note = forms.CharField(
        label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    sharing = forms.ChoiceField(
        label="Qui la voit et en reçoit les rappels", widget=forms.RadioSelect
    )
    party = PartyField("Organisme qui la garde")
    sections = (
        ("Quoi et quand", ("title", "due_on", "every_months", "note")),
        ("Pour qui", ("sharing", "party")),
    )

    def __init__(self, data, *, parties: list[Party], initial: dict | None = None) -> None:
        default = Sharing.ORGANISME if parties else Sharing.MOI
        super().__init__(data, initial={"sharing": default} | (initial or {}))
        offered = list(Sharing) if parties else [Sharing.MOI]
        self.fields["sharing"].choices = [(one.value, _SHARINGS[one]) for one in offered]
        self.fields["party"].offer(self, parties)


class NoteForm(SectionedForm):
    """A remark on a date."""

    body = forms.CharField(
        label="Note",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez la note avant de l’enregistrer."},
    )
    sharing = forms.ChoiceField(label="Qui la lit", widget=forms.RadioSelect)
    party = PartyField("Organisme qui la garde")
    sections = (("", ("body", "sharing", "party")),)

    def __init__(self, data, *, parties: list[Party], reserved: bool) -> None:
        super().__init__(data, initial={"sharing": Sharing.ORGANISME})
        offered = [Sharing.ORGANISME] if reserved else [Sharing.ORGANISME, Sharing.PARTIES]
        self.fields["sharing"].choices = [(one.value, _SHARINGS[one]) for one in offered]
        self.fields["party"].offer(self, parties)


def _within_reach(day: date) -> None:
    if not FIRST_YEAR_TRIED <= day.year <= LAST_YEAR_TRIED:
        msg = f"Essayez une date des années {FIRST_YEAR_TRIED} à {LAST_YEAR_TRIED}."
        raise ValidationError(msg, code="out_of_reach")


class TrialForm(forms.Form):
    """«Et si je poste un autre jour ?»"""

    envoi = forms.DateField(
        label="Date d’envoi à essayer",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez une date qui existe, par exemple 30/11/2026."},
        validators=[_within_reach],
    )
