"""When what comes back is due again."""

from calendar import monthrange
from datetime import date

from conventions.rules.delais_calcul import shift_months
from engagements.enums import Recurrence

_MONTHS = {
    Recurrence.TRIMESTRIELLE: 3,
    Recurrence.SEMESTRIELLE: 6,
    Recurrence.ANNUELLE: 12,
}


def next_due_on(due_on: date | None, recurrence: Recurrence, *, until: date | None) -> date | None:
    """Return the date that follows `due_on`, or None when there is none or it falls past `until`.

    The last day of a month is followed by the last day of a month: 30 June, 31 December, 30 June.
    """
    months = _MONTHS.get(recurrence)
    if due_on is None or months is None:
        return None
    is_last_day = due_on.day == monthrange(due_on.year, due_on.month)[1]
    following = shift_months(due_on, months, quantieme=31 if is_last_day else None).day
    return None if until is not None and following > until else following
