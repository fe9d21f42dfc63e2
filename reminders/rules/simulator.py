"""«Si je poste la lettre ce jour-là ?», «pour être libre ce jour-là ?»: every reading of a clause.

A notice counts from an event of the letter's life (domain rules A11 to A16). The text names that
event or is silent; the answers stand side by side, what the text says and what is prudent are
marked, and nothing is picked in silence. What the post takes is a supposition that people may
change. Nothing is stored: the same question gives the same answer to whoever may ask it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from conventions.enums import LetterKind, Situation, TerminationKind, Trigger, Unit, YearBasis
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import shift_months
from conventions.rules.sorties import (
    COUNTED_BACK,
    LRE_DAYS,
    LetterDates,
    end_of_notice,
    end_of_year,
    event_of,
    reason_not_to_leave,
)
from conventions.rules.sorties_dates import KEPT_AT_THE_POST, PRESENTED_AFTER, SILENT
from reminders.rules.facts import TerminationFacts
from territories.enums import Zone
from territories.rules.french import long_date, typeset

ONE_DAY = timedelta(days=1)
# A clause that counts back from its effect, or from the letter's own date, speaks of its dispatch.
_AS_POSTED = frozenset({*COUNTED_BACK, Trigger.SIGNATURE})
LAST_DAY_KEPT = "garde"
EXAMPLE_MONTHS = (1, 3, 6)
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True)
class Post:
    """What one supposes of the post: days from the deposit, each day of the calendar counted."""

    presented_after: int = PRESENTED_AFTER.days
    handed_after: int = 5
    accepted_after: int = 1


@dataclass(frozen=True)
class Fate:
    """An event from which a notice may count, `after` so many days from the deposit."""

    slug: str
    label: str
    trigger: Trigger
    after: int
    proof: str
    electronic: bool = False


def fates(post: Post) -> tuple[Fate, ...]:
    """Return every event a clause may name, those of paper first, in the order they happen."""
    kept = post.presented_after + KEPT_AT_THE_POST.days
    taken = "avis de réception signé"
    accepted = "preuve d’acceptation horodatée"
    rows = (
        ("envoi", "Envoi", Trigger.ENVOI, 0, "preuve de dépôt datée", False),
        ("depot", "Dépôt contre récépissé", Trigger.DEPOT_RECEPISSE, 0, "récépissé daté", False),
        ("presentation", "Première présentation", Trigger.PREMIERE_PRESENTATION,
         post.presented_after, "suivi, ou avis de passage", False),
        ("reception", "Réception", Trigger.RECEPTION, post.handed_after, taken, False),
        (LAST_DAY_KEPT, "Réception tardive, dernier jour de garde", Trigger.RECEPTION, kept, taken,
         False),
        ("lre", "Lettre électronique : information envoyée", Trigger.ENVOI, 0,
         "preuve de dépôt horodatée", True),
        ("lre-acceptee", "Lettre électronique : acceptée", Trigger.RECEPTION, post.accepted_after,
         accepted, True),
        ("lre-quinze", "Lettre électronique : acceptée le quinzième jour", Trigger.RECEPTION,
         LRE_DAYS, accepted, True),
    )  # fmt: skip
    return tuple(Fate(*row) for row in rows)


def if_unclaimed(posted: date, post: Post) -> str:
    """Say what becomes of the notice when nobody claims the letter."""
    presented = posted + timedelta(days=post.presented_after)
    returned = presented + KEPT_AT_THE_POST
    letter = LetterDates(LetterKind.LRAR, "", posted, presented, None, returned)
    return event_of(Trigger.RECEPTION, letter).warning


@dataclass(frozen=True)
class Frame:
    """The convention's own limits."""

    starts_on: date
    ends_on: date | None
    zone: Zone


