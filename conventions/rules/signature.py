"""What must be true before an act is signed, one reason of refusal at a time.

Source: domain rules § B. Signing before the deliberation is enforceable voids a contract under
private law (Cass. 1re civ., reported 7 February 2018) and is illegal under public law (CE, avis,
10 June 1996, n° 176873): the portal refuses it. What concerns powers can be waived by the platform
administrator, in writing; what the portal needs to count with cannot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.rules.typographie import date_longue
from conventions.enums import MandateKind
from conventions.rules.votes import is_carried
from territories.rules.french import de


@dataclass(frozen=True)
class MandateFacts:
    label: str
    kind: str
    adopted_on: date | None = None
    received_on: date | None = None
    enforceable_on: date | None = None
    valid_until: date | None = None
    votes_for: int | None = None
    votes_against: int | None = None


@dataclass(frozen=True)
class SignatoryFacts:
    name: str
    party: str
    mandate: MandateFacts | None = None
    signed_on: date | None = None


@dataclass(frozen=True)
class ActFacts:
    """All the guards need to know of an act and its convention."""

    parties: tuple[str, ...] = ()
    signatories: tuple[SignatoryFacts, ...] = ()
    has_text: bool = False
    has_duration: bool = False
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Obstacle:
    """One reason not to sign. `field` is the answer it concerns; `waivable` by an administrator."""

    message: str
    field: str | None = None
    waivable: bool = False


def fewer_than_two_parties(facts: ActFacts) -> str | None:
    if len(facts.parties) < 2:
        return "Il faut au moins deux parties. Ajoutez celle qui manque."
    return None


def no_text(facts: ActFacts) -> str | None:
    if not facts.has_text:
        return "Le texte est vide. Rédigez au moins un article."
    return None


def no_duration(facts: ActFacts) -> str | None:
    if not facts.has_duration:
        return "La clause de durée manque : sans elle, le dernier jour ne peut pas être calculé."
    return None


def clauses_to_confirm(facts: ActFacts) -> str | None:
    if facts.unconfirmed:
        listed = ", ".join(facts.unconfirmed)
        return f"Une personne doit encore relire et confirmer : {listed}."
    return None


def no_signatory(facts: ActFacts, party: str) -> str | None:
    if not any(signatory.party == party for signatory in facts.signatories):
        return f"Personne ne signe pour {party}. Désignez son signataire."
    return None


def no_mandate(signatory: SignatoryFacts) -> str | None:
    if signatory.mandate is None:
        return (
            f"Le signataire {signatory.name} ({signatory.party}) n’a pas d’habilitation. "
            "Enregistrez la délibération ou le pouvoir qui l’autorise à signer."
        )
    return None


def undated_mandate(mandate: MandateFacts, party: str) -> str | None:
    if mandate.adopted_on is None and mandate.kind != MandateKind.STATUTS:
        return f"{mandate.label} ({party}) : sa date n’est pas renseignée."
    return None


def rejected_deliberation(mandate: MandateFacts, party: str) -> str | None:
    if mandate.votes_for is None or mandate.votes_against is None:
        return None
    if not is_carried(votes_for=mandate.votes_for, against=mandate.votes_against):
        return f"{mandate.label} ({party}) n’a pas réuni la majorité des suffrages exprimés."
    return None


def never_received(mandate: MandateFacts, party: str) -> str | None:
    if mandate.kind == MandateKind.DELIBERATION and mandate.received_on is None:
        return (
            f"{mandate.label} ({party}) : sa réception en préfecture n’est pas enregistrée. "
            "Avant cette réception, personne n’est autorisé à signer."
        )
    return None


def signed_before_adoption(mandate: MandateFacts, party: str, day: date) -> str | None:
    if mandate.adopted_on is not None and day < mandate.adopted_on:
        return (
            f"Le {date_longue(day)} précède la date de l’habilitation {de(party)}, le "
            f"{date_longue(mandate.adopted_on)} ({mandate.label})."
        )
    return None


def signed_before_receipt(mandate: MandateFacts, party: str, day: date) -> str | None:
    if mandate.kind != MandateKind.DELIBERATION or mandate.received_on is None:
        return None
    if day < mandate.received_on:
        return (
            f"Le {date_longue(day)} précède la réception en préfecture, le "
            f"{date_longue(mandate.received_on)}. Avant cette réception, le signataire {de(party)} "
            "n’était pas encore autorisé à signer."
        )
    if mandate.enforceable_on is not None and day < mandate.enforceable_on:
        return (
            f"Le {date_longue(day)} précède la publication de la délibération {de(party)}, le "
            f"{date_longue(mandate.enforceable_on)}. Avant ce jour, elle n’était pas exécutoire."
        )
    return None


def signed_after_expiry(mandate: MandateFacts, party: str, day: date) -> str | None:
    if mandate.valid_until is not None and day > mandate.valid_until:
        return (
            f"L’habilitation {de(party)} ({mandate.label}) n’était valable que jusqu’au "
            f"{date_longue(mandate.valid_until)}."
        )
    return None


def signed_after_the_last(signatory: SignatoryFacts, day: date) -> str | None:
    if signatory.signed_on is not None and signatory.signed_on > day:
        return (
            f"{signatory.name} a signé le {date_longue(signatory.signed_on)}, après le "
            f"{date_longue(day)} : la date attendue est celle de la dernière signature."
        )
    return None


def signed_in_the_future(day: date, *, today: date) -> str | None:
    if day > today:
        return f"Le {date_longue(day)} n’est pas encore passé : on n’enregistre qu’un acte signé."
    return None


def obstacles(facts: ActFacts, *, signed_on: date | None, today: date) -> list[Obstacle]:
    """Return every reason not to sign, all at once; without `signed_on`, those known before."""
    found = [
        *(Obstacle(reason) for reason in _substance(facts)),
        *(Obstacle(reason, waivable=True) for reason in _powers(facts)),
    ]
    if signed_on is not None:
        if reason := signed_in_the_future(signed_on, today=today):
            found.append(Obstacle(reason, field="signed_on"))
        found += [
            Obstacle(reason, field="signed_on", waivable=True)
            for reason in _dates(facts, signed_on)
        ]
    return list(dict.fromkeys(found))


def _substance(facts: ActFacts) -> Iterator[str]:
    for guard in (fewer_than_two_parties, no_text, no_duration, clauses_to_confirm):
        if reason := guard(facts):
            yield reason


def _powers(facts: ActFacts) -> Iterator[str]:
    for party in facts.parties:
        if reason := no_signatory(facts, party):
            yield reason
    for signatory in facts.signatories:
        if reason := no_mandate(signatory):
            yield reason
        if signatory.mandate is None:
            continue
        for guard in (undated_mandate, rejected_deliberation, never_received):
            if reason := guard(signatory.mandate, signatory.party):
                yield reason


def _dates(facts: ActFacts, day: date) -> Iterator[str]:
    for signatory in facts.signatories:
        if reason := signed_after_the_last(signatory, day):
            yield reason
        if signatory.mandate is None:
            continue
        for guard in (signed_before_adoption, signed_before_receipt, signed_after_expiry):
            if reason := guard(signatory.mandate, signatory.party, signatory.signed_on or day):
                yield reason
