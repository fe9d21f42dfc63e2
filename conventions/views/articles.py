"""Writing the text: the plan, one article, and what opens the act."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conventions.actions.articles import (
    insert_article,
    move_article,
    place_article,
    remove_article,
    renumber_articles,
    set_automatic_numbering,
    set_kind,
)
from conventions.actions.revisions import (
    Written,
    last_writer,
    merge_words,
    merged_words,
    removed_articles,
    words_of,
    write_words,
)
from conventions.actions.visas import set_visas, visas_state
from conventions.enums import VisaKind
from conventions.forms.text import ArticleForm, NewArticleForm, VisasForm
from conventions.models import Act, ArticleVersion, Convention
from conventions.models.consolidated import draft_text
from conventions.rules.ecriture import broken_references
from conventions.views.settling import Settling, settling_of
from conventions.views.writing import carried_out, carried_out_at_once, show, writing


def _versions(convention: Convention):
    versions = ArticleVersion.objects.filter(act__convention=convention, act__number=0)
    return versions.select_related("article", "act")


@require_safe
@writing("texte")
def articles(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    act = convention.acts.get(number=0)
    text = draft_text(act, with_repealed=True) if convention.is_draft else []
    context = {
        "act": act,
        "versions": _versions(convention).order_by("position"),
        "visas": act.visas.count(),
        "broken": broken_references(text),
        "was_added": "ajoute" in request.GET,
        "removed": removed_articles(act, by=request.user, on=today) if convention.is_draft else [],
    }
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
        return redirect(f"{reverse('conventions:articles', args=[convention.pk])}?ajoute=1")
    context = {"form": form, "version": None}
    return show(request, "conventions/article_edit.html", convention, today, tab="texte", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing("texte", draft=True)
def article_edit(
    request: HttpRequest, convention: Convention, today: date, article_pk: int
) -> HttpResponse:
    version = get_object_or_404(_versions(convention), article=article_pk)
    form = ArticleForm(request.POST or None, version=version)
    written: list[Written] = []
    if carried_out(
        request,
        form,
        lambda: written.append(_write(version, form, by=request.user, on=today)),
        convention,
        done=f"{version.label.capitalize()} : c’est enregistré.",
    ):
        _tell_merge(request, written[0])
        return redirect("conventions:articles", pk=convention.pk)
    settling = _settle(version, form) if form.has_error(NON_FIELD_ERRORS, "conflict") else None
    context = {"form": form, "version": version, "settling": settling}
    return show(request, "conventions/article_edit.html", convention, today, tab="texte", **context)


@transaction.atomic
def _write(version: ArticleVersion, form: ArticleForm, *, by, on: date) -> Written:
    """Write the words, then the kind and the place if this person chose others."""
    written = write_words(version, by=by, on=on, base=form.base, mine=form.mine)
    article = written.version.article
    if form.new_kind is not None:
        set_kind(article, by=by, on=on, kind=form.new_kind)
    if form.has_moved:
        place_article(article, by=by, on=on, parent=form.cleaned_data["parent"])
    return written


def _tell_merge(request: HttpRequest, written: Written) -> None:
    if written.merged_with:
        messages.info(request, f"Fusionné avec ce que {written.merged_with} vient d’écrire.")


def _settle(version: ArticleVersion, form: ArticleForm) -> Settling:
    """Show both writings side by side, and let the form start again from what is recorded."""
    version.refresh_from_db()
    here = words_of(version)
    pieces = merge_words(form.base, form.mine, here)
    labels = {article.code: article.label for article in draft_text(version.act, with_body=False)}
    found = settling_of(pieces, labels, who=last_writer(version))
    form.settle(here, merged_words(pieces))
    return found


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
    """Take an article out; when others refer to it, say which and ask once more."""
    article = get_object_or_404(convention.articles, pk=article_pk)
    confirmed = request.POST.get("confirme") == "oui"
    try:
        remove_article(article, by=request.user, on=today, check_references=not confirmed)
    except ValidationError as error:
        if getattr(error, "code", "") == "referred":
            context = {"version": _versions(convention).get(article=article), "reason": error}
            return show(
                request, "conventions/article_remove.html", convention, today, tab="texte",
                **context,
            )  # fmt: skip
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "L’article est retiré du projet. Il reste dans l’historique.")
    return redirect("conventions:articles", pk=convention.pk)


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


@require_POST
@writing("texte")
def articles_numbering(request: HttpRequest, convention: Convention, today: date) -> HttpResponse:
    automatic = request.POST.get("automatique") == "oui"
    done = (
        "Les articles sont numérotés d’eux-mêmes, à chaque changement du plan."
        if automatic
        else "Les numéros restent désormais tels que vous les écrivez."
    )
    return carried_out_at_once(
        request,
        lambda: set_automatic_numbering(convention, by=request.user, on=today, automatic=automatic),
        done=done,
        to="conventions:articles",
        pk=convention.pk,
    )


def form_of_visas(act: Act, data=None) -> VisasForm:
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
    form = form_of_visas(act, request.POST or None)
    if carried_out(
        request,
        form,
        lambda: set_visas(convention, by=request.user, on=today, **form.cleaned_data),
        convention,
        done="Les visas et les considérants sont à jour.",
        fresh=lambda: form_of_visas(act),
    ):
        return redirect("conventions:articles", pk=convention.pk)
    return show(request, "conventions/visas.html", convention, today, tab="texte", form=form)