@dataclass(frozen=True)
class Version:
    """A way out as the acts make it read from a day on, until the eve of `until_on`.

    Without a `clause` only the review speaks: its year is carried through, then all ends. `basis`
    is blank when no review clause says which year that is.
    """

    act: str
    from_on: date
    until_on: date | None
    clause: TerminationFacts | None
    basis: str = ""
    disagreement: str = ""

    @property
    def trigger(self) -> str:
        return self.clause.trigger if self.clause else Trigger.ENVOI

    @property
    def is_silent(self) -> bool:
        return self.trigger in SILENT


@dataclass(frozen=True)
class Route:
    """One way out through time: signed acts may write it anew, and the last words then bind."""

    kind: TerminationKind
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version | None:
        """Return the version that binds on a day."""
        for version in reversed(self.versions):
            if version.from_on <= day and (version.until_on is None or day < version.until_on):
                return version
        return None

    @property
    def carries_the_year(self) -> bool:
        return self.kind == TerminationKind.DESACCORD


@dataclass(frozen=True)
class Reading:
    """What one event gives: bound until `count.result`, free the next day; no count out of force.

    `is_prudent` marks the last event that may count; the count is then the safest there is.
    """

    fate: Fate
    event_on: date
    version: Version | None
    count: Computation | None
    is_stated: bool = False
    is_prudent: bool = False

    @property
    def last_bound_on(self) -> date:
        return self.count.result

    @property
    def free_on(self) -> date:
        return self.count.result + ONE_DAY


@dataclass(frozen=True)
class YearReading:
    """One meaning of «les engagements de l’année» after a disagreement."""

    basis: YearBasis
    last_bound_on: date
    is_recorded: bool


@dataclass(frozen=True)
class Answer:
    """A way out when the letter is posted on a day: every reading, and the one put first."""

    route: Route
    readings: tuple[Reading, ...]
    headline: Reading | None
    years: tuple[YearReading, ...] = ()

    @property
    def at_the_latest(self) -> Reading | None:
        """The last event that the same words allow, when it leads further than the headline."""
        found = (row for row in self.readings if row.is_prudent and row.count)
        last = next(found, None)
        shown = self.headline
        return last if last and shown and last.free_on > shown.free_on else None

    def is_pointless(self, frame: Frame) -> bool:
        """The convention would have ended by itself before, or the same day."""
        shown = self.headline
        return bool(shown and frame.ends_on and shown.last_bound_on >= frame.ends_on)


def if_posted(route: Route, posted: date, *, post: Post, frame: Frame) -> Answer:
    """Return what a letter posted on `posted` gives; the clause of each event's own day counts."""
    readings = tuple(read(route, fate, posted, frame) for fate in fates_of(route, post))
    first = _headline([row for row in readings if row.count])
    years = _years(first, frame) if first and route.carries_the_year else ()
    return Answer(route, readings, first, years)


def fates_of(route: Route, post: Post) -> tuple[Fate, ...]:
    """Without a notice nothing counts but the year the letter is of."""
    counts = any(version.clause for version in route.versions)
    return fates(post) if counts else fates(post)[:1]


def read(route: Route, fate: Fate, posted: date, frame: Frame) -> Reading:
    event_on = posted + timedelta(days=fate.after)
    version = route.on(event_on)
    if version is None:
        return Reading(fate, event_on, None, None)
    count = _bound(version, event_on, frame, carries=route.carries_the_year)
    told = _sentence(version, fate, event_on)
    steps = (told, *count.steps) if version.clause else count.steps
    return Reading(
        fate,
        event_on,
        version,
        Computation(count.result, count.safe_date, steps),
        is_stated=states(version, fate),
        is_prudent=is_prudent(version, fate),
    )


def _sentence(version: Version, fate: Fate, event_on: date) -> str:
    """Say which day the notice counts from, in the clause's own manner when it states it."""
    dated = LetterDates(posted_on=event_on, presented_on=event_on, delivered_on=event_on)
    trigger = version.trigger if states(version, fate) else fate.trigger
    return event_of(trigger, dated).sentence


