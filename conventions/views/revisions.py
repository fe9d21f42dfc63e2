"""The history of an article being written: its states, what each changed, going back to one."""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from conventions.access import revisions_visible_to
from conventions.actions.articles import put_back
from conventions.actions.revisions import restore_revision
from conventions.models import ArticleRevision, ArticleVersion, Convention
from conventions.models.consolidated import draft_text
from conventions.rules.comparaison import Passage, Segment, compare_bodies, compare_words
from conventions.rules.comparaison_passages import PassageStatus
from conventions.rules.ecriture import references_of
from conventions.views.writing import carried_out_at_once, show, writing

MOST = 100


class State(NamedTuple):
    """A state of the article with what it changed of the one before."""

    revision: ArticleRevision
    heading: list[Segment]
    body: list[Passage]
    is_current: bool

    @property
    def changes_something(self) -> bool:
        return any(segment.kind != "equal" for segment in self.heading) or any(
            passage.status != PassageStatus.UNCHANGED for passage in self.body
        )


def _version(convention: Convention, article_pk: int) -> ArticleVersion:
    versions = ArticleVersion.objects.filter(act__convention=convention, act__number=0)
    return get_object_or_404(versions.select_related("article", "act"), article=article_pk)


@require_safe
@writing("texte")
def article_history(
    request: HttpRequest, convention: Convention, today: date, article_pk: int
) -> HttpResponse:
    version = _version(convention, article_pk)
    context = {
        "version": version,
        "states": states_of(_states(request, version, today)),
        "references": references_of(draft_text(version.act, with_body=False)),
    }
    return show(
        request, "conventions/article_history.html", convention, today, tab="texte", **context
    )


def _states(request: HttpRequest, version: ArticleVersion, today: date):
    """The states of an article that this person may read, the last one first."""
    rows = revisions_visible_to(request.user, version.act, on=today)
    return rows.filter(code=version.article.code).select_related("written_by")


def states_of(revisions) -> list[State]:
    """Return the last states of an article, each with what it changed."""
    rows = list(revisions[: MOST + 1])
    return [
        _state(newer, older, is_current=rank == 0)
        for rank, (newer, older) in enumerate(pairwise([*rows, None]))
    ][:MOST]


def _state(newer: ArticleRevision, older: ArticleRevision | None, *, is_current: bool) -> State:
    heading, body = (older.heading, older.body) if older else (newer.heading, newer.body)
    return State(
        newer,
        compare_words(heading, newer.heading),
        compare_bodies(body, newer.body),
        is_current,
    )


@require_POST
@writing("texte", draft=True)
def article_restore(
    request: HttpRequest, convention: Convention, today: date, article_pk: int, revision_pk: int
) -> HttpResponse:
    version = _version(convention, article_pk)
    revision = get_object_or_404(_states(request, version, today), pk=revision_pk)
    return carried_out_at_once(
        request,
        lambda: restore_revision(version, revision, by=request.user, on=today),
        done="L’article est revenu à cet état. Celui d’avant reste dans l’historique.",
        to="conventions:articles",
        pk=convention.pk,
    )


@require_POST
@writing("texte", draft=True)
def article_put_back(
    request: HttpRequest, convention: Convention, today: date, revision_pk: int
) -> HttpResponse:
    rows = revisions_visible_to(request.user, convention.acts.get(number=0), on=today)
    revision = get_object_or_404(rows, removed=True, pk=revision_pk)
    return carried_out_at_once(
        request,
        lambda: put_back(revision, by=request.user, on=today),
        done="L’article est rétabli, à la fin du texte.",
        to="conventions:articles",
        pk=convention.pk,
    )
