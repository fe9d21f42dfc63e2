"""What a frozen revoyure keeps of the dates ahead."""

from datetime import date, timedelta

from django.db.models import Q

from conventions.models import Convention
from reminders.enums import DeadlineKind
from reminders.models import Deadline

# The coming year and a little, so that the next revoyure's last dates are in.
AHEAD = timedelta(days=400)
_WHENEVER = (DeadlineKind.TERME, DeadlineKind.PROROGATION)


def dates_ahead(convention: Convention, *, on: date) -> list[dict]:
    """Return the dates after `on` as JSON values: those of the coming year, and the term."""
    rows = (
        Deadline.objects.live()
        .fixed()
        .filter(Q(due_on__lte=on + AHEAD) | Q(kind__in=_WHENEVER))
        .filter(convention=convention, due_on__gte=on)
        .order_by("due_on", "pk")
    )
    return [
        {
            "due_on": row.due_on.isoformat(),
            "safe_on": row.safe_on.isoformat() if row.safe_on else None,
            "kind": row.kind,
            "title": row.title,
            "source": row.source,
            "steps": row.steps,
        }
        for row in rows
    ]
