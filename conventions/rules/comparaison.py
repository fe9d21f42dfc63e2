"""Two texts of a convention compared: which articles came, went, moved or changed, and how.

An article is known by its code, which it keeps when its number or its place changes: a renumbered
article is the same one, and one that takes the number of another is not.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from accounts.rules.typographie import NBSP, pluriel
from conventions.rules.comparaison_mots import Segment, compare_words, longest_rising
from conventions.rules.comparaison_passages import (
    Passage,
    PassageKind,
    compare_bodies,
    compare_sequences,
)
from conventions.rules.texte import title

__all__ = [
    "ArticleComparison",
    "ArticleStatus",
    "Passage",
    "PassageKind",
    "Segment",
    "TextComparison",
    "compare_articles",
    "compare_bodies",
    "compare_definitions",
    "compare_sequences",
    "compare_texts",
    "compare_words",
]


class Worded(Protocol):
    """An article of the text of a day, as a comparison needs it."""

    article_id: int
    code: int
    kind: str
    number: str
    heading: str
    body: str
    depth: int
    parent_id: int | None


class ArticleStatus(StrEnum):
    """What became of an article; the first that holds, for it may also have been renumbered."""

    INSERTED = "inserted"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    UNCHANGED = "unchanged"


_SAID = {
    ArticleStatus.CHANGED: ("modifié", "modifiés"),
    ArticleStatus.INSERTED: ("ajouté", "ajoutés"),
    ArticleStatus.REMOVED: ("abrogé", "abrogés"),
    ArticleStatus.MOVED: ("déplacé", "déplacés"),
    ArticleStatus.RENUMBERED: ("renuméroté", "renumérotés"),
}


@dataclass(frozen=True)
class ArticleComparison:
    """One article in both texts. An unchanged one has no passages: it is read as it stands."""

    old: Worded | None
    new: Worded | None
    status: ArticleStatus
    heading: tuple[Segment, ...]
    passages: tuple[Passage, ...] = ()
    is_moved: bool = False
    is_renumbered: bool = False

    @property
    def shown(self) -> Worded:
        """The article as it reads now, as it read last when it is gone."""
        return self.new or self.old

    @property
    def is_unchanged(self) -> bool:
        return self.status == ArticleStatus.UNCHANGED

    @property
    def is_renamed(self) -> bool:
        """Whether its number or its heading reads otherwise."""
        return any(segment.kind != "equal" for segment in self.heading)

    @property
    def reads_the_same(self) -> bool:
        """Whether only its place or its number changed."""
        return self.status in {ArticleStatus.MOVED, ArticleStatus.RENUMBERED}

    @property
    def word(self) -> str:
        """«modifié et renuméroté»."""
        if self.is_unchanged:
            return "inchangé"
        words = [_SAID[self.status][0]]
        if self.is_moved and self.status != ArticleStatus.MOVED:
            words.append(_SAID[ArticleStatus.MOVED][0])
        if self.is_renumbered and self.status != ArticleStatus.RENUMBERED:
            words.append(_SAID[ArticleStatus.RENUMBERED][0])
        return " et ".join(words)


@dataclass(frozen=True)
class TextComparison:
    articles: tuple[ArticleComparison, ...]

    @property
    def is_empty(self) -> bool:
        return all(article.is_unchanged for article in self.articles)

    @property
    def changes(self) -> tuple[ArticleComparison, ...]:
        return tuple(article for article in self.articles if not article.is_unchanged)

    @property
    def unchanged(self) -> int:
        return sum(article.is_unchanged for article in self.articles)

    @property
    def summary(self) -> str:
        """«3 articles modifiés, 1 ajouté, 1 abrogé.»"""
        counts = Counter(article.status for article in self.articles)
        told = [(counts[status], words) for status, words in _SAID.items() if counts[status]]
        if not told:
            return "Aucun article ne change."
        (first, words), *others = told
        noun = pluriel(first, "article")
        parts = [f"{noun} {words[first > 1]}"]
        parts += [f"{count}{NBSP}{forms[count > 1]}" for count, forms in others]
        return f"{', '.join(parts)}."


def compare_texts(old: Sequence[Worded], new: Sequence[Worded]) -> TextComparison:
    """Compare two texts article by article, in the order of the new one.

    An article that is gone stands where it stood: behind the one it followed.
    """
    before = {article.code: article for article in old}
    after = {article.code: article for article in new}
    moved = _moved(old, new)
    found: list[ArticleComparison] = []
    gone = _gone_behind(old, after)
    for article in [None, *new]:
        code = article.code if article else None
        if article:
            found.append(compare_articles(before.get(code), article, is_moved=code in moved))
        found += [compare_articles(lost, None) for lost in gone.get(code, ())]
    return TextComparison(tuple(found))


def compare_articles(
    old: Worded | None, new: Worded | None, *, is_moved: bool = False
) -> ArticleComparison:
    """Compare one article with itself; without `old` it is inserted, without `new` repealed."""
    shown = new or old
    heading = tuple(compare_words(_title(old), _title(new)))
    if old is None or new is None:
        status = ArticleStatus.INSERTED if old is None else ArticleStatus.REMOVED
        bodies = (old.body if old else "", new.body if new else "")
        return ArticleComparison(old, new, status, heading, tuple(compare_bodies(*bodies)))
    renumbered = old.number != new.number
    passages = tuple(compare_bodies(old.body, new.body)) if old.body != new.body else ()
    rewritten = any(passage.status != "unchanged" for passage in passages)
    renamed = any(s.kind != "equal" for s in compare_words(old.heading, new.heading))
    status = _status(changed=rewritten or renamed, moved=is_moved, renumbered=renumbered)
    if status != ArticleStatus.UNCHANGED and not passages:
        passages = tuple(compare_bodies(shown.body, shown.body))
    return ArticleComparison(old, new, status, heading, passages, is_moved, renumbered)


def _status(*, changed: bool, moved: bool, renumbered: bool) -> ArticleStatus:
    if changed:
        return ArticleStatus.CHANGED
    if moved:
        return ArticleStatus.MOVED
    return ArticleStatus.RENUMBERED if renumbered else ArticleStatus.UNCHANGED


def _title(article: Worded | None) -> str:
    return title(article.kind, article.number, article.heading) if article else ""


def _moved(old: Sequence[Worded], new: Sequence[Worded]) -> set[int]:
    """Codes of articles that have another parent, or left the longest order that is kept.

    What goes along with its parent has not moved in it.
    """
    before = {article.code: (rank, article.parent_id) for rank, article in enumerate(old)}
    common = [article for article in new if article.code in before]
    kept = set(longest_rising([before[article.code][0] for article in common]))
    away = {article.article_id for rank, article in enumerate(common) if rank not in kept}
    return {
        article.code
        for article in common
        if article.parent_id != before[article.code][1]
        or (article.article_id in away and article.parent_id not in away)
    }


def _gone_behind(old: Sequence[Worded], after: dict) -> dict[int | None, list[Worded]]:
    """Articles that are gone, under the code of the last one before them that stays."""
    gone: dict[int | None, list[Worded]] = {}
    last = None
    for article in old:
        if article.code in after:
            last = article.code
        else:
            gone.setdefault(last, []).append(article)
    return gone


def compare_definitions(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]):
    """Compare (term, meaning) pairs: (term, what became of its meaning) for each that changed."""
    before, after = dict(old), dict(new)
    terms = sorted({*before, *after}, key=str.casefold)
    return [
        (term, tuple(compare_words(before.get(term, ""), after.get(term, ""))))
        for term in terms
        if before.get(term) != after.get(term)
    ]
