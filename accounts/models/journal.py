"""The house journal: who did what, when, before and after. Written once, never changed."""

from django.conf import settings
from django.db import models

from accounts.enums import Verb
from accounts.rules.journal import GENESIS, entry_hash


class JournalHead(models.Model):
    """The last link of the chain: one row, locked while the next entry is written."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = "tête du journal"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="journal_has_one_head")
        ]

    def __str__(self) -> str:
        return self.last_hash


class JournalQuerySet(models.QuerySet):
    def of_dossier(self, dossier_id: int) -> "JournalQuerySet":
        return self.filter(dossier_id=dossier_id)

    def update(self, **_kwargs):
        raise TypeError(JournalEntry.REFUSAL)

    def delete(self):
        raise TypeError(JournalEntry.REFUSAL)


class JournalEntry(models.Model):
    """One act. `dossier_id` is the convention it belongs to, when it belongs to one.

    The subject is kept as words and numbers, not as a foreign key: the journal outlives what it
    speaks of, and lies below the floors it speaks of. UPDATE and DELETE are refused by triggers.
    """

    REFUSAL = "Le journal ne se modifie pas."

    at = models.DateTimeField("à", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="auteur",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    actor_label = models.CharField("auteur, en toutes lettres", max_length=300)
    address = models.GenericIPAddressField("adresse IP", null=True, blank=True)
    verb = models.CharField("acte", max_length=40)
    subject_type = models.CharField("nature de l’objet", max_length=60, blank=True)
    subject_id = models.BigIntegerField("numéro de l’objet", null=True, blank=True)
    subject_label = models.CharField("objet", max_length=300, blank=True)
    dossier_id = models.BigIntegerField("convention", null=True, blank=True)
    data = models.JSONField("détail", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField("empreinte", max_length=64, unique=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["dossier_id", "-id"], name="journal_of_dossier")]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.get_verb_display()} {self.subject_label}".strip()

    def get_verb_display(self) -> str:
        """The verb's French words. Not `choices` on the field: a new verb is no schema change."""
        return Verb(self.verb).label if self.verb in Verb else self.verb

    def content(self) -> dict:
        """What the hash protects: every field but the hashes themselves."""
        return {
            "at": self.at.isoformat(),
            "actor": self.actor_id,
            "actor_label": self.actor_label,
            "address": self.address,
            "verb": self.verb,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "subject_label": self.subject_label,
            "dossier_id": self.dossier_id,
            "data": self.data,
        }

    def expected_hash(self) -> str:
        return entry_hash(self.previous_hash, self.content())

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError(self.REFUSAL)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(self.REFUSAL)


class ImportedEntry(models.Model):
    """A line of another house's journal, brought with a convention. Told, never chained to ours.

    `hash` is the one it bears there: its chain can be verified only where it was written.
    """

    dossier_id = models.BigIntegerField("convention")
    rank = models.PositiveIntegerField("rang")
    at = models.DateTimeField("à")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="auteur",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    actor_label = models.CharField("auteur, en toutes lettres", max_length=300)
    verb = models.CharField("acte", max_length=40)
    subject_type = models.CharField("nature de l’objet", max_length=60, blank=True)
    subject_label = models.CharField("objet", max_length=300, blank=True)
    data = models.JSONField("détail", default=dict, blank=True)
    reserved_to = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="réservée à",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    hash = models.CharField("empreinte d’origine", max_length=64)

    class Meta:
        verbose_name = "ligne de journal reprise"
        verbose_name_plural = "lignes de journal reprises"
        ordering = ["dossier_id", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["dossier_id", "rank"], name="imported_entry_rank")
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.get_verb_display()} {self.subject_label}".strip()

    def get_verb_display(self) -> str:
        return Verb(self.verb).label if self.verb in Verb else self.verb
