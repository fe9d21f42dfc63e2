"""Who may sign for a party, on what authority, and whether it already binds.

One function for each step between the accords and the signature (domain rules § B.2), each yielding
what is missing. All of it is about powers, which the platform administrator alone may waive in
writing: signing before the deliberation is enforceable voids a contract under private law (Cass.
1re civ., reported 7 February 2018) and is illegal under public law (CE, avis, 10 June 1996).
"""

from collections.abc import Iterator
from datetime import date

from accounts.rules.typographie import date_longue
from conventions.enums import ConventionKind, MandateKind
from conventions.rules.faits import ActFacts, MandateFacts, Obstacle, PartyFacts, SignatoryFacts
from conventions.rules.qualites import Seat, capacity
from conventions.rules.votes import is_carried
from territories.rules.french import de

_INSTRUMENTS = frozenset({MandateKind.DELEGATION, MandateKind.POUVOIR})


def _of_mandate(mandate: MandateFacts, message: str) -> Obstacle:
    return Obstacle(message, waivable=True, page="conventions:mandate_edit", keys=(mandate.key,))


def _of_party(
    facts: ActFacts, party: PartyFacts, message: str, page: str = "conventions:mandate_create"
) -> Obstacle:
    return Obstacle(message, waivable=True, page=page, keys=(facts.number, party.key))


def _of_signatory(signatory: SignatoryFacts, message: str) -> Obstacle:
    page, keys = "conventions:signatory_edit", (signatory.key,)
    return Obstacle(message, waivable=True, page=page, keys=keys)


# DELIBEREE: number, date and votes of the council; date of the regional committee's decision.


def decisions(facts: ActFacts) -> Iterator[Obstacle]:
    for party in facts.parties:
        if obstacle := _nothing_decided(facts, party):
            yield obstacle
        for mandate in facts.relied_on(party):
            yield from _undecided(mandate, party)


def _nothing_decided(facts: ActFacts, party: PartyFacts) -> Obstacle | None:
    if party.is_public and facts.deliberation_of(party) is None:
        if facts.is_initial:
            return _of_party(
                facts,
                party,
                f"Aucune délibération {de(party.name)} n’autorise à signer. Enregistrez-la : "
                "numéro, date et votes.",
            )
        return _of_party(
            facts,
            party,
            f"Aucune délibération {de(party.name)} n’autorise cet acte : un avenant demande la "
            "sienne, sauf si la première a expressément délégué les avenants. Enregistrez-la, ou "
            "dites-le sur la première.",
        )
    if party.is_action_logement and not party.mandates:
        return _of_party(
            facts,
            party,
            f"La décision {de(party.name)} n’est pas enregistrée : date et organe qui habilite ses "
            "signataires.",
        )
    return None


def _undecided(mandate: MandateFacts, party: PartyFacts) -> Iterator[Obstacle]:
    named = f"{mandate.label} ({party.name})"
    dated_elsewhere = mandate.kind == MandateKind.STATUTS and not party.is_action_logement
    if mandate.adopted_on is None and not dated_elsewhere:
        yield _of_mandate(mandate, f"{named} : sa date n’est pas renseignée.")
    if party.is_public and mandate.kind == MandateKind.DELIBERATION:
        if not mandate.number:
            yield _of_mandate(mandate, f"{named} : son numéro n’est pas renseigné.")
        if mandate.votes_for is None or mandate.members_in_office is None:
            yield _of_mandate(
                mandate,
                f"{named} : le résultat du vote manque (pour, contre, abstentions, élus en "
                "exercice).",
            )
    if is_rejected(mandate):
        yield _of_mandate(mandate, f"{named} n’a pas réuni la majorité des suffrages exprimés.")


def is_rejected(mandate: MandateFacts) -> bool:
    if mandate.votes_for is None or mandate.votes_against is None:
        return False
    return not is_carried(votes_for=mandate.votes_for, against=mandate.votes_against)


# TRANSMISE, then EXECUTOIRE: received by the prefecture, published, certified (CGCT L.2131-1).


def transmissions(facts: ActFacts) -> Iterator[Obstacle]:
    for party, mandate in _transmissible(facts):
        if mandate.received_on is None:
            yield _of_mandate(
                mandate,
                f"{mandate.label} ({party.name}) : sa réception en préfecture n’est pas "
                "enregistrée. Avant cette réception, personne n’est autorisé à signer.",
            )


def enforceability(facts: ActFacts) -> Iterator[Obstacle]:
    for party, mandate in _transmissible(facts):
        named = f"{mandate.label} ({party.name})"
        if mandate.published_on is None:
            yield _of_mandate(mandate, f"{named} : sa publication n’est pas enregistrée.")
        if mandate.certified_on is None or not mandate.certified_by:
            yield _of_mandate(
                mandate, f"{named} : dites qui l’a certifiée exécutoire, et quel jour."
            )


def _transmissible(facts: ActFacts) -> Iterator[tuple[PartyFacts, MandateFacts]]:
    for party in facts.parties:
        for mandate in facts.relied_on(party):
            if mandate.is_transmissible:
                yield party, mandate


# EN_SIGNATURE: everyone named, each with the document that empowers them.


def signing(facts: ActFacts) -> Iterator[Obstacle]:
    for party in facts.parties:
        people = facts.signing_for(party)
        if not people:
            message = f"Personne ne signe pour {party.name}. Désignez son signataire."
            yield _of_party(facts, party, message, "conventions:signatory_create")
            continue
        for person in people:
            yield from _empowered(person, party)
        if party.is_action_logement and facts.kind == ConventionKind.EPCI_ACTION_LOGEMENT:
            yield from _together(facts, party, people)


