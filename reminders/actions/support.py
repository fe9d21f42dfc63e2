"""What the support desk may do to a reminder: try again what failed."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from reminders.actions.findings import clear_finding
from reminders.enums import FindingKind, ReminderStatus
from reminders.models import Reminder


@transaction.atomic
def retry_reminders(reminders: Iterable[Reminder], *, by, now: datetime) -> int:
    """Put failed reminders back in the queue, as if never tried; return how many."""
    if not by.is_staff:
        msg = "Seule l’assistance du portail relance un rappel."
        raise PermissionDenied(msg)
    failed = Reminder.objects.failed().filter(pk__in=[reminder.pk for reminder in reminders])
    retried = list(failed.select_related("deadline").select_for_update(of=("self",)))
    for reminder in retried:
        reminder.status, reminder.attempts = ReminderStatus.A_ENVOYER, 0
        reminder.next_try_at = now
        # A message of its own, of which the journal will tell.
        reminder.leader, reminder.journalled = None, False
        reminder.save(update_fields=["status", "attempts", "next_try_at", "leader", "journalled"])
        clear_finding(FindingKind.RAPPEL_ECHOUE, f"rappel:{reminder.pk}", now=now)
        dossier = reminder.deadline.convention_id
        record(by, Verb.SUPPORT_CHANGED, reminder, dossier=dossier, act="nouvel essai")
    return len(retried)
