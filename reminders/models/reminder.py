"""Messages about dates: one row each, written when the date is, sent when its instant has come."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.enums import ReminderNature, ReminderStatus
from reminders.models.outgoing import Outgoing, OutgoingQuerySet


class ReminderQuerySet(OutgoingQuerySet):
    def to_journal(self) -> Self:
        """Those that came to their end and of which the journal says nothing yet."""
        ended = [ReminderStatus.ENVOYE, ReminderStatus.ECHEC]
        return self.filter(journalled=False, status__in=ended)


class Reminder(Outgoing):
    """One message to one person about one date by one rule: never a second row for the same.

    `rule` is the number of days before the day to act, negative once it is past. A correction,
    sent to those who were told a date that moved, keeps in `previous_on` what they were told; its
    rule is 0. Rows that one mail carries have the same `leader`, itself one of them, whose
    Message-ID the mail bears; `journalled` says that the journal tells what became of the row.
    """

    deadline = models.ForeignKey(
        "reminders.Deadline", on_delete=models.CASCADE, related_name="reminders"
    )
    target_on = models.DateField("échéance visée")
    nature = models.CharField(
        "nature", max_length=10, choices=ReminderNature, default=ReminderNature.RAPPEL
    )
    rule = models.SmallIntegerField("jours avant")
    previous_on = models.DateField("date annoncée auparavant", null=True, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="destinataire",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
    )
    external = models.ForeignKey(
        "reminders.ExternalRecipient",
        verbose_name="destinataire extérieur",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
    )
    due_at = models.DateTimeField("à envoyer à")
    leader = models.ForeignKey(
        "self",
        verbose_name="part avec",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried",
    )
    journalled = models.BooleanField("dit au journal", default=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "rappel"
        verbose_name_plural = "rappels"
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(status=ReminderStatus.A_ENVOYER),
                name="reminder_due_scan",
            ),
            models.Index(
                fields=["id"],
                condition=Q(
                    journalled=False, status__in=[ReminderStatus.ENVOYE, ReminderStatus.ECHEC]
                ),
                name="reminder_to_journal",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "target_on", "nature", "rule", "recipient"],
                condition=Q(recipient__isnull=False),
                name="reminder_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["deadline", "target_on", "nature", "rule", "fallback_email"],
                condition=~Q(fallback_email=""),
                name="reminder_once_per_fallback_address",
            ),
            models.UniqueConstraint(
                fields=["deadline", "target_on", "nature", "rule", "external"],
                condition=Q(external__isnull=False),
                name="reminder_once_per_external_recipient",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, external__isnull=True, fallback_email="")
                | Q(recipient__isnull=True, external__isnull=False, fallback_email="")
                | Q(recipient__isnull=True, external__isnull=True) & ~Q(fallback_email=""),
                name="reminder_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(nature=ReminderNature.CORRECTION, previous_on__isnull=False)
                | ~Q(nature=ReminderNature.CORRECTION) & Q(previous_on__isnull=True),
                name="reminder_correction_says_what_was_told",
            ),
        ]

    def __str__(self) -> str:
        if self.nature == ReminderNature.CORRECTION:
            return "correction"
        day = f"J-{self.rule}" if self.rule >= 0 else f"J+{-self.rule}"
        return day if self.nature == ReminderNature.RAPPEL else f"escalade {day}"

    @property
    def is_correction(self) -> bool:
        return self.nature == ReminderNature.CORRECTION

    @property
    def addressee(self) -> str:
        return str(self.external) if self.external_id else super().addressee

    @property
    def email(self) -> str:
        return self.external.email if self.external_id else super().email

    @property
    def message_id(self) -> str:
        """Derived from the row: a rare double is recognised by the mail program."""
        return f"<rappel-{self.pk}-{self.target_on:%Y%m%d}-{self.rule}@revoyure>"
