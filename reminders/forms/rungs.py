"""The rungs of a ladder as boxes to tick, and a line for others, in the user's own words."""

from collections.abc import Iterable

from django import forms

from reminders.rules.choosing import Rungs, read_rungs, say_rung, say_rungs, sorted_rungs

EXAMPLE = "10 mois, 45 jours"


class RungBoxes(forms.CheckboxSelectMultiple):
    """Boxes of which one may be ticked for good: drawn as such, whatever is sent."""

    locked: frozenset[str] = frozenset()

    def create_option(self, name, value, label, selected, index, **more):
        kept = value in self.locked
        option = super().create_option(name, value, label, selected or kept, index, **more)
        if kept:
            option["attrs"] |= {"disabled": True, "checked": True}
        return option


class RungsField(forms.MultipleChoiceField):
    """Rungs to tick among those offered; cleans to months and days, the earliest first."""

    widget = RungBoxes

    def __init__(self, *, offered: Rungs, locked: Rungs = ([], []), note: str = "", **options):
        self.locked = locked
        super().__init__(required=False, choices=_boxes(offered), **options)
        self.widget.locked = frozenset(codes(locked))
        self.choice_help = dict.fromkeys(self.widget.locked, note) if note else {}

    def clean(self, value: Iterable[str]) -> Rungs:
        ticked = super().clean(value)
        months = [int(code[1:]) for code in ticked if code.startswith("m")]
        days = [int(code[1:]) for code in ticked if code.startswith("j")]
        return sorted_rungs([*months, *self.locked[0]], [*days, *self.locked[1]])


class OtherRungsField(forms.CharField):
    """More rungs, typed: «10 mois, 45 jours»; cleans to months and days."""

    def __init__(self, **options):
        options.setdefault("label", "Autres rappels")
        super().__init__(required=False, max_length=200, **options)

    def clean(self, value: str) -> Rungs:
        return read_rungs(super().clean(value))


def codes(rungs: Rungs) -> list[str]:
    """Return what the boxes of these rungs send."""
    months, days = rungs
    return [f"m{count}" for count in months] + [f"j{count}" for count in days]


def together(first: Rungs, second: Rungs) -> Rungs:
    return sorted_rungs([*first[0], *second[0]], [*first[1], *second[1]])


def _boxes(rungs: Rungs) -> list[tuple[str, str]]:
    months, days = rungs
    boxes = [(f"m{count}", say_rung(months=count)) for count in months]
    boxes += [(f"j{count}", say_rung(days=count)) for count in days]
    return [(code, label[0].upper() + label[1:]) for code, label in boxes]


__all__ = ["EXAMPLE", "OtherRungsField", "RungsField", "codes", "say_rungs", "together"]
