"""The support desk for people, organisations and the journal."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils import timezone

from accounts.actions.members import set_account_active
from accounts.desk import ReadOnlyAdmin, SupportAdmin
from accounts.models import Absence, Invitation, JournalEntry, Membership, Organisation, User

admin.site.unregister(Group)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["organisation", "user"]
    can_delete = False


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "first_name", "last_name"]


@admin.register(User)
class UserAdmin(SupportAdmin, DjangoUserAdmin):
    add_form = UserCreationForm
    ordering = ["last_name", "first_name"]
    list_display = [
        "email",
        "last_name",
        "first_name",
        "organisations",
        "is_active",
        "is_superuser",
        "last_login",
    ]
    list_filter = ["is_active", "is_superuser", "memberships__organisation__kind"]
    search_fields = ["email", "first_name", "last_name", "memberships__organisation__name"]
    readonly_fields = ["last_login", "joined_at"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        ("La personne", {"fields": ["first_name", "last_name", "job_title"]}),
        ("Ses droits", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Ses passages", {"fields": ["joined_at", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "email",
                    "first_name",
                    "last_name",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]
    inlines = [MembershipInline]
    actions = ["disable", "enable"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("memberships__organisation")

    @admin.display(description="organismes")
    def organisations(self, user: User) -> str:
        today = timezone.localdate()
        return ", ".join(
            m.organisation.name
            for m in user.memberships.all()
            if m.starts_on <= today and (m.ends_on is None or m.ends_on >= today)
        )

    @admin.action(description="Désactiver les comptes choisis (leurs sessions s’arrêtent)")
    def disable(self, request, queryset):
        self._set_active(request, queryset, active=False)

    @admin.action(description="Réactiver les comptes choisis")
    def enable(self, request, queryset):
        self._set_active(request, queryset, active=True)

    def _set_active(self, request, queryset, *, active: bool) -> None:
        for user in queryset:
            try:
                set_account_active(user, by=request.user, active=active)
            except ValidationError as error:
                self.message_user(request, f"{user} : {' '.join(error.messages)}", messages.ERROR)


@admin.register(Organisation)
class OrganisationAdmin(SupportAdmin):
    list_display = ["name", "kind", "siren", "territory", "acts_for", "people"]
    list_filter = ["kind"]
    search_fields = ["name", "siren", "rna"]
    autocomplete_fields = ["territory", "acts_for", "regions"]
    inlines = [MembershipInline]
    list_select_related = ["territory", "acts_for"]

    def get_queryset(self, request):
        today = timezone.localdate()
        members = Membership.objects.in_force(on=today)
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("memberships", members, to_attr="memberships_today"))
        )

    @admin.display(description="membres aujourd’hui")
    def people(self, organisation: Organisation) -> int:
        return len(organisation.memberships_today)


@admin.register(Membership)
class MembershipAdmin(SupportAdmin):
    list_display = ["user", "organisation", "role", "starts_on", "ends_on"]
    list_filter = ["role", "organisation__kind"]
    search_fields = ["user__email", "user__last_name", "organisation__name"]
    autocomplete_fields = ["user", "organisation"]
    date_hierarchy = "starts_on"
    list_select_related = ["user", "organisation"]


@admin.register(Absence)
class AbsenceAdmin(ReadOnlyAdmin):
    list_display = ["user", "delegate", "starts_on", "ends_on"]
    search_fields = ["user__email", "user__last_name", "delegate__email", "delegate__last_name"]
    date_hierarchy = "starts_on"
    list_select_related = ["user", "delegate"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = [
        "email",
        "organisation",
        "role",
        "created_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    ]
    list_filter = ["role"]
    search_fields = ["email", "organisation__name"]
    exclude = ["token_hash"]
    list_select_related = ["organisation"]


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor_label", "verb_words", "subject_label", "dossier_id", "address"]
    list_filter = ["verb", "at"]
    search_fields = ["actor_label", "subject_label", "hash"]
    date_hierarchy = "at"
    list_per_page = 100

    @admin.display(description="acte", ordering="verb")
    def verb_words(self, entry: JournalEntry) -> str:
        return entry.get_verb_display()
