"""What people add to the dates that the text and the law make: dates, notes, answers."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from reminders.enums import AnswerKind, Sharing

CLOSING = (AnswerKind.FAITE, AnswerKind.SANS_OBJET)


class AddedDeadlineQuerySet(models.QuerySet):
    def standing(self) -> "AddedDeadlineQuerySet":
        return self.filter(removed_at__isnull=True)


class AddedDeadline(models.Model):
    """A date somebody added to a convention, projected like the others under `ajoutee:<pk>`.

    `every_months` makes it come back until the end of the convention. `party` is the side that
    keeps it when it is shared with one organisation.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="added_deadlines"
    )
    title = models.CharField("échéance", max_length=200)
    due_on = models.DateField("date")
    every_months = models.PositiveSmallIntegerField(
        "revient tous les … mois",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    note = models.TextField("note", blank=True)
    sharing = models.CharField(
        "qui la voit", max_length=10, choices=Sharing, default=Sharing.ORGANISME
    )
    party = models.ForeignKey(
        "conventions.Party",
        verbose_name="partie",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ajoutée par",
        on_delete=models.PROTECT,
        related_name="added_deadlines",
    )
    added_at = models.DateTimeField("ajoutée à")
    removed_at = models.DateTimeField("retirée à", null=True, blank=True)

    objects = AddedDeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "échéance ajoutée"
        verbose_name_plural = "échéances ajoutées"
        ordering = ["convention_id", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sharing=Sharing.ORGANISME) | Q(party__isnull=False),
                name="added_deadline_of_an_organisation_has_its_party",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DeadlineNoteQuerySet(models.QuerySet):
    def standing(self) -> "DeadlineNoteQuerySet":
        return self.filter(removed_at__isnull=True)

    def of(self, deadline) -> "DeadlineNoteQuerySet":
        """Those of a date, whatever it was before it moved."""
        return self.filter(convention=deadline.convention_id, key=deadline.key)


class DeadlineNote(models.Model):
    """A remark on a deadline, kept under its key: it outlives the date when the date moves.

    `reserved_to` keeps it to the people of one organisation.
    """

    convention = models.ForeignKey(
        "conventions.Convention", on_delete=models.CASCADE, related_name="deadline_notes"
    )
    key = models.CharField("origine", max_length=100)
    body = models.TextField("note")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="auteur", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("écrite à")
    reserved_to = models.ForeignKey(
        "accounts.Organisation",
        verbose_name="réservée à",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    removed_at = models.DateTimeField("retirée à", null=True, blank=True)

    objects = DeadlineNoteQuerySet.as_manager()

    class Meta:
        verbose_name = "note sur une échéance"
        verbose_name_plural = "notes sur les échéances"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["convention", "key"], name="deadline_note_of_key")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class DeadlineAnswerQuerySet(models.QuerySet):
    def standing(self) -> "DeadlineAnswerQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def closing(self) -> "DeadlineAnswerQuerySet":
        """Those after which a side has nothing left to do."""
        return self.standing().filter(kind__in=CLOSING)


class DeadlineAnswer(models.Model):
    """What one side says of a deadline; the last one not withdrawn counts.

    Where each side decides for itself (leaving, for one), the other side never sees the answer.
    """

    deadline = models.ForeignKey(
        "reminders.Deadline", on_delete=models.CASCADE, related_name="answers"
    )
    party = models.ForeignKey(
        "conventions.Party", verbose_name="partie", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("réponse", max_length=16, choices=AnswerKind)
    reason = models.CharField("raison", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="par", on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("donnée à")
    withdrawn_at = models.DateTimeField("retirée à", null=True, blank=True)

    objects = DeadlineAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse à une échéance"
        verbose_name_plural = "réponses aux échéances"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "party"],
                condition=Q(withdrawn_at__isnull=True),
                name="deadline_answer_one_standing_per_party",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.SANS_OBJET) | ~Q(reason=""),
                name="deadline_answer_not_applicable_has_a_reason",
                violation_error_message="Dites pourquoi cette échéance est sans objet.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
