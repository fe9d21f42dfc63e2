"""What a reader of the balance asks to see; the answers live in the address."""

from collections.abc import Iterable

from django import forms

from engagements.enums import Strength
from engagements.rules.filters import TOGETHER, UNDATED, Criteria
from engagements.rules.lecture import FACES, Entry

BY_ARTICLE, BY_THEME = "article", "theme"


class BalanceFilterForm(forms.Form):
    """Five filters and a way to group. An answer that no longer exists is as good as none."""

    theme = forms.TypedChoiceField(label="Thème", required=False, coerce=int, empty_value=None)
    etat = forms.ChoiceField(label="État", required=False)
    partie = forms.ChoiceField(label="Qui doit", required=False)
    force = forms.ChoiceField(label="Force", required=False)
    echeance = forms.ChoiceField(label="Échéance", required=False)
    par = forms.ChoiceField(
        label="Présenter",
        required=False,
        choices=[("", "par article"), (BY_THEME, "par thème")],
    )

    def __init__(self, data, *, entries: Iterable[Entry], parties, themes) -> None:
        super().__init__(data)
        entries = list(entries)
        aliases = [(str(party.pk), party.alias) for party in parties]
        together = [(TOGETHER, "toutes ensemble" if len(aliases) > 2 else "les deux ensemble")]
        years = sorted({entry.due_on.year for entry in entries if entry.due_on})
        undated = any(entry.due_on is None for entry in entries)
        choices = {
            "theme": [("", "tous"), *((theme.pk, theme.name) for theme in themes)],
            "etat": [("", "tous"), *((face, word) for face, word in FACES.items())],
            "partie": [("", "toutes les parties"), *aliases, *together],
            "force": [("", "toutes"), *Strength.choices],
            "echeance": [
                ("", "toutes"),
                *((str(year), f"en {year}") for year in years),
                *([(UNDATED, "sans date")] if undated else []),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered
        if not themes:
            del self.fields["theme"], self.fields["par"]

    def criteria(self) -> Criteria:
        self.is_valid()
        answers = self.cleaned_data
        return Criteria(
            theme=answers.get("theme"),
            face=answers.get("etat") or "",
            owner=_number_or_word(answers.get("partie")),
            strength=answers.get("force") or "",
            year=_number_or_word(answers.get("echeance")),
        )

    @property
    def by_theme(self) -> bool:
        self.is_valid()
        return self.cleaned_data.get("par") == BY_THEME


def _number_or_word(answer: str | None) -> int | str | None:
    if not answer:
        return None
    return int(answer) if answer.isdigit() else answer
