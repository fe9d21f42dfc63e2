"""The support desk for dates and reminders: everything to be read, one thing to do, try again."""

from django.contrib import admin, messages
from django.utils import timezone

from accounts.desk import ReadOnlyAdmin
from reminders.actions.support import retry_reminders
from reminders.admin_choices import SHARED
from reminders.models import Deadline, Heartbeat, Reminder


class ReminderInline(admin.TabularInline):
    model = Reminder
    fields = ["rule", "addressee", "due_at", "status", "attempts", "sent_at", "failure"]
    readonly_fields = fields
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("recipient")

    @admin.display(description="destinataire")
    def addressee(self, reminder: Reminder) -> str:
        return reminder.addressee


@admin.register(Deadline)
class DeadlineAdmin(ReadOnlyAdmin):
    list_display = ["title", "convention", "kind", "due_on", "safe_on", "stands", "done_on"]
    list_filter = ["kind", "rolling", ("retired_at", admin.EmptyFieldListFilter)]
    list_select_related = ["convention"]
    list_per_page = 50
    date_hierarchy = "due_on"
    search_fields = ["title", "key", "convention__reference", "convention__title"]
    ordering = ["-due_on", "-pk"]
    inlines = [ReminderInline]

    @admin.display(description="tient", boolean=True)
    def stands(self, deadline: Deadline) -> bool:
        return deadline.is_live


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = [
        "deadline",
        "reference",
        "addressee",
        "rule",
        "due_at",
        "status",
        "attempts",
        "next_try_at",
        "sent_at",
        "failure",
    ]
    list_filter = ["status", "deadline__kind", ("sent_at", admin.EmptyFieldListFilter)]
    list_select_related = ["deadline__convention", "recipient"]
    list_per_page = 50
    date_hierarchy = "due_at"
    search_fields = [
        "deadline__title",
        "deadline__convention__reference",
        "recipient__email",
        "recipient__last_name",
        "fallback_email",
        "subject",
    ]
    ordering = ["-due_at", "-pk"]
    actions = ["try_again"]

    def get_queryset(self, request):
        """Messages about a date that somebody keeps to themselves are theirs alone."""
        return super().get_queryset(request).filter(**SHARED)

    @admin.display(description="convention", ordering="deadline__convention__reference")
    def reference(self, reminder: Reminder) -> str:
        return reminder.deadline.convention.reference

    @admin.display(description="destinataire")
    def addressee(self, reminder: Reminder) -> str:
        return reminder.addressee

    @admin.action(description="Essayer de nouveau les rappels en échec")
    def try_again(self, request, queryset):
        count = retry_reminders(queryset, by=request.user, now=timezone.now())
        if count:
            self.message_user(request, f"{count} remis en file : ils partiront dans la minute.")
        else:
            text = "Aucun des rappels choisis n’est en échec."
            self.message_user(request, text, level=messages.WARNING)


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ["name", "last_run_at"]
