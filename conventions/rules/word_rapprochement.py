"""Which article each passage of a Word file belongs to, and how sure that is.

By the bookmark it left with first; then by its title, its number, its words. Word and LibreOffice
treat bookmarks each in its way: an emptied article leaves its bookmark on the next title, a line
typed before a title takes the title's bookmark, LibreOffice renames those of copied passages. Each
of these is told from the titles themselves.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError

from conventions.rules.texte import blocks, plain, title
from conventions.rules.word_paquet import TOO_LONG
from conventions.rules.word_titres import (
    body_words,
    likeness,
    looks_like_a_title,
    normal,
    read_title,
    same_title,
    words_of,
)
from conventions.rules.word_types import Match, WordArticle
from conventions.rules.word_vues import Line, Shown

_ANCHOR = re.compile(r"art_(\d{1,9})_(\d*)")
_BODY = re.compile(r"corps_(\d{1,9})_")
_ZONE = re.compile(r"(zone_[a-z]+_)\d*")
ALIKE = 0.6
SURE = {Match.REPERE: 100, Match.TITRE: 95, Match.NUMERO: 75, Match.NOUVEAU: 100}
# No convention has as many: each is compared with all those it may be.
MAX_TITLES = 1_500


@dataclass
class Group:
    """The lines of one article, or of what stands outside the articles when `zone` is set."""

    title: Line | None = None
    lines: list[Shown] = field(default_factory=list)
    anchors: list[int] = field(default_factory=list)
    zone: str = ""
    code: int | None = None
    match: Match = Match.NOUVEAU
    certainty: int = 100
    notes: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return self.title.text if self.title else ""

    @property
    def depth(self) -> int:
        return max(1, self.title.shape.heading) if self.title else 1

    @property
    def all_lines(self) -> list[Shown]:
        return [*([self.title] if self.title else []), *self.lines]

    @property
    def words(self) -> str:
        return "\n".join(line.text for line in self.lines if line.text)


def matched(lines: Sequence[Shown], base: Sequence[WordArticle]) -> list[Group]:
    """Return the groups of one reading of the file, each with the article it was recognised as."""
    groups = _grouped(lines, base)
    articles = [group for group in groups if not group.zone]
    if len(articles) > MAX_TITLES:
        raise ValidationError(TOO_LONG, code="length")
    _by_bookmark(articles, base)
    _by_exact_title(articles, base)
    free = _free(articles, base)
    for group in articles:
        if group.code is None:
            _by_resemblance(group, free)
    return groups


# Cutting -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Clues:
    """What tells a title from a line of text: the titles and the lines the file left with.

    `titled` are the articles whose title bears its bookmark somewhere in the file.
    """

    titles: frozenset[str]
    bodies: frozenset[str]
    titled: frozenset[int]


def _clues(lines: Sequence[Shown], base: Sequence[WordArticle]) -> _Clues:
    names = [name for line in lines for name in line.opens]
    texts = [text for article in base for block in blocks(article.body) for text in block.texts]
    return _Clues(
        frozenset(normal(_title(article)) for article in base) - {""},
        frozenset(normal(plain(text)) for text in texts) - {""},
        frozenset(int(found[1]) for name in names if (found := _ANCHOR.fullmatch(name))),
    )


def _grouped(lines: Sequence[Shown], base: Sequence[WordArticle]) -> list[Group]:
    clues = _clues(lines, base)
    groups = [Group(zone="avant")]
    seen: set[int] = set()
    for line in lines:
        codes = [code for code in _codes(line, clues) if code not in seen]
        seen.update(codes)
        zone = next((found[1] for name in line.opens if (found := _ZONE.fullmatch(name))), "")
        if codes or _is_title(line, clues):
            groups.append(_begun(line, codes, clues))
        elif zone:
            groups.append(Group(zone=zone, lines=[line]))
        else:
            groups[-1].lines.append(line)
    return groups


def _codes(line: Shown, clues: _Clues) -> list[int]:
    """Return the articles that begin here: at their title, else, it being erased, at their body."""
    found = [int(m[1]) for name in line.opens if (m := _ANCHOR.fullmatch(name)) and not m[2]]
    bodies = [int(m[1]) for name in line.opens if (m := _BODY.fullmatch(name))]
    return found + [code for code in bodies if code not in clues.titled]


def _title(article: WordArticle) -> str:
    return title(article.kind, article.number, article.heading)


def _begun(line: Shown, codes: list[int], clues: _Clues) -> Group:
    if isinstance(line, Line) and (
        line.shape.heading or normal(line.text) in clues.titles or looks_like_a_title(line.text)
    ):
        return Group(title=line, anchors=codes)
    group = Group(lines=[line], anchors=codes)
    if line.text:
        group.notes.append("Son titre a été effacé du document : il est gardé tel qu’il était.")
    return group


def _is_title(line: Shown, clues: _Clues) -> bool:
    """Whether an article begins here though nothing marks it.

    The style alone does not say: joining paragraphs, LibreOffice gives all of them that of the
    first. A line that left as text, or that bears the bookmark of a text, is still text.
    """
    if not isinstance(line, Line) or not line.text or line.shape.contents:
        return False
    said = normal(line.text)
    if said in clues.titles:
        return True
    if said in clues.bodies or any(_BODY.fullmatch(name) for name in line.opens):
        return False
    return bool(line.shape.heading) or (not clues.titled and looks_like_a_title(line.text))


# Recognising -------------------------------------------------------------------------------------


def _by_bookmark(groups: Sequence[Group], base: Sequence[WordArticle]) -> None:
    """An article emptied without trace leaves its bookmark on the next one: titles decide."""
    known = {article.code: article for article in base}
    for group in groups:
        codes = group.anchors
        if len(codes) > 1:
            close = sorted(codes, key=lambda code: _closeness(group, known.get(code)))
            codes = close[-1:]
        if codes:
            group.code, group.match, group.certainty = codes[0], Match.REPERE, 100


def _closeness(group: Group, article: WordArticle | None) -> tuple[bool, float]:
    if article is None:
        return (False, 0.0)
    words = words_of(f"{group.heading} {group.words}")
    return (same_title(group.heading, article), likeness(words, body_words(article)))


def _by_exact_title(groups: Sequence[Group], base: Sequence[WordArticle]) -> None:
    """A title that did not change is its article's, even if another line took the bookmark."""
    titles = Counter(normal(_title(article)) for article in base)
    holders = {group.code: group for group in groups if group.code is not None}
    bearing: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.title is not None:
            bearing[normal(group.heading)].append(group)
    for article in base:
        own = normal(_title(article))
        alike = bearing.get(own, [])
        if len(alike) != 1 or titles[own] != 1 or alike[0].code is not None:
            continue
        holder = holders.get(article.code)
        if holder is not None:
            _recognise(holder, None, Match.NOUVEAU, 100)
        _recognise(alike[0], article.code, Match.TITRE, SURE[Match.TITRE])


