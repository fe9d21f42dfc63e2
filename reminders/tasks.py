"""What beat wakes: sending what is due every minute, counting every date again every hour, the
portal's check of itself every night, telling administrators what it found.

A message that waited for its worker longer than the beat is dropped: the next one does its work.
"""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from reminders.actions.heartbeat import CHECKING, PROJECTING, SENDING, beat, last_beat
from reminders.actions.noticing import send_due_notices
from reminders.actions.pinging import ping
from reminders.actions.projection import project_all
from reminders.actions.selfcheck import check_portal as check_now
from reminders.actions.sending import send_due_reminders as send_reminders
from reminders.actions.telling import tell_findings as tell_now
from reminders.rules.constats import is_check_due

SENDING_TIME = timedelta(seconds=50)


@shared_task(expires=55)
def send_due_reminders() -> None:
    """Send until nothing is due, the mail server is silent, or the next pass is near."""
    stop_at = timezone.now() + SENDING_TIME
    for send in (send_reminders, send_due_notices):
        send(clock=timezone.now, stop_at=stop_at)
    beat(SENDING, now=timezone.now())
    ping()


@shared_task(expires=3500)
def project_all_deadlines() -> None:
    """Move rolling dates and horizons; one broken convention does not stop the others."""
    project_all(now=timezone.now(), on=timezone.localdate())
    beat(PROJECTING, now=timezone.now())


@shared_task(expires=290)
def check_portal() -> None:
    """Make the night's check when it is still to be made: a night missed is made up for."""
    now = timezone.now()
    if is_check_due(last_beat(CHECKING), now=now):
        check_now(now=now)


@shared_task(expires=55)
def tell_findings() -> None:
    """Tell administrators by mail what was found since."""
    tell_now(now=timezone.now(), on=timezone.localdate())
