"""What is owed, by whom, in answer to what, and how far along it is said to be."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from engagements.enums import EngagementSituation, Recurrence, State, Strength
from engagements.rules.situations import OPEN, PERIODIC, PROCHE, situation_on


class ThemeQuerySet(models.QuerySet):
    def in_use(self, act=None) -> "ThemeQuerySet":
        """The themes of what was agreed, and of what `act` plans.

        A theme that only a draft avenant brings tells of it to nobody who does not read that act.
        """
        used = Engagement.every.filter(Q(planned=False) | Q(planned=True, act=act))
        return self.filter(pk__in=used.filter(theme__isnull=False).order_by().values("theme"))


class Theme(models.Model):
    """The grouping that the convention itself uses (axe, thématique)."""

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="themes"
    )
    name = models.CharField("thème", max_length=200)
    position = models.PositiveSmallIntegerField("rang", default=1)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "thème"
        verbose_name_plural = "thèmes"
        ordering = ["convention_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "name"],
                name="theme_once_per_convention",
                violation_error_message="La convention a déjà ce thème.",
            )
        ]

    def __str__(self) -> str:
        return self.name


# SQL twin of `rules.situations.awaited`.
_AWAITED = Q(state__in=OPEN) | Q(state=State.TENU, recurrence__in=PERIODIC)


class EngagementQuerySet(models.QuerySet):
    def standing(self, *, on: date) -> "EngagementQuerySet":
        """What the acts in effect on a day make owed: nothing to come, nothing replaced or ended.

        An engagement whose time is over by its own terms still stands: it was owed, and is told.
        """
        return self.filter(
            Q(effective_on__isnull=True) | Q(effective_on__lte=on),
            Q(replaced_on__isnull=True) | Q(replaced_on__gt=on),
        )

    def planned_by(self, act) -> "EngagementQuerySet":
        """What a draft act adds, changes and ends, in the order of the engagements."""
        return self.filter(act=act, planned=True).order_by("number", "pk")

    def open(self) -> "EngagementQuerySet":
        """What nobody has yet said kept, suspended, contested or void."""
        return self.filter(state__in=OPEN)

    def awaited(self) -> "EngagementQuerySet":
        """What a due date still commands: not yet kept, or kept and coming back."""
        return self.filter(_AWAITED)

    def overdue(self, *, on: date) -> "EngagementQuerySet":
        """SQL twin of `situation_on(...) == EN_RETARD`, for what stands."""
        return self.standing(on=on).awaited().filter(due_on__lt=on)

    def in_force(self, *, on: date) -> "EngagementQuerySet":
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        )

    def in_situation(self, situation: EngagementSituation, *, on: date) -> "EngagementQuerySet":
        if situation == EngagementSituation.EN_RETARD:
            return self.overdue(on=on)
        if situation == EngagementSituation.PROCHE:
            return self.awaited().filter(due_on__gte=on, due_on__lte=on + PROCHE)
        return self.filter(state=situation).exclude(_AWAITED, due_on__lte=on + PROCHE)

    def owed_by(self, party_id: int) -> "EngagementQuerySet":
        return self.filter(pk__in=Debt.objects.filter(party=party_id).values("engagement"))

    def for_balance(self) -> "EngagementQuerySet":
        """What the balance reads of each engagement; its wording and its ties stay behind."""
        return self.defer("wording", "starts_on", "ends_on").order_by("number")


class EngagementManager(models.Manager.from_queryset(EngagementQuerySet)):
    """What was agreed: what a draft act plans, and the rows that only say an end, stay apart."""

    def get_queryset(self) -> EngagementQuerySet:
        return super().get_queryset().filter(planned=False, repeals=False)


class Engagement(models.Model):
    """One undertaking, owed by one party, several, or all jointly.

    `state` repeats the last declared `StateChange`, for reading in bulk. An avenant (`act`) adds
    one, writes one anew (`replaces`, same number) or ends one (`repeals`) from `effective_on`; its
    row is only `planned` until the act is signed, and the row it replaces then stops on
    `replaced_on`, the first day it no longer stands.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.PROTECT, related_name="engagements"
    )
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("engagement", max_length=300)
    wording = models.TextField("passage du texte", blank=True)
    article = models.ForeignKey(
        "conventions.Article",
        verbose_name="article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name="thème",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
    )
    debtors = models.ManyToManyField(
        "conventions.Party", verbose_name="débiteurs", through="Debt", related_name="engagements"
    )
    counterparts = models.ManyToManyField(
        "self", verbose_name="contreparties", blank=True, symmetrical=True
    )
    strength = models.CharField("force", max_length=12, choices=Strength, default=Strength.FERME)
    recurrence = models.CharField(
        "récurrence", max_length=15, choices=Recurrence, default=Recurrence.PONCTUELLE
    )
    condition = models.CharField("sous réserve de", max_length=300, blank=True)
    due_on = models.DateField("prochaine échéance", null=True, blank=True)
    starts_on = models.DateField("dû à partir du", null=True, blank=True)
    ends_on = models.DateField("dû jusqu’au", null=True, blank=True)
    state = models.CharField("état", max_length=12, choices=State, default=State.A_VENIR)
    act = models.ForeignKey(
        "conventions.Act",
        verbose_name="acte",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
    )
    planned = models.BooleanField("en projet", default=False, editable=False)
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name="remplace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    repeals = models.BooleanField("met fin sans remplacer", default=False)
    replaced_on = models.DateField("remplacé le", null=True, blank=True, editable=False)

    objects = EngagementManager()
    every = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = "engagement"
        verbose_name_plural = "engagements"
        ordering = ["convention_id", "number"]
        indexes = [models.Index(fields=["state", "due_on"], name="engagement_by_lateness")]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                condition=Q(replaces__isnull=True, planned=False),
                name="engagement_number_unique",
                violation_error_message="Un engagement de la convention porte déjà ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="engagement_ends_after_start",
                violation_error_message="Un engagement ne peut pas finir avant de commencer.",
            ),
            models.CheckConstraint(
                condition=Q(repeals=False) | Q(replaces__isnull=False, act__isnull=False),
                name="engagement_ends_another",
            ),
            models.CheckConstraint(
                condition=Q(planned=False) | Q(act__isnull=False),
                name="engagement_planned_by_an_act",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        return f"E{self.number}"

    @classmethod
    def answers(cls, convention) -> models.QuerySet:
        """(engagement, its counterpart) keys of a whole convention, each link both ways."""
        links = cls.counterparts.through.objects.filter(
            from_engagement__convention=convention,
            from_engagement__planned=False,
            to_engagement__planned=False,
        )
        return links.values_list("from_engagement_id", "to_engagement_id")

    def situation_on(self, day: date) -> EngagementSituation:
        return situation_on(day, state=self.state, due_on=self.due_on, recurrence=self.recurrence)


class DebtQuerySet(models.QuerySet):
    def pairs(self, convention) -> "DebtQuerySet":
        """(engagement, party) keys of a whole convention."""
        rows = self.filter(engagement__convention=convention).order_by()
        return rows.values_list("engagement_id", "party_id")


class Debt(models.Model):
    """A party owes an engagement."""

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="debts")
    party = models.ForeignKey("conventions.Party", on_delete=models.PROTECT, related_name="debts")

    objects = DebtQuerySet.as_manager()

    class Meta:
        verbose_name = "dette"
        verbose_name_plural = "dettes"
        ordering = ["engagement_id", "party_id"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "party"], name="debt_once_per_party")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} doit {self.engagement_id}"


