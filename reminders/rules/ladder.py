"""When people are told: so many months and days before, at eight o'clock where the territory is.

Months are counted back from quantième to quantième. The count starts from the last safe day to act
when there is one, else from the date itself: a reminder for the eve of a Sunday helps nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from conventions.rules.delais_calcul import shift_months
from reminders.enums import DeadlineKind as Kind
from territories.enums import Zone
from territories.rules.zones import time_zone

# Local hour at which a reminder is due (promise R2).
DUE_TIME = time(8)


@dataclass(frozen=True)
class Ladder:
    """Months and days before the day to act; days after it, while it is late.

    `escalates` is how many days before that day those above are told, when nobody answered;
    negative, after it.
    """

    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    late: tuple[int, ...] = ()
    escalates: int | None = None


# The term's rungs leave a council the time to meet, several times. The prorogation has rungs of
# its own, on other days, so that nobody gets two messages about one date on one morning.
LADDERS: Mapping[Kind, Ladder] = MappingProxyType(
    {
        Kind.TERME: Ladder(months=(12, 9, 6, 4, 3, 2, 1), days=(15, 7, 1)),
        Kind.PROROGATION: Ladder(months=(8, 5), days=(45,)),
        Kind.REVOYURE_OUVERTURE: Ladder(days=(30, 7)),
        Kind.REVOYURE_CONTRIBUTIONS: Ladder(days=(15, 7, 1)),
        Kind.REVOYURE_COMITE: Ladder(days=(15, 3)),
        Kind.REVOYURE_GEL: Ladder(days=(7, 1)),
        Kind.REVOYURE_TRANSMISSION: Ladder(days=(30, 7)),
        Kind.RESILIATION: Ladder(months=(1,), days=(7,)),
        Kind.ENGAGEMENT: Ladder(days=(30, 7, 1)),
        Kind.RAPPORT_ACTIVITE: Ladder(months=(2,), days=(15,)),
        Kind.CONTROLE_LEGALITE: Ladder(days=(7,)),
        Kind.HABILITATION: Ladder(months=(3, 1), days=(7,)),
        Kind.FIN_PREAVIS: Ladder(months=(1,), days=(7, 1)),
        Kind.FIN_MISE_EN_DEMEURE: Ladder(days=(15, 7, 1)),
        Kind.REPONSE_LRE: Ladder(days=(3,)),
        Kind.PREUVES_LRE: Ladder(days=(7, 1)),
        Kind.REUNION_SUIVI: Ladder(months=(2, 1), days=(7,)),
        Kind.AJOUTEE: Ladder(days=(7, 1)),
    }
)


@dataclass(frozen=True)
class Rung:
    """One reminder to send: `rule` is the number of days before the day to act."""

    rule: int
    due_at: datetime


def rungs(kind: Kind, act_on: date, *, zone: Zone) -> list[Rung]:
    """Return the reminders of a deadline, the earliest first."""
    ladder = LADDERS[Kind(kind)]
    days = {shift_months(act_on, -months).day for months in ladder.months}
    days |= {act_on - timedelta(days=count) for count in ladder.days}
    return [Rung((act_on - day).days, due_instant(day, zone)) for day in sorted(days)]


def rungs_to_come(
    kind: Kind, act_on: date, *, now: datetime, zone: Zone, is_new: bool
) -> list[Rung]:
    """Return the rungs still ahead.

    A deadline that appears when all its rungs are behind, but not its day, gets the last one at
    once: silence is the one thing the portal may not offer.
    """
    every = rungs(kind, act_on, zone=zone)
    ahead = [rung for rung in every if rung.due_at > now]
    if ahead or not is_new or not every or local_day(now, zone) > act_on:
        return ahead
    return [Rung(every[-1].rule, now)]


def due_instant(day: date, zone: Zone) -> datetime:
    """Return 8:00 of that day where the convention lives, as a UTC instant (promise R9)."""
    return datetime.combine(day, DUE_TIME, tzinfo=time_zone(zone)).astimezone(UTC)


def local_day(now: datetime, zone: Zone) -> date:
    """Return what day it is in the zone at that instant."""
    return now.astimezone(time_zone(zone)).date()
