"""What a person or an organisation answers when the portal asks when to tell them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

from reminders.actions.choosing import Board
from reminders.enums import DeadlineKind, Rhythm
from reminders.forms.rungs import OtherRungsField, RungsField, codes, together
from reminders.rules.choosing import Rungs, say_rungs, sorted_rungs
from reminders.rules.ladder import LADDERS

OTHERS = "_autres"
STAYS = "Reste toujours : vous êtes responsable."
RHYTHMS = {
    Rhythm.CHACUN: ("Un message par échéance", "Chaque rappel part à 8 h, le jour où il est dû."),
    Rhythm.QUOTIDIEN: (
        "Un message par jour",
        "À 8 h, un seul message dit tout ce qui est dû ce jour-là ; sans rien de dû, rien ne part.",
    ),
    Rhythm.HEBDOMADAIRE: (
        "Un message par semaine",
        "Le lundi à 8 h, un seul message dit tout ce qui est dû dans la semaine, jamais plus tard "
        "que prévu : le rappel d’un jeudi part le lundi qui le précède.",
    ),
}


@dataclass(frozen=True)
class Row:
    """One kind of deadline on the page: its two fields."""

    kind: DeadlineKind
    boxes: forms.BoundField
    others: forms.BoundField

    @property
    def late(self) -> str:
        """Say what follows the date while it is late, which is nobody's choice."""
        late = LADDERS[self.kind].late
        if not late:
            return ""
        *first, last = map(str, late)
        return (
            f"Passé la date sans réponse, un rappel suit {', '.join(first)} et {last} jours après."
        )


class ChoicesForm(forms.Form):
    """One line of boxes a kind of deadline, and the rhythm of it all."""

    rhythm = forms.ChoiceField(
        label="Combien de messages",
        widget=forms.RadioSelect,
        choices=[(value, label) for value, (label, _help) in RHYTHMS.items()],
    )

    def __init__(
        self, *args, board: Board, kinds: Iterable[DeadlineKind], in_charge: bool = False, **more
    ):
        super().__init__(*args, **more)
        self.kinds = list(kinds)
        self.fields["rhythm"].initial = board.rhythm
        self.fields["rhythm"].choice_help = {value: help for value, (_, help) in RHYTHMS.items()}
        for kind in self.kinds:
            self._ask(kind, board, in_charge=in_charge)

    def _ask(self, kind: DeadlineKind, board: Board, *, in_charge: bool) -> None:
        choice, usual = board.choice(kind), LADDERS[kind]
        last = usual.last_rung
        kept = sorted_rungs(last.months, last.days) if in_charge else ([], [])
        label = kind.label[0].upper() + kind.label[1:]
        told_by = "Votre organisme" if choice.by_organisation else "Réglage habituel"
        offered = together(together((usual.months, usual.days), choice.base), choice.rungs)
        self.fields[kind] = RungsField(
            label=label,
            offered=offered,
            locked=kept,
            note=STAYS if in_charge else "",
            initial=codes(choice.rungs),
            help_text=f"{told_by} : {say_rungs(*choice.base)}." if choice.is_own else "",
        )
        self.fields[kind + OTHERS] = OtherRungsField(
            label=f"Autres rappels ({kind.label})", help_text="Par exemple « 10 mois, 45 jours »."
        )

    @property
    def rows(self) -> list[Row]:
        return [Row(kind, self[kind], self[kind + OTHERS]) for kind in self.kinds]

    @property
    def chosen(self) -> dict[str, dict[str, Rungs] | str]:
        """What the action takes: the rungs of each kind, and the rhythm."""
        answers = self.cleaned_data
        ladders = {kind: together(answers[kind], answers[kind + OTHERS]) for kind in self.kinds}
        return {"ladders": ladders, "rhythm": Rhythm(answers["rhythm"])}
