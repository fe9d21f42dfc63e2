"""What every message in the outbox keeps: to whom, when to try, how it went, what was said."""

from datetime import datetime
from typing import Self

from django.db import models

from reminders.enums import ReminderStatus


class OutgoingQuerySet(models.QuerySet):
    # What composing the message reads of the row.
    related: tuple[str, ...] = ()

    def unsent(self) -> Self:
        return self.filter(status=ReminderStatus.A_ENVOYER)

    def sent(self) -> Self:
        return self.filter(status=ReminderStatus.ENVOYE)

    def failed(self) -> Self:
        return self.filter(status=ReminderStatus.ECHEC)

    def due(self, *, now: datetime) -> Self:
        return self.unsent().filter(next_try_at__lte=now)

    def next_to_send(self, *, now: datetime) -> "Outgoing | None":
        """Take the oldest due row that no other worker holds; its row alone is locked.

        SQLite has no row locks: its immediate transactions let one sender in at a time.
        """
        rows = self.due(now=now).order_by("next_try_at", "pk")
        return (
            rows.select_related(*self.related, "recipient")
            .select_for_update(of=("self",), skip_locked=True)
            .first()
        )


class Outgoing(models.Model):
    """One message to one address: a `recipient`, or `fallback_email` when nobody is left.

    `next_try_at` starts as the instant it is due and moves with each failed attempt.
    """

    fallback_email = models.EmailField("adresse de repli", blank=True)
    next_try_at = models.DateTimeField("prochain essai à")
    status = models.CharField(
        "état", max_length=10, choices=ReminderStatus, default=ReminderStatus.A_ENVOYER
    )
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    failure = models.CharField("raison de l’échec", max_length=300, blank=True)
    sent_at = models.DateTimeField("envoyé à", null=True, blank=True)
    sent_to = models.EmailField("envoyé à l’adresse", blank=True)
    subject = models.CharField("objet", max_length=300, blank=True)
    body = models.TextField("texte", blank=True)

    class Meta:
        abstract = True

    @property
    def addressee(self) -> str:
        return str(self.recipient) if self.recipient_id else self.fallback_email

    @property
    def email(self) -> str:
        """Where to write: the person's address of today, not that of the day it was written."""
        return self.recipient.email if self.recipient_id else self.fallback_email
