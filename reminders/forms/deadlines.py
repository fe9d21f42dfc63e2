"""What people ask of the list of dates, and what they declare of one of them."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from reminders.enums import DeadlineKind
from reminders.models.deadline import DeadlineQuerySet

AWAITING, LATE, DONE, ELAPSED, ALL = "", "en-retard", "faites", "passees", "toutes"
_STATES = (
    (AWAITING, "à venir et en retard"),
    (LATE, "en retard"),
    (DONE, "faites"),
    (ELAPSED, "passées"),
    (ALL, "toutes"),
)
_PERIODS = (("", "sans limite"), ("30", "à 30 jours"), ("90", "à 3 mois"), ("365", "à un an"))
FIRST_YEAR_TRIED, LAST_YEAR_TRIED = 1950, 2150
_ORDERS = {
    "date": ("due_on", "pk"),
    "nature": ("kind", "due_on", "pk"),
    "convention": ("convention__reference", "due_on", "pk"),
}


class DeadlineFilterForm(forms.Form):
    """Filters kept in the address. An answer that means nothing is as good as none."""

    convention = forms.CharField(label="Convention ou partie", required=False, max_length=100)
    nature = forms.ChoiceField(label="Nature", required=False)
    etat = forms.ChoiceField(label="État", required=False, choices=_STATES)
    periode = forms.ChoiceField(label="Période", required=False, choices=_PERIODS)
    tri = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data) -> None:
        super().__init__(data)
        kinds = ((value, label.capitalize()) for value, label in DeadlineKind.choices)
        self.fields["nature"].choices = [("", "toutes"), *kinds]

    def apply(self, deadlines: DeadlineQuerySet, *, on: date) -> DeadlineQuerySet:
        self.is_valid()
        answers = self.cleaned_data
        state = answers.get("etat", AWAITING)
        rows = _in_state(deadlines, state, on=on)
        if words := answers.get("convention"):
            rows = rows.of_convention_named(words)
        if kind := answers.get("nature"):
            rows = rows.filter(kind=kind)
        if days := answers.get("periode"):
            rows = rows.around(on, days=int(days))
        return rows.order_by(*_order(answers.get("tri", ""), state))

    @property
    def are_used(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields if name != "tri")


def _in_state(deadlines: DeadlineQuerySet, state: str, *, on: date) -> DeadlineQuerySet:
    if state == LATE:
        return deadlines.overdue(on=on)
    if state == DONE:
        return deadlines.done()
    if state == ELAPSED:
        return deadlines.elapsed(on=on)
    return deadlines.fixed() if state == ALL else deadlines.awaiting(on=on)


def _order(asked: str, state: str) -> list[str]:
    """Return the order asked for; the past is read from its end."""
    backward = asked.startswith("-") or (not asked and state in {DONE, ELAPSED})
    names = _ORDERS.get(asked.lstrip("-"), _ORDERS["date"])
    return [f"-{name}" if backward else name for name in names]


class DoneForm(forms.Form):
    """How a deadline was met, in a few words."""

    note = forms.CharField(
        label="Comment",
        required=False,
        max_length=300,
        help_text="Par exemple : avenant signé, comité réuni le 5 décembre, lettre déposée.",
    )


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
