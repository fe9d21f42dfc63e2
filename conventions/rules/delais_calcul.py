"""The arithmetic of legal time: quantities, months without their quantième, bounds.

Nothing here knows a court or an article of law; `delais` does.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from territories.rules.french import enumerate_words

# Outside these years our holidays and clocks would be guesses.
FIRST_YEAR = 1900
LAST_YEAR = 2199
LONGEST_YEARS = LAST_YEAR - FIRST_YEAR


class DelaiError(ValueError):
    """A computation that cannot be made; its message is a French sentence for the user."""


@dataclass(frozen=True)
class Quantity:
    """A length of time: months (and years, which are twelve months) first, then days."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        parts = (self.years, self.months, self.days)
        if min(parts) < 0:
            msg = "Une durée ne peut pas être négative."
            raise DelaiError(msg)
        if not any(parts):
            msg = "Il faut une durée d’au moins un jour ou un mois."
            raise DelaiError(msg)
        if self.all_months > 12 * LONGEST_YEARS or self.days > 366 * LONGEST_YEARS:
            msg = f"Une durée ne peut pas dépasser {LONGEST_YEARS} ans."
            raise DelaiError(msg)

    @property
    def all_months(self) -> int:
        return 12 * self.years + self.months

    @property
    def in_months(self) -> str:
        """Say the part counted in years and months: «1 an et 6 mois»."""
        words = []
        if self.years:
            words.append(f"{self.years} {'an' if self.years == 1 else 'ans'}")
        if self.months:
            words.append(f"{self.months} mois")
        return enumerate_words(words)

    @property
    def in_days(self) -> str:
        """Say the part counted in days: «15 jours»."""
        return f"{self.days} {'jour' if self.days == 1 else 'jours'}"


@dataclass(frozen=True)
class MonthCount:
    """A day some months away; `missing` is the quantième the month does not have, or zero."""

    day: date
    missing: int = 0


def in_bounds(day: date) -> date:
    """Return the day, refusing years for which no answer would be honest."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        msg = f"Le calcul sort des années {FIRST_YEAR} à {LAST_YEAR}, seules prises en charge."
        raise DelaiError(msg)
    return day


def shift_days(day: date, days: int) -> date:
    """Return the day this many calendar days away, within bounds."""
    return in_bounds(day + timedelta(days=days))


def shift_months(day: date, months: int, *, quantieme: int | None = None) -> MonthCount:
    """Return the day bearing the same quantième this many months away, or the month's last day.

    Another `quantieme` may be asked for: a duration ends on the eve of its anniversary.
    """
    wanted = day.day if quantieme is None else quantieme
    year, month_index = divmod(12 * day.year + day.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        in_bounds(date(min(max(year, 1), 9999), 1, 1))
    last = monthrange(year, month_index + 1)[1]
    return MonthCount(
        date(year, month_index + 1, min(wanted, last)), wanted if wanted > last else 0
    )
