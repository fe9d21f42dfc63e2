"""The words a convention defines, where they are used, and those that need a definition."""

from datetime import date
from typing import NamedTuple

from django.db.models import Case, IntegerField, Q, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.rules.roles import Capability
from conventions.access import can, get_act_or_404, get_convention_or_404
from conventions.actions.definitions import change_definition, define_term, remove_definition
from conventions.actions.draft import state_of
from conventions.enums import ActStatus
from conventions.forms.definitions import ChangedDefinitionForm, DefinitionForm
from conventions.models import Act, Convention, Definition
from conventions.models.consolidated import ConsolidatedArticle, text_after, text_of
from conventions.rules.definitions import Ambiguity, Use, ambiguities, uses_of_all
from conventions.views.writing import carried_out, carried_out_at_once, show, writing


class Defined(NamedTuple):
    """A definition with the articles that use its term, and the one that gives it."""

    definition: Definition
    article: ConsolidatedArticle | None
    uses: list[Use]


@require_safe
def definitions(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who reads the text reads what its words mean; `?acte=` as an act leaves them."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    act = _act(request, convention, today)
    text = text_after(act) if act else text_of(convention, on=today)
    rows = list(_as_left_by(act) if act else _standing(convention))
    may_write = (
        act is None
        and convention.is_draft
        and can(request.user, convention, Capability.MANAGE, on=today)
    )
    context = {
        "defined": _defined(rows, text),
        "ambiguities": _ambiguities(rows, text),
        "may_write": may_write,
        "act": act,
    }
    return show(request, "conventions/definitions.html", convention, today, tab="texte", **context)


def _may_write(request: HttpRequest, convention: Convention, today: date) -> bool:
    return convention.is_draft and can(request.user, convention, Capability.MANAGE, on=today)


def _act(request: HttpRequest, convention: Convention, today: date) -> Act | None:
    asked = request.GET.get("acte", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
        raise Http404
    return get_act_or_404(request.user, convention, int(asked), on=today)


def _as_left_by(act: Act):
    """What signed acts define until this one, then what it defines: the last one prevails."""
    before = Q(act__status=ActStatus.SIGNE)
    if act.is_signed:
        before &= Q(act__number__lt=act.number)
    rows = Definition.objects.filter(before | Q(act=act), act__convention=act.convention_id)
    own = Case(When(act=act, then=1), default=0, output_field=IntegerField())
    return rows.select_related("act").order_by("term", own, "act__number")


def _standing(convention: Convention):
    rows = Definition.objects.standing().filter(act__convention=convention)
    return rows.select_related("act").order_by("term", "act__number")


def _defined(rows: list[Definition], text: list[ConsolidatedArticle]) -> list[Defined]:
    """A term that a later act defines again is read as the last one says."""
    last = {definition.term: definition for definition in rows}
    uses = uses_of_all(list(last), text)
    articles = {article.article_id: article for article in text}
    return [
        Defined(definition, articles.get(definition.article_id), uses[term])
        for term, definition in last.items()
    ]


def _ambiguities(rows: list[Definition], text: list[ConsolidatedArticle]) -> list[Ambiguity]:
    return ambiguities(text, [definition.term for definition in rows])


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def definition_create(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    act = convention.acts.get(number=0)
    form = DefinitionForm(
        request.POST or None, act=act, initial={"term": request.GET.get("terme", "")[:120]}
    )
    if carried_out(
        request,
        form,
        lambda: define_term(act, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="Le terme est défini.",
    ):
        return redirect("conventions:definitions", pk=convention.pk)
    context = {"form": form, "definition": None}
    return show(
        request, "conventions/definition_edit.html", convention, today, tab="texte", **context
    )


def _form_of(definition: Definition, data=None) -> ChangedDefinitionForm:
    definition.refresh_from_db()
    initial = {name: getattr(definition, name) for name in ("term", "meaning")}
    initial |= {"article": definition.article_id, "seen": state_of(definition)}
    return ChangedDefinitionForm(data, act=definition.act, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def definition_edit(
    request: HttpRequest, convention: Convention, today: date, definition_pk: int
) -> HttpResponse:
    definition = get_object_or_404(_drafted(convention), pk=definition_pk)
    form = _form_of(definition, request.POST or None)
    if carried_out(
        request,
        form,
        lambda: change_definition(definition, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="La définition est à jour.",
        fresh=lambda: _form_of(definition),
    ):
        return redirect("conventions:definitions", pk=convention.pk)
    context = {"form": form, "definition": definition}
    return show(
        request, "conventions/definition_edit.html", convention, today, tab="texte", **context
    )


def _drafted(convention: Convention):
    rows = Definition.objects.filter(act__convention=convention, act__number=0)
    return rows.select_related("act__convention")


@require_POST
@writing("texte")
def definition_remove(
    request: HttpRequest, convention: Convention, today: date, definition_pk: int
) -> HttpResponse:
    definition = get_object_or_404(_drafted(convention), pk=definition_pk)
    return carried_out_at_once(
        request,
        lambda: remove_definition(definition, by=request.user, on=today),
        done="La définition est retirée.",
        to="conventions:definitions",
        pk=convention.pk,
    )
