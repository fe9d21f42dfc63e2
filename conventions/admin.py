"""The support desk for conventions: look, correct what is not signed, check what is kept.

Nothing that proves something is deleted here, and what is signed is only read. A convention begins
and moves in the portal, where the rules of each move are.
"""

from django.contrib import admin, messages
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from accounts.desk import ReadOnlyAdmin, SupportAdmin
from accounts.models import JournalEntry
from conventions import admin_canevas  # noqa: F401 - registers its pages
from conventions.actions.draft import announce_dates
from conventions.enums import ActStatus
from conventions.models import (
    Act,
    Article,
    ArticleVersion,
    Convention,
    CorruptFileError,
    Document,
    DurationClause,
    FollowUpClause,
    Mandate,
    Party,
    RevoyureClause,
    Signatory,
    TerminationClause,
    Visa,
)

MOVES_DATES = (
    Convention,
    Mandate,
    DurationClause,
    RevoyureClause,
    TerminationClause,
    FollowUpClause,
)
LAST_LINES = 12


def dossier_of(row: Model) -> Convention:
    """Return the convention to which a row of this floor belongs."""
    if isinstance(row, Convention):
        return row
    if isinstance(row, Mandate):
        return row.party.convention
    if isinstance(row, Visa | Signatory | ArticleVersion):
        return row.act.convention
    return row.convention


def is_signed(row: Model) -> bool:
    """Whether a signed act forbids this row to change."""
    if isinstance(row, Act):
        return row.status == ActStatus.SIGNE
    if isinstance(row, Party | Convention):
        return not dossier_of(row).is_draft
    if isinstance(row, Mandate):
        return row.signatories.filter(act__status=ActStatus.SIGNE).exists()
    return row.act.status == ActStatus.SIGNE


class ConventionDeskAdmin(SupportAdmin):
    """A change that moves dates has every deadline of the convention counted again."""

    def dossier_of(self, row: Model) -> int:
        return dossier_of(row).pk

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        changed = {row.pk for row, _ in formset.changed_objects}
        for row_form in formset.forms:
            row = row_form.instance
            if row.pk in changed or row in formset.new_objects:
                self.write_down(request, row, row_form)

    def write_down(self, request, row: Model, form) -> None:
        super().write_down(request, row, form)
        if isinstance(row, MOVES_DATES):
            announce_dates(dossier_of(row), by=request.user, on=timezone.localdate())


class SignedInline(admin.TabularInline):
    """Rows of an act: corrected while it is a draft, read once it is signed."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_signed(obj))

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not (obj and is_signed(obj))


class PartyInline(SignedInline):
    model = Party
    fields = ["position", "organisation", "alias", "name_as_signed", "siren_as_signed"]
    autocomplete_fields = ["organisation"]


class SignatoryInline(SignedInline):
    model = Signatory
    fields = ["party", "position", "name", "capacity", "mandate", "user", "signed_on"]
    autocomplete_fields = ["party", "mandate", "user"]


class VisaInline(SignedInline):
    model = Visa
    fields = ["position", "kind", "text"]


class ArticleVersionInline(SignedInline):
    """The wording alone: places in the text are the portal's to count."""

    model = ArticleVersion
    fields = ["position", "number", "heading", "body"]
    readonly_fields = ["position"]

    def has_add_permission(self, request, obj=None):
        return False


class ClauseInline(SignedInline):
    autocomplete_fields = ["article", "confirmed_by"]
    exclude = ["convention"]

    def has_add_permission(self, request, obj=None):
        return False


class DurationInline(ClauseInline):
    model = DurationClause


class RevoyureInline(ClauseInline):
    model = RevoyureClause


class TerminationInline(ClauseInline):
    model = TerminationClause


class FollowUpInline(ClauseInline):
    model = FollowUpClause


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ActInline(ReadOnlyInline):
    model = Act
    fields = readonly_fields = ["number", "kind", "status", "signed_on", "effective_on"]


class DocumentInline(ReadOnlyInline):
    model = Document
    fields = readonly_fields = ["name", "kind", "size", "added_at", "added_by"]


