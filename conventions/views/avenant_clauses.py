"""What an avenant does besides its operations on articles: clauses, definitions, visas."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from conventions.actions.clause_operations import binding_clauses, end_clause, write_clause
from conventions.actions.clauses import confirm_clause, remove_clause
from conventions.actions.definitions import change_definition, define_term, remove_definition
from conventions.actions.draft import state_of
from conventions.actions.visas import set_visas
from conventions.forms.definitions import ChangedDefinitionForm, DefinitionForm
from conventions.forms.operations import RepealForm, StandingArticleChoice
from conventions.models import Act, Definition
from conventions.models.consolidated import draft_text
from conventions.views.articles import form_of_visas
from conventions.views.avenants import at_once, back_to, in_avenant, page, sent
from conventions.views.clause_preview import PREVIEW, is_asked, preview_of
from conventions.views.clauses import KINDS, Kind
from conventions.views.writing import carried_out

CLAUSE_DONE = "La clause est enregistrée dans le projet. Relisez-la, puis confirmez-la."


def _kind_or_404(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _standing(act: Act, kind: Kind, pk: int | None):
    """The clause of the text that the draft changes: the one asked for, or the only one."""
    rows = [clause for clause in binding_clauses(act) if type(clause) is kind.model]
    if pk is not None:
        return next((clause for clause in rows if clause.pk == pk), None)
    return rows[0] if rows and not kind.several else None


def _form(act: Act, kind: Kind, row, standing, data=None):
    """A blank form starts from the clause it changes, for one seldom changes everything."""
    if row is not None:
        fresh = kind.model.objects.get(pk=row.pk)
        return kind.form(data, act=act, instance=fresh, initial={"seen": state_of(fresh)})
    blank = kind.model(convention=act.convention, act=act, **kind.usual)
    if standing is not None:
        for name in kind.form._meta.fields:
            setattr(blank, name, getattr(standing, name))
    return kind.form(data, act=act, instance=blank)


def _write(request: HttpRequest, act: Act, today: date, kind: Kind, row, standing) -> HttpResponse:
    form = _form(act, kind, row, standing, sent(request))
    if is_asked(request):
        return _drawn(request, act, today, kind, form)
    known = {"clause": row} if row is not None and kind.several else {}
    if standing is not None:
        known["replaces"] = standing

    def write() -> None:
        answers = form.cleaned_data
        write_clause(kind.model, act, by=request.user, on=today, **known, **answers)

    fresh = (lambda: _form(act, kind, row, standing)) if row is not None else None
    if carried_out(request, form, write, act.convention, done=CLAUSE_DONE, fresh=fresh):
        return back_to(act)
    return _drawn(request, act, today, kind, form)


def _drawn(request: HttpRequest, act: Act, today: date, kind: Kind, form) -> HttpResponse:
    preview = preview_of(request, form, act.convention, today)
    if request.htmx:
        return render(request, PREVIEW, {"preview": preview})
    context = {
        "form": form,
        "title": f"Clause sur {kind.name}",
        "lead": "Ce que l’acte dit, rien de plus : toutes les échéances en viendront.",
        "verb": "Enregistrer la clause",
        "preview": preview,
    }
    return page(request, "conventions/operation_edit.html", act, today, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def avenant_clause(request: HttpRequest, act: Act, today: date, slug: str) -> HttpResponse:
    """Write a clause anew, or add one of several (`?remplace=` names the one it takes over)."""
    kind = _kind_or_404(slug)
    row = None if kind.several else kind.model.objects.filter(act=act).first()
    asked = request.GET.get("remplace", "")
    standing = None if row else _standing(act, kind, int(asked) if asked.isdecimal() else None)
    return _write(request, act, today, kind, row, standing)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def avenant_clause_edit(
    request: HttpRequest, act: Act, today: date, slug: str, clause_pk: int
) -> HttpResponse:
    kind = _kind_or_404(slug)
    row = get_object_or_404(kind.model, pk=clause_pk, act=act, repeals=False)
    return _write(request, act, today, kind, row, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def avenant_clause_end(
    request: HttpRequest, act: Act, today: date, slug: str, clause_pk: int
) -> HttpResponse:
    kind = _kind_or_404(slug)
    clause = _standing(act, kind, clause_pk)
    if clause is None:
        raise Http404
    form = RepealForm(sent(request), act=act)

    def end() -> None:
        day = form.cleaned_data["effective_on"]
        end_clause(clause, act, by=request.user, on=today, effective_on=day)

    if carried_out(request, form, end, act.convention, done="La fin de la clause est au projet."):
        return back_to(act)
    title = f"Abroger la clause sur {kind.name}"
    context = {"form": form, "title": title, "lead": clause.sentence, "verb": "Abroger la clause"}
    return page(request, "conventions/operation_edit.html", act, today, **context)


def _clause_or_404(act: Act, slug: str, clause_pk: int):
    return get_object_or_404(_kind_or_404(slug).model, pk=clause_pk, act=act)


@require_POST
@in_avenant(writes=False)
def avenant_clause_confirm(
    request: HttpRequest, act: Act, today: date, slug: str, clause_pk: int
) -> HttpResponse:
    clause = _clause_or_404(act, slug, clause_pk)
    return at_once(
        request,
        act,
        lambda: confirm_clause(clause, by=request.user, on=today),
        done="La clause est confirmée.",
    )


@require_POST
@in_avenant()
def avenant_clause_remove(
    request: HttpRequest, act: Act, today: date, slug: str, clause_pk: int
) -> HttpResponse:
    clause = _clause_or_404(act, slug, clause_pk)
    return at_once(
        request,
        act,
        lambda: remove_clause(clause, by=request.user, on=today),
        done="La clause est retirée du projet.",
    )


def _definition_form(act: Act, row: Definition | None, data=None):
    if row is None:
        form = DefinitionForm(data, act=act)
    else:
        initial = {name: getattr(row, name) for name in ("term", "meaning", "article")}
        form = ChangedDefinitionForm(data, act=act, initial=initial | {"seen": state_of(row)})
    form.fields["article"] = StandingArticleChoice(
        draft_text(act, with_body=False),
        label="Défini dans",
        empty_label="aucun article en particulier",
    )
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def avenant_definition(
    request: HttpRequest, act: Act, today: date, definition_pk: int | None = None
) -> HttpResponse:
    """Define a term by the act; one that the convention already defines is so replaced."""
    row = get_object_or_404(act.definitions, pk=definition_pk) if definition_pk else None
    form = _definition_form(act, row, sent(request))

    def write() -> None:
        answers = {"by": request.user, "on": today, **form.cleaned_data}
        change_definition(row, **answers) if row else define_term(act, **answers)

    def fresh():
        return _definition_form(act, Definition.objects.get(pk=row.pk))

    if carried_out(
        request,
        form,
        write,
        act.convention,
        done="Le terme est défini.",
        fresh=fresh if row else None,
    ):
        return back_to(act)
    title = f"Modifier « {row.term} »" if row else "Définir un terme"
    context = {"form": form, "title": title, "lead": "", "verb": "Enregistrer la définition"}
    return page(request, "conventions/operation_edit.html", act, today, **context)


@require_POST
@in_avenant()
def avenant_definition_remove(
    request: HttpRequest, act: Act, today: date, definition_pk: int
) -> HttpResponse:
    row = get_object_or_404(act.definitions, pk=definition_pk)
    return at_once(
        request,
        act,
        lambda: remove_definition(row, by=request.user, on=today),
        done="La définition est retirée du projet.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def avenant_visas(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    form = form_of_visas(act, sent(request))

    def write() -> None:
        set_visas(act.convention, by=request.user, on=today, act=act, **form.cleaned_data)

    if carried_out(
        request,
        form,
        write,
        act.convention,
        done="Les visas et les considérants sont à jour.",
        fresh=lambda: form_of_visas(act),
    ):
        return back_to(act)
    context = {"form": form, "title": "Visas et considérants", "lead": "", "verb": "Enregistrer"}
    return page(request, "conventions/operation_edit.html", act, today, **context)
