"""Clauses as data: the parties' own rules of time, with the wording they come from."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from conventions.enums import ActStatus, Operation, TerminationGround, Trigger, Unit, YearBasis
from conventions.models.act import STANDING_ACT
from conventions.rules.clauses import (
    duration_in_words,
    follow_up_in_words,
    revoyure_in_words,
    termination_in_words,
    warnings_of,
)


class ClauseQuerySet(models.QuerySet):
    def standing(self) -> "ClauseQuerySet":
        """The clauses of the initial act and of signed avenants: nothing of a draft avenant."""
        return self.filter(STANDING_ACT)

    def binding(self, *, on: date) -> "ClauseQuerySet":
        """The clauses that bind on a day: signed, in effect, neither replaced nor repealed."""
        effective = self.annotate(from_on=Coalesce("effective_on", "act__effective_on")).filter(
            act__status=ActStatus.SIGNE, from_on__lte=on
        )
        replaced = effective.filter(replaces__isnull=False).order_by().values("replaces")
        return effective.filter(repeals=False).exclude(pk__in=replaced)


class Clause(models.Model):
    """What every clause keeps: its article, its wording, who read it and when.

    The parties' words prevail over every default: `carry` and `franc` say what the text says.
    A clause written by an avenant may say which one it `replaces`, or only `repeals`.
    """

    convention = models.ForeignKey("conventions.Convention", on_delete=models.CASCADE)
    act = models.ForeignKey("conventions.Act", on_delete=models.CASCADE)
    article = models.ForeignKey(
        "conventions.Article",
        verbose_name="article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    effective_on = models.DateField("prend effet le", null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name="remplace",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    repeals = models.BooleanField("abroge sans remplacer", default=False)
    wording = models.TextField("termes de la clause", blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="confirmée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_on = models.DateField("confirmée le", null=True, blank=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_on is not None


class TimedClause(Clause):
    """A clause that counts: so many units from a trigger, by one of the five operations."""

    operation = models.CharField("calcul", max_length=10, choices=Operation)
    quantity = models.PositiveSmallIntegerField("durée", validators=[MinValueValidator(1)])
    unit = models.CharField("unité", max_length=20, choices=Unit)
    trigger = models.CharField("à compter de", max_length=25, choices=Trigger, blank=True)
    carry = models.BooleanField("reporté au premier jour ouvrable", default=False)
    franc = models.BooleanField("délai franc", default=False)

    class Meta(Clause.Meta):
        abstract = True

    @property
    def warnings(self) -> list[str]:
        """What is silent in the clause, said twice or at odds."""
        return warnings_of(
            operation=self.operation,
            unit=self.unit,
            trigger=self.trigger,
            carry=self.carry,
            franc=self.franc,
        )

    @property
    def duration(self) -> str:
        """«3 mois», «1 an»."""
        unit = "an" if self.unit == Unit.ANS and self.quantity == 1 else self.get_unit_display()
        return f"{self.quantity}\u00a0{unit}"


class DurationClause(TimedClause):
    """How long the convention lasts; a blank `trigger` means that the text is silent."""

    prorogation_possible = models.BooleanField("prorogation possible", default=False)

    class Meta:
        verbose_name = "clause de durée"
        verbose_name_plural = "clauses de durée"
        constraints = [
            models.UniqueConstraint(fields=["act"], name="duration_clause_once_per_act"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="duration_clause_lasts"),
        ]

    def __str__(self) -> str:
        return f"durée de {self.duration}"

    @property
    def sentence(self) -> str:
        return duration_in_words(
            quantity=self.quantity,
            unit=self.unit,
            trigger=self.trigger,
            prorogation_possible=self.prorogation_possible,
        )


class TerminationClause(TimedClause):
    """A way out: on what ground, by what letter, with what notice counted from which event."""

    ground = models.CharField("motif", max_length=20, choices=TerminationGround)
    form = models.CharField("forme", max_length=200, blank=True)
    indemnity = models.BooleanField("indemnité", default=False)
    survival = models.TextField("ce qui doit être mené à terme", blank=True)

    class Meta:
        verbose_name = "clause de résiliation"
        verbose_name_plural = "clauses de résiliation"
        ordering = ["act_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="termination_clause_counts"),
        ]

    def __str__(self) -> str:
        return f"résiliation {self.get_ground_display()}, préavis de {self.duration}"

    @property
    def sentence(self) -> str:
        return termination_in_words(
            ground=self.ground,
            form=self.form,
            operation=self.operation,
            quantity=self.quantity,
            unit=self.unit,
            trigger=self.trigger,
            carry=self.carry,
            franc=self.franc,
        )


class RevoyureClause(Clause):
    """The yearly review. Its calendar is the parties' choice, kept here once for all years.

    Days count from the opening: contributions, freeze, meeting, transmission to the bodies.
    """

    year_basis = models.CharField(
        "année retenue", max_length=12, choices=YearBasis, default=YearBasis.CIVILE
    )
    opens_month = models.PositiveSmallIntegerField(
        "mois d’ouverture", default=10, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    opens_day = models.PositiveSmallIntegerField(
        "jour d’ouverture", default=1, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    contribution_days = models.PositiveSmallIntegerField("jours pour contribuer", default=45)
    meeting_days = models.PositiveSmallIntegerField("jours jusqu’au comité", default=65)
    freeze_days = models.PositiveSmallIntegerField("jours jusqu’au gel", default=70)
    transmission_days = models.PositiveSmallIntegerField(
        "jours jusqu’à la transmission aux instances", default=90
    )
    disagreement = models.TextField("suites d’un désaccord", blank=True)

    class Meta:
        verbose_name = "clause de revoyure"
        verbose_name_plural = "clauses de revoyure"
        constraints = [
            models.UniqueConstraint(fields=["act"], name="revoyure_clause_once_per_act"),
            models.CheckConstraint(
                condition=Q(opens_month__range=(1, 12), opens_day__range=(1, 28)),
                name="revoyure_clause_opens_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return "revoyure annuelle"

    @property
    def sentence(self) -> str:
        return revoyure_in_words(
            year_basis=self.year_basis,
            opens_month=self.opens_month,
            opens_day=self.opens_day,
            contribution_days=self.contribution_days,
            meeting_days=self.meeting_days,
        )


class FollowUpClause(Clause):
    """A body that the text makes meet so many times a year, in slices of equal length."""

    body = models.CharField("instance", max_length=150)
    per_year = models.PositiveSmallIntegerField(
        "réunions par an",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    year_basis = models.CharField(
        "année retenue", max_length=12, choices=YearBasis, default=YearBasis.CIVILE
    )

    class Meta:
        verbose_name = "clause de suivi"
        verbose_name_plural = "clauses de suivi"
        ordering = ["act_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(per_year__range=(1, 12)), name="follow_up_clause_meets"
            )
        ]

    def __str__(self) -> str:
        return self.body

    @property
    def sentence(self) -> str:
        return follow_up_in_words(
            body=self.body, per_year=self.per_year, year_basis=self.year_basis
        )
