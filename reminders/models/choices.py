"""What organisations and people choose of their reminders, and who else receives them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from reminders.enums import DeadlineKind, Rhythm


def _one_chooser(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(organisation__isnull=False) ^ Q(user__isnull=False), name=name
    )


class Choice(models.Model):
    """A choice of one organisation or of one person."""

    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="organisme",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
    )

    class Meta:
        abstract = True

    @property
    def chooser(self) -> str:
        return str(self.user if self.user_id else self.organisation)


class LadderChoice(Choice):
    """How early to be told of one kind of deadline: months and days before the day to act.

    Both lists empty: never. Those in charge of a convention cannot choose that; see
    `reminders.rules.ladder`.
    """

    kind = models.CharField("nature d’échéance", max_length=30, choices=DeadlineKind)
    months = models.JSONField("mois avant", default=list, blank=True)
    days = models.JSONField("jours avant", default=list, blank=True)

    class Meta:
        verbose_name = "échelle de rappels"
        verbose_name_plural = "échelles de rappels"
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(organisation__isnull=False),
                name="ladder_choice_once_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(user__isnull=False),
                name="ladder_choice_once_per_person",
            ),
            _one_chooser("ladder_choice_has_one_chooser"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.chooser}"


class RhythmChoice(Choice):
    """Whether what is due comes in one message each, a day, or a week."""

    rhythm = models.CharField("rythme", max_length=12, choices=Rhythm, default=Rhythm.CHACUN)

    class Meta:
        verbose_name = "rythme des rappels"
        verbose_name_plural = "rythmes des rappels"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(organisation__isnull=False),
                name="rhythm_choice_once_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(user__isnull=False),
                name="rhythm_choice_once_per_person",
            ),
            _one_chooser("rhythm_choice_has_one_chooser"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()}, {self.chooser}"


class ExternalRecipient(models.Model):
    """Somebody without an account whom one party has told of a convention’s dates.

    `kinds` empty: of all of them. The person stops it themselves, or the party does.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="external_recipients"
    )
    party = models.ForeignKey(
        "conventions.Party",
        verbose_name="au nom de",
        on_delete=models.PROTECT,
        related_name="external_recipients",
    )
    email = models.EmailField("courriel", max_length=254)
    name = models.CharField("nom", max_length=200)
    quality = models.CharField("qualité", max_length=200, blank=True)
    kinds = models.JSONField("natures d’échéances", default=list, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ajouté par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField("ajouté à")
    stopped_at = models.DateTimeField("arrêté à", null=True, blank=True)
    stopped_by_recipient = models.BooleanField("arrêté par le destinataire", default=False)

    class Meta:
        verbose_name = "destinataire extérieur"
        verbose_name_plural = "destinataires extérieurs"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "convention",
                "party",
                condition=Q(stopped_at__isnull=True),
                name="external_recipient_once_per_party",
                violation_error_message="Cette adresse reçoit déjà les rappels.",
            )
        ]

    def __str__(self) -> str:
        return self.name