class StateChangeQuerySet(models.QuerySet):
    def last_of_each(self, convention) -> "StateChangeQuerySet":
        """The last declaration on each engagement of a convention, with how much evidence."""
        last = (
            self.filter(engagement__convention=convention)
            .order_by()
            .values("engagement")
            .annotate(last=models.Max("pk"))
        )
        return (
            self.filter(pk__in=last.values("last"))
            .select_related("party")
            .annotate(evidence_count=models.Count("evidence"))
        )


class StateChange(models.Model):
    """Someone declared a state on a day, for a party, with reasons and evidence. Never changed."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.CASCADE, related_name="state_changes"
    )
    old_state = models.CharField("état précédent", max_length=12, choices=State)
    state = models.CharField("état déclaré", max_length=12, choices=State)
    party = models.ForeignKey(
        "conventions.Party",
        verbose_name="au nom de",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    comment = models.TextField("commentaire", blank=True)
    evidence = models.ManyToManyField(
        "conventions.Document", verbose_name="preuves", blank=True, related_name="state_changes"
    )
    next_due_on = models.DateField("échéance suivante", null=True, blank=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="déclaré par",
        on_delete=models.PROTECT,
        related_name="+",
    )
    declared_on = models.DateField("déclaré le")
    created_at = models.DateTimeField("enregistré à", auto_now_add=True)

    objects = StateChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "changement d’état"
        verbose_name_plural = "changements d’état"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_old_state_display()} → {self.get_state_display()}"
