"""A long text to lay out: the row is the truth, the broker only wakes a worker."""

from django.conf import settings
from django.db import models


class TextJob(models.Model):
    """One text of a convention, as it reads, to lay out in a worker.

    `what` is «texte», in force on `day`, or «acte-3». `digest` is that of the words: changed since,
    they are another job. `sha256` leads to the PDF once it is made.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="text_jobs"
    )
    what = models.CharField("ce qui est demandé", max_length=20)
    day = models.DateField("texte au")
    digest = models.CharField("empreinte du texte", max_length=64)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField("demandé à")
    started_at = models.DateTimeField("commencé à", null=True, blank=True)
    finished_at = models.DateTimeField("fini à", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    failure = models.CharField("raison de l’échec", max_length=500, blank=True)
    sha256 = models.CharField("empreinte du PDF", max_length=64, blank=True)

    class Meta:
        verbose_name = "texte à mettre en page"
        verbose_name_plural = "textes à mettre en page"
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "what", "day", "digest"], name="text_job_once_per_text"
            )
        ]

    def __str__(self) -> str:
        return f"texte de la convention {self.convention_id}"
