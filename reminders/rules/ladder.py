"""When people are told: so many months and days before, at eight o'clock where the territory is.

Months are counted back from quantième to quantième. The count starts from the last safe day to act
when there is one, else from the date itself: a reminder for the eve of a Sunday helps nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from conventions.rules.delais_calcul import shift_months
from reminders.enums import DeadlineKind as Kind
from reminders.enums import Rhythm
from territories.enums import Zone
from territories.rules.zones import time_zone

# Local hour at which a reminder is due (promise R2).
DUE_TIME = time(8)


@dataclass(frozen=True)
class Ladder:
    """Months and days before the day to act; days after the date itself, while it is late.

    `escalates` is how many days before the day to act those above are told, when nobody answered;
    negative, after the date.
    """

    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    escalates: int | None = None

    @property
    def is_never(self) -> bool:
        return not (self.months or self.days)

    @property
    def last_rung(self) -> "Ladder":
        """The one nearest to the date, alone."""
        nearest = {"days": (min(self.days),)} if self.days else {"months": self.months[-1:]}
        return replace(self, **({"months": (), "days": ()} | nearest))


NEVER = Ladder()

# Late by a day, a week, a month: then the page alone says it, and those above know.
_LATE = (1, 7, 30)

# The term's rungs leave a council the time to meet, several times. The prorogation has rungs of
# its own, on other days, so that nobody gets two messages about one date on one morning.
#
# Only what somebody must do is recalled once late (`rules.deadlines.EXPECTED`): a limit that passed
# cannot be caught up. Those above are told where silence costs a right or a year: before the date
# when it is a limit, early enough for a council to meet (a term, a prorogation) or for a letter to
# be written (a way out, a formal notice, an electronic letter, a mandate); after it when the work
# can still be done: a week late for a step of the revoyure, whose calendar is tight, a month late
# for an engagement, the next day for the report that the law dates. Nobody above is told of what
# goes by itself (the prefect's time, a notice that runs) or of what a person noted for themselves.
LADDERS: Mapping[Kind, Ladder] = MappingProxyType(
    {
        Kind.TERME: Ladder(months=(12, 9, 6, 4, 3, 2, 1), days=(15, 7, 1), escalates=45),
        Kind.PROROGATION: Ladder(months=(8, 5), days=(45,), escalates=75),
        Kind.REVOYURE_OUVERTURE: Ladder(days=(30, 7), late=_LATE, escalates=-7),
        Kind.REVOYURE_CONTRIBUTIONS: Ladder(days=(15, 7, 1), late=_LATE, escalates=-7),
        Kind.REVOYURE_COMITE: Ladder(days=(15, 3), late=_LATE, escalates=-7),
        Kind.REVOYURE_GEL: Ladder(days=(7, 1), late=_LATE, escalates=-7),
        Kind.REVOYURE_TRANSMISSION: Ladder(days=(30, 7), late=_LATE, escalates=-7),
        Kind.RESILIATION: Ladder(months=(1,), days=(7,), escalates=15),
        Kind.ENGAGEMENT: Ladder(days=(30, 7, 1), late=_LATE, escalates=-30),
        Kind.RAPPORT_ACTIVITE: Ladder(months=(2,), days=(15,), late=_LATE, escalates=-1),
        Kind.CONTROLE_LEGALITE: Ladder(days=(7,)),
        Kind.HABILITATION: Ladder(months=(3, 1), days=(7,), escalates=15),
        Kind.FIN_PREAVIS: Ladder(months=(1,), days=(7, 1)),
        Kind.FIN_MISE_EN_DEMEURE: Ladder(days=(15, 7, 1), escalates=5),
        Kind.REPONSE_LRE: Ladder(days=(3,), escalates=1),
        Kind.PREUVES_LRE: Ladder(days=(7, 1), late=_LATE, escalates=3),
        Kind.REUNION_SUIVI: Ladder(months=(2, 1), days=(7,)),
        Kind.AJOUTEE: Ladder(days=(7, 1), late=(1, 7)),
    }
)


def chosen(kind: Kind, *, months: Iterable[int], days: Iterable[int], in_charge: bool) -> Ladder:
    """Return the ladder that a choice gives.

    Choosing nothing means never; but those in charge keep the last of the usual rungs, and what is
    said once late, whatever they or their organisation chose. Escalation is nobody's choice.
    """
    usual = LADDERS[Kind(kind)]
    ladder = replace(usual, months=tuple(months), days=tuple(days))
    if in_charge:
        last = usual.last_rung
        return merged([ladder, last])
    return replace(ladder, late=()) if ladder.is_never else ladder


def merged(ladders: Iterable[Ladder]) -> Ladder:
    """Return every rung of several ladders of one kind, the earliest first."""
    every = list(ladders)
    return replace(
        every[0],
        months=_descending(count for ladder in every for count in ladder.months),
        days=_descending(count for ladder in every for count in ladder.days),
        late=tuple(sorted({count for ladder in every for count in ladder.late})),
    )


def _descending(counts: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(counts), reverse=True))


@dataclass(frozen=True)
class Rung:
    """One reminder to send: `rule` is the number of days before the day to act."""

    rule: int
    due_at: datetime


def rungs(ladder: Ladder, act_on: date, *, zone: Zone) -> list[Rung]:
    """Return the reminders that come before a date, the earliest first."""
    days = {shift_months(act_on, -months).day for months in ladder.months}
    days |= {act_on - timedelta(days=count) for count in ladder.days}
    return [Rung((act_on - day).days, due_instant(day, zone)) for day in sorted(days)]


def late_rungs(ladder: Ladder, act_on: date, *, due_on: date, zone: Zone) -> list[Rung]:
    """Return the reminders that come while it is late: counted from the date, not the safe day.

    Their rule is negative; between a safe Friday and the Sunday of the date nothing is late. Those
    who are told once a week are told of these on their own day: the Monday before, nothing was.
    """
    days = [due_on + timedelta(days=count) for count in ladder.late]
    return [Rung((act_on - day).days, due_instant(day, zone)) for day in days]


def told_on(day: date, rhythm: Rhythm) -> date:
    """Return the day on which what is due on `day` leaves: never later than planned.

    A weekly message leaves on the Monday of the week, and holds all that is due in it.
    """
    if rhythm == Rhythm.HEBDOMADAIRE:
        return day - timedelta(days=day.weekday())
    return day


def due_instant(day: date, zone: Zone) -> datetime:
    """Return 8:00 of that day where the convention lives, as a UTC instant (promise R9)."""
    return datetime.combine(day, DUE_TIME, tzinfo=time_zone(zone)).astimezone(UTC)


def local_day(now: datetime, zone: Zone) -> date:
    """Return what day it is in the zone at that instant."""
    return now.astimezone(time_zone(zone)).date()
