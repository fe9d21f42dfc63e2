"""«Pour être libre ce jour-là ?»: the last day to post, by each event a clause may count from.

Counted back to the last day of the event itself, in the words that bind on that day; the post is
then given its time. Counting on again from the answer is the proof of it (domain rules A9, A.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from conventions.enums import YearBasis
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import shift_months
from conventions.rules.sorties_dates import last_day_for
from reminders.rules.simulator import (
    ONE_DAY,
    Fate,
    Frame,
    Post,
    Reading,
    Route,
    Version,
    fates_of,
    is_prudent,
    read,
    states,
    year_through,
)
from territories.rules.jours_feries import working_day_on_or_before


@dataclass(frozen=True)
class Aim:
    """The last day to post, in law and in safety, for an event to come in time; else nothing.

    `event_on` is the last day of the event itself. `earliest` answers instead, when it is too late:
    what posting today gives.
    """

    fate: Fate
    version: Version | None
    count: Computation | None
    event_on: date | None
    post_on: date | None
    safe_on: date | None
    is_stated: bool = False
    is_prudent: bool = False
    earliest: Reading | None = None

    @property
    def is_open(self) -> bool:
        return self.post_on is not None and self.earliest is None


@dataclass(frozen=True)
class Target:
    """A way out counted back from the day wanted free, and its proof by counting on again."""

    route: Route
    aims: tuple[Aim, ...]
    headline: Aim | None
    proof: tuple[Reading, Reading] | None

    @property
    def with_the_custody(self) -> Aim | None:
        """The day that stays in time even if the letter waits at the post."""
        found = next((aim for aim in self.aims if aim.is_prudent and aim.post_on), None)
        return found if found is not self.headline else None


def to_be_free(route: Route, effect: date, *, post: Post, frame: Frame, on: date) -> Target:
    """Return, for each event, the last days to post for an `effect` at 0:00, seen from `on`."""
    aims = tuple(_aim(route, fate, effect, frame=frame, on=on) for fate in fates_of(route, post))
    first = _first_aim([aim for aim in aims if aim.post_on])
    proof = None
    if first is not None:
        days = (first.post_on, first.post_on + ONE_DAY)
        proof = tuple(read(route, first.fate, day, frame) for day in days)
    return Target(route, aims, first, proof)


def _first_aim(aims: list[Aim]) -> Aim | None:
    paper = [aim for aim in aims if not aim.fate.electronic]
    said = [
        aim
        for aim in paper
        if (aim.is_stated and not aim.is_prudent) or (aim.is_prudent and aim.version.is_silent)
    ]
    return min(said or paper, key=lambda aim: aim.post_on, default=None)


def _aim(route: Route, fate: Fate, effect: date, *, frame: Frame, on: date) -> Aim:
    delay = timedelta(days=fate.after)
    spans = list(_in_time(route, effect, frame))
    if not spans:
        return Aim(fate, None, None, None, None, None, earliest=_earliest(route, fate, frame, on))
    version, _, last, count = spans[0]
    safe = next(
        (
            day
            for _, first, until, _ in spans
            if (day := working_day_on_or_before(until - delay, frame.zone)) >= first - delay
        ),
        None,
    )
    late = last - delay < on
    return Aim(
        fate,
        version,
        count,
        last,
        last - delay,
        safe,
        is_stated=states(version, fate),
        is_prudent=is_prudent(version, fate),
        earliest=_earliest(route, fate, frame, on) if late else None,
    )


def _earliest(route: Route, fate: Fate, frame: Frame, on: date) -> Reading | None:
    found = read(route, fate, max(on, frame.starts_on), frame)
    return found if found.count else None


def _in_time(
    route: Route, effect: date, frame: Frame
) -> Iterator[tuple[Version, date, date, Computation]]:
    """Yield, from the last, the spans of events that free on `effect`: version, first, last day."""
    for version in reversed(route.versions):
        count = _last_event(version, effect, frame, carries=route.carries_the_year)
        last = count.result if version.until_on is None else _until(version, count.result)
        if last >= version.from_on:
            yield version, version.from_on, last, count


def _until(version: Version, day: date) -> date:
    return min(day, version.until_on - ONE_DAY)


def _last_event(version: Version, effect: date, frame: Frame, *, carries: bool) -> Computation:
    notice = last_day_for(version.clause, effect, zone=frame.zone) if version.clause else None
    if not carries:
        return notice
    bases = [version.basis] if version.basis else list(YearBasis)
    years = [_last_of_a_full_year(version, effect - ONE_DAY, frame, basis) for basis in bases]
    year = min(years, key=lambda found: found.result)
    if notice is None or year.result <= notice.result:
        return year
    return Computation(notice.result, notice.safe_date, (*year.steps, *notice.steps))


def _last_of_a_full_year(version: Version, day: date, frame: Frame, basis: str) -> Computation:
    """Return the last year to be over by `day`: a letter of that year lets go in time."""
    running = year_through(version, day, frame, basis)
    if running.result <= day:
        return running
    if basis == YearBasis.CIVILE:
        return year_through(version, date(day.year - 1, 12, 31), frame, basis)
    eve = shift_months(running.result + ONE_DAY, -12).day - ONE_DAY
    return year_through(version, eve, frame, basis)
