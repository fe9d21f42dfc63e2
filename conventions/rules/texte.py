"""How plain wording becomes a page: paragraphs, lists, titles, contents, places of passages.

The wording itself is never changed: these functions only say how to lay it out. A body is plain
text, its paragraphs apart by a blank line, its list items by a leading «- ».
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from conventions.enums import ArticleKind

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^\s*[-–—•]\s+(?=\S)")
LONGEST_IN_CONTENTS = 60
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Block:
    """One paragraph, or one list when `items` holds its lines."""

    text: str = ""
    items: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return self.text or " ".join(self.items)


def blocks(body: str) -> list[Block]:
    """Cut a wording into paragraphs and lists, in reading order."""
    found = []
    for piece in _BLANK_LINE.split(body.replace("\r\n", "\n").strip()):
        found += _blocks_of(piece.splitlines())
    return found


def _blocks_of(lines: Iterable[str]) -> list[Block]:
    """A line that follows an item without its own dash carries the item on."""
    text: list[str] = []
    items: list[str] = []
    for line in lines:
        mark = _ITEM.match(line)
        if mark:
            items.append(line[mark.end() :].strip())
        elif items:
            items[-1] = f"{items[-1]} {line.strip()}".strip()
        else:
            text.append(line.strip())
    paragraph = " ".join(part for part in text if part)
    found = [Block(text=paragraph)] if paragraph else []
    return [*found, Block(items=tuple(items))] if items else found


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
