"""Messages about dates: one row each, written when the date is, sent when its instant has come."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.enums import ReminderStatus


class ReminderQuerySet(models.QuerySet):
    def due(self, *, now: datetime) -> "ReminderQuerySet":
        return self.filter(status=ReminderStatus.A_ENVOYER, next_try_at__lte=now)


class Reminder(models.Model):
    """One message to one person about one date by one rule: never a second row for the same.

    `rule` is the number of days before the date. `next_try_at` starts as the due instant and moves
    with each failed attempt.
    """

    deadline = models.ForeignKey(
        "reminders.Deadline", on_delete=models.CASCADE, related_name="reminders"
    )
    target_on = models.DateField("échéance visée")
    rule = models.PositiveSmallIntegerField("jours avant")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="destinataire",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
    )
    fallback_email = models.EmailField("adresse de repli", blank=True)
    due_at = models.DateTimeField("à envoyer à")
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
        ]

    def __str__(self) -> str:
        return f"J-{self.rule}"

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
