"""Documents the portal seals, and the work of making them."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class RenderJob(models.Model):
    """A document to make: the row is the truth, the broker only wakes a worker."""

    revoyure = models.OneToOneField(
        "engagements.Revoyure", on_delete=models.CASCADE, related_name="render_job"
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField("demandé à")
    started_at = models.DateTimeField("commencé à", null=True, blank=True)
    finished_at = models.DateTimeField("fini à", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    failure = models.CharField("raison de l’échec", max_length=500, blank=True)

    class Meta:
        verbose_name = "document à produire"
        verbose_name_plural = "documents à produire"
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"document de la revoyure {self.revoyure_id}"


class SealedDocument(models.Model):
    """A PDF sealed by the portal. `code` leads anyone to the public verification page."""

    document = models.OneToOneField(
        "conventions.Document", on_delete=models.PROTECT, related_name="sealed"
    )
    revoyure = models.ForeignKey(
        "engagements.Revoyure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sealed_documents",
    )
    code = models.CharField("code de vérification", max_length=20, unique=True)
    sealed_at = models.DateTimeField("scellé à")
    level = models.CharField("niveau PAdES", max_length=10)
    certificate_subject = models.CharField("certificat", max_length=300)
    is_test = models.BooleanField("certificat de test")

    class Meta:
        verbose_name = "document scellé"
        verbose_name_plural = "documents scellés"
        ordering = ["-sealed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="sealed_document_has_a_code"),
            models.UniqueConstraint(fields=["revoyure"], name="sealed_document_once_per_revoyure"),
        ]

    def __str__(self) -> str:
        return self.code
