"""The support desk for places: looked up by everyone, corrected by hand only where no file speaks.

Territories come from official files and are corrected by the next import: here they are read. What
no file says (a quartier, a secteur, an older membership) is entered by hand, marked so, and kept by
every import.
"""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q

from territories.enums import ContainmentSource
from territories.models import (
    Containment,
    FormerName,
    Population,
    SourceFile,
    Territory,
    TerritoryImport,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """To be read by support, changed by nobody."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ContainersInline(ReadOnlyInline):
    model = Containment
    fk_name = "child"
    verbose_name_plural = "fait partie de"
    fields = ["parent", "starts_on", "ends_on", "source"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("child", "parent")


class ContentsInline(ReadOnlyInline):
    model = Containment
    fk_name = "parent"
    verbose_name_plural = "territoires compris"
    fields = ["child", "starts_on", "ends_on", "source"]
    ordering = ["child__name", "starts_on"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("child", "parent")


class FormerNameInline(ReadOnlyInline):
    model = FormerName
    fields = ["name", "starts_on", "ends_on"]


class PopulationInline(ReadOnlyInline):
    model = Population
    fields = ["year", "municipal", "total"]


@admin.register(Territory)
class TerritoryAdmin(admin.ModelAdmin):
    list_display = [
        "name",
        "kind",
        "code",
        "nature",
        "departement",
        "region",
        "starts_on",
        "ends_on",
        "official",
    ]
    list_filter = [
        "kind",
        "nature",
        "zone",
        ("ends_on", admin.EmptyFieldListFilter),
        ("region", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["name", "=code", "=siren"]
    search_help_text = "Nom, code INSEE ou SIREN."
    list_select_related = ["departement", "region"]
    list_per_page = 50
    show_full_result_count = False
    autocomplete_fields = ["departement", "region"]
    inlines = [FormerNameInline, ContainersInline, ContentsInline, PopulationInline]
    fieldsets = [
        (None, {"fields": ["kind", "code", "name", "siren", "nature"]}),
        ("Où", {"fields": ["departement", "region", "zone"]}),
        ("Quand", {"fields": ["starts_on", "ends_on"]}),
    ]

    def get_queryset(self, request):
        """Tell which territories an official file speaks of: one of its memberships says so."""
        links = Containment.objects.from_files().filter(
            Q(child=OuterRef("pk")) | Q(parent=OuterRef("pk"))
        )
        return super().get_queryset(request).annotate(from_files=Exists(links))

    @admin.display(description="fichier officiel", boolean=True)
    def official(self, territory: Territory) -> bool:
        return territory.from_files

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not getattr(obj, "from_files", False)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ["kind", "code"] if obj else []


@admin.register(Containment)
class ContainmentAdmin(admin.ModelAdmin):
    list_display = ["child", "parent", "starts_on", "ends_on", "source"]
    list_filter = ["source", "parent__kind", "child__kind"]
    search_fields = ["child__name", "=child__code", "parent__name", "=parent__code"]
    search_help_text = "Nom ou code du territoire compris, ou de celui qui le comprend."
    autocomplete_fields = ["parent", "child"]
    list_select_related = ["parent", "child"]
    exclude = ["source"]
    list_per_page = 50
    show_full_result_count = False

    def has_change_permission(self, request, obj=None):
        by_hand = obj is None or obj.source == ContainmentSource.SAISIE
        return super().has_change_permission(request, obj) and by_hand

    def has_delete_permission(self, request, obj=None):
        return False


class SourceFileInline(ReadOnlyInline):
    model = SourceFile
    fields = ["file_name", "vintage", "stated_on", "rows", "sha256"]


@admin.register(TerritoryImport)
class TerritoryImportAdmin(ReadOnlyAdmin):
    list_display = ["imported_at", "sources"]
    inlines = [SourceFileInline]
    date_hierarchy = "imported_at"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("files")

    @admin.display(description="fichiers")
    def sources(self, done: TerritoryImport) -> str:
        return ", ".join(str(file) for file in done.files.all())
