"""The two questions of the simulator, and what one supposes of the post: all in the address."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from reminders.rules.simulator import Post

FIRST_YEAR, LAST_YEAR = 1950, 2150
LONGEST = 30
KEPT = 15
USUAL = {
    "presente": Post().presented_after,
    "remis": Post().handed_after,
    "accepte": Post().accepted_after,
}


def _within_reach(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        msg = f"Donnez une date des années {FIRST_YEAR} à {LAST_YEAR}."
        raise ValidationError(msg, code="out_of_reach")


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[_within_reach],
        error_messages={"invalid": "Écrivez une date qui existe, par exemple 29/11/2026."},
    )


def _days(label: str, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=LONGEST,
        initial=initial,
        error_messages={"invalid": f"Donnez un nombre entier de jours, de 0 à {LONGEST}."},
    )


class SimulatorForm(forms.Form):
    """One question at a time; a supposition left blank is the usual one."""

    envoi = _day("Si je poste la lettre le")
    libre = _day("Ou : pour être libre le")
    presente = _days("Présentée après (jours)", USUAL["presente"])
    remis = _days("Remise après (jours)", USUAL["remis"])
    accepte = _days("Lettre électronique acceptée après (jours)", USUAL["accepte"])

    def __init__(self, data=None) -> None:
        """What nobody says of the post is the usual, and shown as such."""
        if data is not None:
            said = {name: value for name, value in data.items() if value}
            data = {**USUAL, **said}
        super().__init__(data)

    def full_clean(self) -> None:
        """What a date field of a browser would hide is shown again as it was typed."""
        super().full_clean()
        for name in ("envoi", "libre"):
            if self.is_bound and name in self.errors and self.data.get(name):
                self.fields[name].widget = forms.TextInput(attrs={"size": 12})

    def clean_accepte(self) -> int | None:
        days = self.cleaned_data["accepte"]
        if days is not None and days > KEPT:
            msg = "Une lettre électronique s’accepte dans les quinze jours : de 0 à 15."
            raise ValidationError(msg, code="too_long")
        return days

    def clean(self) -> dict:
        answers = super().clean()
        if "envoi" in answers and "libre" in answers:
            self._one_question(answers["envoi"], answers["libre"])
        if {"presente", "remis"} <= answers.keys():
            self._in_order(self.post)
        return answers

    def _one_question(self, posted: date | None, free: date | None) -> None:
        if posted and free:
            msg = "Posez une question à la fois : videz l’une des deux dates."
            self.add_error("libre", ValidationError(msg, code="both"))
        elif not posted and not free:
            msg = "Donnez un jour : celui de la lettre, ou celui où vous voulez être libre."
            self.add_error("envoi", ValidationError(msg, code="none"))

    def _in_order(self, post: Post) -> None:
        if post.handed_after < post.presented_after:
            msg = "Une lettre n’est pas remise avant d’être présentée : allongez ce délai."
            self.add_error("remis", ValidationError(msg, code="order"))
        elif post.handed_after > post.presented_after + KEPT:
            msg = "La poste garde une lettre quinze jours après la présentation, pas davantage."
            self.add_error("remis", ValidationError(msg, code="kept"))

    @property
    def post(self) -> Post:
        """What is supposed of the post."""
        said = self.cleaned_data
        days = [said.get(name, usual) for name, usual in USUAL.items()]
        return Post(*days)

    @property
    def address(self) -> dict[str, str]:
        """The question as it stands in the address, in the browsers' own format, and no more."""
        return {
            name: str(value)
            for name in self.fields
            if (value := self.cleaned_data.get(name)) is not None and value != USUAL.get(name)
        }
