"""Writing the text: the plan, one article, and what opens the act."""

from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.articles import (
    insert_article,
    move_article,
    place_article,
    remove_article,
    renumber_articles,
    write_article,
)
from conventions.actions.draft import state_of
from conventions.actions.visas import set_visas, visas_state
from conventions.enums import VisaKind
from conventions.forms.text import ArticleForm, NewArticleForm, VisasForm
from conventions.models import Act, ArticleVersion, Convention
from conventions.views.writing import carried_out, carried_out_at_once, show, writing


def _versions(convention: Convention):
    versions = ArticleVersion.objects.filter(act__convention=convention, act__number=0)
    return versions.select_related("article", "act")


@require_safe
@writing("texte")
def articles(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    rows = _versions(convention).order_by("position")
    context = {"versions": rows, "visas": convention.acts.get(number=0).visas.count()}
    return show(request, "conventions/articles.html", convention, today, tab="texte", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def article_create(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    act = convention.acts.get(number=0)
    form = NewArticleForm(
        request.POST or None, act=act, initial={"parent": request.GET.get("dans")}
    )
    if carried_out(
        request,
        form,
        lambda: insert_article(convention, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="L’article est ajouté.",
    ):
        return redirect("conventions:articles", pk=convention.pk)
    context = {"form": form, "version": None}
    return show(request, "conventions/article_edit.html", convention, today, tab="texte", **context)


def _form_of(convention: Convention, article_pk: int, data=None) -> ArticleForm:
    row = _versions(convention).get(article=article_pk)
    initial = {name: getattr(row, name) for name in ("number", "heading", "body")}
    initial |= {"kind": row.article.kind, "parent": row.article.parent_id, "seen": state_of(row)}
    return ArticleForm(data, version=row, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def article_edit(
    request: HttpRequest, convention: Convention, today: date, article_pk: int
) -> HttpResponse:
    version = get_object_or_404(_versions(convention), article=article_pk)
    form = _form_of(convention, article_pk, request.POST or None)
    if carried_out(
        request,
        form,
        lambda: _write(version.article, by=request.user, on=today, **form.cleaned_data),
        convention,
        done=f"{version.label.capitalize()} : c’est enregistré.",
        fresh=lambda: _form_of(convention, article_pk),
    ):
        return redirect("conventions:articles", pk=convention.pk)
    context = {"form": form, "version": version}
    return show(request, "conventions/article_edit.html", convention, today, tab="texte", **context)


@transaction.atomic
def _write(article, *, by, on: date, parent, **answers) -> None:
    """Write the article where it stands, then move it if it was given another place."""
    write_article(article, by=by, on=on, **answers)
    place_article(article, by=by, on=on, parent=parent)


@require_POST
@writing("texte")
def article_move(
    request: HttpRequest, convention: Convention, today: date, article_pk: int
) -> HttpResponse:
    article = get_object_or_404(convention.articles, pk=article_pk)
    up = request.POST.get("sens") == "haut"
    return carried_out_at_once(
        request,
        lambda: move_article(article, by=request.user, on=today, up=up),
        done="L’article est déplacé.",
        to="conventions:articles",
        pk=convention.pk,
    )


@require_POST
@writing("texte")
def article_remove(
    request: HttpRequest, convention: Convention, today: date, article_pk: int
) -> HttpResponse:
    article = get_object_or_404(convention.articles, pk=article_pk)
    return carried_out_at_once(
        request,
        lambda: remove_article(article, by=request.user, on=today),
        done="L’article est retiré du projet.",
        to="conventions:articles",
        pk=convention.pk,
    )


@require_POST
@writing("texte")
def articles_renumber(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    return carried_out_at_once(
        request,
        lambda: renumber_articles(convention, by=request.user, on=today),
        done="Les articles sont numérotés dans l’ordre du texte.",
        to="conventions:articles",
        pk=convention.pk,
    )


def _form_of_visas(act: Act, data=None) -> VisasForm:
    lines = {kind: [] for kind in VisaKind.values}
    for visa in act.visas.all():
        lines[visa.kind].append(visa.text)
    initial = {
        "visas": "\n".join(lines[VisaKind.VISA]),
        "considerants": "\n".join(lines[VisaKind.CONSIDERANT]),
        "seen": visas_state(act),
    }
    return VisasForm(data, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def visas(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    act = convention.acts.get(number=0)
    form = _form_of_visas(act, request.POST or None)
    if carried_out(
        request,
        form,
        lambda: set_visas(convention, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="Les visas et les considérants sont à jour.",
        fresh=lambda: _form_of_visas(act),
    ):
        return redirect("conventions:articles", pk=convention.pk)
    return show(request, "conventions/visas.html", convention, today, tab="texte", form=form)
