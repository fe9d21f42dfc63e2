"""How far an act has come on its way to signature, and what each step still lacks.

What people decide is stored (the status of the act); what lies between the closing of the text and
its signature (accords, decisions, transmission, enforceability) follows from the facts, and is
never stored (domain rules § B.2). What was signed on paper had its accords on paper.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from conventions.enums import ActStatus, Etape
from conventions.enums import ConventionVerb as Verb
from conventions.rules import habilitations, signature
from conventions.rules.faits import ActFacts, MandateFacts, Obstacle

PAGES = {
    Verb.OUVRIR_NEGOCIATION: "conventions:open_negotiation",
    Verb.ARRETER_LE_TEXTE: "conventions:close_text",
    Verb.METTRE_EN_SIGNATURE: "conventions:send_to_signature",
    Verb.ROUVRIR: "conventions:reopen",
    Verb.SIGNER: "conventions:sign",
}
NOTHING: Mapping[Etape, list[Obstacle]] = MappingProxyType({})
_RANK = {
    ActStatus.PROJET: 0,
    ActStatus.EN_NEGOCIATION: 1,
    ActStatus.EN_VALIDATION: 2,
    ActStatus.EN_SIGNATURE: 3,
    ActStatus.SIGNE: 4,
    ActStatus.ABANDONNE: 0,
}
# The steps that somebody decides: the status that says it was, and the page where one does.
_DECIDED = {
    Etape.NEGOCIATION: (ActStatus.EN_NEGOCIATION, PAGES[Verb.OUVRIR_NEGOCIATION]),
    Etape.VALIDATION: (ActStatus.EN_VALIDATION, PAGES[Verb.ARRETER_LE_TEXTE]),
    Etape.SIGNATURE: (ActStatus.EN_SIGNATURE, PAGES[Verb.METTRE_EN_SIGNATURE]),
    Etape.SIGNEE: (ActStatus.SIGNE, PAGES[Verb.SIGNER]),
}
_TO_DO = {
    Etape.NEGOCIATION: "La négociation n’est pas ouverte : les autres parties ne lisent pas encore "
    "le projet.",
    Etape.VALIDATION: "Le texte n’est pas arrêté : il peut encore changer.",
    Etape.SIGNATURE: "L’acte n’est pas mis en signature.",
    Etape.SIGNEE: "La signature n’est pas enregistrée.",
}


@dataclass(frozen=True)
class Pas:
    """One step of the way: reached or not, on which day when it is known, else what it lacks.

    What a step lacks though it was reached, an administrator set aside in writing.
    """

    etape: Etape
    reached: bool
    is_next: bool = False
    reached_on: date | None = None
    missing: tuple[Obstacle, ...] = ()
    note: str = ""


def rail(facts: ActFacts, others: Mapping[Etape, list[Obstacle]] = NOTHING) -> list[Pas]:
    """Return every step in order; one is reached when nothing is missing there nor before.

    `others` are obstacles that only the database knows of, by the step that they hold back.
    """
    steps: list[Pas] = []
    still = True
    for step in Etape:
        missing = tuple(_missing(step, facts, others.get(step, [])))
        reached = still and (not missing or facts.status == ActStatus.SIGNE)
        steps.append(
            Pas(
                etape=step,
                reached=reached,
                is_next=still and not reached,
                reached_on=None if missing else _reached_on(step, facts),
                missing=missing,
                note=_note(step, facts),
            )
        )
        still = reached
    return steps


def etape(facts: ActFacts) -> Etape:
    """Return the last step that is reached."""
    return [step.etape for step in rail(facts) if step.reached][-1]


def _missing(step: Etape, facts: ActFacts, others: list[Obstacle]) -> list[Obstacle]:
    lacking = [*(_LACKING[step](facts) if step in _LACKING else ()), *others]
    if facts.status == ActStatus.SIGNE:
        return [obstacle for obstacle in lacking if obstacle.message in facts.waived]
    if step in _DECIDED and not _is_decided(step, facts):
        page = _DECIDED[step][1]
        lacking.append(Obstacle(_TO_DO[step], page=page, keys=(facts.number,)))
    return list(dict.fromkeys(lacking))


def _is_decided(step: Etape, facts: ActFacts) -> bool:
    """A text taken up after its signature goes from negotiation to signature at once."""
    rank = _RANK[ActStatus(facts.status)]
    return rank >= _RANK[_DECIDED[step][0]] or (
        step == Etape.VALIDATION and facts.recorded_afterwards and rank >= 1
    )


def _two_parties(facts: ActFacts) -> list[Obstacle]:
    lacking = signature.fewer_than_two_parties(facts)
    return [lacking] if lacking else []


def _text(facts: ActFacts) -> list[Obstacle]:
    return [one for one in signature.of_text(facts) if one not in _two_parties(facts)]


_LACKING: dict[Etape, Callable] = {
    Etape.NEGOCIATION: _two_parties,
    Etape.VALIDATION: _text,
    Etape.ADOPTABLE: signature.missing_accords,
    Etape.DELIBEREE: habilitations.decisions,
    Etape.TRANSMISE: habilitations.transmissions,
    Etape.EXECUTOIRE: habilitations.enforceability,
    Etape.SIGNATURE: habilitations.signing,
}


def _reached_on(step: Etape, facts: ActFacts) -> date | None:
    """The day the last of what the step asks for was done."""
    relied_on = [mandate for party in facts.parties for mandate in facts.relied_on(party)]
    if step == Etape.SIGNEE:
        return facts.signed_on
    if step == Etape.ADOPTABLE:
        return _latest(approval.given_on for approval in facts.approvals)
    if step in _DATED:
        return _latest(_DATED[step](mandate) for mandate in relied_on)
    # What was signed on paper made its moves there: the day they were typed here says nothing.
    return None if facts.recorded_afterwards else facts.moved_on.get(step)


def _enforceable(mandate: MandateFacts) -> date | None:
    return mandate.enforceable_on if mandate.is_transmissible else None


_DATED: dict[Etape, Callable[[MandateFacts], date | None]] = {
    Etape.DELIBEREE: lambda mandate: mandate.adopted_on,
    Etape.TRANSMISE: lambda mandate: mandate.received_on,
    Etape.EXECUTOIRE: _enforceable,
}


def _latest(days) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _note(step: Etape, facts: ActFacts) -> str:
    if step == Etape.ADOPTABLE and facts.recorded_afterwards:
        return "Donné sur papier, avant la reprise de l’acte dans le portail."
    transmitted = any(
        mandate.is_transmissible for party in facts.parties for mandate in facts.relied_on(party)
    )
    if step in {Etape.TRANSMISE, Etape.EXECUTOIRE} and facts.parties and not transmitted:
        return "Aucune délibération à transmettre n’est encore enregistrée."
    return ""
