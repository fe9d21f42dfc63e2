"""What every support desk page shares: nothing is deleted, changes enter the house journal."""

from django.contrib import admin
from django.db.models import Model

from accounts.actions import record
from accounts.enums import Verb


class SupportAdmin(admin.ModelAdmin):
    """What support changes enters the journal, with before and after; nothing is deleted."""

    list_per_page = 50

    def has_delete_permission(self, request, obj=None):
        return False

    def dossier_of(self, row: Model) -> int | None:
        """The convention a row belongs to, when it belongs to one."""
        return getattr(row, "convention_id", None)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.write_down(request, obj, form)

    def write_down(self, request, row: Model, form) -> None:
        changes = {
            name: [str(form.initial.get(name) or ""), str(form.cleaned_data.get(name) or "")]
            for name in form.changed_data
            if "password" not in name
        }
        dossier = self.dossier_of(row)
        record(request.user, Verb.SUPPORT_CHANGED, row, dossier=dossier, changes=changes)


class ReadOnlyAdmin(SupportAdmin):
    """To be read by support, changed by nobody."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
