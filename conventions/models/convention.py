"""The agreement, the organisations it binds, and who signs for them."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.rules.siren import validate_rna, validate_siren
from conventions.enums import (
    ConventionKind,
    ConventionStatus,
    EffectBasis,
    Situation,
)
from conventions.rules.cycle import situation_on
from territories.enums import Zone
from territories.models import Territory

REFERENCE = RegexValidator(
    r"^[A-Z0-9][A-Z0-9-]{2,39}\Z",
    "Une référence s’écrit en capitales, chiffres et tirets, par exemple BESANCON-2017.",
)


class ConventionQuerySet(models.QuerySet):
    def signees(self) -> "ConventionQuerySet":
        return self.filter(status=ConventionStatus.SIGNEE)

    def en_vigueur(self, *, on: date) -> "ConventionQuerySet":
        """What binds on a day: in force, the notice of a termination running or not."""
        return self.signees().filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(terminated_on__isnull=True) | Q(terminated_on__gte=on),
        )

    def en_situation(self, situation: Situation, *, on: date) -> "ConventionQuerySet":
        """Keep the conventions whose `situation_on(on)` is `situation`."""
        past_term = Q(ends_on__lt=on)
        closed = Q(closed_on__isnull=False, closed_on__lte=on)
        started = self.signees().exclude(starts_on__gt=on)
        if situation == Situation.RESILIEE:
            return self.filter(status=situation) | started.filter(terminated_on__lt=on)
        if situation in ConventionStatus.values:
            return self.filter(status=situation)
        if situation == Situation.A_VENIR:
            return self.signees().filter(starts_on__gt=on)
        if situation == Situation.EN_PREAVIS:
            return started.filter(terminated_on__gte=on)
        started = started.filter(terminated_on__isnull=True)
        if situation == Situation.EN_VIGUEUR:
            return started.exclude(past_term)
        if situation == Situation.ECHUE:
            return started.filter(past_term & closed)
        return started.filter(past_term).exclude(closed)

    def involving(self, organisation_id: int) -> "ConventionQuerySet":
        return self.filter(
            Exists(Party.objects.filter(convention=OuterRef("pk"), organisation=organisation_id))
        )

    def with_parties(self) -> "ConventionQuerySet":
        return self.prefetch_related("parties")


class Convention(models.Model):
    """A framework agreement between two parties or more; `parent` links a declination to it.

    `starts_on` is always entered with its basis; `ends_on`, the last day covered, is computed from
    the duration clause by the action that signs.
    """

    reference = models.CharField(
        "référence",
        max_length=40,
        unique=True,
        validators=[REFERENCE],
        error_messages={
            "unique": "Une convention porte déjà cette référence. Choisissez-en une autre."
        },
    )
    title = models.CharField("titre", max_length=300)
    kind = models.CharField("type", max_length=30, choices=ConventionKind)
    status = models.CharField(
        "état", max_length=20, choices=ConventionStatus, default=ConventionStatus.BROUILLON
    )
    territory = models.ForeignKey(
        "territories.Territory",
        verbose_name="territoire",
        on_delete=models.PROTECT,
        related_name="conventions",
    )
    region = models.ForeignKey(
        "territories.Territory",
        verbose_name="région",
        on_delete=models.PROTECT,
        related_name="regional_conventions",
        null=True,
        blank=True,
    )
    zone = models.CharField(
        "zone des jours fériés", max_length=20, choices=Zone, default=Zone.METROPOLE
    )
    parent = models.ForeignKey(
        "self",
        verbose_name="convention-cadre dont elle dépend",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="declinations",
    )
    drafted_by = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="rédigée par",
        on_delete=models.PROTECT,
        related_name="drafted_conventions",
    )
    starts_on = models.DateField("prend effet le", null=True, blank=True)
    starts_on_basis = models.CharField("fondement", max_length=20, choices=EffectBasis, blank=True)
    starts_on_note = models.CharField("précision sur la date", max_length=300, blank=True)
    ends_on = models.DateField("dernier jour couvert", null=True, blank=True)
    closed_on = models.DateField("fin constatée le", null=True, blank=True)
    terminated_on = models.DateField("résiliée, dernier jour", null=True, blank=True)
    recorded_afterwards = models.BooleanField(
        "déjà signée hors du portail",
        default=False,
        help_text="Le texte est repris tel qu’il a été signé sur papier.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("créée à", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="créée par",
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        ordering = ["-starts_on", "reference"]
        indexes = [
            models.Index(fields=["status", "ends_on"], name="convention_by_term"),
            models.Index(fields=["-starts_on", "reference"], name="convention_in_list_order"),
        ]
        constraints = [
            models.CheckConstraint(
                name="convention_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Le terme ne peut pas précéder la prise d’effet.",
            ),
            models.CheckConstraint(
                name="convention_start_has_a_basis",
                condition=Q(starts_on__isnull=True) | ~Q(starts_on_basis=""),
                violation_error_message="Dites sur quoi repose la date de prise d’effet.",
            ),
            models.CheckConstraint(
                name="convention_signed_has_a_start",
                condition=~Q(status=ConventionStatus.SIGNEE) | Q(starts_on__isnull=False),
                violation_error_message="Une convention signée a une date de prise d’effet.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def situation_on(self, day: date) -> Situation:
        return situation_on(
            day,
            status=self.status,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            closed_on=self.closed_on,
            terminated_on=self.terminated_on,
        )

    @property
    def is_draft(self) -> bool:
        return self.status in {ConventionStatus.BROUILLON, ConventionStatus.EN_NEGOCIATION}

    def covers(self, territory: Territory, *, on: date) -> bool:
        """Whether a place lies in the convention's territory on a day (communes come and go)."""
        if territory.pk == self.territory_id:
            return True
        around = Territory.objects.containing(territory, self.territory.kind, on=on)
        return around.filter(pk=self.territory_id).exists()


