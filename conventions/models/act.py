"""Signed instruments, with what opens them and the words they define."""

from datetime import date

from django.db import models
from django.db.models import Q

from conventions.enums import ActKind, ActStatus, VisaKind

# What one may still write; a text in validation or in signature is closed.
WRITABLE = frozenset({ActStatus.PROJET, ActStatus.EN_NEGOCIATION})


class ActQuerySet(models.QuerySet):
    def signed(self) -> "ActQuerySet":
        return self.filter(status=ActStatus.SIGNE)

    def in_force(self, *, on: date) -> "ActQuerySet":
        return self.signed().filter(effective_on__lte=on)

    def standing(self) -> "ActQuerySet":
        """The initial act, draft or signed, and every signed avenant: no draft avenant."""
        return self.filter(STANDING)


# A draft avenant bears a number above this one, drawn at random: it tells nothing of how many there
# are. Its own number is given when it is signed, so that signed acts follow one another.
PROVISIONAL = 1000

# Whoever sees a convention sees its initial act; an avenant binds, and shows, once signed.
STANDING = Q(number=0) | Q(status=ActStatus.SIGNE)
STANDING_ACT = Q(act__number=0) | Q(act__status=ActStatus.SIGNE)


class Act(models.Model):
    """The initial convention (n° 0), an avenant or an erratum (n° 1…).

    Once signed, nothing in it changes. A draft belongs to `drafted_by` until the negotiation
    opens. `effective_on` is, before signature, the date of effect the draft plans; `based_on`, the
    number of the last signed act that its authors have read it with.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.PROTECT, related_name="acts"
    )
    number = models.PositiveSmallIntegerField("numéro", default=0)
    kind = models.CharField("nature", max_length=10, choices=ActKind, default=ActKind.INITIAL)
    title = models.CharField("intitulé", max_length=300, blank=True)
    purpose = models.TextField("exposé des motifs", blank=True)
    closing = models.TextField("dispositions finales", blank=True)
    status = models.CharField("état", max_length=20, choices=ActStatus, default=ActStatus.PROJET)
    drafted_by = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="rédigé par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    canevas = models.ForeignKey(
        "conventions.Canevas",
        verbose_name="canevas type",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
    )
    variables = models.JSONField("variables du canevas", default=dict, blank=True)
    automatic_numbering = models.BooleanField("numérotation automatique", default=False)
    based_on = models.PositiveSmallIntegerField("relu avec l’acte n°", null=True, blank=True)
    signed_on = models.DateField("signé le", null=True, blank=True)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    place = models.CharField("fait à", max_length=100, blank=True)
    date_note = models.CharField("précision sur les dates", max_length=300, blank=True)
    recorded_afterwards = models.BooleanField(
        "déjà signé hors du portail",
        default=False,
        help_text="Les accords des parties ont été donnés sur papier.",
    )
    override_reason = models.TextField("motif pour passer outre", blank=True)
    waived = models.JSONField("ce dont il a été passé outre", default=list, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = "acte"
        verbose_name_plural = "actes"
        ordering = ["convention_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                name="act_number_unique",
                violation_error_message="Un acte de la convention porte déjà ce numéro.",
            ),
            models.CheckConstraint(
                condition=~Q(status=ActStatus.SIGNE)
                | Q(signed_on__isnull=False, effective_on__isnull=False),
                name="act_signed_is_dated",
                violation_error_message=(
                    "Un acte signé porte sa date de signature et sa date d’effet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=0, kind=ActKind.INITIAL)
                | (Q(number__gt=0) & ~Q(kind=ActKind.INITIAL)),
                name="act_zero_is_the_initial_one",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == ActKind.INITIAL:
            return "convention initiale"
        if self.number > PROVISIONAL:
            named = f" «\u00a0{self.title}\u00a0»" if self.title else ""
            return f"projet d’{self.get_kind_display()}{named}"
        return f"{self.get_kind_display()} n°\u00a0{self.number}"

    @property
    def is_writable(self) -> bool:
        return self.status in WRITABLE

    @property
    def is_signed(self) -> bool:
        return self.status == ActStatus.SIGNE

    @property
    def is_coming(self) -> bool:
        """An avenant still to be signed."""
        return self.number > 0 and self.status not in {ActStatus.SIGNE, ActStatus.ABANDONNE}


class Visa(models.Model):
    """A reference («Vu…») or a reason («Considérant…») that opens an act."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="visas")
    kind = models.CharField("nature", max_length=12, choices=VisaKind, default=VisaKind.VISA)
    position = models.PositiveSmallIntegerField("rang")
    text = models.TextField("texte")

    class Meta:
        verbose_name = "visa"
        verbose_name_plural = "visas"
        ordering = ["act_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["act", "position"], name="visa_position_unique")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class DefinitionQuerySet(models.QuerySet):
    def standing(self) -> "DefinitionQuerySet":
        return self.filter(STANDING_ACT)


class Definition(models.Model):
    """What a term means in the convention; a later act that defines it again replaces it."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="definitions")
    term = models.CharField("terme", max_length=120)
    meaning = models.TextField("sens")
    article = models.ForeignKey(
        "conventions.Article",
        verbose_name="article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="definitions",
    )

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "définition"
        verbose_name_plural = "définitions"
        ordering = ["act_id", "term"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "term"],
                name="definition_once_per_act",
                violation_error_message="L’acte définit déjà ce terme.",
            )
        ]

    def __str__(self) -> str:
        return self.term
