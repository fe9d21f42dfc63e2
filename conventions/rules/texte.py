"""The writing of an article: its grammar, its titles, its contents, the places of its passages.

A body is plain text with a small markup, «mise en forme» on screen: paragraphs apart by a blank
line; lines «- » and «1. » are lists, two more leading spaces one level deeper; «| a | b |»
is a row of a table, the first one its header when «|---|---|» follows; `**gras**` is bold;
`{{art:12}}` reads as the number that the article of code 12 bears that day. Any other sign is shown
as it was typed: these functions say how to lay a wording out, and lose none of its words.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from conventions.enums import ArticleKind

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MARK = re.compile(r"^(\s*)(?:[-–—•]|(\d{1,3})\.)\s+(?=\S)")
_ROW = re.compile(r"\|(.*)(?<!\\)\|")
_BAR = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-{3,}:?")
_BOLD = re.compile(r"\*\*(?=[^\s*])(.+?)(?<=\S)\*\*")
REFERENCE = re.compile(r"\{\{art:(\d{1,9})\}\}")
DEEPEST = 2
LONGEST_IN_CONTENTS = 60
_SPACES = re.compile(r"\s+")


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True)
class Run:
    """Words of one style, or, with `reference`, the place where an article's number is read.

    `reference` is the code of the article referred to (`Article.code`); `text` is then empty, for
    the number depends on the day the text is read.
    """

    text: str = ""
    bold: bool = False
    reference: int | None = None


@dataclass(frozen=True)
class Item:
    """One item of a list, and the lists it holds. `text` is in markup: see `runs`."""

    text: str
    lists: tuple["Block", ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph (`text`), a list (`items`) or a table (`header`, `rows`) of a wording.

    A numbered list begins at `start`; a list of dashes has none. A table without header has an
    empty one; its rows all have as many cells. Texts and cells are in markup: see `runs`.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    text: str = ""
    items: tuple[Item, ...] = ()
    start: int | None = None
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def texts(self) -> list[str]:
        """Its texts in reading order, in markup."""
        if self.kind == BlockKind.PARAGRAPH:
            return [self.text]
        if self.kind == BlockKind.TABLE:
            return [cell for row in (self.header, *self.rows) for cell in row]
        return [
            text
            for item in self.items
            for text in (item.text, *(t for block in item.lists for t in block.texts))
        ]

    @property
    def words(self) -> str:
        """Its words alone, without markup nor references."""
        return " ".join(filter(None, (plain(text) for text in self.texts)))


def runs(text: str) -> list[Run]:
    """Cut the text of a paragraph, an item or a cell by style; the words of all are its words."""
    found: list[Run] = []
    for rank, piece in enumerate(_BOLD.split(text)):
        for part, words in enumerate(REFERENCE.split(piece)):
            if part % 2:
                found.append(Run(bold=bool(rank % 2), reference=int(words)))
            elif words:
                found.append(Run(words, bold=bool(rank % 2)))
    return found


def plain(text: str, label_of: Callable[[int], str] = lambda code: "") -> str:
    """Return the words of a text without its markup, its references named by `label_of`."""
    return "".join(
        run.text if run.reference is None else label_of(run.reference) for run in runs(text)
    )


def blocks(body: str) -> list[Block]:
    """Cut a wording into paragraphs, lists and tables, in reading order."""
    found: list[Block] = []
    for piece in _BLANK_LINE.split(body.replace("\r\n", "\n").replace("\r", "\n").strip()):
        found += _blocks_of([line for line in piece.splitlines() if line.strip()])
    return found


def _blocks_of(lines: Sequence[str]) -> list[Block]:
    """Group the lines of one piece: those of a table, those of a list, those of a paragraph."""
    groups: list[tuple[BlockKind, list[str]]] = []
    for line in lines:
        kind = _kind_of(line)
        last = groups[-1][0] if groups else None
        if kind == BlockKind.PARAGRAPH and last == BlockKind.LIST:
            kind = BlockKind.LIST  # A line without its own mark carries the item on.
        if kind == last:
            groups[-1][1].append(line)
        else:
            groups.append((kind, [line]))
    return [block for kind, group in groups for block in _READ[kind](group)]


def _kind_of(line: str) -> BlockKind:
    if _MARK.match(line):
        return BlockKind.LIST
    return BlockKind.TABLE if _ROW.fullmatch(line.strip()) else BlockKind.PARAGRAPH


def _paragraph(lines: Sequence[str]) -> list[Block]:
    """A mark cut from its words by the end of a line is still that mark."""
    text = " ".join(line.strip() for line in lines)
    kind = _kind_of(text)
    return [Block(text=text)] if kind == BlockKind.PARAGRAPH else _READ[kind]([text])


def _table(lines: Sequence[str]) -> list[Block]:
    rows = [_cells(line) for line in lines]
    width = max(map(len, rows))
    headed = len(rows) > 1 and all(_DASHES.fullmatch(cell) for cell in rows[1])
    whole = [(*row, *("",) * (width - len(row))) for row in rows]
    header, body = (whole[0], whole[2:]) if headed else ((), whole)
    return [Block(BlockKind.TABLE, header=header, rows=tuple(body))]


def _cells(line: str) -> list[str]:
    inside = _ROW.fullmatch(line.strip())[1]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inside)]


@dataclass
class _Line:
    """An item being read: how deep it stands, its number if it has one, its words."""

    level: int
    number: int | None
    text: str


def _lists(lines: Sequence[str]) -> list[Block]:
    found: list[_Line] = []
    base = 0
    for line in lines:
        mark = _MARK.match(line)
        if mark is None:
            found[-1].text += f" {line.strip()}"
            continue
        indent = len(mark[1].expandtabs(2))
        base = indent if not found else min(base, indent)
        deepest = found[-1].level + 1 if found else 0
        level = min((indent - base) // 2, deepest, DEEPEST)
        number = int(mark[2]) if mark[2] else None
        found.append(_Line(level, number, line[mark.end() :].strip()))
    return _nest(found, 0)


def _nest(lines: Sequence[_Line], level: int) -> list[Block]:
    """Make the lists of one level; a number that does not follow the last begins a new list."""
    found: list[tuple[int | None, list[Item]]] = []
    tops = [rank for rank, line in enumerate(lines) if line.level == level]
    for rank, end in zip(tops, [*tops[1:], len(lines)], strict=False):
        line = lines[rank]
        item = Item(line.text, tuple(_nest(lines[rank + 1 : end], level + 1)))
        start, items = found[-1] if found else (None, None)
        following = None if start is None else start + len(items)
        if items is not None and line.number == following:
            items.append(item)
        else:
            found.append((line.number, [item]))
    return [Block(BlockKind.LIST, items=tuple(items), start=start) for start, items in found]


_READ = {
    BlockKind.PARAGRAPH: _paragraph,
    BlockKind.LIST: _lists,
    BlockKind.TABLE: _table,
}


def markup(wording: Iterable[Block]) -> str:
    """Write blocks back as a body: `blocks(markup(blocks(body)))` is `blocks(body)`."""
    return "\n\n".join(filter(None, ("\n".join(_lines_of(block)) for block in wording)))


def _lines_of(block: Block, indent: str = "") -> list[str]:
    if block.kind == BlockKind.PARAGRAPH:
        return [block.text] if block.text else []
    if block.kind == BlockKind.TABLE:
        width = len(block.header or block.rows[0])
        head = [_row(block.header), "|" + "---|" * width] if block.header else []
        return [*head, *map(_row, block.rows)]
    lines = []
    for rank, item in enumerate(block.items):
        mark = "-" if block.start is None else f"{block.start + rank}."
        lines.append(f"{indent}{mark} {item.text}")
        for inner in item.lists:
            lines += _lines_of(inner, f"{indent}  ")
    return lines


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def place(passage: str, among: list[Block]) -> int:
    """Return the rank of the block that holds `passage`, the first one when none clearly does."""
    wanted = _plain(passage)
    for rank, block in enumerate(among):
        words = _plain(block.words)
        if wanted and (wanted in words or (words and words in wanted)):
            return rank
    return 0


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.replace("’", "'")).strip(" .;:,«»\u00a0\u202f").casefold()


def title(kind: str, number: str, heading: str) -> str:
    """«Article 2.2.1. Production», «Titre I. Objet», «Préambule», «1) Les enjeux» within it."""
    label = ArticleKind(kind).label.capitalize()
    if not number:
        return heading or label
    numbered = number if kind == ArticleKind.PREAMBULE else f"{label}\u00a0{number}"
    stop = "." if numbered[-1].isalnum() else ""
    return f"{numbered}{stop} {heading}" if heading else numbered


def label(kind: str, number: str, heading: str) -> str:
    """«article 2.2.1», «titre I», «annexe 1», «préambule», or the heading of what has no number."""
    if not number:
        return heading or str(ArticleKind(kind).label)
    named = kind if kind in _NUMBERED else ArticleKind.ARTICLE
    return f"{ArticleKind(named).label}\u00a0{number}"


_NUMBERED = frozenset({ArticleKind.TITRE, ArticleKind.ARTICLE, ArticleKind.ANNEXE})


def short_title(kind: str, number: str, heading: str) -> str:
    """The same for a table of contents: «5. Durée», «2.2.1 Production», long headings cut."""
    if not number:
        return _cut(heading) or ArticleKind(kind).label.capitalize()
    unnamed = kind in {ArticleKind.ARTICLE, ArticleKind.PREAMBULE}
    prefix = "" if unnamed else f"{ArticleKind(kind).label.capitalize()}\u00a0"
    stop = "." if number.isalnum() else ""
    return f"{prefix}{number}{stop} {_cut(heading)}".strip()


def _cut(heading: str) -> str:
    """Keep whole words: a heading of three lines hides the contents it belongs to."""
    if len(heading) <= LONGEST_IN_CONTENTS:
        return heading
    return f"{heading[:LONGEST_IN_CONTENTS].rpartition(' ')[0].rstrip(' ,;:')}\u00a0…"


class Wording(Protocol):
    """What contents need to know of a worded article."""

    depth: int


@dataclass
class Entry:
    """A line of the contents, with those beneath it."""

    wording: Wording
    children: list["Entry"] = field(default_factory=list)


def contents(wordings: Iterable[Wording]) -> list[Entry]:
    """Nest wordings by depth; a level that is skipped goes under the last one seen."""
    roots: list[Entry] = []
    open_entries: list[Entry] = []
    for wording in wordings:
        while open_entries and open_entries[-1].wording.depth >= wording.depth:
            open_entries.pop()
        entry = Entry(wording)
        (open_entries[-1].children if open_entries else roots).append(entry)
        open_entries.append(entry)
    return roots
