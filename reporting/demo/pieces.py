"""What a demonstrated convention is made of, before any of it is written to the database.

The modules beside this one hold content and nothing else: what was signed, in words of our own,
what is owed, what was observed, and what each party said of it. Sides are numbers: "1" is the
first party, "2" the second, "12" both together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from conventions.enums import ArticleKind, ConventionKind, EffectBasis
from engagements.enums import (
    Appreciation,
    Direction,
    IndicatorNature,
    IndicatorUnit,
    Outcome,
    Recurrence,
    State,
    Strength,
    ValueStatus,
)

FIRST, SECOND, BOTH = "1", "2", "12"
INVENTED = "valeur de démonstration"


@dataclass(frozen=True)
class ArticleData:
    """A place in the text. In `body`, «[[5: passage]]» quotes what engagement 5 rests on."""

    number: str
    heading: str
    body: str = ""
    kind: str = ArticleKind.ARTICLE
    depth: int = 0

    @property
    def level(self) -> int:
        return self.depth or self.number.count(".") + 1


def preamble(depth: int, heading: str, body: str = "", number: str = "") -> ArticleData:
    return ArticleData(number, heading, body, ArticleKind.PREAMBULE, depth)


@dataclass(frozen=True)
class SignatoryData:
    name: str
    capacity: str
    account: str = ""
    has_mandate: bool = True


@dataclass(frozen=True)
class PartyData:
    """An organisation as the act names it; `organisation` is a key of `people.ORGANISATIONS`."""

    organisation: str
    alias: str
    as_signed: Mapping[str, str]
    other_aliases: tuple[str, ...] = ()
    mandate: Mapping = field(default_factory=dict)
    signatories: tuple[SignatoryData, ...] = ()


@dataclass(frozen=True)
class SignatureData:
    """The dates of an act. When the text bears none, `note` says which ones are assumed."""

    signed_on: date
    place: str
    note: str = ""
    starts_on: date | None = None
    basis: str = EffectBasis.DERNIERE_SIGNATURE
    override_reason: str = ""


@dataclass(frozen=True)
class TerminationData:
    """A way out; `passage` names the passage of the text it was read in."""

    passage: str
    fields: Mapping


@dataclass(frozen=True)
class EngagementData:
    """What is owed, in the order of the text; `answers` numbers earlier ones of the other side."""

    title: str
    by: str
    theme: str
    strength: str = Strength.FERME
    recurrence: str = Recurrence.PERMANENTE
    due_on: date | None = None
    ends_on: date | None = None
    condition: str = ""
    answers: tuple[int, ...] = ()


@dataclass(frozen=True)
class IndicatorData:
    """An indicator of the convention's own; the others are read by code from the catalogue."""

    code: str
    name: str
    unit: str = IndicatorUnit.NOMBRE
    nature: str = IndicatorNature.FLUX
    direction: str = Direction.AU_MOINS
    additive: bool = True
    definition: str = ""


@dataclass(frozen=True)
class TargetData:
    """An expected quantity for each of `years`; `engagement` and `article` are numbers."""

    indicator: str
    years: tuple[int, ...]
    quantity: Decimal | int
    engagement: int | None = None
    article: str = ""
    territory: str = ""


@dataclass(frozen=True)
class ValueData:
    """An observed quantity. `corrects` says why it replaces the value given just before."""

    indicator: str
    year: int
    quantity: Decimal | int | None
    by: str
    source: str = INVENTED
    status: str = ValueStatus.DEFINITIF
    as_of: date | None = None
    entered_on: date | None = None
    comment: str = ""
    corrects: str = ""
    territory: str = ""


@dataclass(frozen=True)
class StateData:
    """A declaration by the side `by` on a day; `evidence` is the title of a file to join."""

    engagement: int
    on: date
    by: str
    state: State
    comment: str = ""
    evidence: str = ""
    next_due_on: date | None = None


@dataclass(frozen=True)
class ContributionData:
    """One side's words. `usual` is the reading of every engagement that `readings` leaves out.

    `unread` numbers what is still to be read; `handed_over_on` is empty while it is being written.
    """

    by: str
    written_on: date
    statement: str
    usual: tuple[Appreciation, str]
    readings: Mapping[int, tuple[Appreciation, str]] = field(default_factory=dict)
    unread: tuple[int, ...] = ()
    handed_over_on: date | None = None


@dataclass(frozen=True)
class RevoyureData:
    """A year under review; open for as long as `frozen_on` is empty."""

    year: int
    opened_on: date
    contributions: tuple[ContributionData, ...]
    meeting_on: date | None = None
    frozen_on: date | None = None
    outcome: Outcome | str = ""
    conclusion: str = ""


@dataclass(frozen=True)
class ConventionData:
    """A whole convention, from its draft to what has become of it.

    `is_amended` gives it the avenants of `demo_acts`: only what is fictitious has any.
    """

    reference: str
    title: str
    territory: tuple[str, str]
    drafted_by: str
    begun_on: date
    parties: tuple[PartyData, ...]
    articles: tuple[ArticleData, ...]
    kind: str = ConventionKind.EPCI_ACTION_LOGEMENT
    parent: str = ""
    visas: tuple[str, ...] = ()
    considerants: tuple[str, ...] = ()
    duration: Mapping | None = None
    revoyure: Mapping | None = None
    follow_ups: tuple[Mapping, ...] = ()
    terminations: tuple[TerminationData, ...] = ()
    signature: SignatureData | None = None
    closed: tuple[date, str] | None = None
    themes: Mapping[str, str] = field(default_factory=dict)
    engagements: tuple[EngagementData, ...] = ()
    indicators: tuple[IndicatorData, ...] = ()
    targets: tuple[TargetData, ...] = ()
    values: tuple[ValueData, ...] = ()
    states: tuple[StateData, ...] = ()
    revoyures: tuple[RevoyureData, ...] = ()
    note: tuple[str, ...] = ()
    is_amended: bool = False
