"""What the guards of a signature need to know: facts without a database, and what stands before it.

Source: domain rules § B. The actions fill these (`actions.facts`); the rules only read them.
"""

from dataclasses import dataclass, field
from datetime import date

from accounts.enums import OrganisationKind
from conventions.enums import ActStatus, ConventionKind, Etape, MandateKind

PUBLIC = frozenset({OrganisationKind.EPCI, OrganisationKind.COMMUNE})
ACTION_LOGEMENT = frozenset({OrganisationKind.ACTION_LOGEMENT, OrganisationKind.DELEGATION})

# Where to mend what stands in the way, and what the link says.
FIXES = {
    "conventions:parties": "Désigner les parties",
    "conventions:act": "Voir ce que l’acte change",
    "conventions:articles": "Rédiger les articles",
    "conventions:duration_edit": "Saisir la durée",
    "conventions:clauses": "Confirmer les clauses",
    "conventions:checklist": "Répondre à la procédure",
    "conventions:approve": "Donner l’accord",
    "conventions:mandates": "Habilitations et signataires",
    "conventions:mandate_create": "Enregistrer l’habilitation",
    "conventions:mandate_edit": "Compléter l’habilitation",
    "conventions:signatory_create": "Désigner le signataire",
    "conventions:signatory_edit": "Modifier le signataire",
    "conventions:open_negotiation": "Ouvrir la négociation",
    "conventions:close_text": "Arrêter le texte",
    "conventions:send_to_signature": "Mettre en signature",
    "conventions:sign": "Enregistrer la signature",
    "conventions:create": "Commencer une nouvelle convention",
}


@dataclass(frozen=True)
class Obstacle:
    """One reason not to sign, and where to mend it.

    `field` is the answer of the form it concerns; `waivable` by an administrator in writing; `page`
    names an address whose keys are the convention's, then `keys`; `fix` words the link.
    """

    message: str
    field: str | None = None
    waivable: bool = False
    page: str = ""
    keys: tuple[int, ...] = ()
    fix: str = ""

    @property
    def link(self) -> str:
        return self.fix or FIXES.get(self.page, "Ouvrir la page")


@dataclass(frozen=True)
class MandateFacts:
    """A mandate; `is_transmissible` when it must reach the prefecture before it binds.

    `act_key` is the act it was voted for, None for the initial one.
    """

    label: str
    kind: str
    key: int = 0
    is_transmissible: bool = False
    act_key: int | None = None
    covers_avenants: bool = False
    number: str = ""
    adopted_on: date | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    members_in_office: int | None = None
    received_on: date | None = None
    published_on: date | None = None
    certified_on: date | None = None
    certified_by: str = ""
    valid_until: date | None = None
    has_document: bool = False

    @property
    def enforceable_on(self) -> date | None:
        """First day it binds: received and published (CGCT L.2131-1), else the day it is made."""
        if not self.is_transmissible:
            return self.adopted_on
        if self.received_on is None or self.published_on is None:
            return None
        return max(self.received_on, self.published_on)


@dataclass(frozen=True)
class PartyFacts:
    """A party; `nature` is the kind of its organisation, `mandates` all it has recorded."""

    name: str
    key: int = 0
    nature: str = OrganisationKind.AUTRE
    mandates: tuple[MandateFacts, ...] = ()

    @property
    def is_public(self) -> bool:
        return self.nature in PUBLIC

    @property
    def is_action_logement(self) -> bool:
        return self.nature in ACTION_LOGEMENT


@dataclass(frozen=True)
class SignatoryFacts:
    name: str
    party: str
    capacity: str = ""
    key: int = 0
    mandate: MandateFacts | None = None
    signed_on: date | None = None


@dataclass(frozen=True)
class ApprovalFacts:
    """A party's accord; it `stands` as long as the text is, to the letter, the one agreed to."""

    party: str
    given_on: date
    stands: bool = True


@dataclass(frozen=True)
class TermFacts:
    """The term of the convention as it stands, and the one this act would give it.

    `ended_on` is the end already recorded, by a termination or otherwise.
    """

    ends_on: date | None = None
    moves: bool = False
    ended_on: date | None = None


@dataclass(frozen=True)
class ActFacts:
    """All the guards need to know of an act and its convention."""

    key: int = 0
    number: int = 0
    label: str = "convention initiale"
    status: str = ActStatus.PROJET
    kind: str = ConventionKind.AUTRE
    recorded_afterwards: bool = False
    parties: tuple[PartyFacts, ...] = ()
    signatories: tuple[SignatoryFacts, ...] = ()
    predecessors: tuple[SignatoryFacts, ...] = ()
    approvals: tuple[ApprovalFacts, ...] = ()
    has_text: bool = False
    has_duration: bool = False
    unconfirmed: tuple[str, ...] = ()
    term: TermFacts = TermFacts()
    signed_on: date | None = None
    waived: tuple[str, ...] = ()
    # The day each move was made, from the journal.
    moved_on: dict[Etape, date] = field(default_factory=dict)

    @property
    def is_initial(self) -> bool:
        return self.number == 0

    def signing_for(self, party: PartyFacts) -> list[SignatoryFacts]:
        return [signatory for signatory in self.signatories if signatory.party == party.name]

    def authorises(self, mandate: MandateFacts) -> bool:
        """Whether a deliberation was voted for this act (B13: the same forms as the first act).

        An avenant asks for its own, unless the first one expressly delegated avenants.
        """
        if mandate.kind != MandateKind.DELIBERATION:
            return False
        if self.is_initial:
            return mandate.act_key in {None, self.key}
        return mandate.act_key == self.key or mandate.covers_avenants

    def deliberation_of(self, party: PartyFacts) -> MandateFacts | None:
        """Return the deliberation that serves: one in force if any, else the latest."""
        voted = [mandate for mandate in party.mandates if self.authorises(mandate)]
        return max(
            voted,
            key=lambda one: (one.enforceable_on is not None, one.adopted_on or date.min, one.key),
            default=None,
        )

    def relied_on(self, party: PartyFacts) -> list[MandateFacts]:
        """Every mandate the party's signature rests on: its council's, then its signatories'."""
        found = [self.deliberation_of(party)] if party.is_public else []
        found += [signatory.mandate for signatory in self.signing_for(party)]
        return list(dict.fromkeys(mandate for mandate in found if mandate is not None))
