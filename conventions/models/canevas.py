"""Model texts («canevas types»), their clauses, and the answers to the procedure's questions."""

from django.conf import settings
from django.db import models

from conventions.enums import ArticleKind, ChecklistReply, ConventionKind


class Canevas(models.Model):
    """A model of convention in one version. Once a text was begun from it, it does not change."""

    kind = models.CharField("type", max_length=30, choices=ConventionKind)
    key = models.SlugField("clé", max_length=60)
    version = models.PositiveSmallIntegerField("version", default=1)
    title = models.CharField("titre", max_length=200)
    source = models.CharField("source", max_length=300, blank=True)
    variables = models.JSONField("variables", default=list, blank=True)
    published_on = models.DateField("diffusé le", null=True, blank=True)
    retired_on = models.DateField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "canevas type"
        verbose_name_plural = "canevas types"
        ordering = ["kind", "key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="canevas_version_unique")
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.version})"


class CanevasClause(models.Model):
    """One clause of a model, with advice for whom drafts and the other wordings it may take.

    `terms` is the clause as data it implies: {"clause": "duree" | "resiliation" | "revoyure", …}.
    """

    canevas = models.ForeignKey(Canevas, on_delete=models.CASCADE, related_name="clauses")
    key = models.SlugField("clé", max_length=80)
    position = models.PositiveSmallIntegerField("rang")
    depth = models.PositiveSmallIntegerField("profondeur", default=1)
    kind = models.CharField(
        "nature", max_length=10, choices=ArticleKind, default=ArticleKind.ARTICLE
    )
    heading = models.CharField("titre", max_length=300, blank=True)
    body = models.TextField("texte", blank=True)
    guidance = models.TextField("conseil de rédaction", blank=True)
    required = models.BooleanField("indispensable", default=False)
    topic = models.SlugField("rubrique", max_length=60, blank=True)
    alternatives = models.JSONField("autres rédactions", default=list, blank=True)
    terms = models.JSONField("clause en données", default=dict, blank=True)

    class Meta:
        verbose_name = "clause de canevas"
        verbose_name_plural = "clauses de canevas"
        ordering = ["canevas_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["canevas", "key"], name="canevas_clause_key_unique")
        ]

    def __str__(self) -> str:
        return self.heading or self.key


class ChecklistAnswer(models.Model):
    """What somebody answered, on a day, to a question of the procedure. A newer one supersedes."""

    act = models.ForeignKey(
        "conventions.Act", on_delete=models.CASCADE, related_name="checklist_answers"
    )
    rule = models.CharField("règle", max_length=20)
    reply = models.CharField("réponse", max_length=12, choices=ChecklistReply)
    dated_on = models.DateField("date de l’événement", null=True, blank=True)
    note = models.TextField("précision", blank=True)
    document = models.ForeignKey(
        "conventions.Document",
        verbose_name="pièce",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="checklist_answers",
    )
    text_digest = models.CharField("empreinte du texte lu", max_length=64, blank=True)
    party = models.ForeignKey(
        "conventions.Party",
        verbose_name="pour",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="répondu par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    answered_at = models.DateTimeField("répondu à")

    class Meta:
        verbose_name = "réponse à la procédure"
        verbose_name_plural = "réponses à la procédure"
        ordering = ["act_id", "rule", "-pk"]

    def __str__(self) -> str:
        return f"{self.rule} : {self.get_reply_display()}"
