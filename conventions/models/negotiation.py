"""The negotiation of an act: who holds the pen, what is said of it, what is proposed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conventions.enums import ArticleKind, ProposalKind, ProposalStatus, ThreadScope
from conventions.rules import texte
from conventions.rules.negotiation import Wording


class Round(models.Model):
    """A turn («tour»): one party holds the pen until it hands over. The last one is open."""

    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField("tour")
    holder = models.ForeignKey(
        "conventions.Party", verbose_name="a la main", on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("ouvert à")
    closed_at = models.DateTimeField("rendu à", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="rendu par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    message = models.TextField("message", blank=True)

    class Meta:
        verbose_name = "tour de négociation"
        verbose_name_plural = "tours de négociation"
        ordering = ["act_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["act", "number"], name="round_number_unique"),
            models.UniqueConstraint(
                fields=["act"],
                condition=Q(closed_at__isnull=True),
                name="round_one_open",
                violation_error_message="Un tour de négociation est déjà ouvert.",
            ),
        ]

    def __str__(self) -> str:
        return f"tour {self.number}"


class Reading(models.Model):
    """When a person last read an act being written («depuis votre dernière lecture»)."""

    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField("lu à")

    class Meta:
        verbose_name = "lecture"
        verbose_name_plural = "lectures"
        constraints = [
            models.UniqueConstraint(fields=["act", "reader"], name="reading_one_per_reader")
        ]

    def __str__(self) -> str:
        return f"lecture de {self.act_id} par {self.reader_id}"


class Thread(models.Model):
    """A discussion about a passage. `party` is the side that opened it, and the only one to read
    an internal one."""

    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE, related_name="threads")
    article = models.ForeignKey(
        "conventions.Article",
        verbose_name="article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="threads",
    )
    passage = models.TextField("passage", blank=True)
    scope = models.CharField(
        "lecteurs", max_length=10, choices=ThreadScope, default=ThreadScope.PARTAGE
    )
    party = models.ForeignKey(
        "conventions.Party", verbose_name="ouvert par", on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("ouvert à")
    resolved_at = models.DateTimeField("résolu à", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="résolu par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "discussion"
        verbose_name_plural = "discussions"
        ordering = ["act_id", "pk"]

    def __str__(self) -> str:
        return f"discussion {self.pk}"

    @property
    def is_internal(self) -> bool:
        return self.scope == ThreadScope.INTERNE


class Message(models.Model):
    """What somebody wrote in a discussion. Never changed."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    party = models.ForeignKey(
        "conventions.Party", verbose_name="pour", on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="auteur",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    # Whom a Word file names as the author of a comment; empty for what was written here.
    signature = models.CharField("nom dans le fichier", max_length=200, blank=True)
    body = models.TextField("message")
    written_at = models.DateTimeField("écrit à")

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        ordering = ["thread_id", "pk"]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Proposal(models.Model):
    """A change a party asks for, accepted in one click by the one that holds the pen.

    `base_*` is the wording it was written against: accepting it on another one merges the two.
    """

    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE, related_name="proposals")
    party = models.ForeignKey(
        "conventions.Party", verbose_name="proposé par", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("nature", max_length=12, choices=ProposalKind)
    article = models.ForeignKey(
        "conventions.Article",
        verbose_name="article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposals",
    )
    parent = models.ForeignKey(
        "conventions.Article",
        verbose_name="dans",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    after = models.ForeignKey(
        "conventions.Article",
        verbose_name="après",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    article_kind = models.CharField(
        "nature de l’article", max_length=10, choices=ArticleKind, default=ArticleKind.ARTICLE
    )
    base_number = models.CharField(max_length=20, blank=True)
    base_heading = models.CharField(max_length=300, blank=True)
    base_body = models.TextField(blank=True)
    number = models.CharField("numéro", max_length=20, blank=True)
    heading = models.CharField("titre", max_length=300, blank=True)
    body = models.TextField("texte", blank=True)
    reason = models.TextField("motif", blank=True)
    status = models.CharField(
        "état", max_length=10, choices=ProposalStatus, default=ProposalStatus.OUVERTE
    )
    # The Word file it was read from, and whom its tracked change names.
    document = models.ForeignKey(
        "conventions.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
    )
    signature = models.CharField("nom dans le fichier", max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="faite par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField("faite à")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="réponse de",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    answered_at = models.DateTimeField("répondue à", null=True, blank=True)
    answer = models.TextField("réponse", blank=True)

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering = ["act_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.OUVERTE, answered_at__isnull=True)
                | (~Q(status=ProposalStatus.OUVERTE) & Q(answered_at__isnull=False)),
                name="proposal_answered_is_dated",
            )
        ]

    def __str__(self) -> str:
        return f"proposition {self.pk}"

    @property
    def base(self) -> Wording:
        return Wording(self.base_number, self.base_heading, self.base_body)

    @property
    def words(self) -> Wording:
        return Wording(self.number, self.heading, self.body)

    @property
    def is_open(self) -> bool:
        return self.status == ProposalStatus.OUVERTE

    @property
    def inserts(self) -> bool:
        return self.kind == ProposalKind.INSERER

    @property
    def removes(self) -> bool:
        return self.kind == ProposalKind.RETIRER

    @property
    def label(self) -> str:
        """«article 2.2.1», as it was when the proposal was made."""
        number, heading = (
            (self.number, self.heading) if self.inserts else (self.base_number, self.base_heading)
        )
        return texte.label(self.article_kind, number, heading)


class Approval(models.Model):
    """A party agrees to the closed text of an act, known by its SHA-256; another text voids it."""

    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE, related_name="approvals")
    party = models.ForeignKey(
        "conventions.Party", verbose_name="partie", on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField("empreinte du texte", max_length=64)
    comment = models.TextField("observation", blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="donné par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField("donné à")
    withdrawn_at = models.DateTimeField("retiré à", null=True, blank=True)
    withdrawal_reason = models.CharField("motif du retrait", max_length=300, blank=True)

    class Meta:
        verbose_name = "accord sur le texte"
        verbose_name_plural = "accords sur le texte"
        ordering = ["act_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "party"],
                condition=Q(withdrawn_at__isnull=True),
                name="approval_one_per_party",
                violation_error_message="Cette partie a déjà donné son accord.",
            )
        ]

    def __str__(self) -> str:
        return f"accord {self.pk}"