class _Free(NamedTuple):
    """An article not found yet, as it is looked for."""

    heading: str
    number: str
    words: frozenset[str]


def _free(groups: Sequence[Group], base: Sequence[WordArticle]) -> dict[int, _Free]:
    taken = {group.code for group in groups}
    return {
        article.code: _Free(normal(article.heading), normal(article.number), body_words(article))
        for article in base
        if article.code not in taken
    }


def _by_resemblance(group: Group, free: dict[int, _Free]) -> None:
    """Recognise an article by its heading, its number or its words, among those still `free`."""
    if group.title is None or not free:
        return
    _, number, heading = (normal(part) for part in read_title(group.heading, None))
    named = [code for code, one in free.items() if heading and one.heading == heading]
    if len(named) == 1:
        _recognise(group, named[0], Match.TITRE, 85)
    else:
        _by_words(group, number, free)
    if group.code is not None:
        del free[group.code]


def _by_words(group: Group, number: str, free: Mapping[int, _Free]) -> None:
    words = words_of(f"{group.heading} {group.words}")
    close = {code: likeness(words, one.words) for code, one in free.items()}
    numbered = [code for code, one in free.items() if number and one.number == number]
    best = max(close, key=lambda code: close[code])
    if len(numbered) == 1 and close[numbered[0]] >= ALIKE / 2:
        _recognise(group, numbered[0], Match.NUMERO, SURE[Match.NUMERO])
    elif close[best] >= ALIKE:
        _recognise(group, best, Match.RESSEMBLANCE, round(100 * close[best]))


def _recognise(group: Group, code: int | None, match: Match, certainty: int) -> None:
    group.code, group.match, group.certainty = code, match, certainty
