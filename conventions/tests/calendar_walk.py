"""A second law of dates, written to share nothing with ours: it walks the calendar day by day.

It knows no arithmetic on months: it turns the pages of a calendar, one cell after the other, and
takes its holidays from the `holidays` package, less the customary days of the Antilles.
"""

from datetime import UTC, date, datetime, timedelta

from territories.enums import Zone
from territories.tests.second_source import days_off

ONE = timedelta(days=1)


def works(day, zone):
    return day.isoweekday() not in {6, 7} and day not in days_off(day.year, zone)


def turn_pages(day, months, way):
    """Cross so many month boundaries, and stop on the first cell reached of that month."""
    while months:
        before, day = day, day + way * ONE
        months -= before.month != day.month
    return day


def same_number(page, number):
    """Find the cell bearing a number on the page of a day, or the last cell of the page."""
    cells = [page]
    for way in (ONE, -ONE):
        day = page + way
        while day.month == page.month:
            cells.append(day)
            day += way
    cells.sort()
    return next((cell for cell in cells if cell.day == number), cells[-1])


def steps(day, days, way):
    for _ in range(days):
        day += way * ONE
    return day


def forward(day, months, days):
    page = turn_pages(day, months, 1)
    reached = same_number(page, day.day) if months else day
    return steps(reached, days, 1)


def delai(day, months, days, zone, *, carry=False, franc=False):
    end = forward(day, months, days) + (ONE if franc else 0 * ONE)
    while carry and not works(end, zone):
        end += ONE
    return end


def preavis(day, months, days, zone):
    return forward(day, months, days)


def effet_au_plus_tot(day, months, days, zone):
    return forward(day, months, days) + ONE


def duree(day, months, days, zone):
    if not months:
        last = day - ONE
    elif day.day == 1:
        last = turn_pages(day, months, 1) - ONE
    else:
        last = same_number(turn_pages(day, months, 1), day.day - 1)
    return steps(last, days, 1)


def rebours(day, months, days, zone):
    """Go back, then one day more; then earlier still while the notice would outlast its aim."""
    page = turn_pages(day, months, -1)
    act = steps(same_number(page, day.day) if months else day, days, -1) - ONE
    while forward(act, months, days) >= day:
        act -= ONE
    return act


def safe(day, zone):
    while not works(day, zone):
        day -= ONE
    return day


# Hours behind Greenwich overseas, where clocks never change; Europe is worked out below.
OFFSETS = {
    Zone.GUADELOUPE: -4,
    Zone.MARTINIQUE: -4,
    Zone.GUYANE: -3,
    Zone.REUNION: 4,
    Zone.MAYOTTE: 3,
}


def instant_24h(day, zone):
    """Return local midnight from offsets written down here: summer time since directive 2000/84.

    It begins on the last Sunday of March and ends on the last Sunday of October, at 1:00 UTC.
    """
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + ONE
    return midnight - timedelta(hours=OFFSETS.get(zone, 2 if _summer(midnight.date()) else 1))


def _summer(morning):
    """Return whether clocks show summer time at 0:00 of a day, before that night's change."""
    begins, ends = _last_sunday(morning.year, 3), _last_sunday(morning.year, 10)
    return begins < morning <= ends


def _last_sunday(year, month):
    day = date(year, month, 31)
    while day.isoweekday() != 7:
        day -= ONE
    return day
