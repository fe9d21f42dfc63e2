"""The balance laid out for its page: a ledger of marks by article, then who owes what to whom."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from engagements.rules.balance import Group, Lonely, Owed, Row, arrange
from engagements.rules.lecture import Entry, enumerated, meta, reading
from engagements.views.balance_reading import Balance
from territories.rules.french import de

# Beyond two lines in its column, a wording is set smaller.
LONG_TITLE = 90


# Said in the first empty column, where there are three parties or more.
_SHORT_SILENCE = {
    Lonely.NO: "",
    Lonely.WITHOUT: "sans contrepartie",
    Lonely.UNLINKED: "aucune contrepartie rattachée",
    Lonely.ELSEWHERE: "contrepartie ailleurs : ",
}


@dataclass(frozen=True)
class Card:
    """One engagement as the page draws it."""

    entry: Entry
    href: str
    meta: str
    owner: str
    rule: int = 0

    @property
    def is_long(self) -> bool:
        return len(self.entry.title) > LONG_TITLE


@dataclass(frozen=True)
class Mark:
    icon: str
    href: str
    label: str


@dataclass(frozen=True)
class Answer:
    """Where the counterpart of a lonely promise is to be found."""

    code: str
    href: str
    where: str


@dataclass(frozen=True)
class Line:
    """One row of a group: a cell a party; `silence` says why nothing faces it, and where."""

    cells: tuple[tuple[Card, ...], ...]
    is_lonely: bool = False
    silence: str = ""
    silent_at: int | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def is_apart(self) -> bool:
        """Side by side without being tied: each stands alone for the same reason."""
        return self.is_lonely and not self.answers

    @property
    def first(self) -> tuple[Card, ...]:
        return self.cells[0]

    @property
    def second(self) -> tuple[Card, ...]:
        return self.cells[1]


@dataclass(frozen=True)
class Section:
    """An article or a theme of the detail."""

    anchor: str
    over: str
    heading: str
    lines: tuple[Line, ...]
    shared: tuple[Card, ...]
    joint: tuple[Card, ...]


@dataclass(frozen=True)
class LedgerRow:
    label: str
    href: str
    cells: tuple[tuple[Mark, ...], ...]
    joint: tuple[Mark, ...]
    reading: str


@dataclass(frozen=True)
class Layout:
    """A balance grouped by article or by theme, of which `shown` engagements are detailed."""

    balance: Balance
    shown: Collection[int]
    by_theme: bool = False

    def _arranged(self, shown: Collection[int] | None = None) -> tuple[Group, ...]:
        order = [theme.pk for theme in self.balance.themes] if self.by_theme else None
        return arrange(
            (self._owed(entry) for entry in self.balance.entries.values()),
            parties=[party.pk for party in self.balance.parties],
            groups=list(self.balance.titles) if order is None else order,
            shown=shown,
        )

    def _owed(self, entry: Entry) -> Owed:
        group = entry.theme if self.by_theme else entry.article
        return Owed(entry.pk, entry.number, group, entry.parties, entry.counterparts)

    # Detail --------------------------------------------------------------------------------------

    @cached_property
    def sections(self) -> list[Section]:
        return [self._section(group) for group in self._arranged(self.shown)]

    def _section(self, group: Group) -> Section:
        over, heading, _short = self._names(group)
        return Section(
            anchor=self._anchor(group),
            over=over,
            heading=heading,
            lines=tuple(self._line(row) for row in group.rows),
            shared=tuple(self._shared(self.balance.entries[pk]) for pk in group.shared),
            joint=self._cards(group.joint, owner="Ensemble"),
        )

    def _anchor(self, group: Group) -> str:
        if group.key is None:
            return "autres"
        return f"theme-{group.key}" if self.by_theme else f"art-{group.key}"

    def _names(self, group: Group) -> tuple[str, str, str]:
        if group.key is None:
            return "", "Autres engagements", "Autres engagements"
        if self.by_theme:
            name = next(theme.name for theme in self.balance.themes if theme.pk == group.key)
            return "Thème", name, name
        title = self.balance.titles[group.key]
        return ("" if title.over == title.heading else title.over), title.heading, title.short

    def _line(self, row: Row) -> Line:
        pair = self.balance.is_pair
        cells = tuple(
            self._cards(cell, replies=not pair or (place == 0 and row.lonely == Lonely.NO))
            for place, cell in enumerate(row.cells)
        )
        return Line(
            cells=cells,
            is_lonely=row.lonely != Lonely.NO,
            silence=self._silence(row) if pair else _SHORT_SILENCE[row.lonely],
            silent_at=next((n for n, cell in enumerate(row.cells, start=1) if not cell), None),
            answers=tuple(self._answer(pk, row) for pk in row.elsewhere),
        )

    def _silence(self, row: Row) -> str:
        if row.lonely == Lonely.NO:
            return ""
        missing = de(self.balance.parties[1 - row.filled[0]].alias)
        return {
            Lonely.WITHOUT: f"Le texte ne prévoit pas de contrepartie {missing}.",
            Lonely.UNLINKED: f"Aucune contrepartie {missing} n’y est rattachée.",
            Lonely.ELSEWHERE: self._whereabouts(row),
        }[row.lonely]

    def _whereabouts(self, row: Row) -> str:
        many = len(row.elsewhere) > 1
        if not any(pk in self.shown for pk in row.elsewhere):
            return f"{'Contreparties' if many else 'Contrepartie'} hors de ce filtre : "
        return "Ses contreparties sont ailleurs : " if many else "Sa contrepartie est ailleurs : "

    def _answer(self, pk: int, row: Row) -> Answer:
        entry = self.balance.entries[pk]
        mine = next(self.balance.entries[cell[0]] for cell in row.cells if cell)
        title = self.balance.titles.get(entry.article)
        elsewhere = title is not None and entry.article != mine.article
        where = title.label if elsewhere else ""
        if self.balance.is_joint(entry):
            where = "engagement commun"
        return Answer(entry.code, self._href(entry), where)

    def _cards(
        self, pks: Sequence[int], *, owner: str = "", replies: bool = True
    ) -> tuple[Card, ...]:
        return tuple(self._card(self.balance.entries[pk], owner, replies) for pk in pks)

    def _shared(self, entry: Entry) -> Card:
        """What several owe of three parties or more stands on the rule of the first of them."""
        owing = (n for n, party in enumerate(self.balance.parties, 1) if party.pk in entry.parties)
        return replace(self._card(entry, "", replies=True), rule=next(owing, 0))

    def _card(self, entry: Entry, owner: str, replies: bool) -> Card:
        return Card(
            entry=entry,
            href=self._page(entry),
            meta=meta(entry, self.balance.on, replies=replies),
            owner=owner or entry.owner,
        )

    # Ledger --------------------------------------------------------------------------------------

    def ledger(self) -> Iterator[LedgerRow]:
        anchors = {section.anchor for section in self.sections}
        for group in self._arranged():
            anchor = self._anchor(group)
            entries = [self.balance.entries[pk] for pk in group.members]
            yield LedgerRow(
                label=self._names(group)[2],
                href=f"#{anchor}" if anchor in anchors else "",
                cells=self._marks_by_party(group),
                joint=tuple(self._mark(pk, "ensemble") for pk in group.joint),
                reading=reading(entries, on=self.balance.on, without=self._without(group)),
            )

    def _marks_by_party(self, group: Group) -> tuple[tuple[Mark, ...], ...]:
        """What several owe of three parties or more is marked in the column of each."""
        alone = [[pk for row in group.rows for pk in row.cells[n]] for n in self._places]
        for pk in group.shared:
            for place in self._places:
                if self.balance.parties[place].pk in self.balance.entries[pk].parties:
                    alone[place].append(pk)
        number = {pk: entry.number for pk, entry in self.balance.entries.items()}
        columns = (sorted(column, key=number.get) for column in alone)
        return tuple(tuple(self._mark(pk) for pk in column) for column in columns)

    @property
    def _places(self) -> range:
        return range(len(self.balance.parties))

    def _mark(self, pk: int, owner: str = "") -> Mark:
        entry = self.balance.entries[pk]
        label = f"{entry.code}, {owner or entry.owner}\u00a0: {entry.word.lower()}"
        return Mark(entry.icon, self._href(entry), label)

    def _href(self, entry: Entry) -> str:
        """Lead to the detail below, or to the engagement's own page when it is filtered out."""
        if entry.pk in self.shown:
            return f"#{entry.code.lower()}"
        return self._page(entry)

    def _page(self, entry: Entry) -> str:
        return self._pages.replace("/0/", f"/{entry.pk}/")

    @cached_property
    def _pages(self) -> str:
        """Resolved once: a page leads to hundreds of engagements."""
        return reverse("engagements:detail", args=[0])

    def _without(self, group: Group) -> str:
        if not self.balance.is_pair:
            return ""
        missing = {
            self.balance.parties[1 - row.filled[0]].alias
            for row in group.rows
            if row.lonely == Lonely.WITHOUT
        }
        return enumerated(sorted(missing))
