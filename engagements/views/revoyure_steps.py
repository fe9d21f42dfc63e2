"""The five steps of a yearly review, and which one it has reached."""

from collections.abc import Sequence
from typing import NamedTuple

from engagements.models import Contribution, Revoyure, Target


class Step(NamedTuple):
    label: str
    note: str
    anchor: str
    is_done: bool
    is_current: bool


def steps(
    revoyure: Revoyure, contributions: Sequence[Contribution], missing: Sequence[Target]
) -> list[Step]:
    """Return the steps in order; the current one is the first that is not done."""
    handed = sum(1 for contribution in contributions if contribution.handed_over_at)
    everyone = handed == len(contributions)
    figures = "tous saisis" if not missing else f"{len(missing)} à saisir"
    done = [
        ("Chiffres", figures, "chiffres", revoyure.is_frozen or not missing),
        ("Lecture de chacun", f"{handed} sur {len(contributions)}", "lectures", everyone),
        ("Différences", "relues avant le gel", "differences", revoyure.is_frozen),
        ("Gel", "gelée" if revoyure.is_frozen else "à décider", "gel", revoyure.is_frozen),
        ("Document", "scellé par le portail", "document", False),
    ]
    current = next((rank for rank, step in enumerate(done) if not step[3]), len(done) - 1)
    return [Step(*step, is_current=rank == current) for rank, step in enumerate(done)]
