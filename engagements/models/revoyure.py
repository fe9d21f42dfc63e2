"""The yearly review: opened once a year, read by each party, frozen for good."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engagements.enums import Appreciation, Outcome, RevoyureStatus


class RevoyureQuerySet(models.QuerySet):
    def open(self) -> "RevoyureQuerySet":
        return self.filter(status=RevoyureStatus.OUVERTE)

    def frozen(self) -> "RevoyureQuerySet":
        return self.filter(status=RevoyureStatus.GELEE)


class Revoyure(models.Model):
    """The review of one year. Frozen, it holds its snapshot and the snapshot's SHA-256.

    Everything printed afterwards reads `snapshot` alone. UPDATE and DELETE of a frozen row are
    refused by a trigger.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.PROTECT, related_name="revoyures"
    )
    year = models.PositiveSmallIntegerField("année")
    status = models.CharField(
        "état", max_length=10, choices=RevoyureStatus, default=RevoyureStatus.OUVERTE
    )
    outcome = models.CharField("issue", max_length=12, choices=Outcome, blank=True)
    conclusion = models.TextField("ce qui est décidé", blank=True)
    opened_on = models.DateField("ouverte le")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ouverte par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    meeting_on = models.DateField("comité du", null=True, blank=True)
    frozen_at = models.DateTimeField("gelée à", null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gelée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    snapshot = models.JSONField("instantané", null=True, blank=True)
    snapshot_sha256 = models.CharField("empreinte", max_length=64, blank=True)

    objects = RevoyureQuerySet.as_manager()

    class Meta:
        verbose_name = "revoyure"
        verbose_name_plural = "revoyures"
        ordering = ["convention_id", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "year"],
                name="revoyure_once_a_year",
                violation_error_message="La revoyure de cette année est déjà ouverte.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=RevoyureStatus.OUVERTE, frozen_at__isnull=True, snapshot__isnull=True
                )
                | (
                    Q(status=RevoyureStatus.GELEE, frozen_at__isnull=False, snapshot__isnull=False)
                    & ~Q(snapshot_sha256="")
                    & ~Q(outcome="")
                ),
                name="revoyure_frozen_is_complete",
                violation_error_message=(
                    "Une revoyure gelée a son instantané, son empreinte et son issue."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"revoyure {self.year}"

    @property
    def is_frozen(self) -> bool:
        return self.status == RevoyureStatus.GELEE


class Contribution(models.Model):
    """What one party says of the year; `handed_over_at` closes its part until taken back."""

    revoyure = models.ForeignKey(Revoyure, on_delete=models.CASCADE, related_name="contributions")
    party = models.ForeignKey(
        "conventions.Party", on_delete=models.PROTECT, related_name="contributions"
    )
    statement = models.TextField("lecture d’ensemble", blank=True)
    handed_over_at = models.DateTimeField("rendue à", null=True, blank=True)
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="rendue par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "contribution"
        verbose_name_plural = "contributions"
        ordering = ["revoyure_id", "party__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["revoyure", "party"], name="contribution_once_per_party"
            )
        ]

    def __str__(self) -> str:
        return f"contribution de {self.party}"


class Assessment(models.Model):
    """A party's reading of one engagement for the year. Readings that differ are a divergence."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="assessments"
    )
    engagement = models.ForeignKey(
        "engagements.Engagement", on_delete=models.PROTECT, related_name="assessments"
    )
    appreciation = models.CharField("lecture", max_length=12, choices=Appreciation)
    comment = models.TextField("commentaire", blank=True)
    updated_at = models.DateTimeField("écrite à", auto_now=True)

    class Meta:
        verbose_name = "lecture d’un engagement"
        verbose_name_plural = "lectures des engagements"
        ordering = ["contribution_id", "engagement__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "engagement"], name="assessment_once_per_engagement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id} : {self.get_appreciation_display()}"
