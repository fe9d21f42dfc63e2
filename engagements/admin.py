"""The support desk for what is owed and its figures.

What proves something (a declaration, a value, a review) is only read: the database refuses to
change it. An engagement begins, and its debtors and its state move, in the portal, where the rules
of each act are; here one puts right what was mistyped.
"""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.desk import ReadOnlyAdmin, ReadOnlyInline, SupportAdmin
from engagements.enums import EngagementSituation
from engagements.models import (
    Assessment,
    Contribution,
    Debt,
    Engagement,
    Indicator,
    Measurement,
    Revoyure,
    StateChange,
    Target,
    Theme,
)
from engagements.signals import engagement_changed


class DebtInline(ReadOnlyInline):
    model = Debt
    fields = readonly_fields = ["party"]


class StateChangeInline(ReadOnlyInline):
    model = StateChange
    show_change_link = True
    fields = readonly_fields = [
        "declared_on", "state", "party", "declared_by", "comment", "next_due_on",
    ]  # fmt: skip


class TargetInline(ReadOnlyInline):
    model = Target
    show_change_link = True
    fields = readonly_fields = ["indicator", "territory", "year", "quantity"]


class SituationFilter(admin.SimpleListFilter):
    """State and calendar together, as every page of the portal tells it."""

    title = "situation aujourd’hui"
    parameter_name = "situation"

    def lookups(self, request, model_admin):
        return EngagementSituation.choices

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        situation = EngagementSituation(self.value())
        return queryset.in_situation(situation, on=timezone.localdate())


@admin.register(Theme)
class ThemeAdmin(SupportAdmin):
    list_display = ["name", "convention", "position"]
    search_fields = ["name", "convention__reference"]
    autocomplete_fields = ["convention"]
    list_select_related = ["convention"]

    def get_readonly_fields(self, request, obj=None):
        return ["convention"] if obj else []


@admin.register(Engagement)
class EngagementAdmin(SupportAdmin):
    list_display = ["code", "title", "convention", "owers", "situation", "due_on", "recurrence"]
    list_display_links = ["code", "title"]
    list_filter = [SituationFilter, "state", "strength", "recurrence", "due_on"]
    search_fields = ["title", "wording", "convention__reference", "convention__title"]
    autocomplete_fields = ["article", "theme"]
    date_hierarchy = "due_on"
    list_select_related = ["convention"]
    readonly_fields = ["convention", "number", "state", "answered_by", "on_the_portal"]
    inlines = [DebtInline, TargetInline, StateChangeInline]
    fieldsets = [
        (None, {"fields": ["convention", "number", "title", "wording", "on_the_portal"]}),
        ("Au texte", {"fields": ["article", "theme", "answered_by"]}),
        (
            "Ce qui est dû, et quand",
            {
                "fields": [
                    "state",
                    "strength",
                    "recurrence",
                    "condition",
                    "due_on",
                    "starts_on",
                    "ends_on",
                ]
            },
        ),
    ]

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("debtors")

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        engagement_changed.send(
            sender=Engagement, engagement=obj, by=request.user, on=timezone.localdate()
        )

    @admin.display(description="qui doit")
    def owers(self, engagement: Engagement) -> str:
        return ", ".join(party.alias for party in engagement.debtors.all())

    @admin.display(description="situation")
    def situation(self, engagement: Engagement) -> str:
        return engagement.situation_on(timezone.localdate()).label

    @admin.display(description="ses contreparties")
    def answered_by(self, engagement: Engagement) -> str:
        return ", ".join(other.code for other in engagement.counterparts.order_by("number")) or "—"

    @admin.display(description="dans le portail")
    def on_the_portal(self, engagement: Engagement) -> str:
        address = reverse("engagements:detail", args=[engagement.pk])
        return format_html('<a href="{}">Ouvrir l’engagement</a>', address)


