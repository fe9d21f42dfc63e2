"""The body of a Word file as a flow of paragraphs and tables, its tracked changes still on it.

Every word of the file ends in a `Piece` or in an `Odd`: what this reader does not know how to take
is set aside with its words, never dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from conventions.rules.word_styles_lus import Sheets


@dataclass(frozen=True)
class Mark:
    """Who changed something, and when, as the file says it."""

    author: str = ""
    at: str = ""


@dataclass(frozen=True)
class Piece:
    """Words of one look and one history. `link` is the article led to and the link's own rank."""

    text: str
    bold: bool = False
    was_bold: bool = False
    inserted: Mark | None = None
    deleted: Mark | None = None
    moved: bool = False
    link: tuple[int, int] | None = None
    comments: frozenset[str] = frozenset()

    def stands(self, *, accepted: bool) -> bool:
        return self.deleted is None if accepted else self.inserted is None


@dataclass(frozen=True)
class Odd:
    """What does not become wording, with its words if it has any."""

    what: str
    text: str = ""


@dataclass(frozen=True)
class Shape:
    """What a paragraph is: a heading of this level, an item of this list at this level."""

    heading: int = 0
    numbering: tuple[str, int] | None = None
    contents: bool = False


@dataclass
class Paragraph:
    """A paragraph as the file holds it; its mark is what parts it from the next one."""

    shape: Shape = field(default_factory=Shape)
    was_shape: Shape = field(default_factory=Shape)
    mark_inserted: Mark | None = None
    mark_deleted: Mark | None = None
    pieces: list[Piece] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    odds: list[Odd] = field(default_factory=list)

    def ends(self, *, accepted: bool) -> bool:
        return self.mark_deleted is None if accepted else self.mark_inserted is None


@dataclass
class Row:
    cells: list[list[Paragraph]]
    header: bool = False
    inserted: Mark | None = None
    deleted: Mark | None = None

    def stands(self, *, accepted: bool) -> bool:
        return self.deleted is None if accepted else self.inserted is None


@dataclass
class Grid:
    """A table."""

    rows: list[Row]

    def paragraphs(self) -> Iterator[Paragraph]:
        for row in self.rows:
            for cell in row.cells:
                yield from cell


@dataclass(frozen=True)
class Flow:
    """The whole file; `sheets` resolves its lists and styles."""

    items: tuple[Paragraph | Grid, ...]
    sheets: Sheets

    def paragraphs(self) -> Iterator[Paragraph]:
        for item in self.items:
            if isinstance(item, Grid):
                yield from item.paragraphs()
            else:
                yield item
