"""The balance of one convention on one day, read in a handful of queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from conventions.models import Convention, Party
from conventions.models.convention import owing_on
from conventions.models.listing import parties_in_order
from engagements.models import Debt, Engagement, StateChange, Target, Theme
from engagements.models.titles import ArticleTitle, article_titles
from engagements.rules.lecture import Entry, Figure, Saying, chosen_figure
from engagements.rules.situations import still_owed, verdict


@dataclass(frozen=True)
class Due:
    """What one party owes by itself: how much is left, out of how much."""

    party: Party
    left: int
    total: int


@dataclass(frozen=True)
class Balance:
    """Everything read of a convention, before anything is filtered or laid out."""

    convention: Convention
    on: date
    parties: list[Party]
    themes: list[Theme]
    titles: dict[int, ArticleTitle]
    entries: dict[int, Entry]

    @property
    def is_pair(self) -> bool:
        return len(self.parties) == 2

    def is_joint(self, entry: Entry) -> bool:
        return len(entry.parties) >= len(self.parties) > 1

    @property
    def joint(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if self.is_joint(entry)]

    @property
    def dues(self) -> list[Due]:
        own = [entry for entry in self.entries.values() if not self.is_joint(entry)]
        return [_due(party, own) for party in self.parties]


def _due(party: Party, entries: Iterable[Entry]) -> Due:
    owed = [entry for entry in entries if party.pk in entry.parties]
    return Due(party, sum(still_owed(entry.situation) for entry in owed), len(owed))


def read_balance(convention: Convention, *, on: date) -> Balance:
    prefetch_related_objects([convention], parties_in_order())
    parties = owing_on(convention.parties.all(), on)
    engagements = list(convention.engagements.standing(on=on).for_balance())
    facts = _Facts(
        on=on,
        aliases={party.pk: party.alias for party in parties},
        numbers={engagement.pk: engagement.number for engagement in engagements},
        debtors=_by_first(Debt.objects.pairs(convention).filter(party__in=parties)),
        answers=_by_first(Engagement.answers(convention)),
        figures=_figures(convention, on=on),
        sayings=_sayings(convention),
    )
    entries = {engagement.pk: facts.entry(engagement) for engagement in engagements}
    owing = {pk for entry in entries.values() for pk in entry.parties}
    return Balance(
        convention=convention,
        on=on,
        # A party that has left keeps its column as long as something there is in its name.
        parties=[party for party in parties if party.pk in owing or party.is_bound_on(on)],
        themes=list(convention.themes.in_use()),
        titles=article_titles(convention, on=on),
        entries=entries,
    )


@dataclass(frozen=True)
class _Facts:
    """What surrounds the engagements of a convention, by primary key."""

    on: date
    aliases: Mapping[int, str]
    numbers: Mapping[int, int]
    debtors: Mapping[int, list[int]]
    answers: Mapping[int, list[int]]
    figures: Mapping[int, list[Figure]]
    sayings: Mapping[int, Saying]

    def entry(self, engagement: Engagement) -> Entry:
        owing = frozenset(self.debtors.get(engagement.pk, ()))
        others = frozenset(self.answers.get(engagement.pk, ()))
        return Entry(
            pk=engagement.pk,
            number=engagement.number,
            title=engagement.title,
            situation=engagement.situation_on(self.on),
            debtors=tuple(alias for pk, alias in self.aliases.items() if pk in owing),
            due_on=engagement.due_on,
            recurrence=engagement.recurrence,
            condition=engagement.condition,
            saying=self.sayings.get(engagement.pk),
            figure=chosen_figure(self.figures.get(engagement.pk, []), on=self.on),
            replies=tuple(sorted(self.numbers[pk] for pk in others)),
            counterparts=others,
            parties=owing,
            theme=engagement.theme_id,
            article=engagement.article_id,
            strength=engagement.strength,
        )


def _by_first(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found = defaultdict(list)
    for first, second in pairs:
        found[first].append(second)
    return found


def _sayings(convention: Convention) -> dict[int, Saying]:
    return {
        change.engagement_id: saying_of(change, evidence=change.evidence_count)
        for change in StateChange.objects.last_of_each(convention)
    }


def saying_of(change: StateChange, *, evidence: int) -> Saying:
    party = change.party.alias if change.party else ""
    return Saying(on=change.declared_on, party=party, evidence=evidence)


def _figures(convention: Convention, *, on: date) -> dict[int, list[Figure]]:
    found = defaultdict(list)
    targets = convention.targets.binding(on=on).of_engagements().with_result()
    for target in targets.select_related("indicator"):
        found[target.engagement_id].append(figure_of(target))
    return found


def figure_of(target: Target) -> Figure:
    """Read a target annotated `with_result`."""
    indicator = target.indicator
    return Figure(
        name=indicator.name,
        unit=indicator.unit,
        year=target.year,
        target=target.quantity,
        value=target.result,
        meets=verdict(
            target.result,
            target.quantity,
            indicator.direction,
            status=target.result_status,
            additive=indicator.additive,
        ),
    )
