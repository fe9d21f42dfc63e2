"""Holidays from another source than our rules: a package, and Easter by another method."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from territories.enums import Zone

SUBDIVISIONS = {
    Zone.METROPOLE: None,
    Zone.ALSACE_MOSELLE: "57",
    Zone.GUADELOUPE: "971",
    Zone.MARTINIQUE: "972",
    Zone.GUYANE: "973",
    Zone.REUNION: "974",
    Zone.MAYOTTE: "976",
}
# The day of solidarity was worked on Pentecost Monday in those years, and `holidays` drops it; the
# list of public holidays of the code du travail (L. 222-1, now L. 3133-1) kept it all along.
WITHOUT_PENTECOST = (2005, 2006, 2007)


def oudin(year):
    """Return Easter Sunday by Oudin's method (1940), which shares no step with ours."""
    century = year // 100
    golden = year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    shift = moon - weekday
    month = 3 + (shift + 40) // 44
    return date(year, month, shift + 28 - 31 * (month // 4))


def customary_days(year, zone):
    """Days the package lists in the Antilles although the law does not (domain rules A.3)."""
    sunday = oudin(year)
    customary = {date(year, 7, 21), sunday - timedelta(days=2), sunday - timedelta(days=24)}
    return customary if zone in {Zone.GUADELOUPE, Zone.MARTINIQUE} else set()


@lru_cache(maxsize=4096)
def days_off(year, zone):
    """The legal holidays of a year, read from the package."""
    listed = set(holidays.France(years=year, subdiv=SUBDIVISIONS[zone]))
    if year in WITHOUT_PENTECOST:
        listed.add(oudin(year) + timedelta(days=50))
    return frozenset(listed - customary_days(year, zone))
