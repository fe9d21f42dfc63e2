"""The life of an act: a table of moves. The life of a convention: what the calendar makes of it.

One table serves the initial act and every avenant (domain rules § B.2, «same sub-machine»). What
lies between the closing of the text and its signature is derived from facts (`rules.parcours`).
"""

from datetime import date

from django.core.exceptions import ValidationError

from conventions.enums import ActStatus, Situation
from conventions.enums import ConventionStatus as Status
from conventions.enums import ConventionVerb as Verb

TRANSITIONS: dict[Verb, tuple[frozenset[ActStatus], ActStatus]] = {
    Verb.OUVRIR_NEGOCIATION: (frozenset({ActStatus.PROJET}), ActStatus.EN_NEGOCIATION),
    Verb.ARRETER_LE_TEXTE: (frozenset({ActStatus.EN_NEGOCIATION}), ActStatus.EN_VALIDATION),
    Verb.METTRE_EN_SIGNATURE: (frozenset({ActStatus.EN_VALIDATION}), ActStatus.EN_SIGNATURE),
    Verb.ROUVRIR: (
        frozenset({ActStatus.EN_VALIDATION, ActStatus.EN_SIGNATURE}),
        ActStatus.EN_NEGOCIATION,
    ),
    Verb.SIGNER: (frozenset({ActStatus.EN_SIGNATURE}), ActStatus.SIGNE),
}
# What was signed on paper before the portal knew of it had its accords on paper too.
AFTERWARDS = {Verb.METTRE_EN_SIGNATURE: ActStatus.EN_NEGOCIATION}

# The status of the initial act, said of its convention.
CONVENTION_STATUS: dict[ActStatus, Status] = {
    ActStatus.PROJET: Status.BROUILLON,
    ActStatus.EN_NEGOCIATION: Status.EN_NEGOCIATION,
    ActStatus.EN_VALIDATION: Status.EN_VALIDATION,
    ActStatus.EN_SIGNATURE: Status.EN_SIGNATURE,
    ActStatus.SIGNE: Status.SIGNEE,
}

# What still binds, and what people still live by although its term is past.
BINDING = frozenset({Situation.EN_VIGUEUR, Situation.EN_PREAVIS})
LIVING = BINDING | {Situation.POURSUITE_DE_FAIT}

_UNSIGNED = {
    Status.BROUILLON: Situation.BROUILLON,
    Status.EN_NEGOCIATION: Situation.EN_NEGOCIATION,
    Status.EN_VALIDATION: Situation.EN_VALIDATION,
    Status.EN_SIGNATURE: Situation.EN_SIGNATURE,
    Status.RESILIEE: Situation.RESILIEE,
}


def possible_verbs(status: ActStatus, *, afterwards: bool = False) -> list[Verb]:
    """Return the moves of an act; `afterwards` when it takes up what was signed on paper."""
    return [verb for verb in TRANSITIONS if _leaves(verb, status, afterwards=afterwards)]


def _leaves(verb: Verb, status: ActStatus, *, afterwards: bool) -> bool:
    sources, _ = TRANSITIONS[verb]
    return status in sources or (afterwards and AFTERWARDS.get(verb) == status)


def next_status(verb: Verb, status: ActStatus, *, afterwards: bool = False) -> ActStatus:
    """Return the status `verb` leads to, or say in French why it cannot be done."""
    if not _leaves(verb, status, afterwards=afterwards):
        msg = (
            f"«\u00a0{Verb(verb).label}\u00a0» n’est pas possible\u00a0: "
            f"l’acte est «\u00a0{ActStatus(status).label}\u00a0»."
        )
        raise ValidationError(msg, code="transition")
    return TRANSITIONS[verb][1]


def situation_on(
    day: date,
    *,
    status: Status,
    starts_on: date | None,
    ends_on: date | None,
    closed_on: date | None = None,
    terminated_on: date | None = None,
) -> Situation:
    """What the convention is on `day`; `terminated_on` is its last day once notice is given.

    Past its term and without anyone having recorded its end, it is not «en vigueur»: going on
    working together would make it open-ended (code civil, art. 1214 and 1215).
    """
    if status in _UNSIGNED:
        return _UNSIGNED[Status(status)]
    if starts_on is not None and day < starts_on:
        return Situation.A_VENIR
    if terminated_on is not None:
        return Situation.EN_PREAVIS if day <= terminated_on else Situation.RESILIEE
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
