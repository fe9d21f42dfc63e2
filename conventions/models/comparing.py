"""Two texts of one convention face to face, each as it stands on a day or as an act leaves it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Max
from django.urls import reverse

from accounts.rules.typographie import date_longue
from conventions.models.act import Act
from conventions.models.amendments import amendments_of, definitions_after, definitions_of
from conventions.models.clauses_read import clause_lines, clauses_of, clauses_with
from conventions.models.consolidated import ConsolidatedArticle, consolidated_text, text_after
from conventions.rules.comparaison import (
    ArticleComparison,
    Passage,
    Segment,
    compare_definitions,
    compare_sequences,
    compare_texts,
)
from conventions.rules.comparaison_autour import Section
from conventions.rules.ecriture import Reference, references_of
from conventions.rules.modifications import Amendment
from conventions.rules.reperes import Repere
from conventions.signals import texts_compared


@dataclass(frozen=True)
class Side:
    """A text to compare. `on` is the day it reads so; a draft has none yet."""

    repere: Repere
    articles: list[ConsolidatedArticle]
    definitions: list[tuple[str, str]]
    references: dict[int, Reference] = field(default_factory=dict)
    act: Act | None = None
    on: date | None = None

    @property
    def name(self) -> str:
        """«texte du 12 novembre 2019», «texte d’origine», «texte après l’avenant n° 2»."""
        if self.act is None:
            return f"texte du {date_longue(self.on)}"
        if self.on is None:
            return f"projet d’{self.act}" if self.act.number else "projet de convention"
        return f"texte après l’{self.act}" if self.act.number else "texte d’origine"

    @property
    def is_draft(self) -> bool:
        return self.on is None

    def drafts(self, article: ConsolidatedArticle) -> bool:
        """Whether the draft that this text counts changes an article that stays."""
        marks = {article.act, *(mark.act for mark in article.changes)}
        return self.is_draft and self.act.number in marks

    def holds(self, amendment: Amendment) -> bool:
        """Whether this text already counts a change."""
        if self.on is None or self.act is None:
            return self.on is None or amendment.from_on <= self.on
        return (amendment.from_on, amendment.act) <= (self.on, self.act.number)


@dataclass(frozen=True)
class Row:
    """An article compared, and which acts made the difference; `is_drafted` if a draft does too."""

    article: ArticleComparison
    amendments: list[Amendment]
    is_drafted: bool = False


@dataclass(frozen=True)
class Compared:
    """All that differs between two texts."""

    old: Side
    new: Side
    summary: str
    unchanged: int
    rows: list[Row]
    definitions: list[tuple[str, tuple[Segment, ...]]]
    clauses: list[Passage]
    visas: list[Passage] = field(default_factory=list)
    beside: list[Section] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        beside = self.definitions or self.clauses or self.visas or self.beside
        return not (self.changes or beside)

    @property
    def changes(self) -> list[Row]:
        return [row for row in self.rows if not row.article.is_unchanged]


def side_of(convention, repere: Repere, acts: Iterable[Act]) -> Side | None:
    """Read one side; None when `repere` names an act that is not among `acts`.

    `acts` are those the reader may see: a draft of the other party is not even said to exist.
    """
    if repere.day is not None:
        articles = consolidated_text(convention, on=repere.day)
        definitions = definitions_of(convention, on=repere.day)
        return Side(repere, articles, definitions, references_of(articles), on=repere.day)
    act = next((act for act in acts if act.number == repere.act), None)
    if act is None:
        return None
    articles = text_after(act)
    on = _last_day_of(act) if act.is_signed else None
    return Side(repere, articles, definitions_after(act), references_of(articles), act, on)


def _last_day_of(act: Act) -> date:
    """The day on which the last change of a signed act takes effect."""
    last = act.article_versions.aggregate(last=Max("effective_on"))["last"]
    return max(last or act.effective_on, act.effective_on)


def permalink(convention, side: Side) -> str:
    """Return where that text is read for ever; blank for a draft, which has no such address."""
    if side.on is None:
        return ""
    if side.repere.act == 0:
        return settings.SITE_URL + reverse("conventions:text_origin", args=[convention.pk])
    return settings.SITE_URL + reverse("conventions:text_on", args=[convention.pk, side.on])


def compare_sides(convention, old: Side, new: Side) -> Compared:
    """Compare all that makes the two texts: articles, definitions, visas, clauses as the portal
    reads them, and what floors above keep of each (`texts_compared`).
    """
    text = compare_texts(old.articles, new.articles)
    between = [
        amendment
        for amendment in amendments_of(convention)
        if new.holds(amendment) and not old.holds(amendment)
    ]
    rows = [
        Row(
            article,
            [a for a in between if a.article_id == article.shown.article_id],
            new.drafts(article.shown),
        )
        for article in text.articles
    ]
    answers = texts_compared.send(sender=Side, convention=convention, old=old, new=new)
    return Compared(
        old,
        new,
        text.summary,
        text.unchanged,
        rows,
        compare_definitions(old.definitions, new.definitions),
        _changed(_clauses(convention, old), _clauses(convention, new)),
        _changed(*_visas(old, new)),
        [section for _, sections in answers for section in sections],
    )


def _changed(old: list[str], new: list[str]) -> list[Passage]:
    return compare_sequences(old, new) if old != new else []


def _clauses(convention, side: Side) -> list[str]:
    on = side.on
    clauses = clauses_with(side.act) if on is None else clauses_of(convention.pk, on=on)
    return [line.sentence for line in clause_lines(clauses)]


def _visas(old: Side, new: Side) -> tuple[list[str], list[str]]:
    """The visas and reasons of two acts; the text of a day always opens with those of origin."""
    if old.act is None or new.act is None or not new.act.visas.exists():
        return [], []
    return tuple(
        list(side.act.visas.order_by("position").values_list("text", flat=True))
        for side in (old, new)
    )