def states(version: Version, fate: Fate) -> bool:
    if version.is_silent:
        return False
    named = Trigger.ENVOI if version.trigger in _AS_POSTED else version.trigger
    return fate.trigger == named


def is_prudent(version: Version, fate: Fate) -> bool:
    """A silent clause waits for the letter to be handed over; one that says so, until the last."""
    waits = version.is_silent or version.trigger == Trigger.RECEPTION
    return waits and fate.slug == LAST_DAY_KEPT


def _headline(readings: list[Reading]) -> Reading | None:
    """Put first what the text says of a paper letter, else what is prudent; of two, the later."""
    paper = [row for row in readings if not row.fate.electronic]
    said = [
        row
        for row in paper
        if (row.is_stated and not row.is_prudent) or (row.is_prudent and row.version.is_silent)
    ]
    return max(said or paper, key=lambda row: row.last_bound_on, default=None)


def _bound(
    version: Version, event_on: date, frame: Frame, *, carries: bool, basis: str = ""
) -> Computation:
    """Return the last day bound; after a disagreement, the later of the notice and of the year."""
    notice = end_of_notice(version.clause, event_on, zone=frame.zone) if version.clause else None
    if not carries:
        return notice
    known = basis or version.basis
    years = [
        year_through(version, event_on, frame, one) for one in ([known] if known else YearBasis)
    ]
    year = max(years, key=lambda found: found.result)
    if notice is None or year.result >= notice.result:
        return year
    return Computation(notice.result, notice.safe_date, (*year.steps, *notice.steps))


def _years(first: Reading, frame: Frame) -> tuple[YearReading, ...]:
    """Read «l’année» both ways: the civil one and that of the convention (domain rules § A.4)."""
    return tuple(
        YearReading(
            basis,
            _bound(first.version, first.event_on, frame, carries=True, basis=basis).result,
            is_recorded=basis == first.version.basis,
        )
        for basis in YearBasis
    )


def year_through(version: Version, day: date, frame: Frame, basis: str) -> Computation:
    """Return the end of the year that is running on a day."""
    year = day.year
    if basis == YearBasis.CONVENTION:
        since = 12 * (year - frame.starts_on.year)
        year -= shift_months(frame.starts_on, since).day > day
    terms = {"basis": basis, "starts_on": frame.starts_on, "zone": frame.zone}
    found = end_of_year(year, wording=version.disagreement, **terms)
    if found.result >= day:
        return found
    # A convention of 29 February: the eve of its leap anniversary belongs to the year that comes.
    return end_of_year(year + 1, wording=version.disagreement, **terms)


def why_no_figures(
    situation: Situation, day: date, *, starts_on: date | None, last_day: date | None
) -> str:
    """Say why a letter of that day opens no notice, or nothing when clauses bind."""
    if situation == Situation.A_VENIR:
        return typeset(
            f"Le {long_date(day)}, la convention ne lie pas encore : elle prend effet le "
            f"{long_date(starts_on)}. Aucun préavis ne se compte avant ; essayez ce jour-là ou un "
            "jour suivant."
        )
    if situation == Situation.EN_PREAVIS:
        return typeset(
            f"Un préavis court déjà : la convention prend fin le {long_date(last_day)}. Une autre "
            "lettre ne se compte qu’après accord, ou si celle-ci est retirée."
        )
    return reason_not_to_leave(situation)


def examples() -> tuple[Route, ...]:
    """Reasonable notices to look at when no text sets one (code civil, art. 1211): 1, 3, 6 months.

    They are no clause: nobody agreed to them, and a judge may find another length reasonable.
    """
    return tuple(
        Route(
            TerminationKind.RESILIATION,
            (Version("", _LONG_AGO, None, TerminationFacts(0, months, Unit.MOIS)),),
        )
        for months in EXAMPLE_MONTHS
    )
