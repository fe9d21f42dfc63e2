"""What signed avenants did to the articles of a convention, each with its place in its avenant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.db.models import F, Q

from conventions.enums import ActStatus, Change
from conventions.models.act import Act, Definition
from conventions.models.article import NUMBERING, WORDING, Article, ArticleVersion
from conventions.rules.avenants import places_of
from conventions.rules.frise import Day
from conventions.rules.modifications import Amendment, acts_of


def amendments_of(convention) -> list[Amendment]:
    """Return every change a signed avenant makes, in the order of their effect. One statement."""
    rows = (
        ArticleVersion.objects.dated()
        .filter(article__convention=convention, act__status=ActStatus.SIGNE, act__number__gt=0)
        .order_by("act__number", "position", "pk")
    )
    columns = ("pk", "operation", "effective_on", "article_id", "act__kind", "from_on")
    found = []
    for act, group in groupby(rows.values_list("act__number", *columns), lambda row: row[0]):
        told = [row[1:] for row in group]
        places = places_of(row[:3] for row in told)
        found += [
            Amendment(pk, article_id, change, act, kind, places[pk], from_on)
            for pk, change, _, article_id, kind, from_on in told
        ]
    return sorted(found, key=lambda one: (one.from_on, one.act, one.place))


def acts_since(convention, day: date, *, on: date) -> list[Day]:
    """Return the acts in force on `on` that changed the text after `day`, the first one first."""
    return acts_of(one for one in amendments_of(convention) if day < one.from_on <= on)


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


def definitions_after(act: Act) -> list[tuple[str, str]]:
    """Return the definitions as `act` leaves them; a draft is read as signed."""
    before = Q(act__status=ActStatus.SIGNE)
    if act.is_signed:
        same_day = Q(act__effective_on=act.effective_on, act__number__lt=act.number)
        before &= Q(act__effective_on__lt=act.effective_on) | same_day
    rows = Definition.objects.filter(before | Q(act=act), act__convention=act.convention_id)
    in_order = rows.order_by(F("act__effective_on").asc(nulls_last=True), "act__number", "term")
    return defined(in_order.values_list("term", "meaning"))


@dataclass(frozen=True)
class ArticleState:
    """An article between two changes: what it said, from which day, by which changes.

    `until_on` is the last day it read so; without `amendments` it is the wording of origin.
    """

    article_id: int
    code: int
    kind: str
    number: str
    heading: str
    body: str
    from_on: date
    act: int
    until_on: date | None = None
    repealed: bool = False
    amendments: tuple[Amendment, ...] = ()
    depth: int = 1
    parent_id: int | None = None

    @property
    def label(self) -> str:
        return f"article\u00a0{self.number}" if self.number else self.heading

    @property
    def keys(self) -> set[int]:
        return {amendment.key for amendment in self.amendments}


def article_states(article: Article, amendments: Iterable[Amendment]) -> list[ArticleState]:
    """Return what the signed acts made of one article, oldest first. One statement.

    What one act does on one day makes one state, be it a new number and a new wording.
    """
    known = {amendment.key: amendment for amendment in amendments}
    rows = (
        ArticleVersion.objects.dated()
        .filter(article=article, act__status=ActStatus.SIGNE)
        .select_related("act")
        .order_by("from_on", "act__number", "position", "pk")
    )
    states: list[ArticleState] = []
    for (from_on, act), group in groupby(rows, lambda row: (row.from_on, row.act.number)):
        last = states[-1] if states else None
        state = _state(article, last, list(group), from_on, act, known)
        if last is not None:
            states[-1] = replace(last, until_on=from_on - timedelta(days=1))
        states.append(state)
    return states


def _state(article, last, rows, from_on, act, known) -> ArticleState:
    state = last or ArticleState(
        article.pk,
        article.code,
        article.kind,
        "",
        "",
        "",
        from_on,
        act,
        parent_id=article.parent_id,
    )
    for row in rows:
        change: dict = {}
        if row.operation in WORDING:
            change |= {"heading": row.heading, "body": row.body}
        if row.operation in NUMBERING:
            change |= {"number": row.number}
        if row.operation in {Change.ECRIRE, Change.ABROGER}:
            change["repealed"] = row.operation == Change.ABROGER
        state = replace(state, **change)
    made = tuple(known[row.pk] for row in rows if row.pk in known)
    return replace(state, from_on=from_on, act=act, until_on=None, amendments=made)
