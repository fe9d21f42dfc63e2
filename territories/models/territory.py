"""Places and how they fit together, each with the days between which it is true.

Periods are inclusive at both ends. An empty `starts_on` means «since before our sources», an empty
`ends_on` «until further notice».
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from territories.enums import ContainmentSource, EpciNature, TerritoryKind, Zone
from territories.rules.french import grouped


def in_force_q(on: date, prefix: str = "") -> Q:
    """Return the condition «the period covers this day», on the model or across a relation."""
    started = Q(**{f"{prefix}starts_on__isnull": True}) | Q(**{f"{prefix}starts_on__lte": on})
    not_ended = Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on})
    return started & not_ended


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(starts_on__isnull=True)
        | Q(ends_on__isnull=True)
        | Q(ends_on__gte=F("starts_on")),
        violation_error_message="La fin ne peut pas précéder le début.",
    )


class TerritoryQuerySet(models.QuerySet):
    def in_force(self, *, on: date) -> "TerritoryQuerySet":
        """Keep the territories that existed on this day."""
        return self.filter(in_force_q(on))

    def regions(self) -> "TerritoryQuerySet":
        return self.filter(kind=TerritoryKind.REGION)

    def communes_of(self, parent: "Territory", *, on: date) -> "TerritoryQuerySet":
        """Return the communes that made up a territory on this day.

        Two levels are looked at, because a région holds its communes through its départements.
        """
        links = Containment.objects.in_force(on=on)
        children = links.filter(parent=parent).values("child")
        grandchildren = links.filter(parent__in=children).values("child")
        inside = Q(pk__in=children) | Q(pk__in=grandchildren)
        return self.in_force(on=on).filter(inside, kind=TerritoryKind.COMMUNE)

    def containing(
        self, territory: "Territory", kind: TerritoryKind, *, on: date
    ) -> "TerritoryQuerySet":
        """Return the territories of this kind that hold a territory on this day.

        A commune keeps its own département and région whatever its EPCI's are. An EPCI lies in no
        single département; its answer is the one it is attached to (see `Territory.departement`).
        """
        links = Containment.objects.in_force(on=on)
        parents = links.filter(child=territory).values("parent")
        grandparents = links.filter(child__in=parents).values("parent")
        great_grandparents = links.filter(child__in=grandparents).values("parent")
        attached = Q(pk__in=[territory.departement_id or 0, territory.region_id or 0])
        return self.filter(
            Q(pk__in=parents) | Q(pk__in=grandparents) | Q(pk__in=great_grandparents) | attached,
            kind=kind,
        )

    def attached_to(self, region: "Territory") -> "TerritoryQuerySet":
        """Keep a région and everything attached to it, whatever the day."""
        return self.filter(Q(pk=region.pk) | Q(region=region))

    def with_name_on(self, on: date) -> "TerritoryQuerySet":
        """Annotate `name_then`, the name borne on this day (communes are renamed by mergers)."""
        former = FormerName.objects.filter(in_force_q(on), territory=models.OuterRef("pk"))
        return self.annotate(
            name_then=models.functions.Coalesce(
                models.Subquery(former.values("name")[:1]), F("name")
            )
        )


class Territory(models.Model):
    """A place under its official code. It ends, it is never deleted.

    `departement` and `region` are its administrative attachment today, one-valued on purpose. An
    EPCI that spans several départements is attached to that of its seat as the DGCL files it, and
    to that département's région: that région's delegation follows its conventions. Its communes
    keep their own (Pertuis is attached to Vaucluse though its métropole is to Bouches-du-Rhône).
    """

    kind = models.CharField("échelon", max_length=12, choices=TerritoryKind)
    code = models.CharField(
        "code",
        max_length=12,
        help_text="Code INSEE (texte, zéros compris), SIREN d’un EPCI ou code du quartier.",
    )
    name = models.CharField("nom", max_length=200)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    nature = models.CharField("nature juridique", max_length=6, choices=EpciNature, blank=True)
    zone = models.CharField(
        "zone",
        max_length=14,
        choices=Zone,
        default=Zone.METROPOLE,
        help_text="Fixe les jours fériés et l’heure légale.",
    )
    departement = models.ForeignKey(
        "self",
        verbose_name="département de rattachement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TerritoryKind.DEPARTEMENT},
    )
    region = models.ForeignKey(
        "self",
        verbose_name="région de rattachement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": TerritoryKind.REGION},
    )
    starts_on = models.DateField("existe depuis le", null=True, blank=True)
    ends_on = models.DateField("a existé jusqu’au", null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        ordering = ["name", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="territory_code_unique_in_its_kind",
                violation_error_message="Ce code désigne déjà un territoire de cet échelon.",
            ),
            models.CheckConstraint(
                name="territory_code_is_plain_text",
                condition=Q(code__regex=r"^[0-9A-Z]{1,12}$"),
                violation_error_message="Un code ne contient que des chiffres et des capitales.",
            ),
            models.CheckConstraint(
                name="territory_siren_has_nine_digits",
                condition=Q(siren="") | Q(siren__regex=r"^[0-9]{9}$"),
                violation_error_message="Un SIREN compte neuf chiffres.",
            ),
            models.CheckConstraint(
                name="territory_nature_is_an_epci_s",
                condition=Q(nature="") | Q(kind=TerritoryKind.EPCI),
                violation_error_message="Seul un EPCI a une nature juridique.",
            ),
            ends_after_it_starts("territory_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["kind", "name"], name="territory_kind_name"),
            models.Index(fields=["siren"], name="territory_siren"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def is_in_force(self, *, on: date) -> bool:
        """Return whether the territory existed on this day."""
        started = self.starts_on is None or self.starts_on <= on
        return started and (self.ends_on is None or on <= self.ends_on)

    def name_on(self, on: date) -> str:
        """Return the name borne on this day."""
        former = self.former_names.filter(in_force_q(on)).first()
        return former.name if former else self.name


class FormerName(models.Model):
    """A name a territory bore until a day (Marchaux, now Marchaux-Chaudefontaine)."""

    territory = models.ForeignKey(
        Territory,
        verbose_name="territoire",
        on_delete=models.CASCADE,
        related_name="former_names",
    )
    name = models.CharField("ancien nom", max_length=200)
    starts_on = models.DateField("porté depuis le", null=True, blank=True)
    ends_on = models.DateField("porté jusqu’au")

    class Meta:
        verbose_name = "ancien nom"
        verbose_name_plural = "anciens noms"
        ordering = ["territory", "-ends_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "ends_on"],
                name="former_name_one_at_a_time",
                violation_error_message="Un autre nom prend déjà fin ce jour-là.",
            ),
            ends_after_it_starts("former_name_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name


class ContainmentQuerySet(models.QuerySet):
    def in_force(self, *, on: date) -> "ContainmentQuerySet":
        """Keep the memberships true on this day."""
        return self.filter(in_force_q(on))

    def from_files(self) -> "ContainmentQuerySet":
        """Keep the memberships that an import may change: none that was entered by hand."""
        return self.exclude(source=ContainmentSource.SAISIE)

    def overlapping(self, other: "Containment") -> "ContainmentQuerySet":
        """Return other memberships of the same pair that share a day with this one."""
        rows = self.filter(parent_id=other.parent_id, child_id=other.child_id)
        if other.starts_on:
            rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=other.starts_on))
        if other.ends_on:
            rows = rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=other.ends_on))
        return rows.exclude(pk=other.pk)


class Containment(models.Model):
    """«This territory was part of that one», between two days.

    A membership known only from a yearly file has an empty start: it was true that year, and
    before, as far as we know. `source` says how we know it.
    """

    parent = models.ForeignKey(
        Territory,
        verbose_name="territoire englobant",
        on_delete=models.PROTECT,
        related_name="contents",
    )
    child = models.ForeignKey(
        Territory,
        verbose_name="territoire compris",
        on_delete=models.PROTECT,
        related_name="containers",
    )
    starts_on = models.DateField("depuis le", null=True, blank=True)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    source = models.CharField(
        "origine",
        max_length=12,
        choices=ContainmentSource,
        default=ContainmentSource.SAISIE,
    )

    objects = ContainmentQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenance"
        verbose_name_plural = "appartenances"
        ordering = ["parent", "child", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="containment_never_of_itself",
                condition=~Q(parent=F("child")),
                violation_error_message="Un territoire ne se contient pas lui-même.",
            ),
            ends_after_it_starts("containment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["parent", "child"],
                condition=Q(ends_on__isnull=True),
                name="containment_one_open_period",
                violation_error_message="Cette appartenance est déjà en cours.",
            ),
            models.UniqueConstraint(
                fields=["parent", "child"],
                condition=Q(starts_on__isnull=True),
                name="containment_one_unbounded_start",
                violation_error_message="Cette appartenance a déjà une période sans début connu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} dans {self.parent}"

    def clean(self) -> None:
        super().clean()
        if self.parent_id and self.child_id and Containment.objects.overlapping(self).exists():
            msg = "Cette appartenance est déjà enregistrée pour une partie de cette période."
            raise ValidationError(msg, code="overlap")


class Population(models.Model):
    """The population of reference in force on 1 January of a year.

    `total` counts again people attached to two places; it is empty where the source gives no
    figure for the whole commune (Paris, Lyon and Marseille appear by arrondissement).
    """

    territory = models.ForeignKey(
        Territory,
        verbose_name="territoire",
        on_delete=models.CASCADE,
        related_name="populations",
    )
    year = models.PositiveSmallIntegerField("en vigueur au 1er janvier")
    municipal = models.PositiveIntegerField("population municipale")
    total = models.PositiveIntegerField("population totale", null=True, blank=True)

    class Meta:
        verbose_name = "population"
        verbose_name_plural = "populations"
        ordering = ["territory", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "year"],
                name="population_one_a_year",
                violation_error_message="Cette année est déjà renseignée.",
            ),
            models.CheckConstraint(
                name="population_total_covers_municipal",
                condition=Q(total__isnull=True) | Q(total__gte=F("municipal")),
                violation_error_message="La population totale comprend la population municipale.",
            ),
        ]

    def __str__(self) -> str:
        return f"{grouped(self.municipal)} habitants ({self.year})"
