"""Legal persons and who belongs to them, from when to when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.enums import OrganisationKind, Role
from accounts.rules.siren import validate_rna, validate_siren


class OrganisationQuerySet(models.QuerySet):
    def of_member(self, user, *, on: date) -> "OrganisationQuerySet":
        return self.filter(pk__in=Membership.objects.of(user, on=on).values("organisation_id"))


class Organisation(models.Model):
    """A body bound by conventions or watching over them, identified by its SIREN.

    A regional delegation has no party of its own: it acts for `acts_for` (Action Logement Groupe)
    in its `regions`, and sees the conventions of that body there.
    """

    kind = models.CharField("nature", max_length=20, choices=OrganisationKind)
    name = models.CharField("nom", max_length=250)
    siren = models.CharField(
        "SIREN", max_length=9, blank=True, validators=[validate_siren], help_text="Neuf chiffres."
    )
    rna = models.CharField("numéro RNA", max_length=10, blank=True, validators=[validate_rna])
    legal_nature = models.CharField("forme juridique", max_length=200, blank=True)
    address = models.CharField("adresse", max_length=300, blank=True)
    territory = models.ForeignKey(
        "territories.Territory",
        verbose_name="territoire",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    acts_for = models.ForeignKey(
        "self",
        verbose_name="agit pour",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
    )
    regions = models.ManyToManyField(
        "territories.Territory", verbose_name="régions", blank=True, related_name="delegations"
    )
    reminder_email = models.EmailField(
        "adresse de repli pour les rappels",
        blank=True,
        help_text="Reçoit les rappels quand plus personne n’est désigné.",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme"
        verbose_name_plural = "organismes"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["siren"],
                condition=~Q(siren="") & ~Q(kind=OrganisationKind.DELEGATION),
                name="organisation_siren_unique",
                violation_error_message="Un organisme porte déjà ce SIREN.",
            ),
            models.CheckConstraint(
                condition=Q(acts_for__isnull=True) | Q(kind=OrganisationKind.DELEGATION),
                name="organisation_only_a_delegation_acts_for_another",
                violation_error_message=(
                    "Seule une délégation régionale agit pour un autre organisme."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet):
    def in_force(self, *, on: date) -> "MembershipQuerySet":
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def of(self, user, *, on: date) -> "MembershipQuerySet":
        return self.in_force(on=on).filter(user=user, user__is_active=True)


class Membership(models.Model):
    """A person's role in an organisation between two days, both included."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="organisme", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("rôle", max_length=20, choices=Role, default=Role.LECTEUR)
    starts_on = models.DateField("depuis le")
    ends_on = models.DateField(
        "jusqu’au", null=True, blank=True, help_text="Dernier jour d’accès, inclus."
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenance"
        verbose_name_plural = "appartenances"
        ordering = ["organisation__name", "user__last_name", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message="Le dernier jour ne peut pas précéder le premier.",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ends_on__isnull=True),
                name="membership_one_open_per_organisation",
                violation_error_message="Cette personne est déjà membre de l’organisme.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} ({self.organisation})"


class AbsenceQuerySet(models.QuerySet):
    def in_force(self, *, on: date) -> "AbsenceQuerySet":
        return self.filter(starts_on__lte=on, ends_on__gte=on)


class Absence(models.Model):
    """Days, both included, on which a person does not read their mail, and who reads it instead.

    A delegate receives no right: what they may not see, they are not told.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="absences",
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="remplacée par",
        on_delete=models.PROTECT,
        related_name="replacements",
    )
    starts_on = models.DateField("absente du")
    ends_on = models.DateField("au", help_text="Dernier jour d’absence, inclus.")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "absence"
        verbose_name_plural = "absences"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message="Le dernier jour ne peut pas précéder le premier.",
            ),
            models.CheckConstraint(
                condition=~Q(delegate=F("user")),
                name="absence_delegate_is_another",
                violation_error_message="Désignez une autre personne que celle qui s’absente.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"


class InvitationQuerySet(models.QuerySet):
    def pending(self, *, now) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


class Invitation(models.Model):
    """An offer, sent by e-mail, to join an organisation; its link works once, for seven days."""

    organisation = models.ForeignKey(
        Organisation, verbose_name="organisme", on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField("courriel", max_length=254)
    role = models.CharField("rôle", max_length=20, choices=Role, default=Role.LECTEUR)
    membership_ends_on = models.DateField("dernier jour d’accès", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="invité par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("créée à")
    expires_at = models.DateTimeField("expire à")
    accepted_at = models.DateTimeField("acceptée à", null=True, blank=True)
    revoked_at = models.DateTimeField("retirée à", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open_per_address",
                violation_error_message="Cette adresse a déjà une invitation en attente.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.organisation})"
