"""The articles of a text: an identity that lasts, and what each act does to it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from conventions.enums import ActStatus, ArticleKind, Change
from conventions.models.act import STANDING_ACT, Act
from conventions.rules import texte

NUMBERING = (Change.ECRIRE, Change.RENUMEROTER)
WORDING = (Change.ECRIRE, Change.REMPLACER)


class Article(models.Model):
    """A place in the text, with an identity that outlives its number and its wording.

    `code` names it inside its convention, for ever: references are written «{{art:12}}».
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="articles"
    )
    code = models.PositiveIntegerField("repère", editable=False)
    parent = models.ForeignKey(
        "self",
        verbose_name="dans",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    kind = models.CharField(
        "nature", max_length=10, choices=ArticleKind, default=ArticleKind.ARTICLE
    )
    origin = models.ForeignKey(
        "conventions.CanevasClause",
        verbose_name="clause du canevas",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
    )

    class Meta:
        verbose_name = "article"
        verbose_name_plural = "articles"
        ordering = ["convention_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "code"], name="article_code_unique")
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"

    def save(self, *args, **kwargs) -> None:
        """Take the next code of the convention; its row is locked by whoever writes a text."""
        if self.code is None and self.convention_id is not None:
            self.code = next_code(self.convention_id)
        super().save(*args, **kwargs)


def next_code(convention_pk: int) -> int:
    """Return a code the convention has never given.

    Journals and revisions of removed drafts keep theirs: the highest ever seen is remembered by
    the revisions too.
    """
    kept = ArticleRevision.objects.filter(act__convention=convention_pk)
    used = Article.objects.filter(convention=convention_pk)
    last = max(
        used.aggregate(last=Max("code"))["last"] or 0,
        kept.aggregate(last=Max("code"))["last"] or 0,
    )
    return last + 1


class ArticleVersionQuerySet(models.QuerySet):
    def written_by(self, act: Act) -> "ArticleVersionQuerySet":
        return self.filter(act=act).select_related("article").order_by("position", "pk")

    def standing(self) -> "ArticleVersionQuerySet":
        """What the initial act and the signed avenants wrote: nothing of a draft avenant."""
        return self.filter(STANDING_ACT)

    def dated(self) -> "ArticleVersionQuerySet":
        """Annotate `from_on`, the day each change takes effect (null while nothing is planned)."""
        return self.annotate(from_on=Coalesce("effective_on", "act__effective_on"))

    def signed_by(self, *, on: date) -> "ArticleVersionQuerySet":
        """The changes of signed acts that have taken effect on a day."""
        return self.dated().filter(act__status=ActStatus.SIGNE, from_on__lte=on)

    def numbering(self) -> "ArticleVersionQuerySet":
        """The changes that number an article, the last one to take effect first."""
        return (
            self.standing()
            .dated()
            .filter(operation__in=NUMBERING)
            .order_by(F("from_on").desc(nulls_last=True), "-act__number", "-pk")
        )

    def wording(self) -> "ArticleVersionQuerySet":
        """The changes that word an article, the last one to take effect first."""
        return (
            self.standing()
            .dated()
            .filter(operation__in=WORDING)
            .order_by(F("from_on").desc(nulls_last=True), "-act__number", "-pk")
        )


class ArticleVersion(models.Model):
    """What one act does to one article, from `effective_on` (null: the act's own date of effect).

    ECRIRE gives number, heading and body, and a place: `position` in the initial act, behind the
    sibling `after` in an avenant (null: first of its parent). REMPLACER gives heading and body,
    RENUMEROTER the number, ABROGER nothing. `body` is written in the small Markdown of
    `rules.texte`. The text of a day is `consolidated_text`, never a row of this table.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    act = models.ForeignKey(
        "conventions.Act", on_delete=models.CASCADE, related_name="article_versions"
    )
    operation = models.CharField("opération", max_length=12, choices=Change, default=Change.ECRIRE)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    after = models.ForeignKey(
        Article,
        verbose_name="après",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    number = models.CharField("numéro", max_length=20, blank=True)
    heading = models.CharField("titre", max_length=300, blank=True)
    body = models.TextField("texte", blank=True)
    position = models.PositiveIntegerField("rang")
    depth = models.PositiveSmallIntegerField("profondeur", default=1)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "rédaction d’article"
        verbose_name_plural = "rédactions d’articles"
        ordering = ["act_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "act", "operation"],
                condition=Q(effective_on__isnull=True),
                name="article_changed_once_per_act",
                violation_error_message="L’acte prévoit déjà cela pour cet article.",
            ),
            models.UniqueConstraint(
                fields=["article", "act", "operation", "effective_on"],
                name="article_changed_once_per_act_and_day",
                violation_error_message="L’acte prévoit déjà cela pour cet article ce jour-là.",
            ),
            models.CheckConstraint(
                condition=Q(operation=Change.ECRIRE) | Q(after__isnull=True),
                name="article_placed_when_written",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """«article 2.2.1», «préambule» or the heading of what has no number."""
        return texte.label(self.article.kind, self.number, self.heading)

    @property
    def kind(self) -> str:
        return self.article.kind

    @property
    def anchor(self) -> str:
        return f"art-{self.article_id}"


class ArticleRevision(models.Model):
    """One state of a draft article, as somebody left it: what undo, «depuis votre dernière lecture»
    and the merge of two people's writing are read from. Only added to.

    `article` is null once the draft article was removed; `code` remembers it, and `kind`,
    `parent_code` and `after_code` (its holder, the sibling before it) where it stood.
    """

    act = models.ForeignKey(
        "conventions.Act", on_delete=models.CASCADE, related_name="article_revisions"
    )
    article = models.ForeignKey(
        Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="revisions"
    )
    code = models.PositiveIntegerField("repère")
    number = models.CharField("numéro", max_length=20, blank=True)
    heading = models.CharField("titre", max_length=300, blank=True)
    body = models.TextField("texte", blank=True)
    removed = models.BooleanField("retiré", default=False)
    kind = models.CharField("nature", max_length=10, choices=ArticleKind, blank=True)
    parent_code = models.PositiveIntegerField("contenu par", null=True, blank=True)
    after_code = models.PositiveIntegerField("placé après", null=True, blank=True)
    reason = models.CharField("motif", max_length=300, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="écrit par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    written_at = models.DateTimeField("écrit à", db_index=True)

    class Meta:
        verbose_name = "état d’un article en rédaction"
        verbose_name_plural = "états d’articles en rédaction"
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["act", "code", "-written_at"], name="revision_of_an_article")
        ]

    def __str__(self) -> str:
        return f"état {self.pk} de l’article {self.code}"
