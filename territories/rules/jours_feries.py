"""Public holidays of the seven zones, and the working days they leave.

National: code du travail L. 3133-1. Alsace-Moselle: L. 3134-13. Overseas: L. 3422-2, the
commemoration of the abolition of slavery. Customary days off (mi-carême, 21 juillet, Vendredi
saint in the Antilles…) are not in the law and carry no deadline: they are left out on purpose.

The Vendredi saint is a holiday in Alsace-Moselle only where the commune has a Protestant temple or
a mixed church; it is counted here for the whole zone.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from territories.enums import Zone

VENDREDI_SAINT = "Vendredi saint"
SATURDAY = 5
SUNDAY = 6


class FixedHoliday(NamedTuple):
    """A holiday that falls on the same day every year since the year its law first applied."""

    month: int
    day: int
    name: str
    since: int = 0


# 8 mai: loi n° 81-893. Overseas: loi n° 83-550, décret n° 83-1003 of 23 November 1983.
NATIONAL_FIXED = (
    FixedHoliday(1, 1, "jour de l’An"),
    FixedHoliday(5, 1, "fête du Travail"),
    FixedHoliday(5, 8, "victoire de 1945", since=1982),
    FixedHoliday(7, 14, "fête nationale"),
    FixedHoliday(8, 15, "Assomption"),
    FixedHoliday(11, 1, "Toussaint"),
    FixedHoliday(11, 11, "armistice de 1918"),
    FixedHoliday(12, 25, "Noël"),
)
ABOLITION = "abolition de l’esclavage"
LOCAL_FIXED: Mapping[Zone, tuple[FixedHoliday, ...]] = MappingProxyType(
    {
        Zone.METROPOLE: (),
        Zone.ALSACE_MOSELLE: (FixedHoliday(12, 26, "Saint-Étienne"),),
        Zone.GUADELOUPE: (FixedHoliday(5, 27, ABOLITION, since=1984),),
        Zone.MARTINIQUE: (FixedHoliday(5, 22, ABOLITION, since=1984),),
        Zone.GUYANE: (FixedHoliday(6, 10, ABOLITION, since=1984),),
        Zone.REUNION: (FixedHoliday(12, 20, ABOLITION, since=1983),),
        Zone.MAYOTTE: (FixedHoliday(4, 27, ABOLITION, since=1984),),
    }
)
# Days from Easter Sunday.
NATIONAL_MOVING = ((1, "lundi de Pâques"), (39, "Ascension"), (50, "lundi de Pentecôte"))
LOCAL_MOVING: Mapping[Zone, tuple[tuple[int, str], ...]] = MappingProxyType(
    {Zone.ALSACE_MOSELLE: ((-2, VENDREDI_SAINT),)}
)


def easter(year: int) -> date:
    """Return Easter Sunday in the Gregorian calendar (Butcher's method)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, of_leaps = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon_correction + 15) % 30
    fours, rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * of_leaps + 2 * fours - epact - rest) % 7
    shift = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=1024)
def _named_days(year: int, zone: Zone) -> Mapping[date, str]:
    easter_sunday = easter(year)
    named = [
        (date(year, fixed.month, fixed.day), fixed.name)
        for fixed in NATIONAL_FIXED + LOCAL_FIXED[zone]
        if year >= fixed.since
    ]
    named += [
        (easter_sunday + timedelta(days=shift), name)
        for shift, name in NATIONAL_MOVING + LOCAL_MOVING.get(zone, ())
    ]
    days: dict[date, str] = {}
    for day, name in sorted(named):
        days[day] = f"{days[day]} et {name}" if day in days else name
    return MappingProxyType(days)


def jours_feries(year: int, zone: Zone = Zone.METROPOLE) -> dict[date, str]:
    """Return the year's public holidays with their names, in order.

    Two holidays may share a day (Ascension on 1 May 2008): the name then holds both.
    """
    return dict(_named_days(year, Zone(zone)))


def nom_du_jour_ferie(day: date, zone: Zone = Zone.METROPOLE) -> str:
    """Return the holiday's name, or nothing on an ordinary day."""
    return _named_days(day.year, Zone(zone)).get(day, "")


def is_jour_ferie(day: date, zone: Zone = Zone.METROPOLE) -> bool:
    """Return whether the day is a public holiday of the zone."""
    return day in _named_days(day.year, Zone(zone))


def is_jour_ouvrable(day: date, zone: Zone = Zone.METROPOLE) -> bool:
    """Return whether the day is one of the six «jours ouvrables» of a week: Saturday counts."""
    return day.weekday() != SUNDAY and not is_jour_ferie(day, zone)


def is_jour_ouvre(day: date, zone: Zone = Zone.METROPOLE) -> bool:
    """Return whether offices work that day: neither Saturday, Sunday nor holiday.

    These are also the days on which art. 642 al. 2 CPC lets a deadline fall, although it calls
    the next one «premier jour ouvrable».
    """
    return day.weekday() < SATURDAY and not is_jour_ferie(day, zone)


def _walk(day: date, step: int, keeps: Callable[[date, Zone], bool], zone: Zone) -> date:
    while not keeps(day, zone):
        day += timedelta(days=step)
    return day


def working_day_on_or_after(day: date, zone: Zone = Zone.METROPOLE) -> date:
    """Return the day itself or, when nobody works, the next working day (art. 642 al. 2 CPC)."""
    return _walk(day, 1, is_jour_ouvre, zone)


def working_day_on_or_before(day: date, zone: Zone = Zone.METROPOLE) -> date:
    """Return the day itself or, when nobody works, the previous working day."""
    return _walk(day, -1, is_jour_ouvre, zone)


def next_working_day(day: date, zone: Zone = Zone.METROPOLE) -> date:
    """Return the first working day strictly after this one."""
    return working_day_on_or_after(day + timedelta(days=1), zone)


def previous_working_day(day: date, zone: Zone = Zone.METROPOLE) -> date:
    """Return the last working day strictly before this one."""
    return working_day_on_or_before(day - timedelta(days=1), zone)
