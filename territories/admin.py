"""The support desk for places: looked up by everyone, corrected by hand only where no file speaks.

Territories come from official files; what is entered here is marked as entered, and kept by the
next import.
"""

from django.contrib import admin

from territories.enums import ContainmentSource
from territories.models import Containment, FormerName, SourceFile, Territory, TerritoryImport


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ContentsInline(ReadOnlyInline):
    model = Containment
    fk_name = "parent"
    verbose_name_plural = "territoires compris"
    fields = ["child", "starts_on", "ends_on", "source"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("child", "parent")


class FormerNameInline(ReadOnlyInline):
    model = FormerName
    fields = ["name", "starts_on", "ends_on"]


@admin.register(Territory)
class TerritoryAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "code", "siren", "nature", "region", "starts_on", "ends_on"]
    list_filter = ["kind", "nature", "zone"]
    search_fields = ["name", "=code", "=siren"]
    list_select_related = ["region"]
    list_per_page = 50
    autocomplete_fields = ["departement", "region"]
    inlines = [FormerNameInline, ContentsInline]
    fieldsets = [
        (None, {"fields": ["kind", "code", "name", "siren", "nature"]}),
        ("Où", {"fields": ["departement", "region", "zone"]}),
        ("Quand", {"fields": ["starts_on", "ends_on"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["kind", "code"] if obj else []


@admin.register(Containment)
class ContainmentAdmin(admin.ModelAdmin):
    list_display = ["child", "parent", "starts_on", "ends_on", "source"]
    list_filter = ["source", "parent__kind", "child__kind"]
    search_fields = ["child__name", "=child__code", "parent__name", "=parent__code"]
    autocomplete_fields = ["parent", "child"]
    list_select_related = ["parent", "child"]
    exclude = ["source"]
    list_per_page = 50

    def has_change_permission(self, request, obj=None):
        return obj is None or obj.source == ContainmentSource.SAISIE

    def has_delete_permission(self, request, obj=None):
        return False


class SourceFileInline(ReadOnlyInline):
    model = SourceFile
    fields = ["file_name", "vintage", "stated_on", "rows", "sha256"]


@admin.register(TerritoryImport)
class TerritoryImportAdmin(admin.ModelAdmin):
    list_display = ["imported_at", "sources"]
    inlines = [SourceFileInline]
    date_hierarchy = "imported_at"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("files")

    @admin.display(description="fichiers")
    def sources(self, one: TerritoryImport) -> str:
        return ", ".join(str(file) for file in one.files.all())

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
