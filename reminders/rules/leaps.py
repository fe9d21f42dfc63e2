"""The drawing of a count back: from the day one wants to be free, leap by leap, to the last day.

Days are set at equal distances, whatever their distance in time; the drawing says so in its title
and the reasoning beside it gives every date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.rules.typographie import JOURS, MOIS_COURTS, NBSP
from conventions.enums import Unit
from conventions.rules.clauses import quantity_in_words
from conventions.rules.delais_calcul import shift_months
from reminders.rules.facts import TerminationFacts

WIDTH = 660
AXIS = 96
_EDGE = 46
_MONTHS_DRAWN_ONE_BY_ONE = 4
_MONTHS_OF = {Unit.MOIS: 1, Unit.ANS: 12}


@dataclass(frozen=True)
class Stop:
    """A day on the axis; `is_goal` marks the last safe one."""

    x: int
    day: date
    is_goal: bool

    @property
    def weekday(self) -> str:
        return f"{JOURS[self.day.weekday()][:3]}."

    @property
    def month(self) -> str:
        return MOIS_COURTS[self.day.month - 1]

    @property
    def year(self) -> int:
        return self.day.year


@dataclass(frozen=True)
class Leap:
    """An arc from one stop back to another, with what it counts."""

    start: int
    end: int
    label: str
    is_prudent: bool

    @property
    def middle(self) -> int:
        return (self.start + self.end) // 2

    @property
    def top(self) -> int:
        """The control point of the arc: a long leap rises higher."""
        return AXIS - 30 - min((self.start - self.end) // 4, 40)

    @property
    def label_y(self) -> int:
        return (AXIS + self.top) // 2 - 12


@dataclass(frozen=True)
class CountBack:
    stops: tuple[Stop, ...]
    leaps: tuple[Leap, ...]


def count_back(
    clause: TerminationFacts, *, effect: date, last: date, safe: date, posted: date | None = None
) -> CountBack:
    """Draw the count from `effect` to `last`, then to the working day that precedes it.

    When the notice counts from what follows the posting, `posted` leaves the post its time.
    """
    days, words = [effect], []
    for day, label in _counted(clause, effect):
        days.append(day)
        words.append(label)
    if last < days[-1]:
        gap = (days[-1] - last).days
        days.append(last)
        words.append(f"−{NBSP}{gap}{NBSP}jour{'s' if gap > 1 else ''}")
    if posted is not None and posted < last:
        gap = (last - posted).days
        days.append(posted)
        words.append(f"{gap}{NBSP}jour{'s' if gap > 1 else ''} de poste")
    if safe < days[-1]:
        days.append(safe)
        words.append("jour ouvré")
    step = (WIDTH - 2 * _EDGE) // (len(days) - 1)
    xs = [WIDTH - _EDGE - step * rank for rank in range(len(days))]
    stops = tuple(Stop(x, day, day == safe) for x, day in zip(xs, days, strict=True))
    leaps = tuple(
        Leap(xs[rank], xs[rank + 1], label, is_prudent=label == "jour ouvré")
        for rank, label in enumerate(words)
    )
    return CountBack(stops, leaps)


def _counted(clause: TerminationFacts, effect: date) -> list[tuple[date, str]]:
    """Return the days that the clause's own quantity leads back to, month by month when few."""
    months = clause.quantity * _MONTHS_OF.get(Unit(clause.unit), 0)
    if not months:
        return _counted_in_days(clause, effect)
    if months <= _MONTHS_DRAWN_ONE_BY_ONE:
        return [
            (shift_months(effect, -rank).day, f"−{NBSP}1{NBSP}mois")
            for rank in range(1, months + 1)
        ]
    label = f"−{NBSP}{quantity_in_words(clause.quantity, clause.unit)}"
    return [(shift_months(effect, -months).day, label)]


def _counted_in_days(clause: TerminationFacts, effect: date) -> list[tuple[date, str]]:
    """Worked days have no quantième to leap to: the last leap says how many days it all makes."""
    if clause.unit not in {Unit.JOURS, Unit.JOURS_FRANCS}:
        return []
    label = f"−{NBSP}{quantity_in_words(clause.quantity, clause.unit)}"
    return [(effect - timedelta(days=clause.quantity), label)]
