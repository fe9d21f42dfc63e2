"""The lives of communes, rebuilt from the INSEE's list of what happened to each.

The official files describe today; `mouvements-communes.csv` says what led there. Walking it
backward from today's communes gives those that disappeared, when, into which, and the names that
were borne. Arrondissements, communes déléguées and associées are parts of communes: they are left
out. The walk stops at `HISTORY_SINCE`.

Codes are INSEE's (`MOD`): 10 rename, 20 creation, 21 re-establishment, 31-34 mergers, 41 change of
département, 50 change of code. The kind of movement does not matter to the walk: a commune that
loses its code ended the day before, a commune whose code appears began that day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

# The map of EPCIs was redrawn on 1 January 2017 (loi NOTRe): before it, «the EPCI of a vanished
# commune is that of the commune that took it over» would be a guess.
HISTORY_SINCE = date(2017, 1, 1)
COMMUNE = "COM"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Movement:
    """One line of the INSEE's file: this became that on this day."""

    on: date
    before_kind: str
    before_code: str
    before_name: str
    after_kind: str
    after_code: str
    after_name: str

    @property
    def between_communes(self) -> bool:
        return self.after_kind == COMMUNE and self.before_kind in {COMMUNE, ""}


@dataclass(frozen=True)
class Name:
    """A name borne until a day."""

    name: str
    starts_on: date | None
    ends_on: date


@dataclass
class Period:
    """A stretch of a commune's existence, the communes it came from and those that took it over."""

    starts_on: date | None = None
    ends_on: date | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()


@dataclass
class CommuneLife:
    """All we know of one code: its latest name, its periods (latest first), its former names."""

    name: str
    periods: list[Period] = field(default_factory=list)
    former_names: list[Name] = field(default_factory=list)

    @property
    def starts_on(self) -> date | None:
        return self.periods[-1].starts_on

    @property
    def ends_on(self) -> date | None:
        return self.periods[0].ends_on


def communes_history(
    current: Mapping[str, str], movements: Iterable[Movement], *, since: date = HISTORY_SINCE
) -> dict[str, CommuneLife]:
    """Return the life of every commune that existed since a day, from today's codes and names."""
    lives = {code: CommuneLife(name, [Period()]) for code, name in current.items()}
    alive = {code: life.periods[0] for code, life in lives.items()}
    by_day: dict[date, list[Movement]] = defaultdict(list)
    for movement in movements:
        if movement.on >= since and movement.between_communes:
            by_day[movement.on].append(movement)
    for day in sorted(by_day, reverse=True):
        _undo(_Day(day, by_day[day]), lives, alive, ends_matter=day > since)
    return lives


class _Day:
    """The movements of one day, as a small graph from the codes before to the codes after."""

    def __init__(self, on: date, movements: list[Movement]) -> None:
        self.on = on
        self.names_before: dict[str, str] = {}
        self.renamed: dict[str, str] = {}
        self.after: dict[str, set[str]] = defaultdict(set)
        self.before: dict[str, set[str]] = defaultdict(set)
        self.lasting: set[str] = set()
        for movement in movements:
            self._read(movement)

    def _read(self, movement: Movement) -> None:
        before, after = movement.before_code, movement.after_code
        if before == after:
            self.lasting.add(after)
            if movement.before_name != movement.after_name:
                self.renamed[after] = movement.before_name
        self.after[before].add(after)
        self.before[after].add(before)
        self.names_before.setdefault(before, movement.before_name)

    @property
    def began(self) -> set[str]:
        """Codes that appeared that day."""
        return set(self.before) - self.lasting

    @property
    def ended(self) -> set[str]:
        """Codes that disappeared; one that also appeared that day never lived (a code change
        followed at once by a merger)."""
        return set(self.after) - self.lasting - self.began - {""}

    def heirs(self, code: str) -> tuple[str, ...]:
        """Return the codes of the end of the day that took this one over."""
        return self._walk(code, self.after, passing=set(self.after) - self.lasting)

    def origins(self, code: str) -> tuple[str, ...]:
        """Return the codes of the eve that this one came from."""
        return self._walk(code, self.before, passing=self.began)

    @staticmethod
    def _walk(code: str, edges: dict[str, set[str]], *, passing: set[str]) -> tuple[str, ...]:
        """Follow edges through codes that only passed (a code change followed by a merger)."""
        found, waiting, seen = set(), [code], {code}
        while waiting:
            for other in edges.get(waiting.pop(), ()):
                if other in passing:
                    waiting.extend({other} - seen)
                    seen.add(other)
                elif other:
                    found.add(other)
        return tuple(sorted(found))


def _undo(
    day: _Day, lives: dict[str, CommuneLife], alive: dict[str, Period], *, ends_matter: bool
) -> None:
    eve = day.on - ONE_DAY
    for code in day.began & alive.keys():
        period = alive.pop(code)
        period.starts_on = day.on
        period.predecessors = day.origins(code)
    for code, old_name in day.renamed.items():
        if code in lives:
            _remember_name(lives[code], old_name, eve)
    if ends_matter:
        for code in sorted(day.ended - alive.keys()):
            alive[code] = Period(None, eve, successors=day.heirs(code))
            life = lives.setdefault(code, CommuneLife(day.names_before[code]))
            if life.periods and day.names_before[code] != life.name:
                _remember_name(life, day.names_before[code], eve)
            life.periods.append(alive[code])


def _remember_name(life: CommuneLife, name: str, until: date) -> None:
    if life.former_names:
        later = life.former_names.pop()
        life.former_names.append(Name(later.name, until + ONE_DAY, later.ends_on))
    life.former_names.append(Name(name, None, until))
