"""Files people bring or the portal makes, stored under their SHA-256 and checked when read."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import models

from conventions.enums import DocumentKind


class CorruptFileError(Exception):
    """The stored bytes are no longer those that were stored."""


class Document(models.Model):
    """One file of one convention. The name is the person's; the bytes are known by their hash."""

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField("nature", max_length=20, choices=DocumentKind)
    name = models.CharField("nom du fichier", max_length=200)
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte", max_length=64, db_index=True)
    description = models.CharField("description", max_length=300, blank=True)
    added_at = models.DateTimeField("déposé à", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="déposé par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return settings.FILES_DIR / self.sha256[:2] / self.sha256

    def read(self) -> bytes:
        """Return the bytes, or raise `CorruptFileError` when they changed or are missing."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError as error:
            raise CorruptFileError(self.sha256) from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise CorruptFileError(self.sha256)
        return data
