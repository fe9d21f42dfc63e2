"""What must not go unnoticed: reminders that could not leave, conventions that would stay silent.

Reads only. Shown to those who can do something about it (promises R7, R11 and R12).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from accounts.access import scope_of
from accounts.rules.roles import Capability
from conventions.access import visible_to as conventions_visible_to
from conventions.models import Convention
from reminders.enums import DeadlineKind
from reminders.models import Deadline, Reminder


@dataclass(frozen=True)
class Troubles:
    """Deadlines with a reminder that failed, and conventions whose term nobody will be told of."""

    failed: tuple[Deadline, ...] = ()
    silent: tuple[Convention, ...] = ()


def silent_conventions(*, on: date) -> QuerySet[Convention]:
    """Conventions in force, with a term still ahead of its last rung, and no reminder to come."""
    waiting = Reminder.objects.unsent().filter(
        deadline__convention=OuterRef("pk"),
        deadline__kind=DeadlineKind.TERME,
        deadline__retired_at__isnull=True,
    )
    settled = Deadline.objects.done().filter(convention=OuterRef("pk"), kind=DeadlineKind.TERME)
    told_all = on + timedelta(days=1)
    return Convention.objects.en_vigueur(on=on).filter(
        ~Exists(waiting), ~Exists(settled), ends_on__gt=told_all
    )


def troubles_for(user, *, on: date, limit: int = 5) -> Troubles:
    """Return what an administrator, of the portal or of an organisation, should look at."""
    scope = scope_of(user, on=on)
    if not scope.is_platform and not scope.organisations_with(Capability.ADMINISTER):
        return Troubles()
    conventions = conventions_visible_to(user, on=on)
    failed = Deadline.objects.live().filter(
        Exists(Reminder.objects.failed().filter(deadline=OuterRef("pk"))),
        convention__in=conventions,
    )
    silent = silent_conventions(on=on).filter(pk__in=conventions.values("pk"))
    return Troubles(tuple(failed.order_by("due_on")[:limit]), tuple(silent[:limit]))
