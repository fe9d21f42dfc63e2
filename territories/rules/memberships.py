"""Which EPCI a commune belonged to, and when: what one yearly file lets us know.

The DGCL's file states the communes of every EPCI on 1 January of its year, and nothing else. From
it, from what older files had stated, and from the lives of communes:

- a membership first seen in the first file has no known start (it was true that day, and before);
- a later file that says otherwise ends the old membership on 31 December and begins the new one;
- a commune that vanished belonged, until its last day, to the EPCI of the commune that took it
  over. This is an inference, marked as such, that no file contradicts.

A commune that changed EPCI between 2017 and the first file keeps no trace of it here: no file at
hand says it. Such a fact is entered by hand, and what was entered by hand is never touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from territories.enums import ContainmentSource
from territories.rules.communes_history import ONE_DAY, CommuneLife, Period

# The day on which the sample shipped with the portal was true.
SAMPLE_ON = date(2025, 1, 1)


@dataclass(frozen=True)
class Membership:
    """A commune's EPCI between two days, and how we know it."""

    parent: str
    starts_on: date | None
    ends_on: date | None
    source: str

    @property
    def by_hand(self) -> bool:
        return self.source == ContainmentSource.SAISIE

    def covers(self, day: date) -> bool:
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class YearlyFile:
    """What a file states on its day, and the day of the last complete file read before it."""

    on: date
    parents: Mapping[str, str]
    previous_on: date | None = None

    @property
    def is_first(self) -> bool:
        return self.previous_on is None or self.previous_on >= self.on

    def corrects(self, row: Membership) -> bool:
        """Return whether this file re-reads the year in which the row was last stated."""
        if row.source == ContainmentSource.ECHANTILLON:
            return self.on <= SAMPLE_ON
        return self.is_first


def memberships(
    known: Mapping[str, Sequence[Membership]],
    stated: YearlyFile,
    lives: Mapping[str, CommuneLife],
) -> dict[str, list[Membership]]:
    """Return each commune's memberships, in order of time, after reading a yearly file."""
    found = {code: list(known.get(code, ())) for code in lives}
    endings = []
    for code, life in lives.items():
        if life.ends_on is None:
            found[code] = _of_living(found[code], life.periods[0], stated, code)
        endings += [(period, code) for period in life.periods if period.ends_on is not None]
    # Latest first: what an heir belonged to must be known before what it took over.
    for period, code in sorted(endings, key=lambda ending: ending[0].ends_on, reverse=True):
        found[code] = _of_vanished(found[code], period, found)
    return found


def _of_living(
    rows: list[Membership], period: Period, stated: YearlyFile, code: str
) -> list[Membership]:
    parent = stated.parents.get(code)
    if rows and rows[-1].ends_on is None:
        return _confirm_or_move(rows, parent, stated)
    if parent is None:
        return rows
    bounds = [period.starts_on]
    if rows:
        bounds.append(rows[-1].ends_on + ONE_DAY)
    if not stated.is_first:
        bounds.append(stated.on)
    start = max(filter(None, bounds), default=None)
    return [*rows, Membership(parent, start, None, ContainmentSource.FICHIER)]


def _confirm_or_move(
    rows: list[Membership], parent: str | None, stated: YearlyFile
) -> list[Membership]:
    *past, current = rows
    if current.by_hand:
        return rows
    if parent == current.parent:
        return [*past, replace(current, source=ContainmentSource.FICHIER)]
    start = stated.on
    if stated.corrects(current):
        start = current.starts_on
    else:
        past.append(replace(current, ends_on=stated.on - ONE_DAY))
    if parent is None:
        return past
    return [*past, Membership(parent, start, None, ContainmentSource.FICHIER)]


def _of_vanished(
    rows: list[Membership], period: Period, found: Mapping[str, Sequence[Membership]]
) -> list[Membership]:
    """End what ran on after the commune vanished; infer its EPCI when nothing was known."""
    last_day = period.ends_on
    if any(row.covers(last_day) for row in rows):
        return [
            replace(row, ends_on=last_day) if row.covers(last_day) and not row.by_hand else row
            for row in rows
        ]
    parents = {
        row.parent
        for heir in period.successors
        for row in found.get(heir, ())
        if row.covers(last_day + ONE_DAY)
    }
    if len(parents) != 1:
        return rows
    inferred = Membership(parents.pop(), period.starts_on, last_day, ContainmentSource.MOUVEMENT)
    return sorted([*rows, inferred], key=lambda row: row.starts_on or date.min)


def stated_parents(members: Mapping[str, str], lives: Mapping[str, CommuneLife]) -> dict[str, str]:
    """Return the EPCI of every living commune, also of those younger than the file.

    A commune that began after the file's day inherits the EPCI of those it came from, unless they
    disagree.
    """
    parents = {}
    for code, life in lives.items():
        candidates = _parents_of(code, members, lives, seen=set())
        if life.ends_on is None and len(candidates) == 1:
            parents[code] = candidates.pop()
    return parents


def _parents_of(
    code: str, members: Mapping[str, str], lives: Mapping[str, CommuneLife], *, seen: set[str]
) -> set[str]:
    if code in members:
        return {members[code]}
    if code in seen or code not in lives:
        return set()
    seen.add(code)
    return {
        parent
        for origin in lives[code].periods[0].predecessors
        for parent in _parents_of(origin, members, lives, seen=seen)
    }