class PartyQuerySet(models.QuerySet):
    def in_force(self, *, on: date) -> "PartyQuerySet":
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        )


class Party(models.Model):
    """An organisation bound by one convention, with its name and nature kept as signed.

    `position` gives the side: 1 is the plain rule, 2 the double rule, the others follow.
    """

    convention = models.ForeignKey(Convention, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="organisme",
        on_delete=models.PROTECT,
        related_name="parties",
    )
    position = models.PositiveSmallIntegerField("rang")
    alias = models.CharField("ci-après dénommée", max_length=100)
    other_aliases = models.JSONField("autres appellations", default=list, blank=True)
    name_as_signed = models.CharField("nom tel que signé", max_length=300)
    legal_nature_as_signed = models.CharField(
        "forme juridique telle que signée", max_length=200, blank=True
    )
    siren_as_signed = models.CharField(
        "SIREN porté par l’acte", max_length=9, blank=True, validators=[validate_siren]
    )
    rna_as_signed = models.CharField(
        "RNA porté par l’acte", max_length=10, blank=True, validators=[validate_rna]
    )
    address_as_signed = models.CharField("adresse telle que signée", max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self",
        verbose_name="succède à",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    starts_on = models.DateField("partie depuis le", null=True, blank=True)
    ends_on = models.DateField("partie jusqu’au", null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "partie"
        verbose_name_plural = "parties"
        ordering = ["convention_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "organisation"],
                condition=Q(ends_on__isnull=True),
                name="party_once_per_convention",
                violation_error_message="Cet organisme est déjà partie à la convention.",
            ),
            models.UniqueConstraint(
                fields=["convention", "position"],
                condition=Q(ends_on__isnull=True),
                name="party_position_unique",
                violation_error_message="Deux parties ne peuvent pas avoir le même rang.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="party_ends_after_start",
                violation_error_message=(
                    "Une partie ne peut pas cesser de l’être avant de l’être devenue."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.alias

    def is_bound_on(self, day: date) -> bool:
        """Python twin of `PartyQuerySet.in_force`, on a row already read."""
        started = self.starts_on is None or self.starts_on <= day
        return started and (self.ends_on is None or day <= self.ends_on)

    def heir(self, *, on: date) -> "Party":
        """Return who stands in this party's place on a day: itself, or its last successor."""
        party = self
        while party.ends_on is not None and party.ends_on < on:
            successor = Party.objects.filter(replaces=party).first()
            if successor is None:
                break
            party = successor
        return party

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            msg = "Une partie ne peut pas cesser de l’être avant de l’être devenue."
            raise ValidationError({"ends_on": msg})


def owing_on(parties: Iterable[Party], day: date) -> list[Party]:
    """Return those in whose name something is owed on a day: who succeeds, not who left.

    Whoever left without a successor stays: what it owed is still told.
    """
    come = [party for party in parties if party.starts_on is None or party.starts_on <= day]
    succeeded = {party.replaces_id for party in come}
    return [party for party in come if party.pk not in succeeded]
