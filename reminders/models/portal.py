"""What the portal keeps of itself: its signs of life, what it finds wrong, who reads its feed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.enums import FindingKind


class Heartbeat(models.Model):
    """The last time a periodic task ran: what the footer shows."""

    name = models.CharField(max_length=60, primary_key=True)
    last_run_at = models.DateTimeField("dernier passage à")

    class Meta:
        verbose_name = "passage du planificateur"
        verbose_name_plural = "passages du planificateur"

    def __str__(self) -> str:
        return self.name


class FindingQuerySet(models.QuerySet):
    def standing(self) -> "FindingQuerySet":
        return self.filter(cleared_at__isnull=True)


class Finding(models.Model):
    """Something wrong that administrators must see; `key` names it, so that it is found once.

    It clears by itself when it is no longer true. `told_at` is when everybody concerned had been
    told of it by mail.
    """

    kind = models.CharField("constat", max_length=24, choices=FindingKind)
    key = models.CharField("objet", max_length=120)
    words = models.CharField("en clair", max_length=300)
    convention = models.ForeignKey(
        "conventions.Convention",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="findings",
    )
    deadline = models.ForeignKey(
        "reminders.Deadline",
        verbose_name="échéance",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="findings",
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="organisme",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="findings",
    )
    found_at = models.DateTimeField("constaté à")
    told_at = models.DateTimeField("signalé à", null=True, blank=True)
    cleared_at = models.DateTimeField("levé à", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "constat"
        verbose_name_plural = "constats"
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(cleared_at__isnull=True),
                name="finding_stands_once",
            )
        ]

    def __str__(self) -> str:
        return self.words


class FindingTold(models.Model):
    """A finding told to one person by mail: written with the sending, so that nothing is lost."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="tellings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="+",
    )
    at = models.DateTimeField("signalé à")

    class Meta:
        verbose_name = "signalement d’un constat"
        verbose_name_plural = "signalements des constats"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "user"], name="finding_told_once_per_person")
        ]

    def __str__(self) -> str:
        return f"signalé à {self.user}"


class CalendarFeed(models.Model):
    """The private address of one person’s calendar; only the digest of its token is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="calendar_feeds",
    )
    token_hash = models.CharField("empreinte du jeton", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("créée à")
    revoked_at = models.DateTimeField("retirée à", null=True, blank=True)
    last_read_at = models.DateTimeField("lue à", null=True, blank=True)

    class Meta:
        verbose_name = "adresse d’agenda"
        verbose_name_plural = "adresses d’agenda"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_feed_one_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"agenda de {self.user}"
