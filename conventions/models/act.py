"""Signed instruments and the text they write: articles keep their identity, acts their wording."""

from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from conventions.enums import ActKind, ActStatus, ArticleKind, VisaKind


class ActQuerySet(models.QuerySet):
    def signed(self) -> "ActQuerySet":
        return self.filter(status=ActStatus.SIGNE)

    def in_force(self, *, on: date) -> "ActQuerySet":
        return self.signed().filter(effective_on__lte=on)


class Act(models.Model):
    """The initial convention (n° 0) or an avenant (n° 1…). Once signed, nothing in it changes."""

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.PROTECT, related_name="acts"
    )
    number = models.PositiveSmallIntegerField("numéro", default=0)
    kind = models.CharField("nature", max_length=10, choices=ActKind, default=ActKind.INITIAL)
    title = models.CharField("intitulé", max_length=300, blank=True)
    status = models.CharField("état", max_length=10, choices=ActStatus, default=ActStatus.PROJET)
    signed_on = models.DateField("signé le", null=True, blank=True)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    place = models.CharField("fait à", max_length=100, blank=True)
    date_note = models.CharField("précision sur les dates", max_length=300, blank=True)

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
                condition=Q(status=ActStatus.PROJET)
                | Q(signed_on__isnull=False, effective_on__isnull=False),
                name="act_signed_is_dated",
                violation_error_message=(
                    "Un acte signé porte sa date de signature et sa date d’effet."
                ),
            ),
        ]

    def __str__(self) -> str:
        if self.kind == ActKind.INITIAL:
            return "convention initiale"
        return f"{self.get_kind_display()} n°\u00a0{self.number}"


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


class Article(models.Model):
    """A place in the text, with an identity that outlives its number and its wording."""

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="articles"
    )
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

    class Meta:
        verbose_name = "article"
        verbose_name_plural = "articles"
        ordering = ["convention_id", "pk"]

    def __str__(self) -> str:
        return f"article {self.pk}"


class ArticleVersionQuerySet(models.QuerySet):
    def written_by(self, act: Act) -> "ArticleVersionQuerySet":
        return self.filter(act=act).select_related("article").order_by("position")

    def in_force(self, convention, *, on: date) -> "ArticleVersionQuerySet":
        """The wording of each article on a day: that of the last act in force, unless repealed."""
        last = (
            ArticleVersion.objects.filter(
                article=OuterRef("article"),
                act__status=ActStatus.SIGNE,
                act__effective_on__lte=on,
            )
            .order_by("-act__effective_on", "-act__number")
            .values("pk")[:1]
        )
        return (
            self.filter(article__convention=convention, pk=Subquery(last), repealed=False)
            .select_related("article", "act")
            .order_by("position", "pk")
        )


class ArticleVersion(models.Model):
    """The wording an act gives to an article.

    `position` is the place in the whole text, in reading order. `body` is plain text: paragraphs
    apart by a blank line, list items by a leading «- ».
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="article_versions")
    number = models.CharField("numéro", max_length=20, blank=True)
    heading = models.CharField("titre", max_length=300, blank=True)
    body = models.TextField("texte", blank=True)
    position = models.PositiveIntegerField("rang dans le texte")
    depth = models.PositiveSmallIntegerField("profondeur", default=1)
    repealed = models.BooleanField("abrogé", default=False)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "rédaction d’article"
        verbose_name_plural = "rédactions d’articles"
        ordering = ["act_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "act"],
                name="article_once_per_act",
                violation_error_message="L’acte rédige déjà cet article.",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """«article 2.2.1», «préambule» or the heading of what has no number."""
        if self.number:
            return f"article\u00a0{self.number}"
        return self.heading or self.article.get_kind_display()

    @property
    def anchor(self) -> str:
        return f"art-{self.article_id}"
