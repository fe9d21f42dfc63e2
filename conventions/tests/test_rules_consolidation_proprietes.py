"""Acts applied in order, on every date, against a slow document replayed line by line.

The reconstruction knows neither trees nor folds: it keeps a page of lines, each at a depth, and for
each date starts from a blank page and does what each act says, as a clerk with scissors would.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from conventions.enums import ActKind, ActStatus, Change
from conventions.models import Act, Article, ArticleVersion
from conventions.models.consolidated import consolidated_text
from conventions.rules.consolidation import Operation, consolidate
from conventions.tests.factories import make_convention

DAY_ONE = date(2027, 1, 1)
HORIZON = 40


@dataclass(frozen=True)
class Line:
    article: int
    depth: int
    number: str
    wording: int
    repealed: bool = False


def page_on(operations: list[Operation], day: date) -> list[Line]:
    """Replay on a blank page what took effect by `day`, day after day, act after act."""
    page: list[Line] = []
    told = {one.article: one for one in reversed(operations) if one.change == Change.ECRIRE}
    today = min((one.from_on for one in operations), default=day)
    while today <= day:
        for act in sorted({one.act for one in operations if one.from_on == today}):
            mine = [one for one in operations if (one.from_on, one.act) == (today, act)]
            for one in sorted(mine, key=lambda one: (one.rank, one.key)):
                page = do(page, one, told)
        today += timedelta(days=1)
    return page


def do(page: list[Line], one: Operation, told: dict[int, Operation]) -> list[Line]:
    at = [rank for rank, line in enumerate(page) if line.article == one.article]
    if not at:
        return glue(page, one, told) if one.change == Change.ECRIRE else page
    line = page[at[0]]
    if one.change == Change.ECRIRE:
        line = replace(line, number=one.number, wording=one.key, repealed=False)
    elif one.change == Change.REMPLACER:
        line = replace(line, wording=one.key)
    elif one.change == Change.RENUMEROTER:
        line = replace(line, number=one.number)
    else:
        line = replace(line, repealed=True)
    return page[: at[0]] + [line] + page[at[0] + 1 :]


def end_of(page: list[Line], rank: int) -> int:
    """The first line behind `page[rank]` that is not inside it."""
    rest = range(rank + 1, len(page))
    return next((r for r in rest if page[r].depth <= page[rank].depth), len(page))


def glue(page: list[Line], one: Operation, told: dict[int, Operation]) -> list[Line]:
    """Find the line to cut behind; then skip what the same act told first at the same place."""
    ranks = {line.article: rank for rank, line in enumerate(page)}
    depth, first, last = 1, 0, len(page)
    if one.parent is not None:
        rank = ranks[one.parent]
        depth, first, last = page[rank].depth + 1, rank + 1, end_of(page, rank)
    cut = first
    if one.after is not None:
        cut = end_of(page, ranks[one.after]) if one.after in ranks else last
    while cut < last:
        neighbour = told[page[cut].article]
        same = (neighbour.act, neighbour.after) == (one.act, one.after)
        if not same or (neighbour.rank, neighbour.key) > (one.rank, one.key):
            break
        cut = end_of(page, cut)
    return [*page[:cut], Line(one.article, depth, one.number, one.key), *page[cut:]]


def legible(page: list[Line]) -> list[tuple]:
    """What a reader sees: a repealed line takes with it the deeper ones that follow."""
    seen, hidden_under = [], None
    for line in page:
        if hidden_under is not None and line.depth <= hidden_under:
            hidden_under = None
        if hidden_under is None and line.repealed:
            hidden_under = line.depth
        if hidden_under is None:
            seen.append((line.article, line.depth, line.number, line.wording))
    return seen


def read(operations: list[Operation], day: date) -> list[tuple]:
    return [
        (one.article, one.depth, one.number, one.key)
        for one in consolidate(operations, on=day)
        if not one.repealed
    ]


class Draw:
    """Acts drawn at random. An article may only be put in one that stands no later than it."""

    def __init__(self, draw) -> None:
        self.draw = draw
        self.operations: list[Operation] = []
        self.born: dict[int, date] = {}

    def one_of(self, values):
        return self.draw(st.sampled_from(list(values)))

    def write(self, act: int, rank: int, day: date) -> Operation:
        parents = [None, *(article for article, since in self.born.items() if since <= day)]
        parent = self.one_of(parents)
        inside = [o.article for o in self.operations if o.article in self.born]
        told = {o.article: o for o in self.operations if o.change == Change.ECRIRE}
        siblings = [a for a in dict.fromkeys(inside) if told[a].parent == parent]
        after = self.one_of([None, *siblings]) if act else None
        article = len(self.born) + 1
        self.born[article] = day
        return self.operation(act, rank, day, Change.ECRIRE, article, parent=parent, after=after)

    def operation(self, act, rank, day, change, article, **place) -> Operation:
        number = self.draw(st.text("123.", max_size=4))
        key = len(self.operations) + 1
        return Operation(key, act, day, change, article, rank=rank, number=number, **place)

    def change(self, act: int, rank: int, day: date) -> Operation:
        """Rewrite, renumber, repeal or restore; the latter keeps the place it was first given."""
        article = self.one_of(self.born)
        first = next(o for o in self.operations if o.article == article)
        day = max(day, self.born[article])
        change = self.one_of(Change)
        place = {"parent": first.parent} if change == Change.ECRIRE else {}
        return self.operation(act, rank, day, change, article, **place)

    def act(self, act: int) -> None:
        day = DAY_ONE + timedelta(days=self.draw(st.integers(0, HORIZON)) if act else 0)
        for rank in range(1, 1 + self.draw(st.integers(1, 5))):
            on = day
            if act and self.draw(st.booleans()):
                on = DAY_ONE + timedelta(days=self.draw(st.integers(0, HORIZON)))
            writes = act == 0 or self.draw(st.booleans())
            drawn = (self.write if writes else self.change)(act, rank, on)
            if not any(said(one) == said(drawn) for one in self.operations):
                self.operations.append(drawn)


def said(one: Operation) -> tuple:
    """An act says a thing of an article once for a day."""
    return (one.act, one.from_on, one.change, one.article)


@st.composite
def acts(draw, most: int = 6) -> list[Operation]:
    drawn = Draw(draw)
    for act in range(1 + draw(st.integers(0, most))):
        drawn.act(act)
    return drawn.operations


@given(acts(), st.integers(-1, HORIZON + 1))
@settings(max_examples=400, deadline=None)
def test_the_text_of_any_day_is_the_page_replayed_to_that_day(operations, days):
    day = DAY_ONE + timedelta(days=days)
    assert read(operations, day) == legible(page_on(operations, day))


@given(acts(), st.randoms(use_true_random=False))
def test_the_order_in_which_rows_are_read_does_not_matter(operations, random):
    shuffled = list(operations)
    random.shuffle(shuffled)
    assert consolidate(shuffled) == consolidate(operations)


@given(acts(), st.integers(0, HORIZON))
def test_the_text_of_a_day_depends_on_what_has_taken_effect_alone(operations, days):
    day = DAY_ONE + timedelta(days=days)
    past = [one for one in operations if one.from_on <= day]
    assert consolidate(operations, on=day) == consolidate(past)


@given(acts())
def test_every_article_written_is_read_once_and_positions_follow_one_another(operations):
    found = consolidate(operations)
    written = {one.article for one in operations if one.change == Change.ECRIRE}
    assert sorted(one.article for one in found) == sorted(written)
    assert [one.position for one in found] == list(range(1, len(found) + 1))


@contextmanager
def undone() -> Iterator[None]:
    """Leave the database as it was found: each example signs acts that nothing may remove."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@given(acts(most=4))
