"""The text as it would read once a draft avenant is signed, marked as a draft all along."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from conventions.access import get_act_or_404, get_convention_or_404
from conventions.enums import ActStatus
from conventions.models import Act
from conventions.models.amendments import definitions_after
from conventions.models.clauses_read import clause_lines, clauses_with
from conventions.models.consolidated import ConsolidatedArticle, draft_text
from conventions.rules.ecriture import references_of
from conventions.rules.texte import Block, blocks, contents
from conventions.views.writing import show


class Drafted(NamedTuple):
    """An article to lay out, and whether this draft words, numbers or inserts it."""

    version: ConsolidatedArticle
    blocks: list[Block]
    is_changed: bool


@require_safe
def text_draft(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Of an avenant one may see and that is still to be signed; of anything else, 404."""
    today = timezone.localdate()
    convention = get_convention_or_404(request.user, pk, on=today)
    act = get_act_or_404(request.user, convention, number, on=today)
    if act.number == 0 or act.is_signed or act.status == ActStatus.ABANDONNE:
        raise Http404
    text = draft_text(act)
    context = {
        "act": act,
        "lead": f"Le texte tel qu’il serait, une fois signé l’{act}",
        "articles": [_drafted(article, act) for article in text],
        "references": references_of(text),
        "contents": contents(text),
        "definitions": definitions_after(act),
        "clauses": clause_lines(clauses_with(act)),
    }
    return show(request, "conventions/text_draft.html", convention, today, tab="texte", **context)


def _drafted(article: ConsolidatedArticle, act: Act) -> Drafted:
    own = article.act == act.number or any(mark.act == act.number for mark in article.changes)
    return Drafted(article, blocks(article.body), own)