@admin.register(StateChange)
class StateChangeAdmin(ReadOnlyAdmin):
    list_display = ["engagement", "convention", "old_state", "state", "party", "declared_on"]
    list_filter = ["state", "declared_on"]
    search_fields = ["engagement__title", "engagement__convention__reference", "comment"]
    date_hierarchy = "declared_on"
    list_select_related = ["engagement__convention", "party"]

    @admin.display(description="convention", ordering="engagement__convention__reference")
    def convention(self, change: StateChange) -> str:
        return change.engagement.convention.reference


@admin.register(Indicator)
class IndicatorAdmin(SupportAdmin):
    """The shared catalogue, and what a convention counts for itself."""

    list_display = ["code", "name", "unit", "nature", "direction", "additive", "convention"]
    list_filter = ["unit", "nature", "additive", ("convention", admin.EmptyFieldListFilter)]
    search_fields = ["code", "name", "convention__reference"]
    autocomplete_fields = ["convention"]
    list_select_related = ["convention"]

    def get_readonly_fields(self, request, obj=None):
        """What is counted, and how, does not change under the values already entered."""
        used = obj and (obj.measurements.exists() or obj.targets.exists())
        return ["code", "convention", "unit", "nature", "additive"] if used else []


@admin.register(Target)
class TargetAdmin(SupportAdmin):
    list_display = ["indicator", "convention", "territory", "year", "quantity", "engagement"]
    list_filter = ["year"]
    search_fields = ["convention__reference", "indicator__code", "indicator__name"]
    autocomplete_fields = ["engagement", "article"]
    readonly_fields = ["convention", "indicator", "territory", "year"]
    list_select_related = ["convention", "indicator", "territory", "engagement"]

    def has_add_permission(self, request):
        return False


@admin.register(Measurement)
class MeasurementAdmin(ReadOnlyAdmin):
    list_display = [
        "indicator",
        "convention",
        "territory",
        "year",
        "quantity",
        "status",
        "provider",
        "entered_by",
        "is_current",
    ]
    list_filter = ["status", "year", ("supersedes", admin.EmptyFieldListFilter)]
    search_fields = ["convention__reference", "indicator__code", "indicator__name", "source"]
    date_hierarchy = "entered_at"
    list_select_related = [
        "convention", "indicator", "territory", "provider", "entered_by", "superseded_by",
    ]  # fmt: skip

    @admin.display(description="en cours", boolean=True)
    def is_current(self, measurement: Measurement) -> bool:
        return not hasattr(measurement, "superseded_by")


class ContributionInline(ReadOnlyInline):
    model = Contribution
    show_change_link = True
    fields = readonly_fields = ["party", "handed_over_at", "handed_over_by"]


@admin.register(Revoyure)
class RevoyureAdmin(ReadOnlyAdmin):
    list_display = ["year", "convention", "status", "outcome", "opened_on", "frozen_at"]
    list_filter = ["status", "outcome", "year"]
    search_fields = ["convention__reference", "convention__title", "snapshot_sha256"]
    date_hierarchy = "opened_on"
    list_select_related = ["convention"]
    inlines = [ContributionInline]


class AssessmentInline(ReadOnlyInline):
    model = Assessment
    fields = readonly_fields = ["engagement", "appreciation", "comment"]


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    list_display = ["party", "convention", "year", "handed_over_at", "handed_over_by"]
    list_filter = [("handed_over_at", admin.EmptyFieldListFilter), "revoyure__year"]
    search_fields = ["party__alias", "revoyure__convention__reference"]
    list_select_related = ["party", "revoyure__convention", "handed_over_by"]
    inlines = [AssessmentInline]

    @admin.display(description="convention", ordering="revoyure__convention__reference")
    def convention(self, contribution: Contribution) -> str:
        return contribution.revoyure.convention.reference

    @admin.display(description="année", ordering="revoyure__year")
    def year(self, contribution: Contribution) -> int:
        return contribution.revoyure.year
