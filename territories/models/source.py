"""Which official files our map comes from, and what each import changed."""

from django.db import models


class TerritoryImport(models.Model):
    """One run of the import that changed something, with its report as printed."""

    imported_at = models.DateTimeField("importé le")
    report = models.JSONField("compte rendu")

    class Meta:
        verbose_name = "import de territoires"
        verbose_name_plural = "imports de territoires"
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return f"Import du {self.imported_at:%d/%m/%Y}"


class SourceFile(models.Model):
    """One official file as imported. The vintage belongs to the file, never to the folder."""

    territory_import = models.ForeignKey(
        TerritoryImport,
        verbose_name="import",
        on_delete=models.CASCADE,
        related_name="files",
    )
    file_name = models.CharField("fichier", max_length=100)
    vintage = models.CharField("millésime", max_length=60)
    stated_on = models.DateField("décrit l’état au")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    rows = models.PositiveIntegerField("lignes lues")
    imported_at = models.DateTimeField("importé le")

    class Meta:
        verbose_name = "fichier source"
        verbose_name_plural = "fichiers sources"
        ordering = ["-imported_at", "file_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory_import", "file_name"],
                name="source_file_once_an_import",
            ),
            models.CheckConstraint(
                name="source_file_sha256_is_hexadecimal",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.vintage})"
