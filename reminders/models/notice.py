"""What happens in the negotiation of an act, told to one person at a time, grouped."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.enums import ReminderStatus


class NoticeQuerySet(models.QuerySet):
    def unsent(self) -> "NoticeQuerySet":
        return self.filter(status=ReminderStatus.A_ENVOYER)

    def sent(self) -> "NoticeQuerySet":
        return self.filter(status=ReminderStatus.ENVOYE)

    def next_to_send(self, *, now: datetime) -> "Notice | None":
        """Take the oldest due row that no other worker holds; its row alone is locked."""
        rows = self.unsent().filter(next_try_at__lte=now).order_by("next_try_at", "pk")
        return (
            rows.select_related("act__convention", "party", "recipient")
            .select_for_update(of=("self",), skip_locked=True)
            .first()
        )


class Notice(models.Model):
    """One message to come to one person about one act: all that happened since `since_at`.

    What it says is read from the facts at the moment it leaves, with the rights of that moment; the
    row itself holds nothing of them. `party` is the side in whose name the person is told.
    """

    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE, related_name="notices")
    party = models.ForeignKey("conventions.Party", on_delete=models.CASCADE, related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="destinataire",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
    )
    fallback_email = models.EmailField("adresse de repli", blank=True)
    since_at = models.DateTimeField("depuis")
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

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "avis de négociation"
        verbose_name_plural = "avis de négociation"
        ordering = ["since_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(status=ReminderStatus.A_ENVOYER),
                name="notice_due_scan",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) ^ ~Q(fallback_email=""),
                name="notice_has_one_addressee",
            )
        ]

    def __str__(self) -> str:
        return f"avis {self.pk}"

    @property
    def addressee(self) -> str:
        return str(self.recipient) if self.recipient_id else self.fallback_email

    @property
    def email(self) -> str:
        return self.recipient.email if self.recipient_id else self.fallback_email

    @property
    def message_id(self) -> str:
        """Derived from the row: a rare double is recognised by the mail program."""
        return f"<avis-{self.pk}-{self.since_at:%Y%m%d%H%M%S}@revoyure>"
