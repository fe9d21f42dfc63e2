"""The days of the fictitious convention, counted from the day the demonstration is loaded.

Signed twenty months before, for three years: whatever that day, something is late, something is
near, and a review is open.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from conventions.rules.delais_calcul import shift_months

SATURDAY = 5


@dataclass(frozen=True)
class DemoCalendar:
    on: date

    @property
    def year(self) -> int:
        """The year under review: the civil one, and until April still the one before."""
        return self.in_days(-120).year

    @property
    def signed_on(self) -> date:
        return self._working(shift_months(self.on, -20).day)

    @property
    def period(self) -> str:
        return f"{self.signed_on.year}-{self.signed_on.year + 3}"

    def in_days(self, count: int) -> date:
        return self.on + timedelta(days=count)

    def at_work(self, count: int) -> date:
        """The working day on or before so many days from now: nobody signs on a Sunday."""
        return self._working(self.in_days(count))

    def before_signature(self, days: int) -> date:
        return self._working(self.signed_on - timedelta(days=days))

    def of_the_year(self, month: int, day: int) -> date:
        """A day of the year under review, early enough to be past whatever the day."""
        return self._working(date(self.year, month, day))

    @property
    def end_of_year(self) -> date:
        return date(self.on.year, 12, 31)

    def _working(self, day: date) -> date:
        return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
