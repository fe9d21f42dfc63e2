"""Messages about dates: one row each, written when the date is, sent when its instant has come."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.enums import ReminderStatus
from reminders.models.outgoing import Outgoing, OutgoingQuerySet


class ReminderQuerySet(OutgoingQuerySet):
    related = ("deadline__convention",)


class Reminder(Outgoing):
    """One message to one person about one date by one rule: never a second row for the same.

    `rule` is the number of days before the day to act. A correction, sent to those who were told a
    date that moved, has the rule 0, which no ladder uses, and keeps in `previous_on` what they
    were told.
    """

    deadline = models.ForeignKey(
        "reminders.Deadline", on_delete=models.CASCADE, related_name="reminders"
    )
    target_on = models.DateField("échéance visée")
    rule = models.PositiveSmallIntegerField("jours avant")
    previous_on = models.DateField("date annoncée auparavant", null=True, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="destinataire",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
    )
    due_at = models.DateTimeField("à envoyer à")

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
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "target_on", "rule", "recipient"],
                condition=Q(recipient__isnull=False),
                name="reminder_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["deadline", "target_on", "rule", "fallback_email"],
                condition=Q(recipient__isnull=True),
                name="reminder_once_per_fallback_address",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) ^ ~Q(fallback_email=""),
                name="reminder_has_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(rule=0, previous_on__isnull=False)
                | Q(rule__gt=0, previous_on__isnull=True),
                name="reminder_correction_says_what_was_told",
            ),
        ]

    def __str__(self) -> str:
        return "correction" if self.is_correction else f"J-{self.rule}"

    @property
    def is_correction(self) -> bool:
        return self.previous_on is not None

    @property
    def message_id(self) -> str:
        """Derived from the row: a rare double is recognised by the mail program."""
        return f"<rappel-{self.pk}-{self.target_on:%Y%m%d}-{self.rule}@revoyure>"


class Heartbeat(models.Model):
    """The last time a periodic task ran: what the footer shows."""

    name = models.CharField(max_length=60, primary_key=True)
    last_run_at = models.DateTimeField("dernier passage à")

    class Meta:
        verbose_name = "passage du planificateur"
        verbose_name_plural = "passages du planificateur"

    def __str__(self) -> str:
        return self.name
