"""What happens on the floors below, heard in its transaction: the dates are counted again.

The act may be dated in the past (a convention entered afterwards): what is ahead is seen from now.
"""

from django.dispatch import receiver
from django.utils import timezone

from conventions.models import Convention
from conventions.signals import acte_signe, dates_changed, negotiation_moved
from engagements.signals import engagement_changed, revoyure_changed, revoyure_gathering
from reminders.actions.freezing import dates_ahead
from reminders.actions.notices import queue_notices
from reminders.actions.projection import project_deadlines
from reminders.rules.ladder import local_day
from territories.enums import Zone


@receiver(acte_signe)
def on_act_signed(act, by=None, **_kwargs) -> None:
    _project(act.convention, by=by)


@receiver(dates_changed)
def on_dates_changed(convention, by=None, **_kwargs) -> None:
    _project(convention, by=by)


@receiver(engagement_changed)
def on_engagement_changed(engagement, by=None, **_kwargs) -> None:
    _project(engagement.convention, by=by)


@receiver(revoyure_changed)
def on_revoyure_changed(revoyure, by=None, **_kwargs) -> None:
    _project(revoyure.convention, by=by)


@receiver(revoyure_gathering)
def on_revoyure_gathering(revoyure, on, **_kwargs) -> tuple[str, list[dict]]:
    """Add the dates ahead to what a frozen revoyure keeps."""
    return "echeances", dates_ahead(revoyure.convention, on=on)


@receiver(negotiation_moved)
def on_negotiation_moved(act, parties, at, by=None, pressing=False, **_kwargs) -> None:
    queue_notices(act, parties=parties, by=by, at=at, pressing=pressing)


def _project(convention: Convention, *, by) -> None:
    now = timezone.now()
    project_deadlines(convention, now=now, on=local_day(now, Zone(convention.zone)), by=by)
