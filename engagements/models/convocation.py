"""The convocation of the committee of a revoyure: a day, a place, an agenda, a letter a party."""

from django.conf import settings
from django.db import models

from conventions.models.letter import (
    KeptLetterVersion,
    PostedLetter,
    dated_letter_constraints,
    version_constraints,
)


class Convocation(models.Model):
    """One call to the meeting of a revoyure by one party; a cancelled one stays in the register.

    `held_on` is the day of the meeting, written in the revoyure when the convocation is sent.
    """

    revoyure = models.ForeignKey(
        "engagements.Revoyure", on_delete=models.PROTECT, related_name="convocations"
    )
    party = models.ForeignKey(
        "conventions.Party", verbose_name="convoque", on_delete=models.PROTECT, related_name="+"
    )
    held_on = models.DateField("réunion le")
    begins_at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu", max_length=300, blank=True)
    agenda = models.TextField("ordre du jour", blank=True)
    sent_on = models.DateField("envoyée le", null=True, blank=True)
    cancelled_on = models.DateField("annulée le", null=True, blank=True)
    cancellation_reason = models.TextField("motif de l’annulation", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="préparée par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("préparée à", auto_now_add=True)

    class Meta:
        verbose_name = "convocation"
        verbose_name_plural = "convocations"
        ordering = ["revoyure_id", "pk"]

    def __str__(self) -> str:
        return f"convocation au comité du {self.held_on:%d/%m/%Y}"

    @property
    def is_called(self) -> bool:
        """Whether it stands: sent, and not called off."""
        return self.sent_on is not None and self.cancelled_on is None


class ConvocationLetter(PostedLetter):
    """The convocation as one addressee receives it."""

    convocation = models.ForeignKey(Convocation, on_delete=models.CASCADE, related_name="letters")

    class Meta:
        verbose_name = "lettre de convocation"
        verbose_name_plural = "lettres de convocation"
        ordering = ["convocation_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convocation", "addressee"],
                name="convocation_letter_one_per_addressee",
                violation_error_message="Cette partie a déjà sa convocation.",
            ),
            *dated_letter_constraints("convocation_letter"),
        ]


class ConvocationVersion(KeptLetterVersion):
    """What a convocation said at one moment."""

    letter = models.ForeignKey(ConvocationLetter, on_delete=models.CASCADE, related_name="versions")

    class Meta(KeptLetterVersion.Meta):
        abstract = False
        constraints = version_constraints("convocation")
