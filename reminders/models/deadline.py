"""Dates that the text or the law makes matter, each with the reasoning that led to it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from reminders.enums import DeadlineKind, DeadlineSituation
from reminders.rules.deadlines import EXPECTED, situation_on


def late_on(on: date) -> Q:
    """What is expected, past, in a convention that still runs."""
    alive = Q(convention__ends_on__isnull=True) | Q(convention__ends_on__gte=on)
    return alive & Q(due_on__lt=on, kind__in=EXPECTED)


class DeadlineQuerySet(models.QuerySet):
    def live(self) -> "DeadlineQuerySet":
        """Those that stand: neither replaced by a new projection nor withdrawn."""
        return self.filter(retired_at__isnull=True)

    def fixed(self) -> "DeadlineQuerySet":
        """Those that have a date of their own: a rolling answer is not a date to come."""
        return self.live().filter(rolling=False)

    def rolling(self) -> "DeadlineQuerySet":
        return self.live().filter(rolling=True, done_on__isnull=True)

    def to_do(self) -> "DeadlineQuerySet":
        return self.fixed().filter(done_on__isnull=True)

    def done(self) -> "DeadlineQuerySet":
        return self.fixed().filter(done_on__isnull=False)

    def upcoming(self, *, on: date) -> "DeadlineQuerySet":
        return self.to_do().filter(due_on__gte=on)

    def past(self, *, on: date) -> "DeadlineQuerySet":
        """Not done, and their day is over: late, or limits that simply passed."""
        return self.to_do().filter(due_on__lt=on)

    def overdue(self, *, on: date) -> "DeadlineQuerySet":
        """SQL twin of `situation_on(...) == EN_RETARD`."""
        return self.to_do().filter(late_on(on))

    def elapsed(self, *, on: date) -> "DeadlineQuerySet":
        """SQL twin of `situation_on(...) == PASSEE`."""
        return self.past(on=on).exclude(late_on(on))

    def awaiting(self, *, on: date) -> "DeadlineQuerySet":
        """What somebody still has to look at: late or to come."""
        return self.to_do().filter(late_on(on) | Q(due_on__gte=on))

    def around(self, day: date, *, days: int) -> "DeadlineQuerySet":
        span = timedelta(days=days)
        return self.filter(due_on__range=(day - span, day + span))

    def of_added(self, added) -> "DeadlineQuerySet":
        """Those that a date somebody added makes: one, or one each time it comes back."""
        key = f"{DeadlineKind.AJOUTEE}:{added.pk}"
        own = Q(key=key) | Q(key__startswith=f"{key}:")
        return self.filter(own, convention=added.convention_id, kind=DeadlineKind.AJOUTEE)

    def with_context(self) -> "DeadlineQuerySet":
        """Bring what a line of a list shows."""
        return self.select_related("convention").prefetch_related("convention__parties")


class SharedDeadlines(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(owner__isnull=True, reserved_to__isnull=True)


class Deadline(models.Model):
    """One date of one convention. Derived: projecting twice gives the same rows.

    `key` names where it comes from («terme», «resiliation:12:2026-12-31»…): a changed clause
    retires the row of that key and writes another, so that the history stays. `rolling` marks a
    date that moves with the day it is read («à tout moment, préavis d’un mois»): `due_on` is then
    the next useful date at projection. `owner` or `reserved_to` keep to a person or an organisation
    what one of them added.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="deadlines"
    )
    kind = models.CharField("nature", max_length=30, choices=DeadlineKind)
    key = models.CharField("origine", max_length=100)
    title = models.CharField("échéance", max_length=300)
    due_on = models.DateField("date")
    safe_on = models.DateField(
        "date sûre", null=True, blank=True, help_text="Dernier jour ouvrable pour agir."
    )
    effect_on = models.DateField(
        "date d’effet", null=True, blank=True, help_text="Premier jour où l’on est libre."
    )
    rolling = models.BooleanField("date glissante", default=False)
    source = models.CharField("fondement", max_length=200, blank=True)
    article = models.ForeignKey(
        "conventions.Article",
        verbose_name="article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    wording = models.TextField("termes de la clause", blank=True)
    trigger = models.CharField("fait générateur", max_length=300, blank=True)
    steps = models.JSONField("raisonnement", default=list)
    engagement = models.ForeignKey(
        "engagements.Engagement",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="deadlines",
    )
    clause = models.ForeignKey(
        "conventions.TerminationClause",
        verbose_name="clause de résiliation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    party = models.ForeignKey(
        "conventions.Party",
        verbose_name="partie concernée",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Sans elle, l’échéance concerne toutes les parties.",
    )
    projected_at = models.DateTimeField("calculée à")
    # Grows when the row changes without moving: a calendar must know that it is not the same entry.
    revision = models.PositiveIntegerField("révision", default=0, editable=False)
    retired_at = models.DateTimeField("retirée à", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    done_note = models.CharField("comment", max_length=300, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="déclarée par",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    not_applicable = models.BooleanField("sans objet", default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="réservée à la personne",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="own_deadlines",
    )
    reserved_to = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="réservée à l’organisme",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="own_deadlines",
    )

    # Those of everybody. What a person or an organisation keeps for itself is met by `every` alone,
    # which a page reads through `reminders.access`.
    objects = SharedDeadlines.from_queryset(DeadlineQuerySet)()
    every = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "échéance"
        verbose_name_plural = "échéances"
        base_manager_name = "every"
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["convention", "due_on"],
                condition=Q(retired_at__isnull=True, done_on__isnull=True),
                name="deadline_next_of_convention",
            ),
            models.Index(
                fields=["due_on"],
                condition=Q(retired_at__isnull=True, done_on__isnull=True),
                name="deadline_next_of_all",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "key"],
                condition=Q(retired_at__isnull=True),
                name="deadline_one_live_row_per_key",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(reserved_to__isnull=True),
                name="deadline_kept_by_one_alone",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False) | Q(done_on__isnull=False),
                name="deadline_not_applicable_since_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def situation_on(self, day: date) -> DeadlineSituation:
        return situation_on(
            day,
            kind=self.kind,
            due_on=self.due_on,
            done_on=self.done_on,
            not_applicable=self.not_applicable,
            rolling=self.rolling,
            retired=self.retired_at is not None,
            convention_ends_on=self.convention.ends_on,
        )

    @property
    def act_on(self) -> date:
        """The day to write in a diary: the last safe one when somebody has to act."""
        return self.safe_on or self.due_on

    @property
    def added_pk(self) -> int | None:
        """Which date somebody added it comes from; `of_added` the other way round."""
        kind, _, rest = self.key.partition(":")
        return int(rest.partition(":")[0]) if kind == DeadlineKind.AJOUTEE else None

    @property
    def is_live(self) -> bool:
        return self.retired_at is None
