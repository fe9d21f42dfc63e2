"""What signed avenants did to the articles of a convention, each with its place in its avenant."""

from collections import defaultdict
from datetime import date

from conventions.enums import ActStatus
from conventions.models.act import Definition
from conventions.models.article import ArticleVersion
from conventions.rules.modifications import Amendment


def amendments_of(convention) -> list[Amendment]:
    """Return every change a signed avenant makes, in the order of their effect. One statement."""
    rows = (
        ArticleVersion.objects.dated()
        .filter(article__convention=convention, act__status=ActStatus.SIGNE, act__number__gt=0)
        .order_by("act__number", "position", "pk")
    )
    places: dict[int, int] = defaultdict(int)
    found = []
    for pk, article_id, change, act, kind, from_on in rows.values_list(
        "pk", "article_id", "operation", "act__number", "act__kind", "from_on"
    ):
        places[act] += 1
        found.append(Amendment(pk, article_id, change, act, kind, places[act], from_on))
    return sorted(found, key=lambda one: (one.from_on, one.act, one.place))


def definitions_of(convention, *, on: date) -> list[tuple[str, str]]:
    """Return (term, meaning) for the definitions in force on a day, by term. One statement."""
    rows = Definition.objects.filter(
        act__convention=convention, act__status=ActStatus.SIGNE, act__effective_on__lte=on
    ).order_by("act__effective_on", "act__number", "term")
    return defined(rows.values_list("term", "meaning"))


def defined(rows) -> list[tuple[str, str]]:
    """A later act that defines a term again replaces what it meant."""
    meanings = {term.casefold(): (term, meaning) for term, meaning in rows}
    return [meanings[key] for key in sorted(meanings)]
