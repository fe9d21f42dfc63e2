"""What a convention says and what happened to it: all that a projection needs, as plain values.

Written by the actions that read the database, so that every rule of this floor stays pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from conventions.enums import (
    EffectBasis,
    Situation,
    TerminationGround,
    TerminationKind,
    TerminationStatus,
    Unit,
    YearBasis,
)
from territories.enums import Zone


@dataclass(frozen=True)
class Origin:
    """Where a clause stands: its article and the wording it was read in."""

    article_id: int | None = None
    label: str = ""
    wording: str = ""


@dataclass(frozen=True)
class DurationFacts:
    quantity: int
    unit: Unit
    trigger: str = ""
    prorogation_possible: bool = False
    origin: Origin = Origin()


@dataclass(frozen=True)
class TerminationFacts:
    """One way out. `trigger` is blank when the clause does not say what starts its notice."""

    pk: int
    quantity: int
    unit: Unit
    trigger: str = ""
    carry: bool = False
    franc: bool = False
    ground: TerminationGround = TerminationGround.SANS_MOTIF
    survival: str = ""
    origin: Origin = Origin()


@dataclass(frozen=True)
class RevoyureClauseFacts:
    """The calendar that the parties chose for their yearly review."""

    year_basis: YearBasis = YearBasis.CIVILE
    opens_month: int = 10
    opens_day: int = 1
    contribution_days: int = 45
    meeting_days: int = 65
    freeze_days: int = 70
    transmission_days: int = 90
    origin: Origin = Origin()


@dataclass(frozen=True)
class RevoyureFacts:
    """A review that took place, with the days of what was done."""

    opened_on: date
    contributed_on: date | None = None
    meeting_on: date | None = None
    frozen_on: date | None = None


@dataclass(frozen=True)
class EngagementFacts:
    """An undertaking with a date, `expected` when that date still commands.

    `settled` holds the day on which each past turn of a recurrent one was kept, in order.
    """

    pk: int
    code: str
    title: str
    due_on: date | None
    expected: bool
    kept_on: date | None = None
    contested: bool = False
    settled: tuple[date, ...] = ()
    debtors: str = ""
    recurrence: str = ""
    origin: Origin = Origin()


@dataclass(frozen=True)
class MandateFacts:
    """What empowers a party: the prefecture's receipt and the last day of its validity."""

    pk: int
    party_id: int
    party: str
    label: str
    is_deliberation: bool
    received_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class LetterFacts:
    """An electronic registered letter that its addressee has neither taken nor refused."""

    pk: int
    addressee: str
    answer_by: date


@dataclass(frozen=True)
class EndingFacts:
    """A way out whose event has happened: what it leads to, and what it still awaits."""

    pk: int
    kind: TerminationKind
    status: TerminationStatus
    party: str
    event_on: date | None
    effect_on: date | None
    cure_ends_on: date | None = None
    closed_on: date | None = None
    steps: tuple[str, ...] = ()
    clause_id: int | None = None
    origin: Origin = Origin()
    awaited_answers: tuple[LetterFacts, ...] = ()


@dataclass(frozen=True)
class FollowUpFacts:
    """A body that the text makes meet so many times a year."""

    pk: int
    body: str
    per_year: int
    year_basis: YearBasis = YearBasis.CIVILE
    origin: Origin = Origin()


@dataclass(frozen=True)
class ProofFacts:
    """An electronic registered letter that was posted, and the proofs of it already in the file.

    `key` names the letter among all; `sender_id` is the party that answers for it today, and
    `keeper_id` its organisation, which alone knows of the letter until its event happens.
    """

    key: str
    sender_id: int
    keeper_id: int
    addressee: str
    posted_on: date
    informed_on: date
    delivered_on: date | None = None
    returned_on: date | None = None
    posting_kept_on: date | None = None
    outcome_kept_on: date | None = None


@dataclass(frozen=True)
class AddedFacts:
    """A date somebody added: for itself (`owner_id`), for its side (`keeper_id`), or for all."""

    pk: int
    title: str
    due_on: date
    author: str
    every_months: int | None = None
    owner_id: int | None = None
    keeper_id: int | None = None
    party_id: int | None = None


@dataclass(frozen=True)
class ConventionFacts:
    """A convention as a projection sees it."""

    situation: Situation
    signed_on: date | None = None
    starts_on: date | None = None
    basis: EffectBasis | str = ""
    basis_note: str = ""
    ends_on: date | None = None
    closed_on: date | None = None
    terminated_on: date | None = None
    zone: Zone = Zone.METROPOLE
    duration: DurationFacts | None = None
    terminations: tuple[TerminationFacts, ...] = ()
    revoyure_clause: RevoyureClauseFacts | None = None
    revoyures: Mapping[int, RevoyureFacts] = field(default_factory=dict)
    engagements: tuple[EngagementFacts, ...] = ()
    mandates: tuple[MandateFacts, ...] = ()
    endings: tuple[EndingFacts, ...] = ()
    follow_ups: tuple[FollowUpFacts, ...] = ()
    proofs: tuple[ProofFacts, ...] = ()
    added: tuple[AddedFacts, ...] = ()
    # EPCI parties by primary key: those whose activity report speaks of the convention.
    epcis: Mapping[int, str] = field(default_factory=dict)

    @property
    def was_signed(self) -> bool:
        return self.starts_on is not None and self.situation not in {
            Situation.BROUILLON,
            Situation.EN_NEGOCIATION,
            Situation.EN_VALIDATION,
            Situation.EN_SIGNATURE,
        }

    @property
    def last_day(self) -> date | None:
        """The end of everything expected: the term, or the end recorded before it."""
        ends = (self.ends_on, self.closed_on, self.terminated_on)
        known = [day for day in ends if day is not None]
        return min(known) if known else None
