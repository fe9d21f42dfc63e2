"""Figures: what is counted, what was aimed at, what was observed and who says so."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from engagements.enums import Direction, IndicatorNature, IndicatorUnit, ValueStatus
from territories.enums import TerritoryKind


class IndicatorQuerySet(models.QuerySet):
    def offered_to(self, convention) -> "IndicatorQuerySet":
        """The shared catalogue, and what the convention counts for itself."""
        return self.filter(Q(convention__isnull=True) | Q(convention=convention))


class Indicator(models.Model):
    """Something counted. Catalogue indicators have no convention; own ones belong to one."""

    convention = models.ForeignKey(
        "conventions.Convention",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="own_indicators",
    )
    code = models.CharField("code", max_length=20)
    name = models.CharField("indicateur", max_length=200)
    unit = models.CharField("unité", max_length=10, choices=IndicatorUnit)
    nature = models.CharField("nature", max_length=6, choices=IndicatorNature)
    direction = models.CharField(
        "objectif à atteindre", max_length=10, choices=Direction, default=Direction.AU_MOINS
    )
    additive = models.BooleanField(
        "additif",
        default=True,
        help_text="Peut être additionné d’un territoire ou d’une année à l’autre.",
    )
    definition = models.TextField("définition", blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(convention__isnull=True),
                name="indicator_code_unique_in_catalogue",
                violation_error_message="Le catalogue a déjà ce code.",
            ),
            models.UniqueConstraint(
                fields=["convention", "code"],
                name="indicator_code_unique_in_convention",
                violation_error_message="La convention a déjà un indicateur de ce code.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class TargetQuerySet(models.QuerySet):
    def standing(self, *, on: date) -> "TargetQuerySet":
        """The last word said by a day of what is aimed at, also when it gives a target up."""
        return self.filter(
            Q(effective_on__isnull=True) | Q(effective_on__lte=on),
            Q(replaced_on__isnull=True) | Q(replaced_on__gt=on),
        )

    def binding(self, *, on: date) -> "TargetQuerySet":
        """What the acts in effect on a day aim at: nothing to come, replaced or given up."""
        return self.standing(on=on).filter(withdrawn=False)

    def planned_by(self, act) -> "TargetQuerySet":
        """What a draft act aims at anew or gives up."""
        return self.filter(act=act, planned=True).order_by("indicator__code", "year", "pk")

    def of_engagements(self) -> "TargetQuerySet":
        """The targets that quantify an engagement."""
        return self.filter(engagement__isnull=False)

    def with_result(self) -> "TargetQuerySet":
        """Annotate what was observed for the same indicator, territory and year, as it stands."""
        observed = Measurement.objects.current().filter(
            convention=OuterRef("convention"),
            indicator=OuterRef("indicator"),
            territory=OuterRef("territory"),
            year=OuterRef("year"),
        )
        return self.annotate(
            result=Subquery(observed.values("quantity")[:1]),
            result_status=Subquery(observed.values("status")[:1]),
        )


class TargetManager(models.Manager.from_queryset(TargetQuerySet)):
    """What was agreed; what a draft act plans stays apart."""

    def get_queryset(self) -> TargetQuerySet:
        return super().get_queryset().filter(planned=False)


class Target(models.Model):
    """The quantity expected for an indicator, a territory and a year, by which article.

    An avenant (`act`) aims at another one, or gives it up (`withdrawn`), from `effective_on`; its
    row is only `planned` until the act is signed, and the one it replaces then stops on
    `replaced_on`, the first day it no longer binds.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="targets"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    territory = models.ForeignKey(
        "territories.Territory", on_delete=models.PROTECT, related_name="targets"
    )
    year = models.PositiveSmallIntegerField("année")
    quantity = models.DecimalField("objectif", max_digits=16, decimal_places=2)
    engagement = models.ForeignKey(
        "engagements.Engagement",
        verbose_name="engagement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
    )
    article = models.ForeignKey(
        "conventions.Article",
        verbose_name="article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
    )

    act = models.ForeignKey(
        "conventions.Act",
        verbose_name="acte",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
    )
    planned = models.BooleanField("en projet", default=False, editable=False)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    withdrawn = models.BooleanField("abandonné", default=False)
    replaced_on = models.DateField("remplacé le", null=True, blank=True, editable=False)

    objects = TargetManager()
    every = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "objectif chiffré"
        verbose_name_plural = "objectifs chiffrés"
        ordering = ["convention_id", "indicator__code", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "indicator", "territory", "year"],
                condition=Q(planned=False, replaced_on__isnull=True),
                name="target_once_a_year",
                violation_error_message="Cet objectif est déjà fixé pour l’année et le territoire.",
            ),
            models.UniqueConstraint(
                fields=["act", "indicator", "territory", "year"],
                condition=Q(planned=True),
                name="target_planned_once_per_act",
                violation_error_message="L’acte fixe déjà cet objectif.",
            ),
            models.CheckConstraint(
                condition=Q(planned=False) | Q(act__isnull=False),
                name="target_planned_by_an_act",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="target_not_negative",
                violation_error_message="Un objectif ne peut pas être négatif.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"


class MeasurementQuerySet(models.QuerySet):
    def current(self) -> "MeasurementQuerySet":
        """The values that no later one corrects."""
        return self.filter(superseded_by__isnull=True)

    def by_commune(self, convention) -> "MeasurementQuerySet":
        """How the communes of a convention add up, by indicator and year."""
        return (
            self.current()
            .filter(
                convention=convention,
                indicator__additive=True,
                territory__kind=TerritoryKind.COMMUNE,
                quantity__isnull=False,
            )
            .exclude(territory=convention.territory_id)
            .order_by()
            .values("indicator", "year")
            .annotate(parts=models.Sum("quantity"), communes=models.Count("territory"))
        )


class Measurement(models.Model):
    """An observed quantity, with its source and provider. Corrected by a newer one, never changed.

    «Non communiqué» is a status without quantity: it is not zero.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.PROTECT, related_name="measurements"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    territory = models.ForeignKey(
        "territories.Territory", on_delete=models.PROTECT, related_name="measurements"
    )
    year = models.PositiveSmallIntegerField("année")
    quantity = models.DecimalField("valeur", max_digits=16, decimal_places=2, null=True, blank=True)
    status = models.CharField(
        "statut", max_length=15, choices=ValueStatus, default=ValueStatus.DEFINITIF
    )
    as_of = models.DateField("arrêtée au", null=True, blank=True)
    source = models.CharField("source", max_length=300)
    provider = models.ForeignKey(
        "conventions.Party", verbose_name="fournie par", on_delete=models.PROTECT, related_name="+"
    )
    comment = models.CharField("commentaire", max_length=300, blank=True)
    supersedes = models.OneToOneField(
        "self",
        verbose_name="corrige",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="saisie par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField("saisie à", auto_now_add=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = "réalisé"
        verbose_name_plural = "réalisés"
        ordering = ["convention_id", "indicator__code", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "indicator", "territory", "year"],
                condition=Q(supersedes__isnull=True),
                name="measurement_one_first_value",
                violation_error_message="Une valeur existe déjà : corrigez-la.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[ValueStatus.DEFINITIF, ValueStatus.PROVISOIRE],
                    quantity__isnull=False,
                )
                | Q(
                    status__in=[ValueStatus.NON_COMMUNIQUE, ValueStatus.SANS_OBJET],
                    quantity__isnull=True,
                ),
                name="measurement_quantity_goes_with_status",
                violation_error_message=(
                    "Une valeur définitive ou provisoire porte un nombre ; une valeur non "
                    "communiquée ou sans objet n’en porte pas."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")), name="measurement_does_not_correct_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"
