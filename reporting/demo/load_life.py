"""What became of a signed convention, told in the order in which it happened."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal

from engagements.actions.declarations import Evidence, declare_state
from engagements.actions.figures import correct_measurement, enter_measurement, set_target
from engagements.actions.revoyure import (
    freeze_revoyure,
    hand_over,
    open_revoyure,
    write_contribution,
)
from engagements.models import Indicator, Measurement, Revoyure
from reporting.actions.jobs import produce_document
from reporting.demo.load_convention import Dossier
from reporting.demo.load_people import territory_of
from reporting.demo.papers import paper
from reporting.demo.pieces import (
    ContributionData,
    IndicatorData,
    RevoyureData,
    StateData,
    TargetData,
    ValueData,
)
from reporting.models import RenderJob
from territories.models import Territory

# Within a day: figures first, then what is said of them, then what is concluded.
FIGURES, WORDS, REVIEWS = 1, 2, 3
type_of_event = tuple[date, int, Callable[[], None]]


def instant(day: date) -> datetime:
    """An hour at which people are at work, wherever the day is of."""
    return datetime.combine(day, time(14, 30), tzinfo=UTC)


class Life:
    """The figures, the declarations and the reviews of one convention."""

    def __init__(self, dossier: Dossier, *, now: datetime):
        self.dossier = dossier
        self.convention = dossier.convention
        self.now = now
        self.indicators: dict[str, Indicator] = {}
        self.values: dict[tuple, Measurement] = {}

    def tell(self) -> None:
        """Write everything, each event on its own day."""
        data = self.dossier.data
        self._read_indicators(data.indicators)
        for target in data.targets:
            self._aim(target)
        for _day, _rank, happen in sorted(self._events(), key=lambda event: event[:2]):
            happen()

    def _events(self) -> Iterator[type_of_event]:
        data = self.dossier.data
        for value in data.values:
            yield _entered_on(value), FIGURES, lambda value=value: self._observe(value)
        for state in data.states:
            yield state.on, WORDS, lambda state=state: self._declare(state)
        for review in data.revoyures:
            yield from self._review_events(review)

    def _read_indicators(self, own: tuple[IndicatorData, ...]) -> None:
        self.indicators = {i.code: i for i in Indicator.objects.filter(convention=None)}
        for data in own:
            self.indicators[data.code] = Indicator.objects.create(
                convention=self.convention,
                code=data.code,
                name=data.name,
                unit=data.unit,
                nature=data.nature,
                direction=data.direction,
                additive=data.additive,
                definition=data.definition,
            )

    def _place(self, code: str) -> Territory:
        return territory_of(("commune", code)) if code else self.convention.territory

    def _aim(self, data: TargetData) -> None:
        dossier = self.dossier
        for year in data.years:
            set_target(
                self.convention,
                by=dossier.by,
                on=dossier.data.signature.signed_on,
                indicator=self.indicators[data.indicator],
                territory=self._place(data.territory),
                year=year,
                quantity=Decimal(data.quantity),
                engagement=dossier.engagements[data.engagement] if data.engagement else None,
                article=self._article_of(data),
            )

    def _article_of(self, data: TargetData):
        if data.engagement:
            return self.dossier.engagements[data.engagement].article
        return self.dossier.article(data.article)

    def _observe(self, data: ValueData) -> None:
        provider = self.dossier.parties[data.by]
        key = (data.indicator, data.year, data.territory)
        facts = {
            "by": self.dossier.cast.speaker(provider, self.convention),
            "on": _entered_on(data),
            "quantity": None if data.quantity is None else Decimal(str(data.quantity)),
            "status": data.status,
            "source": data.source,
            "as_of": data.as_of,
        }
        if data.corrects:
            known = self.values[key]
            self.values[key] = correct_measurement(known, comment=data.corrects, **facts)
            return
        self.values[key] = enter_measurement(
            self.convention,
            indicator=self.indicators[data.indicator],
            territory=self._place(data.territory),
            year=data.year,
            provider=provider,
            comment=data.comment,
            **facts,
        )

    def _declare(self, data: StateData) -> None:
        party = self.dossier.parties[data.by]
        declare_state(
            self.dossier.engagements[data.engagement],
            by=self.dossier.cast.speaker(party, self.convention),
            on=data.on,
            party=party,
            state=data.state,
            comment=data.comment,
            files=self._files(data),
            next_due_on=data.next_due_on,
        )

    def _files(self, data: StateData) -> list[Evidence]:
        if not data.evidence:
            return []
        lines = (f"Convention {self.convention.reference}.", data.comment)
        return [Evidence(*paper(data.evidence, lines, on=data.on))]

    def _review_events(self, data: RevoyureData) -> Iterator[type_of_event]:
        opened: dict[str, Revoyure] = {}

        def begin() -> None:
            party = self.dossier.parties["1"]
            by = self.dossier.cast.speaker(party, self.convention)
            opened["row"] = open_revoyure(self.convention, by=by, on=data.opened_on, year=data.year)

        yield data.opened_on, REVIEWS, begin
        for words in data.contributions:
            write = lambda words=words: self._contribute(opened["row"], words)  # noqa: E731
            yield words.written_on, REVIEWS, write
        if data.frozen_on:
            yield data.frozen_on, REVIEWS, lambda: self._freeze(opened["row"], data)

    def _contribute(self, revoyure: Revoyure, data: ContributionData) -> None:
        party = self.dossier.parties[data.by]
        by = self.dossier.cast.speaker(party, self.convention)
        contribution = revoyure.contributions.get(party=party)
        owed = self.dossier.data.engagements
        readings = {n: data.usual for n, row in enumerate(owed, start=1) if data.by in row.by}
        readings |= data.readings
        write_contribution(
            contribution,
            by=by,
            on=data.written_on,
            statement=data.statement,
            readings={
                self.dossier.engagements[number].pk: reading
                for number, reading in readings.items()
                if number not in data.unread
            },
        )
        if data.handed_over_on:
            at = instant(data.handed_over_on)
            hand_over(contribution, by=by, on=data.handed_over_on, now=at)

    def _freeze(self, revoyure: Revoyure, data: RevoyureData) -> None:
        """Close the year, and make its document at once rather than wait for a worker."""
        party = self.dossier.parties["1"]
        freeze_revoyure(
            revoyure,
            by=self.dossier.cast.speaker(party, self.convention),
            on=data.frozen_on,
            now=instant(data.frozen_on),
            outcome=data.outcome,
            conclusion=data.conclusion,
            meeting_on=data.meeting_on,
        )
        produce_document(RenderJob.objects.get(revoyure=revoyure).pk, now=self.now)


def _entered_on(data: ValueData) -> date:
    return data.entered_on or date(data.year + 1, 2, 1)
