"""The dates that somebody outside was told of, as they now stand."""

from datetime import date

from django.db.models import QuerySet

from reminders.models import Deadline, ExternalRecipient, Reminder


def dates_told(recipient: ExternalRecipient, *, on: date) -> QuerySet[Deadline]:
    """Return the dates told to this person that are not behind; moved since, the new one.

    Only what a message told: being allowed to know one date opens no list of the others.
    """
    told = Reminder.objects.sent().filter(external=recipient)
    keys = told.values("deadline__key")
    rows = Deadline.objects.to_do().filter(convention=recipient.convention_id, key__in=keys)
    return rows.filter(due_on__gte=on).select_related("convention", "engagement")
