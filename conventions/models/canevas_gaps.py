"""A text beside its model, and the library as it is offered on a day."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from conventions.models.act import Act
from conventions.models.article import Article
from conventions.models.canevas import Canevas, CanevasClause
from conventions.models.consolidated import draft_text, text_of
from conventions.rules.canevas import fill, variables_of
from conventions.rules.canevas_ecarts import (
    Deviations,
    DraftArticle,
    ModelClause,
    Wording,
    deviations,
)


def offered(*, on: date) -> QuerySet[Canevas]:
    """The models published on a day and not yet retired."""
    standing = Q(retired_on__isnull=True) | Q(retired_on__gt=on)
    return Canevas.objects.filter(standing, published_on__lte=on)


def codes_of(convention_pk: int) -> dict[str, int]:
    """Return the article laid down for each clause's key, the first one when there are several."""
    rows = Article.objects.filter(convention=convention_pk, origin__isnull=False)
    return dict(rows.order_by("-code").values_list("origin__key", "code"))


def wordings_of(
    clause: CanevasClause, values: Mapping[str, str], codes: Mapping[str, int]
) -> tuple[Wording, ...]:
    """Return the wordings a clause may take, filled as far as the answers go."""
    variables = variables_of(clause.canevas.variables)

    def wording(body: str, label: str = "") -> Wording:
        return Wording(
            fill(clause.heading, variables, values), fill(body, variables, values, codes), label
        )

    others = (wording(other["body"], other.get("label", "")) for other in clause.alternatives)
    return (wording(clause.body), *others)


def deviations_of(act: Act, *, on: date) -> Deviations:
    """Compare the text of a convention with the model its initial act was begun from.

    An initial act still being written is read as it stands; a signed one, as its avenants left it.
    """
    convention = act.convention
    text = text_of(convention, on=on) if act.is_signed else draft_text(act)
    origins = dict(convention.articles.filter(origin__isnull=False).values_list("pk", "origin_id"))
    asked = Q(pk__in=set(origins.values())) | Q(canevas=act.canevas_id)
    clauses = CanevasClause.objects.filter(asked).select_related("canevas")
    codes, values = codes_of(convention.pk), _answers(act)
    return deviations(
        [
            ModelClause(
                clause.pk,
                clause.key,
                clause.heading,
                clause.required and clause.canevas_id == act.canevas_id,
                wordings_of(clause, values, codes),
            )
            for clause in clauses
        ],
        [
            DraftArticle(
                row.article_id, row.label, row.heading, row.body, origins.get(row.article_id)
            )
            for row in text
        ],
    )


def _answers(act: Act) -> dict[str, str]:
    """The answers of the initial act, and those that signed avenants added to them."""
    signed = act.convention.acts.signed().order_by("number").values_list("variables", flat=True)
    added = {name: raw for variables in signed for name, raw in variables.items()}
    return {**added, **act.variables}