def _empowered(person: SignatoryFacts, party: PartyFacts) -> Iterator[Obstacle]:
    if person.mandate is None:
        yield _of_signatory(
            person,
            f"Le signataire {person.name} ({party.name}) n’a pas d’habilitation. Enregistrez la "
            "délibération ou le pouvoir qui l’autorise à signer.",
        )
        return
    acts_as = capacity(person.capacity)
    delegated = person.mandate.kind in _INSTRUMENTS
    if party.is_public and not acts_as.is_executive:
        if person.mandate.kind != MandateKind.DELEGATION:
            yield _of_signatory(
                person,
                f"{person.name} signe pour {party.name} sans en être l’exécutif : rattachez sa "
                "signature à l’arrêté qui lui donne délégation.",
            )
    elif acts_as.for_another and not delegated:
        yield _of_signatory(
            person,
            f"{person.name} ({party.name}) agit par délégation : rattachez sa signature à la "
            "délégation ou au pouvoir qui l’y autorise.",
        )


def _together(
    facts: ActFacts, party: PartyFacts, people: list[SignatoryFacts]
) -> Iterator[Obstacle]:
    """Joint management: president and vice-president of the regional committee, both (B11)."""
    seats = [capacity(person.capacity) for person in people]
    for seat in Seat:
        if not any(one.seat is seat for one in seats):
            message = (
                f"Il manque la signature du {seat.value} du comité régional pour {party.name} : "
                "président et vice-président signent ensemble. L’un des deux peut agir par "
                "délégation ; dites-le dans sa qualité."
            )
            yield _of_party(facts, party, message, "conventions:signatory_create")
    seated = [one for one in seats if one.seat]
    if seated and all(one.for_another for one in seated):
        message = (
            f"Pour {party.name}, le président ou le vice-président signe lui-même : un seul des "
            "deux peut être représenté."
        )
        yield _of_party(facts, party, message, "conventions:signatory_create")


# SIGNEE: each party signs once its powers bind, and while they do.


def dates(facts: ActFacts, signed_on: date) -> Iterator[Obstacle]:
    for party in facts.parties:
        for person in facts.signing_for(party):
            day = person.signed_on or signed_on
            if day > signed_on:
                yield _at_the_date(
                    f"{person.name} a signé le {date_longue(day)}, après le "
                    f"{date_longue(signed_on)} : la date attendue est celle de la dernière "
                    "signature."
                )
            own = [facts.deliberation_of(party)] if party.is_public else []
            for mandate in dict.fromkeys([*own, person.mandate]):
                if mandate is not None and (reason := untimely(mandate, party.name, day)):
                    yield _at_the_date(reason)


def _at_the_date(message: str) -> Obstacle:
    return Obstacle(message, field="signed_on", waivable=True)


def untimely(mandate: MandateFacts, party: str, day: date) -> str | None:
    """Say why a mandate does not allow to sign on that day."""
    said = date_longue(day)
    if mandate.adopted_on is not None and day < mandate.adopted_on:
        return (
            f"Le {said} précède la date de l’habilitation {de(party)}, le "
            f"{date_longue(mandate.adopted_on)} ({mandate.label})."
        )
    if mandate.valid_until is not None and day > mandate.valid_until:
        return (
            f"L’habilitation {de(party)} ({mandate.label}) n’était valable que jusqu’au "
            f"{date_longue(mandate.valid_until)}."
        )
    return _not_yet_enforceable(mandate, party, day) if mandate.is_transmissible else None


def _not_yet_enforceable(mandate: MandateFacts, party: str, day: date) -> str | None:
    said = date_longue(day)
    if mandate.received_on is not None and day < mandate.received_on:
        return (
            f"Le {said} précède la réception en préfecture, le "
            f"{date_longue(mandate.received_on)}. Avant cette réception, le signataire {de(party)} "
            "n’était pas encore autorisé à signer."
        )
    if mandate.enforceable_on is not None and day < mandate.enforceable_on:
        return (
            f"Le {said} précède la publication de la délibération {de(party)}, le "
            f"{date_longue(mandate.enforceable_on)}. Avant ce jour, elle n’était pas exécutoire."
        )
    return None


# What does not forbid to sign, and deserves a look before.


def warnings(facts: ActFacts, *, today: date) -> Iterator[Obstacle]:
    for party in facts.parties:
        for mandate in facts.relied_on(party):
            if mandate.valid_until is not None and mandate.valid_until < today:
                yield _of_mandate(
                    mandate,
                    f"{mandate.label} ({party.name}) n’est plus valable depuis le "
                    f"{date_longue(mandate.valid_until)}. Si la signature n’a pas eu lieu avant, "
                    "enregistrez l’habilitation qui lui succède et rattachez-y le signataire.",
                )
            if mandate.is_transmissible and mandate.received_on and not mandate.has_document:
                yield _of_mandate(
                    mandate,
                    f"{mandate.label} ({party.name}) : déposez l’extrait avec l’accusé de "
                    "réception de la préfecture, puis joignez-le.",
                )
        yield from _successors(facts, party)


def _successors(facts: ActFacts, party: PartyFacts) -> Iterator[Obstacle]:
    """Another person in the same seat: the successor needs powers of their own (B13)."""
    before = {
        capacity(one.capacity): one.name for one in facts.predecessors if one.party == party.name
    }
    for person in facts.signing_for(party):
        former = before.get(capacity(person.capacity))
        if former and former.casefold() != person.name.casefold():
            yield _of_signatory(
                person,
                f"{former} avait signé l’acte précédent pour {party.name} ; c’est {person.name} "
                "qui signe celui-ci. Vérifiez son élection et que son habilitation est à son nom.",
            )
