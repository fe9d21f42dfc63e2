"""The versions of one article: what each act made of it, from which day, word by word."""

from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from conventions.access import get_convention_or_404
from conventions.models.amendments import ArticleState, amendments_of, article_states
from conventions.models.consolidated import consolidated_text
from conventions.models.listing import parties_in_order
from conventions.rules.comparaison import ArticleComparison, compare_articles
from conventions.rules.ecriture import references_of


class Version(NamedTuple):
    """A state of the article, and what it changed to the one before."""

    state: ArticleState
    comparison: ArticleComparison


@require_safe
def article_versions(request: HttpRequest, pk: int, code: int) -> HttpResponse:
    on = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=on)
    prefetch_related_objects([convention], parties_in_order())
    article = get_object_or_404(convention.articles, code=code)
    states = article_states(article, amendments_of(convention))
    if not states:
        raise Http404
    versions = [
        Version(state, _compared(before, state))
        for before, state in zip([None, *states], states, strict=False)
    ]
    today = consolidated_text(convention, on=on, with_repealed=True, with_body=False)
    gone = {standing.article_id for standing in today if standing.repealed}
    context = {
        "convention": convention,
        "on": on,
        "tab": "texte",
        "article": next((s for s in reversed(states) if s.from_on <= on), states[0]),
        "versions": versions[::-1],
        "is_gone": article.pk in gone,
        "references": references_of(one for one in today if not one.repealed),
    }
    return render(request, "conventions/article_versions.html", context)


def _compared(before: ArticleState | None, state: ArticleState) -> ArticleComparison:
    if before is None:
        return compare_articles(state, state)
    return compare_articles(None if before.repealed else before, None if state.repealed else state)
