"""How the parties themselves change: a new name, a merger, a newcomer, by avenant."""

from django.db import models

from accounts.rules.siren import validate_siren
from conventions.enums import MandateKind, PartyChangeKind


class PartyChange(models.Model):
    """What an act does to a party from a date (null: the act's own date of effect).

    Signing ends the party's row the day before and opens another, which `replaces` it: the text
    signed before keeps the old name, and rights follow the dates. Whoever signs for the newcomer,
    and on what authority, is told here: it is no party before.
    """

    act = models.ForeignKey(
        "conventions.Act", on_delete=models.CASCADE, related_name="party_changes"
    )
    kind = models.CharField("nature", max_length=12, choices=PartyChangeKind)
    party = models.ForeignKey(
        "conventions.Party",
        verbose_name="partie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="organisme",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    alias = models.CharField("ci-après dénommée", max_length=100, blank=True)
    name = models.CharField("nom", max_length=300, blank=True)
    legal_nature = models.CharField("forme juridique", max_length=200, blank=True)
    siren = models.CharField("SIREN", max_length=9, blank=True, validators=[validate_siren])
    address = models.CharField("adresse", max_length=300, blank=True)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    reason = models.TextField("fondement", blank=True)
    signatory_name = models.CharField("signataire", max_length=200, blank=True)
    signatory_capacity = models.CharField("qualité", max_length=300, blank=True)
    mandate_kind = models.CharField(
        "habilitation", max_length=20, choices=MandateKind, default=MandateKind.DELIBERATION
    )
    mandate_number = models.CharField("numéro", max_length=60, blank=True)
    adopted_on = models.DateField("adoptée le", null=True, blank=True)
    received_on = models.DateField("reçue en préfecture le", null=True, blank=True)

    class Meta:
        verbose_name = "changement de partie"
        verbose_name_plural = "changements de parties"
        ordering = ["act_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "party"],
                condition=models.Q(party__isnull=False),
                name="party_changed_once_per_act",
                violation_error_message="L’acte change déjà cette partie.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.alias}".strip()
