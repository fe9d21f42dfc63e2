"""The support desk for what people add, choose and open around dates, and for what was found.

Support reads what both sides know of. What one person or one side keeps to itself (added dates,
notes, answers about leaving, findings on a private date) is not opened here: only those who keep it
read it, through `reminders.access`.
"""

from django.contrib import admin
from django.db.models import QuerySet

from accounts.desk import ReadOnlyAdmin
from reminders.enums import Sharing
from reminders.models import (
    AddedDeadline,
    CalendarFeed,
    DeadlineAnswer,
    DeadlineNote,
    ExternalRecipient,
    Finding,
    LadderChoice,
    RhythmChoice,
)
from reminders.rules.deadlines import EACH_SIDE

SHARED = {"deadline__owner__isnull": True, "deadline__reserved_to__isnull": True}


@admin.register(AddedDeadline)
class AddedDeadlineAdmin(ReadOnlyAdmin):
    list_display = ["title", "convention", "due_on", "every_months", "author", "removed_at"]
    list_filter = [("removed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["convention", "author"]
    search_fields = ["title", "convention__reference", "author__email"]
    date_hierarchy = "due_on"

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).filter(sharing=Sharing.PARTIES)


@admin.register(DeadlineNote)
class DeadlineNoteAdmin(ReadOnlyAdmin):
    list_display = ["convention", "key", "author", "at", "removed_at"]
    list_select_related = ["convention", "author"]
    search_fields = ["convention__reference", "key", "author__email"]
    date_hierarchy = "at"

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).filter(reserved_to__isnull=True)


@admin.register(DeadlineAnswer)
class DeadlineAnswerAdmin(ReadOnlyAdmin):
    list_display = ["deadline", "party", "kind", "by", "at", "withdrawn_at"]
    list_filter = ["kind", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["deadline__convention", "party", "by"]
    search_fields = ["deadline__title", "deadline__convention__reference", "by__email"]
    date_hierarchy = "at"

    def get_queryset(self, request) -> QuerySet:
        rows = super().get_queryset(request).filter(**SHARED)
        return rows.exclude(deadline__kind__in=EACH_SIDE)


@admin.register(LadderChoice)
class LadderChoiceAdmin(ReadOnlyAdmin):
    list_display = ["kind", "chooser", "months", "days"]
    list_filter = ["kind"]
    list_select_related = ["organisation", "user"]
    search_fields = ["organisation__name", "user__email", "user__last_name"]

    @admin.display(description="choisie par")
    def chooser(self, choice: LadderChoice) -> str:
        return choice.chooser


@admin.register(RhythmChoice)
class RhythmChoiceAdmin(ReadOnlyAdmin):
    list_display = ["rhythm", "chooser"]
    list_filter = ["rhythm"]
    list_select_related = ["organisation", "user"]
    search_fields = ["organisation__name", "user__email", "user__last_name"]

    @admin.display(description="choisi par")
    def chooser(self, choice: RhythmChoice) -> str:
        return choice.chooser


@admin.register(ExternalRecipient)
class ExternalRecipientAdmin(ReadOnlyAdmin):
    list_display = [
        "name", "email", "convention", "party", "added_by", "added_at", "stopped_at",
        "stopped_by_recipient",
    ]  # fmt: skip
    list_filter = [("stopped_at", admin.EmptyFieldListFilter), "stopped_by_recipient"]
    list_select_related = ["convention", "party", "added_by"]
    search_fields = ["name", "email", "convention__reference"]
    date_hierarchy = "added_at"


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    list_display = [
        "words", "kind", "convention", "organisation", "found_at", "told_at", "cleared_at",
    ]  # fmt: skip
    list_filter = ["kind", ("cleared_at", admin.EmptyFieldListFilter)]
    list_select_related = ["convention", "organisation"]
    search_fields = ["words", "convention__reference", "organisation__name"]
    date_hierarchy = "found_at"

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).filter(**SHARED)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    list_display = ["user", "created_at", "last_read_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__last_name"]
    exclude = ["token_hash"]
