"""What the Akoma Ntoso file is made from: a convention read on a day, as plain values."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class AknParty:
    """A party as signed; `identifier` is a SIREN, an RNA or, failing both, a rank."""

    rank: int
    name: str
    alias: str
    identifier: str
    legal_nature: str = ""


@dataclass(frozen=True)
class AknSignatory:
    act: int
    rank: int
    name: str
    capacity: str
    party: int


@dataclass(frozen=True)
class AknArticle:
    """An article of the text of the day; `since` is the day its wording took effect."""

    code: int
    kind: str
    number: str
    heading: str
    body: str
    label: str
    act: int
    since: date | None
    children: tuple["AknArticle", ...] = ()


@dataclass(frozen=True)
class AknChange:
    """What an avenant does to one article; `body` is its new wording when it gives one.

    `rank` tells the operations of an avenant apart; several may stand at one `place` in its text.
    """

    act: int
    rank: int
    place: int
    change: str
    code: int
    from_on: date
    sentence: str
    heading: str = ""
    body: str = ""


@dataclass(frozen=True)
class AknAct:
    """A signed act; number 0 is the convention itself."""

    number: int
    kind: str
    name: str
    title: str
    signed_on: date
    effective_on: date
    purpose: str = ""
    changes: tuple[AknChange, ...] = ()


@dataclass(frozen=True)
class AknText:
    """All the file says, on `on`. Without any signed act it is a draft of that day."""

    reference: str
    title: str
    on: date
    parties: tuple[AknParty, ...]
    articles: tuple[AknArticle, ...]
    acts: tuple[AknAct, ...] = ()
    signatories: tuple[AknSignatory, ...] = ()
    visas: tuple[str, ...] = ()
    considerants: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    place: str = ""
    labels: dict[int, str] = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        return not self.acts

    @property
    def dated_on(self) -> date:
        """The date of the work: its signature, or the day a draft is read."""
        return self.acts[0].signed_on if self.acts else self.on
