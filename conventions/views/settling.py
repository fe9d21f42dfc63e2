"""Two writings of the same words, side by side, for a person to settle."""

from collections.abc import Mapping
from typing import NamedTuple

from conventions.rules.ecriture import BROKEN
from conventions.rules.fusion import Merged
from conventions.rules.texte import REFERENCE


class Passage(NamedTuple):
    """Words as one side has them; `changed` tells them from those of the other sides."""

    text: str
    changed: bool


class Sides(NamedTuple):
    """A field as it was, as this person wrote it, and as the other did."""

    label: str
    base: list[Passage]
    mine: list[Passage]
    theirs: list[Passage]


class Settling(NamedTuple):
    who: str
    fields: list[Sides]


_LABELS = {"number": "Numéro", "heading": "Titre", "body": "Texte"}


def settling_of(pieces: Mapping[str, Merged], labels: Mapping[int, str], *, who: str) -> Settling:
    """Show the fields that meet, their references under the numbers of the day."""
    return Settling(
        who,
        [
            Sides(_LABELS[name], *(_passages(merged, side, labels) for side in SIDES))
            for name, merged in pieces.items()
            if merged.is_conflict
        ],
    )


SIDES = ("base", "mine", "theirs")


def _passages(merged: Merged, side: str, labels: Mapping[int, str]) -> list[Passage]:
    def named(match) -> str:
        return labels.get(int(match[1]), BROKEN)

    return [
        Passage(REFERENCE.sub(named, words), _is_changed(piece, side))
        for piece in merged.pieces
        if (words := getattr(piece, side))
    ]


def _is_changed(piece, side: str) -> bool:
    return piece.is_conflict if side == "base" else getattr(piece, side) != piece.base
