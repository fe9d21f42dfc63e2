"""What every registered letter keeps, whatever it is about: its dates, its proofs, its versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from conventions.enums import LetterKind
from conventions.rules.sorties import LetterDates


class PostedLetter(models.Model):
    """The four dates of a registered letter, each with its proof; the clause says which counts.

    The portal prepares letters and keeps proofs; it never sends one (domain-rules A14 to A16).
    """

    kind = models.CharField("forme", max_length=10, choices=LetterKind, default=LetterKind.LRAR)
    addressee = models.ForeignKey(
        "conventions.Party",
        verbose_name="destinataire",
        on_delete=models.PROTECT,
        related_name="%(class)s_received",
    )
    tracking = models.CharField("numéro de suivi", max_length=60, blank=True)
    body = models.TextField("texte de la lettre", blank=True)
    posted_on = models.DateField("déposée le", null=True, blank=True)
    presented_on = models.DateField("première présentation le", null=True, blank=True)
    delivered_on = models.DateField("remise le", null=True, blank=True)
    returned_on = models.DateField("retournée non réclamée le", null=True, blank=True)
    posting_proof = models.ForeignKey(
        "conventions.Document",
        verbose_name="preuve de dépôt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    delivery_proof = models.ForeignKey(
        "conventions.Document",
        verbose_name="avis de réception ou preuve de retour",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"lettre à {self.addressee}"

    @property
    def is_electronic(self) -> bool:
        return self.kind == LetterKind.LRE

    @property
    def dates(self) -> LetterDates:
        return LetterDates(
            kind=self.kind,
            addressee=str(self.addressee),
            posted_on=self.posted_on,
            presented_on=self.presented_on,
            delivered_on=self.delivered_on,
            returned_on=self.returned_on,
        )


def dated_letter_constraints(prefix: str) -> list[models.CheckConstraint]:
    """Return what the dates of any posted letter respect; `prefix` names the constraints."""
    return [
        models.CheckConstraint(
            condition=Q(presented_on__isnull=True)
            | Q(posted_on__isnull=True)
            | Q(presented_on__gte=F("posted_on")),
            name=f"{prefix}_presented_after_posting",
            violation_error_message="Une lettre n’est pas présentée avant son dépôt.",
        ),
        models.CheckConstraint(
            condition=Q(delivered_on__isnull=True)
            | Q(posted_on__isnull=True)
            | Q(delivered_on__gte=F("posted_on")),
            name=f"{prefix}_delivered_after_posting",
            violation_error_message="Une lettre n’est pas remise avant son dépôt.",
        ),
        models.CheckConstraint(
            condition=Q(delivered_on__isnull=True) | Q(returned_on__isnull=True),
            name=f"{prefix}_delivered_or_returned",
            violation_error_message="Une lettre est remise ou retournée, pas les deux.",
        ),
    ]


class KeptLetterVersion(models.Model):
    """One wording of a letter, as it was printed or opened in a word processor: never changed.

    `content` is the composed letter, as JSON values; `sha256` is its digest, written in the journal
    as well. Of the versions of a letter, `is_posted` is the one that left.
    """

    number = models.PositiveSmallIntegerField("version")
    content = models.JSONField("lettre")
    sha256 = models.CharField("empreinte", max_length=64)
    is_posted = models.BooleanField("celle qui est partie", default=False)
    kept_at = models.DateTimeField("gardée à", auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gardée par",
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True
        verbose_name = "version de lettre"
        verbose_name_plural = "versions de lettres"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"version {self.number}"


def version_constraints(prefix: str) -> list[models.UniqueConstraint]:
    """Return what the versions of any letter respect; `prefix` names the constraints."""
    return [
        models.UniqueConstraint(fields=["letter", "number"], name=f"{prefix}_version_number"),
        models.UniqueConstraint(
            fields=["letter"], condition=Q(is_posted=True), name=f"{prefix}_version_posted_once"
        ),
    ]
