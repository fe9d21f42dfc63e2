"""The name of every article of many texts at once, each as it stands on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models.expressions import Combinable

from conventions.models.article import ArticleVersion
from conventions.models.consolidated import OPERATION, TITLE
from conventions.rules import texte
from conventions.rules.consolidation import Operation, consolidate


def labels_of(convention_pks: Iterable[int], *, on: date | Combinable) -> dict[int, dict[int, str]]:
    """Return, by convention, «article 2.2.1» for each article that stands on a day.

    One statement, whatever their number; no article that was repealed, alone or with what holds it.
    `on` may be an expression on the convention's own dates. Twin of `consolidated_text`.
    """
    operations: dict[int, list[Operation]] = defaultdict(list)
    headings: dict[int, str] = {}
    rows = ArticleVersion.objects.signed_by(on=on).filter(
        article__convention__in=list(convention_pks)
    )
    read = rows.order_by().values_list("article__convention", *OPERATION, *TITLE)
    for convention_pk, *operation, _code, heading in read.iterator(chunk_size=5000):
        operations[convention_pk].append(Operation(*operation))
        headings[operation[0]] = heading
    return {
        convention_pk: {
            standing.article: texte.label(standing.kind, standing.number, headings[standing.key])
            for standing in consolidate(found)
            if not standing.repealed
        }
        for convention_pk, found in operations.items()
    }
