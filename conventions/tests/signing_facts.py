"""The facts of a signature that nothing holds back, for rules tried one guard at a time."""

from dataclasses import replace
from datetime import date

from accounts.enums import OrganisationKind
from conventions.enums import ActStatus, ConventionKind, MandateKind
from conventions.rules.faits import (
    ActFacts,
    ApprovalFacts,
    MandateFacts,
    PartyFacts,
    SignatoryFacts,
)

TODAY = date(2026, 11, 20)
SIGNED = date(2017, 12, 11)
EPCI, COMMITTEE = "le Grand Besançon", "Action Logement"
DELIBERATION = MandateFacts(
    label="Délibération n° 2017/003870",
    kind=MandateKind.DELIBERATION,
    key=1,
    is_transmissible=True,
    number="2017/003870",
    adopted_on=date(2017, 11, 16),
    votes_for=115,
    votes_against=0,
    members_in_office=129,
    received_on=date(2017, 11, 29),
    published_on=date(2017, 11, 30),
    certified_on=date(2017, 12, 1),
    certified_by="Le président",
    has_document=True,
)
POWER = MandateFacts("Pouvoir", MandateKind.POUVOIR, key=2, adopted_on=date(2017, 10, 2))
DELEGATION = MandateFacts(
    "Arrêté de délégation", MandateKind.DELEGATION, key=3, adopted_on=date(2017, 4, 20)
)
PUBLIC = PartyFacts(EPCI, key=1, nature=OrganisationKind.EPCI, mandates=(DELIBERATION,))
PRIVATE = PartyFacts(COMMITTEE, key=2, nature=OrganisationKind.ACTION_LOGEMENT, mandates=(POWER,))
PRESIDENT = SignatoryFacts("Jeanne Pain", EPCI, "Présidente", key=1, mandate=DELIBERATION)
CHAIR = SignatoryFacts("Paul Roi", COMMITTEE, "Président du CRAL", key=2, mandate=POWER)
VICE_CHAIR = SignatoryFacts("Anne Sy", COMMITTEE, "Vice-présidente du CRAL", key=3, mandate=POWER)
SOUND = ActFacts(
    key=10,
    status=ActStatus.EN_SIGNATURE,
    kind=ConventionKind.EPCI_ACTION_LOGEMENT,
    parties=(PUBLIC, PRIVATE),
    signatories=(PRESIDENT, CHAIR, VICE_CHAIR),
    approvals=(
        ApprovalFacts(EPCI, date(2017, 10, 1)),
        ApprovalFacts(COMMITTEE, date(2017, 10, 5)),
    ),
    has_text=True,
    has_duration=True,
)
AVENANT = replace(
    SOUND,
    key=20,
    number=1,
    label="avenant n° 1",
    parties=(
        replace(PUBLIC, mandates=(replace(DELIBERATION, act_key=20),)),
        PRIVATE,
    ),
)


def with_deliberation(facts: ActFacts = SOUND, **changes) -> ActFacts:
    """The same facts with another deliberation of the public party, its president signing by it."""
    changed = replace(facts.parties[0].mandates[0], **changes)
    first = replace(facts.signatories[0], mandate=changed)
    return replace(
        facts,
        parties=(replace(facts.parties[0], mandates=(changed,)), *facts.parties[1:]),
        signatories=(first, *facts.signatories[1:]),
    )


def with_committee(*signatories: SignatoryFacts) -> ActFacts:
    return replace(SOUND, signatories=(PRESIDENT, *signatories))


def with_president(**changes) -> ActFacts:
    return replace(SOUND, signatories=(replace(PRESIDENT, **changes), CHAIR, VICE_CHAIR))
