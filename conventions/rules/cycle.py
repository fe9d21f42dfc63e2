"""The life of a convention: a table of moves, and what the calendar makes of it."""

from datetime import date

from django.core.exceptions import ValidationError

from conventions.enums import ConventionStatus as Status
from conventions.enums import ConventionVerb as Verb
from conventions.enums import Situation

TRANSITIONS: dict[Verb, tuple[frozenset[Status], Status]] = {
    Verb.OUVRIR_NEGOCIATION: (frozenset({Status.BROUILLON}), Status.EN_NEGOCIATION),
    Verb.METTRE_EN_SIGNATURE: (frozenset({Status.EN_NEGOCIATION}), Status.EN_SIGNATURE),
    Verb.ROUVRIR: (frozenset({Status.EN_SIGNATURE}), Status.EN_NEGOCIATION),
    Verb.SIGNER: (frozenset({Status.EN_SIGNATURE}), Status.SIGNEE),
}

_UNSIGNED = {
    Status.BROUILLON: Situation.BROUILLON,
    Status.EN_NEGOCIATION: Situation.EN_NEGOCIATION,
    Status.EN_SIGNATURE: Situation.EN_SIGNATURE,
    Status.RESILIEE: Situation.RESILIEE,
}


def next_status(verb: Verb, status: Status) -> Status:
    """Return the status `verb` leads to, or say in French why it cannot be done."""
    sources, target = TRANSITIONS[verb]
    if status not in sources:
        msg = (
            f"«\u00a0{verb.label}\u00a0» n’est pas possible\u00a0: "
            f"la convention est «\u00a0{Status(status).label}\u00a0»."
        )
        raise ValidationError(msg, code="transition")
    return target


def possible_verbs(status: Status) -> list[Verb]:
    return [verb for verb, (sources, _) in TRANSITIONS.items() if status in sources]


def situation_on(
    day: date,
    *,
    status: Status,
    starts_on: date | None,
    ends_on: date | None,
    closed_on: date | None = None,
) -> Situation:
    """What the convention is on `day`.

    Past its term and without anyone having recorded its end, it is not «en vigueur»: going on
    working together would make it open-ended (code civil, art. 1214 and 1215).
    """
    if status in _UNSIGNED:
        return _UNSIGNED[Status(status)]
    if starts_on is not None and day < starts_on:
        return Situation.A_VENIR
    if ends_on is None or day <= ends_on:
        return Situation.EN_VIGUEUR
    if closed_on is None or day < closed_on:
        return Situation.POURSUITE_DE_FAIT
    return Situation.ECHUE


def short_label(situation: Situation) -> str:
    """The situation's words where a column or a list is narrow."""
    if situation == Situation.POURSUITE_DE_FAIT:
        return "Échue, à régulariser"
    return Situation(situation).label