@admin.register(Convention)
class ConventionAdmin(ConventionDeskAdmin):
    list_display = [
        "reference",
        "title",
        "territory",
        "situation",
        "starts_on",
        "ends_on",
        "bound",
        "drafted_by",
    ]
    list_filter = [
        "status",
        "kind",
        "starts_on_basis",
        "zone",
        ("region", admin.RelatedOnlyFieldListFilter),
    ]
    search_fields = ["reference", "title", "territory__name", "parties__organisation__name"]
    autocomplete_fields = ["territory", "region", "parent", "drafted_by"]
    date_hierarchy = "starts_on"
    list_select_related = ["territory", "drafted_by"]
    inlines = [PartyInline, ActInline, DocumentInline]
    fieldsets = [
        (None, {"fields": ["reference", "title", "kind", "on_the_portal"]}),
        ("Le territoire", {"fields": ["territory", "region", "zone", "parent"]}),
        (
            "La vie de la convention",
            {
                "fields": [
                    "status",
                    "drafted_by",
                    "starts_on",
                    "starts_on_basis",
                    "starts_on_note",
                    "ends_on",
                    "closed_on",
                ]
            },
        ),
        ("Le journal", {"fields": ["created_at", "created_by", "version", "last_lines"]}),
    ]
    computed = [
        "on_the_portal",
        "status",
        "starts_on",
        "starts_on_basis",
        "starts_on_note",
        "ends_on",
        "closed_on",
        "created_at",
        "created_by",
        "version",
        "last_lines",
    ]
    as_signed = ["reference", "title", "kind", "territory", "drafted_by"]

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parties")

    def get_readonly_fields(self, request, obj=None):
        return [*self.computed, *(self.as_signed if obj and is_signed(obj) else [])]

    @admin.display(description="situation aujourd’hui")
    def situation(self, convention: Convention) -> str:
        return convention.situation_on(timezone.localdate()).label

    @admin.display(description="parties")
    def bound(self, convention: Convention) -> str:
        return ", ".join(party.alias for party in convention.parties.all())

    @admin.display(description="dans le portail")
    def on_the_portal(self, convention: Convention) -> str:
        address = reverse("conventions:detail", args=[convention.pk])
        return format_html('<a href="{}">Ouvrir la convention</a>', address)

    @admin.display(description="dernières lignes")
    def last_lines(self, convention: Convention) -> str:
        lines = JournalEntry.objects.of_dossier(convention.pk)[:LAST_LINES]
        address = reverse("admin:accounts_journalentry_changelist")
        shown = format_html_join(
            "", "<li>{}, {}</li>", ((f"{line.at:%d/%m/%Y}", str(line)) for line in lines)
        )
        return format_html(
            '<ul>{}</ul><a href="{}?dossier_id={}">Tout le journal</a>',
            shown,
            address,
            convention.pk,
        )


@admin.register(Act)
class ActAdmin(ConventionDeskAdmin):
    list_display = ["__str__", "convention", "status", "signed_on", "effective_on"]
    list_filter = ["status", "kind"]
    search_fields = ["convention__reference", "convention__title", "title"]
    date_hierarchy = "signed_on"
    list_select_related = ["convention"]
    fields = ["convention", "number", "kind", "title", "status", "signed_on", "effective_on"]
    readonly_fields = ["convention", "number", "kind", "status", "signed_on", "effective_on"]
    inlines = [
        VisaInline,
        ArticleVersionInline,
        DurationInline,
        RevoyureInline,
        TerminationInline,
        FollowUpInline,
        SignatoryInline,
    ]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_signed(obj))


@admin.register(Party)
class PartyAdmin(ConventionDeskAdmin):
    list_display = ["alias", "convention", "organisation", "position", "siren_as_signed"]
    list_filter = ["organisation__kind"]
    search_fields = ["alias", "name_as_signed", "siren_as_signed", "convention__reference"]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["convention"]
    list_select_related = ["convention", "organisation"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_signed(obj))


@admin.register(Mandate)
class MandateAdmin(ConventionDeskAdmin):
    list_display = ["__str__", "party", "convention", "adopted_on", "received_on", "valid_until"]
    list_filter = ["kind", ("received_on", admin.EmptyFieldListFilter)]
    search_fields = ["number", "body", "party__alias", "party__convention__reference"]
    autocomplete_fields = ["party", "document"]
    date_hierarchy = "adopted_on"
    list_select_related = ["party__convention"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_signed(obj))

    @admin.display(description="convention", ordering="party__convention__reference")
    def convention(self, mandate: Mandate) -> str:
        return mandate.party.convention.reference


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    """Here to be found from a clause; the text is read and written in its act."""

    list_display = ["__str__", "convention", "kind", "parent"]
    list_filter = ["kind"]
    search_fields = ["convention__reference", "versions__number", "versions__heading"]
    list_select_related = ["convention", "parent"]


@admin.register(Document)
class DocumentAdmin(ConventionDeskAdmin):
    """The bytes and their name never change; their kind and description may be put right."""

    list_display = ["name", "convention", "kind", "size", "added_at", "added_by"]
    list_filter = ["kind", "content_type", "added_at"]
    search_fields = ["name", "description", "sha256", "convention__reference"]
    date_hierarchy = "added_at"
    list_select_related = ["convention", "added_by"]
    readonly_fields = [
        "convention",
        "name",
        "content_type",
        "size",
        "sha256",
        "added_at",
        "added_by",
    ]
    actions = ["check_bytes"]

    def has_add_permission(self, request):
        return False

    @admin.action(
        description="Vérifier que les fichiers choisis n’ont pas changé", permissions=["view"]
    )
    def check_bytes(self, request, queryset):
        sound = 0
        for document in queryset:
            try:
                document.read()
            except CorruptFileError:
                text = f"{document} ({document.convention}) : le fichier manque ou a changé."
                self.message_user(request, text, messages.ERROR)
            else:
                sound += 1
        self.message_user(request, f"Fichiers intacts : {sound}.", messages.SUCCESS)
