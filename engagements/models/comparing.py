"""The engagements and targets of two texts, for the page that compares them one floor below."""

from collections.abc import Iterable

from accounts.rules.typographie import date_longue
from conventions.models.comparing import Side
from conventions.rules.comparaison_autour import Section, Told, section_of
from engagements.models.engagement import Engagement
from engagements.models.indicator import Target
from engagements.rules.lecture import written
from territories.rules.french import enumerate_words


def sections_between(convention, old: Side, new: Side) -> list[Section]:
    """Return what was added, ended, worded again or numbered anew among both."""
    roots = _roots(convention)
    engagements = (_engagements(convention, side, roots) for side in (old, new))
    targets = (_targets(convention, side) for side in (old, new))
    return [
        *section_of("Engagements", *engagements),
        *section_of("Objectifs chiffrés", *targets),
    ]


def _roots(convention) -> dict[int, int]:
    """Return, for each engagement, the first of those it was written in the place of."""
    links = dict(
        Engagement.every.filter(convention=convention, replaces__isnull=False).values_list(
            "pk", "replaces"
        )
    )
    roots = {}
    for pk in links:
        root = pk
        while root in links:
            root = links[root]
        roots[pk] = root
    return roots


def _engagements(convention, side: Side, roots: dict[int, int]) -> dict[int, Told]:
    labels = {article.article_id: article.label for article in side.articles}
    return {
        roots.get(row.pk, row.pk): Told(row.code, tuple(_lines(row, labels)))
        for row in _standing(convention, side)
    }


def _standing(convention, side: Side) -> Iterable[Engagement]:
    """What is owed on the day; with a draft, all that signed acts leave owed, then what it does."""
    if side.on is not None:
        rows = convention.engagements.standing(on=side.on)
        return rows.prefetch_related("debts__party").order_by("number", "pk")
    planned = Engagement.every.planned_by(side.act).prefetch_related("debts__party")
    touched = {row.replaces_id for row in planned}
    agreed = convention.engagements.filter(replaced_on__isnull=True)
    kept = [row for row in agreed.prefetch_related("debts__party") if row.pk not in touched]
    found = [*kept, *(row for row in planned if not row.repeals)]
    return sorted(found, key=lambda row: (row.number, row.pk))


def _lines(row: Engagement, labels: dict[int, str]) -> Iterable[str]:
    """Say an engagement as a text does; where it stands in its life is not the text's to say."""
    yield row.title
    if row.wording:
        yield row.wording
    parties = sorted((debt.party for debt in row.debts.all()), key=lambda party: party.position)
    if parties:
        yield f"Dû par {enumerate_words([party.alias for party in parties])}."
    yield f"{row.get_strength_display()}, {row.get_recurrence_display()}.".capitalize()
    if row.condition:
        yield f"Sous réserve de {row.condition}."
    for named, day in (("À partir du", row.starts_on), ("Jusqu’au", row.ends_on)):
        if day:
            yield f"{named} {date_longue(day)}."
    if label := labels.get(row.article_id):
        yield f"Lu à l’{label}." if label.startswith("article") else f"Lu à «\u00a0{label}\u00a0»."


def _targets(convention, side: Side) -> dict[tuple, Told]:
    rows = Target.every.filter(convention=convention).select_related("indicator", "territory")
    if side.on is not None:
        found = list(rows.filter(planned=False).binding(on=side.on))
    else:
        found = list(rows.filter(planned=False, replaced_on__isnull=True))
        found += rows.filter(act=side.act, planned=True)
    found.sort(key=lambda row: (row.indicator.code, row.territory.name, row.year, row.planned))
    standing = {(row.indicator_id, row.territory_id, row.year): row for row in found}
    return {
        key: Told(
            f"{row.indicator.code}, {row.territory.name}, {row.year}",
            (f"{row.indicator.name}\u00a0: {written(row.quantity, row.indicator.unit)}",),
        )
        for key, row in standing.items()
        if not row.withdrawn
    }
