"""The support desk for model texts: one's own models, in versions that do not change once used."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from accounts.desk import ReadOnlyAdmin, SupportAdmin
from conventions.actions.canevas_load import is_used, next_version, retire_older
from conventions.models import Canevas, CanevasClause, ChecklistAnswer
from conventions.rules.canevas import CanevasError, ClauseWords, problems, variables_of

VARIABLES_HELP = (
    "Une liste : name, label, type (text, number, date, choice), et au besoin unit, choices, "
    "example, help, prefill (collectivite, action_logement, bailleur, territoire)."
)
ALTERNATIVES_HELP = "Une liste : label, body, et au besoin guidance et terms."
TERMS_HELP = "Vide, ou ce que la clause saisit aussi : clause (duree, resiliation, revoyure)…"


class CanevasForm(forms.ModelForm):
    class Meta:
        model = Canevas
        fields = [
            "kind", "key", "version", "title", "source", "variables", "published_on", "retired_on",
        ]  # fmt: skip
        help_texts = {"variables": VARIABLES_HELP}

    def clean_variables(self) -> list:
        declared = self.cleaned_data["variables"] or []
        if not (isinstance(declared, list) and all(isinstance(row, dict) for row in declared)):
            raise ValidationError(VARIABLES_HELP)
        try:
            variables_of(declared)
        except (CanevasError, TypeError, ValueError) as error:
            raise ValidationError(str(error)) from error
        return declared


class ClauseForm(forms.ModelForm):
    class Meta:
        model = CanevasClause
        fields = [
            "position", "key", "kind", "depth", "heading", "body", "guidance", "required", "topic",
            "alternatives", "terms",
        ]  # fmt: skip
        help_texts = {"alternatives": ALTERNATIVES_HELP, "terms": TERMS_HELP}

    def clean_alternatives(self) -> list:
        others = self.cleaned_data["alternatives"] or []
        shaped = isinstance(others, list) and all(
            isinstance(other, dict)
            and isinstance(other.get("body"), str)
            and isinstance(other.get("terms", {}), dict)
            for other in others
        )
        if not shaped:
            raise ValidationError(ALTERNATIVES_HELP)
        return others

    def clean_terms(self) -> dict:
        terms = self.cleaned_data["terms"] or {}
        if not isinstance(terms, dict):
            raise ValidationError(TERMS_HELP)
        return terms


class ClauseFormSet(forms.BaseInlineFormSet):
    """The clauses of a model hold together: every variable declared, every reference found."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [f.cleaned_data for f in self.forms if f.cleaned_data and not _leaves(f)]
        try:
            variables = variables_of(self.instance.variables)
        except CanevasError:
            return
        found = problems(variables, [_words_of(row) for row in kept])
        if found:
            raise ValidationError(found)


def _leaves(form: forms.BaseForm) -> bool:
    return bool(form.cleaned_data.get("DELETE"))


def _words_of(row: dict) -> ClauseWords:
    others = row["alternatives"]
    return ClauseWords(
        row["key"],
        (row["body"], *(other["body"] for other in others)),
        (row["terms"], *(other.get("terms", {}) for other in others)),
    )


class ClauseInline(admin.StackedInline):
    model = CanevasClause
    form = ClauseForm
    formset = ClauseFormSet
    extra = 0

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not (obj and is_used(obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and is_used(obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and is_used(obj))


@admin.register(Canevas)
class CanevasAdmin(SupportAdmin):
    """Once a text was begun from a model, only the day it is retired may still be said."""

    form = CanevasForm
    inlines = [ClauseInline]
    list_display = ["title", "version", "kind", "published_on", "retired_on", "in_use"]
    list_filter = ["kind", ("retired_on", admin.EmptyFieldListFilter)]
    search_fields = ["title", "key"]
    actions = ["prepare_next"]

    def get_readonly_fields(self, request, obj=None):
        if obj is None or not is_used(obj):
            return []
        return [name for name in CanevasForm.Meta.fields if name != "retired_on"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        retire_older(obj)

    @admin.display(description="des textes en sont partis", boolean=True)
    def in_use(self, canevas: Canevas) -> bool:
        return is_used(canevas)

    @admin.action(description="Préparer la version suivante", permissions=["add"])
    def prepare_next(self, request, queryset):
        for canevas in queryset:
            copy = next_version(canevas)
            text = f"{copy} est prête à être modifiée ; elle s’offrira une fois diffusée."
            self.message_user(request, text, messages.SUCCESS)


@admin.register(ChecklistAnswer)
class ChecklistAnswerAdmin(ReadOnlyAdmin):
    """An answer is never changed: a newer one supersedes it, in the portal."""

    list_display = ["rule", "reply", "act", "party", "answered_by", "answered_at"]
    list_filter = ["reply", "rule"]
    search_fields = ["act__convention__reference", "note"]
    list_select_related = ["act__convention", "party", "answered_by"]
