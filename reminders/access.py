"""Who may see a deadline, and who may declare it done."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from accounts.rules.roles import Capability
from conventions import access
from reminders.models import Deadline


def visible_to(user, *, on: date) -> QuerySet[Deadline]:
    """The deadlines of the conventions this person may read on `on`."""
    return Deadline.objects.filter(convention__in=access.visible_to(user, on=on))


def get_deadline_or_404(user, pk: int, *, on: date) -> Deadline:
    """Return a deadline this person may see, withdrawn ones included. A stranger gets 404."""
    deadlines = visible_to(user, on=on).select_related(
        "convention__territory", "article", "clause", "engagement", "party", "done_by"
    )
    deadline = deadlines.filter(pk=pk).first()
    if deadline is None:
        raise Http404
    return deadline


def can_settle(user, deadline: Deadline, *, on: date) -> bool:
    return access.can(user, deadline.convention, Capability.CONTRIBUTE, on=on)


def check_can_settle(user, deadline: Deadline, *, on: date) -> None:
    """Contributors and managers of a party follow its dates; a reader only reads them."""
    access.check_can(user, deadline.convention, Capability.CONTRIBUTE, on=on)