@settings(max_examples=30, deadline=None)
def test_the_database_reads_the_same_text_on_every_date(operations):
    with undone():
        convention, articles, keys = _stored(operations)
        for day in sorted({one.from_on for one in operations} | {DAY_ONE - timedelta(days=1)}):
            expected = [
                (articles[line[0]], line[1], line[2], keys[line[3]])
                for line in legible(page_on(operations, day))
            ]
            text = consolidated_text(convention, on=day)
            read_back = [(one.article_id, one.depth, one.number, one.version) for one in text]
            assert read_back == expected
            assert [one.body for one in text] == [f"mots {one.version}" for one in text]


def _stored(operations: list[Operation]):
    """Enter the acts as drafts, sign each in turn; half the rows leave their date to the act."""
    convention = make_convention()
    articles: dict[int, int] = {}
    keys: dict[int, int] = {}
    for number in sorted({one.act for one in operations}):
        mine = [one for one in operations if one.act == number]
        act = _act(convention, number)
        for one in mine:
            version = _version(act, one, articles, own_day=one.from_on != mine[0].from_on)
            articles[one.article], keys[one.key] = version.article_id, version.pk
            ArticleVersion.objects.filter(pk=version.pk).update(body=f"mots {version.pk}")
        act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, DAY_ONE, mine[0].from_on
        act.save()
    return convention, articles, keys


def _act(convention, number: int) -> Act:
    if number == 0:
        return convention.acts.get(number=0)
    return Act.objects.create(convention=convention, number=number, kind=ActKind.AVENANT)


def _version(act: Act, one: Operation, articles: dict[int, int], *, own_day: bool):
    if one.article in articles:
        article = Article.objects.get(pk=articles[one.article])
    else:
        article = Article.objects.create(
            convention=act.convention, parent_id=articles.get(one.parent)
        )
    return ArticleVersion.objects.create(
        article=article,
        act=act,
        operation=one.change,
        effective_on=one.from_on if own_day else None,
        after_id=articles.get(one.after),
        number=one.number,
        position=one.rank,
    )
