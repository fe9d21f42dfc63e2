"""The support desk for documents: what waits, what failed and why, what was sealed."""

from django.contrib import admin

from accounts.desk import ReadOnlyAdmin
from reporting.actions.jobs import try_again
from reporting.models import RenderJob, SealedDocument


@admin.register(RenderJob)
class RenderJobAdmin(ReadOnlyAdmin):
    list_display = ["revoyure", "convention", "requested_at", "finished_at", "attempts", "failure"]
    list_filter = [
        ("finished_at", admin.EmptyFieldListFilter),
        ("failure", admin.EmptyFieldListFilter),
    ]
    search_fields = ["revoyure__convention__reference", "failure"]
    list_select_related = ["revoyure__convention"]
    date_hierarchy = "requested_at"
    actions = ["restart"]

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    @admin.display(description="convention")
    def convention(self, job: RenderJob) -> str:
        return job.revoyure.convention.reference

    @admin.action(description="Reprendre la production des documents choisis", permissions=["view"])
    def restart(self, request, queryset):
        waiting = queryset.filter(finished_at__isnull=True).select_related("revoyure")
        for job in waiting:
            try_again(job, by=request.user)
        self.message_user(request, f"{len(waiting)} document(s) remis en attente.")


@admin.register(SealedDocument)
class SealedDocumentAdmin(ReadOnlyAdmin):
    list_display = ["code", "revoyure", "convention", "sealed_at", "level", "is_test"]
    list_filter = ["is_test", "level"]
    search_fields = ["code", "document__sha256", "revoyure__convention__reference"]
    list_select_related = ["revoyure__convention"]
    date_hierarchy = "sealed_at"

    @admin.display(description="convention")
    def convention(self, sealed: SealedDocument) -> str:
        return sealed.revoyure.convention.reference if sealed.revoyure else ""
