"""What happens in the negotiation of an act, told to one person at a time, grouped."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.enums import ReminderStatus
from reminders.models.outgoing import Outgoing, OutgoingQuerySet


class Notice(Outgoing):
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
    since_at = models.DateTimeField("depuis")

    objects = OutgoingQuerySet.as_manager()

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
    def message_id(self) -> str:
        """Derived from the row: a rare double is recognised by the mail program."""
        return f"<avis-{self.pk}-{self.since_at:%Y%m%d%H%M%S}@revoyure>"
