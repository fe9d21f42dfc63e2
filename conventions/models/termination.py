"""Ways out as they are used: who leaves, under which clause, by which letter, with what effect."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from conventions.enums import TerminationKind, TerminationStatus
from conventions.models.letter import (
    KeptLetterVersion,
    PostedLetter,
    dated_letter_constraints,
    version_constraints,
)
from conventions.rules.sorties import ANNOUNCED


class Termination(models.Model):
    """A party's move to end the convention, from its preparation to its effect.

    `effect_on` is the last day bound, counted from the event that the clause names, with its
    `steps`; it is null until that event is recorded. A formal notice that stays without effect is
    followed by a termination, which `follows` it.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.PROTECT, related_name="endings"
    )
    kind = models.CharField("nature", max_length=20, choices=TerminationKind)
    party = models.ForeignKey(
        "conventions.Party", verbose_name="partie", on_delete=models.PROTECT, related_name="endings"
    )
    clause = models.ForeignKey(
        "conventions.TerminationClause",
        verbose_name="clause",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="endings",
    )
    follows = models.OneToOneField(
        "self",
        verbose_name="suit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
    )
    status = models.CharField(
        "état", max_length=10, choices=TerminationStatus, default=TerminationStatus.PREPAREE
    )
    year = models.PositiveSmallIntegerField("année de la revoyure", null=True, blank=True)
    reason = models.TextField("motif", blank=True)
    breach = models.TextField("manquement reproché", blank=True)
    cure_days = models.PositiveSmallIntegerField(
        "jours laissés pour réparer", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    to_complete = models.TextField("ce qui doit être mené à terme", blank=True)
    planned_event_on = models.DateField("envoi prévu le", null=True, blank=True)
    event_on = models.DateField("événement qui fait courir le délai", null=True, blank=True)
    effect_on = models.DateField("dernier jour liant les parties", null=True, blank=True)
    steps = models.JSONField("raisonnement", default=list, blank=True)
    withdrawn_on = models.DateField("retirée le", null=True, blank=True)
    withdrawal_reason = models.TextField("motif du retrait", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="préparée par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField("préparée à", auto_now_add=True)

    class Meta:
        verbose_name = "sortie de la convention"
        verbose_name_plural = "sorties de la convention"
        ordering = ["convention_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=TerminationStatus.NOTIFIEE) | Q(event_on__isnull=False),
                name="termination_notified_is_dated",
                violation_error_message="Une sortie notifiée porte la date de l’événement.",
            ),
            models.UniqueConstraint(
                fields=["convention"],
                condition=Q(status=TerminationStatus.NOTIFIEE)
                & ~Q(
                    kind__in=[TerminationKind.MISE_EN_DEMEURE, TerminationKind.NON_RENOUVELLEMENT]
                ),
                name="termination_one_running",
                violation_error_message="Un préavis court déjà pour cette convention.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def counted_from(self) -> str:
        """The event of the letters that counts: the clause's, or none that the text names."""
        if self.is_announcement:
            return ANNOUNCED
        return self.clause.trigger if self.clause else ""

    @property
    def is_announcement(self) -> bool:
        """It declines a renewal: the convention goes to its term, and ends with it."""
        return self.kind == TerminationKind.NON_RENOUVELLEMENT

    @property
    def ends_convention(self) -> bool:
        """Whether its effect, once notified, is the last day of the convention."""
        return self.kind in {TerminationKind.RESILIATION, TerminationKind.DESACCORD}

    @property
    def is_dispatched(self) -> bool:
        """Whether one of its letters has left: what they say changes no more."""
        return self.letters.filter(posted_on__isnull=False).exists()


class RegisteredLetter(PostedLetter):
    """The letter of a way out to one addressee."""

    termination = models.ForeignKey(Termination, on_delete=models.CASCADE, related_name="letters")

    class Meta:
        verbose_name = "lettre recommandée"
        verbose_name_plural = "lettres recommandées"
        ordering = ["termination_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["termination", "addressee"],
                name="letter_one_per_addressee",
                violation_error_message="Cette partie a déjà sa lettre.",
            ),
            *dated_letter_constraints("letter"),
        ]


class LetterVersion(KeptLetterVersion):
    """What the letter of a way out said at one moment."""

    letter = models.ForeignKey(RegisteredLetter, on_delete=models.CASCADE, related_name="versions")

    class Meta(KeptLetterVersion.Meta):
        abstract = False
        constraints = version_constraints("letter")
