"""Writing the operations of an avenant on articles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.draft import state_of
from conventions.actions.operations import (
    insert_by,
    move_operation,
    remove_operation,
    renumber_article,
    repeal_article,
    replace_article,
    restore_article,
    rewrite_insertion,
)
from conventions.enums import Change
from conventions.forms.operations import (
    InsertForm,
    InsertionForm,
    OperationForm,
    RenumberForm,
    RepealForm,
    ReplaceForm,
    RestoreForm,
)
from conventions.models import Act, Article, ArticleVersion
from conventions.models.acts_read import planned_of
from conventions.models.consolidated import ConsolidatedArticle, draft_text
from conventions.rules.avenants import Name
from conventions.views.avenants import at_once, back_to, in_avenant, page, row_or_404, sent
from conventions.views.writing import carried_out


@dataclass(frozen=True)
class Kind:
    """One thing an act may do to an article: its form, its action, what pages say of it."""

    form: type[OperationForm]
    write: Callable
    heading: str
    verb: str
    fields: tuple[str, ...] = ()


REPLACE = Kind(
    ReplaceForm, replace_article, "Remplacer {}", "Enregistrer la rédaction", ("heading", "body")
)
RESTORE = Kind(
    RestoreForm, restore_article, "Rétablir {}", "Rétablir", ("number", "heading", "body")
)
REPEAL = Kind(RepealForm, repeal_article, "Abroger {}", "Abroger")
RENUMBER = Kind(RenumberForm, renumber_article, "Renuméroter {}", "Renuméroter", ("number",))
_BY_CHANGE = {
    Change.REMPLACER: REPLACE,
    Change.ECRIRE: RESTORE,
    Change.ABROGER: REPEAL,
    Change.RENUMEROTER: RENUMBER,
}
DONE = "L’opération est enregistrée dans le projet."


def _text(act: Act) -> dict[int, ConsolidatedArticle]:
    return {article.article_id: article for article in draft_text(act, with_repealed=True)}


@require_safe
@in_avenant()
def operation_choose(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    """The text as the act would leave it: choose an article, and what to do to it."""
    operations = planned_of(act)
    text = _text(act)
    context = {
        "articles": list(text.values()),
        "within": {
            article.article_id
            for article in text.values()
            if article.parent_id in text and text[article.parent_id].repealed
        },
        "inserted": {one.article: one.key for one in operations if one.is_new},
        "touched": {one.article for one in operations if not one.is_new},
    }
    return page(request, "conventions/operation_choose.html", act, today, **context)


def _begin(
    request: HttpRequest, act: Act, today: date, article_pk: int, kind: Kind
) -> HttpResponse:
    """Ask what to do to an article of the text, then write it as an operation."""
    known = _text(act).get(article_pk)
    if known is None:  # Another convention's, or one that a draft not shared inserts.
        raise Http404
    article = Article.objects.get(pk=article_pk)
    initial = {name: getattr(known, name, "") for name in kind.fields}
    form = kind.form(sent(request), act=act, initial=initial)
    if carried_out(
        request,
        form,
        lambda: kind.write(act, article, by=request.user, on=today, **form.cleaned_data),
        act.convention,
        done=DONE,
    ):
        return back_to(act)
    return _form_page(request, act, today, form, kind, known)


def _form_page(request, act, today, form, kind: Kind, known) -> HttpResponse:
    name = Name(known.kind, known.number, known.heading).the if known else "l’article"
    context = {
        "form": form,
        "title": kind.heading.format(name),
        "lead": known.heading if known and known.number else "",
        "verb": kind.verb,
    }
    return page(request, "conventions/operation_edit.html", act, today, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def operation_replace(request, act: Act, today: date, article_pk: int) -> HttpResponse:
    return _begin(request, act, today, article_pk, REPLACE)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def operation_restore(request, act: Act, today: date, article_pk: int) -> HttpResponse:
    return _begin(request, act, today, article_pk, RESTORE)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def operation_repeal(request, act: Act, today: date, article_pk: int) -> HttpResponse:
    return _begin(request, act, today, article_pk, REPEAL)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def operation_renumber(request, act: Act, today: date, article_pk: int) -> HttpResponse:
    return _begin(request, act, today, article_pk, RENUMBER)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def operation_insert(request: HttpRequest, act: Act, today: date) -> HttpResponse:
    initial = {"after": request.GET.get("apres"), "parent": request.GET.get("dans")}
    form = InsertForm(sent(request), act=act, initial=initial)
    if carried_out(
        request,
        form,
        lambda: insert_by(act, by=request.user, on=today, **form.cleaned_data),
        act.convention,
        done="L’article est inséré dans le projet.",
    ):
        return back_to(act)
    context = {"form": form, "title": "Insérer un article", "lead": "", "verb": "Insérer l’article"}
    return page(request, "conventions/operation_edit.html", act, today, **context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_avenant()
def operation_edit(request: HttpRequest, act: Act, today: date, row_pk: int) -> HttpResponse:
    """Write an operation again: the same questions, on what it says now."""
    row = row_or_404(act, row_pk)
    if _is_insertion(act, row):
        return _edit(request, act, today, row, _INSERTION)
    return _edit(request, act, today, row, _BY_CHANGE[Change(row.operation)])


def _is_insertion(act: Act, row: ArticleVersion) -> bool:
    return any(one.key == row.pk and one.is_new for one in planned_of(act))


def _rewrite(act: Act, article: Article, *, row: ArticleVersion, **answers) -> None:
    rewrite_insertion(row, **answers)


_INSERTION = Kind(
    InsertionForm,
    _rewrite,
    "Modifier l’insertion : {}",
    "Enregistrer l’article",
    ("number", "heading", "body"),
)


def _bound(act: Act, row: ArticleVersion, kind: Kind, data=None) -> OperationForm:
    fresh = ArticleVersion.objects.select_related("article").get(pk=row.pk)
    initial = {name: getattr(fresh, name) for name in ("effective_on", *kind.fields)}
    initial |= {"kind": fresh.article.kind, "seen": state_of(fresh)}
    return kind.form(data, act=act, initial=initial)


def _edit(request, act: Act, today: date, row: ArticleVersion, kind: Kind) -> HttpResponse:
    form = _bound(act, row, kind, sent(request))
    if carried_out(
        request,
        form,
        lambda: kind.write(
            act, row.article, row=row, by=request.user, on=today, **form.cleaned_data
        ),
        act.convention,
        done=DONE,
        fresh=lambda: _bound(act, row, kind),
    ):
        return back_to(act)
    return _form_page(request, act, today, form, kind, _text(act).get(row.article_id))


@require_POST
@in_avenant()
def operation_remove(request: HttpRequest, act: Act, today: date, row_pk: int) -> HttpResponse:
    row = row_or_404(act, row_pk)
    return at_once(
        request,
        act,
        lambda: remove_operation(row, by=request.user, on=today),
        done="L’opération est retirée du projet.",
    )


@require_POST
@in_avenant()
def operation_move(request: HttpRequest, act: Act, today: date, row_pk: int) -> HttpResponse:
    row = row_or_404(act, row_pk)
    up = request.POST.get("sens") == "haut"
    return at_once(
        request,
        act,
        lambda: move_operation(row, by=request.user, on=today, up=up),
        done="L’opération est déplacée.",
    )
