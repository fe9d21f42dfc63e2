"""What every message in the outbox keeps: to whom, when to try, how it went, what was said."""

from datetime import datetime
from typing import Self

from django.db import models

from reminders.enums import ReminderStatus


class OutgoingQuerySet(models.QuerySet):
    def unsent(self) -> Self:
        return self.filter(status=ReminderStatus.A_ENVOYER)

    def sent(self) -> Self:
        return self.filter(status=ReminderStatus.ENVOYE)

    def failed(self) -> Self:
        return self.filter(status=ReminderStatus.ECHEC)

    def due(self, *, now: datetime) -> Self:
        return self.unsent().filter(next_try_at__lte=now)

    def leased_until(self, until: datetime) -> Self:
        """Keep the rows that the lease ending then still holds."""
        return self.unsent().filter(next_try_at=until)


class Outgoing(models.Model):
    """One message to one address: a `recipient`, or `fallback_email` when nobody is left.

    `next_try_at` starts as the instant it is due and moves with each failed attempt. A worker that
    takes the row moves it to the end of its lease: it is its own until then, and due again if the
    worker is dead.
    """

    fallback_email = models.EmailField("adresse de repli", blank=True)
    next_try_at = models.DateTimeField("prochain essai à")
    status = models.CharField(
        "état", max_length=10, choices=ReminderStatus, default=ReminderStatus.A_ENVOYER
    )
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    failure = models.CharField("raison de l’échec", max_length=300, blank=True)
    sent_at = models.DateTimeField("envoyé à", null=True, blank=True)
    sent_to = models.CharField("envoyé aux adresses", max_length=520, blank=True)
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
