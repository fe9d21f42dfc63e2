"""Who signs for a party, in which capacity, and what empowers them to."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.rules.typographie import date_longue
from conventions.enums import MandateKind
from conventions.rules.votes import vote_problem


class Mandate(models.Model):
    """What empowers those who sign for a party: number, date, votes, receipt by the prefecture.

    A deliberation is voted for one `act` (blank: the initial one), unless it `covers_avenants`.
    """

    party = models.ForeignKey(
        "conventions.Party", on_delete=models.CASCADE, related_name="mandates"
    )
    kind = models.CharField("nature", max_length=20, choices=MandateKind)
    act = models.ForeignKey(
        "conventions.Act",
        verbose_name="acte autorisé",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
    )
    covers_avenants = models.BooleanField("délègue aussi les avenants", default=False)
    body = models.CharField("organe", max_length=200, blank=True)
    number = models.CharField("numéro", max_length=60, blank=True)
    adopted_on = models.DateField("date", null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField("pour", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("contre", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("abstentions", null=True, blank=True)
    not_voting = models.PositiveSmallIntegerField(
        "ne prennent pas part au vote", null=True, blank=True
    )
    members_in_office = models.PositiveSmallIntegerField("élus en exercice", null=True, blank=True)
    voters = models.PositiveSmallIntegerField("votants", null=True, blank=True)
    transmitted_on = models.DateField("transmise au contrôle de légalité le", null=True, blank=True)
    received_on = models.DateField("reçue en préfecture le", null=True, blank=True)
    published_on = models.DateField("publiée le", null=True, blank=True)
    certified_on = models.DateField("certifiée exécutoire le", null=True, blank=True)
    certified_by = models.CharField("certifiée par", max_length=200, blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    note = models.CharField("précision", max_length=300, blank=True)
    document = models.ForeignKey(
        "conventions.Document",
        verbose_name="pièce",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
    )

    class Meta:
        verbose_name = "habilitation"
        verbose_name_plural = "habilitations"
        ordering = ["party_id", "adopted_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_on__isnull=True)
                | Q(adopted_on__isnull=True)
                | Q(received_on__gte=F("adopted_on")),
                name="mandate_received_after_adoption",
                violation_error_message=(
                    "La préfecture n’a pas pu recevoir la délibération avant son vote."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    votes_for__isnull=True, votes_against__isnull=True, abstentions__isnull=True
                )
                | Q(
                    votes_for__isnull=False, votes_against__isnull=False, abstentions__isnull=False
                ),
                name="mandate_votes_all_or_none",
                violation_error_message="Donnez les trois comptes : pour, contre et abstentions.",
            ),
            models.CheckConstraint(
                condition=Q(members_in_office__isnull=True)
                | Q(votes_for__isnull=True)
                | Q(members_in_office__gte=F("votes_for") + F("votes_against") + F("abstentions")),
                name="mandate_voters_within_members",
                violation_error_message="Les voix dépassent le nombre d’élus en exercice.",
            ),
            models.CheckConstraint(
                condition=Q(voters__isnull=True)
                | Q(votes_for__isnull=True)
                | Q(voters=F("votes_for") + F("votes_against") + F("abstentions")),
                name="mandate_voters_add_up",
                violation_error_message=(
                    "Pour, contre et abstentions ne font pas le nombre de votants."
                ),
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True)
                | Q(transmitted_on__isnull=True)
                | Q(received_on__gte=F("transmitted_on")),
                name="mandate_received_after_transmission",
                violation_error_message="La préfecture n’a pas pu recevoir avant la transmission.",
            ),
            models.CheckConstraint(
                condition=Q(certified_on__isnull=True, certified_by="")
                | (Q(certified_on__isnull=False) & ~Q(certified_by="")),
                name="mandate_certified_by_someone_some_day",
                violation_error_message=(
                    "Dites à la fois qui certifie le caractère exécutoire et quel jour."
                ),
            ),
        ]

    def __str__(self) -> str:
        number = f" n°\u00a0{self.number}" if self.number else ""
        return f"{self.get_kind_display().capitalize()}{number}"

    def clean(self) -> None:
        problems = dict(self._date_problems())
        if vote := self._vote_problem():
            problems["votes_for"] = vote
        if bool(self.certified_on) != bool(self.certified_by):
            name = "certified_by" if self.certified_on else "certified_on"
            problems[name] = "Dites à la fois qui certifie le caractère exécutoire et quel jour."
        if problems:
            raise ValidationError(problems)

    def _date_problems(self) -> Iterator[tuple[str, str]]:
        """What cannot have happened in that order."""
        voted, sent, received = self.adopted_on, self.transmitted_on, self.received_on
        if voted and sent and sent < voted:
            yield "transmitted_on", "La transmission ne peut pas précéder le vote."
        if voted and received and received < voted:
            yield (
                "received_on",
                "La préfecture n’a pas pu recevoir la délibération avant son vote, le "
                f"{date_longue(voted)}.",
            )
        elif sent and received and received < sent:
            yield (
                "received_on",
                "La préfecture n’a pas pu recevoir la délibération avant sa transmission, le "
                f"{date_longue(sent)}.",
            )
        if voted and self.published_on and self.published_on < voted:
            yield "published_on", "La publication ne peut pas précéder le vote."
        if voted and self.valid_until and self.valid_until < voted:
            yield "valid_until", "La fin de validité ne peut pas précéder la date de l’acte."
        if self.certified_on and self._binds_from and self.certified_on < self._binds_from:
            yield (
                "certified_on",
                "On ne certifie exécutoire qu’un acte reçu et publié, ce qui n’est le cas que le "
                f"{date_longue(self._binds_from)}.",
            )

    @property
    def _binds_from(self) -> date | None:
        """The latest of receipt and publication, as far as they are known."""
        return max(filter(None, (self.received_on, self.published_on)), default=None)

    def _vote_problem(self) -> str | None:
        counts = (self.votes_for, self.votes_against, self.abstentions)
        if None not in counts:
            return vote_problem(
                votes_for=self.votes_for,
                against=self.votes_against,
                abstentions=self.abstentions,
                in_office=self.members_in_office,
                voters=self.voters,
                not_voting=self.not_voting,
            )
        if any(count is not None for count in counts):
            return "Donnez les trois comptes : pour, contre et abstentions."
        return None

    @property
    def votes_cast(self) -> int | None:
        """Voters: for, against and abstentions (SCDL VOTE_REEL)."""
        if self.votes_for is None:
            return None
        return self.votes_for + self.votes_against + self.abstentions


class Signatory(models.Model):
    """The person who signs one act for a party, in which capacity, on what authority."""

    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE, related_name="signatories")
    party = models.ForeignKey(
        "conventions.Party", on_delete=models.PROTECT, related_name="signatories"
    )
    position = models.PositiveSmallIntegerField("ordre", default=1)
    name = models.CharField("nom", max_length=200)
    capacity = models.CharField("qualité", max_length=300)
    mandate = models.ForeignKey(
        Mandate,
        verbose_name="habilitation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatories",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="compte",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signatories",
    )
    signed_on = models.DateField("a signé le", null=True, blank=True)

    class Meta:
        verbose_name = "signataire"
        verbose_name_plural = "signataires"
        ordering = ["act_id", "party__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "party", "position"],
                name="signatory_position_unique",
                violation_error_message=(
                    "Deux signataires d’une partie ne peuvent pas avoir le même ordre."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.capacity}"
