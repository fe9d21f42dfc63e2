"""The two readings of a Word file: its tracked changes accepted, and rejected.

A paragraph whose mark is deleted runs on into the next one, as Word shows it once the change is
accepted; so does, in the other reading, one whose mark was inserted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from conventions.rules.texte import DEEPEST, Block, BlockKind, markup, runs
from conventions.rules.word_flux import Flow, Grid, Odd, Paragraph, Piece, Shape
from conventions.rules.word_styles_lus import Counters

# Tells whether the words of a link still name the article it leads to.
Names = Callable[[int, str], bool]


@dataclass
class Line:
    """A paragraph as one reading shows it, made of one paragraph of the file or of several."""

    shape: Shape
    pieces: list[Piece]
    sources: list[Paragraph]
    number: int | None = None
    mark: str = ""

    @property
    def opens(self) -> list[str]:
        return [name for source in self.sources for name in source.opens]

    @property
    def text(self) -> str:
        """Its words; a heading that Word numbers by itself says its number."""
        words = "".join(piece.text for piece in self.pieces).strip()
        counted = self.mark or (f"{self.number}." if self.number is not None else "")
        return f"{counted} {words}".strip() if self.shape.heading else words


@dataclass
class Sheet:
    """A table as one reading shows it."""

    rows: list[tuple[bool, list[list[Line]]]]
    sources: list[Paragraph] = field(default_factory=list)

    @property
    def opens(self) -> list[str]:
        return [name for source in self.sources for name in source.opens]

    @property
    def pieces(self) -> list[Piece]:
        lines = (line for _, cells in self.rows for cell in cells for line in cell)
        return [piece for line in lines for piece in line.pieces]

    @property
    def text(self) -> str:
        return " ".join("".join(piece.text for piece in self.pieces).split())


Shown = Line | Sheet


def shown(flow: Flow, *, accepted: bool) -> list[Shown]:
    """Return what one reading of a file shows, in order."""
    found: list[Shown] = []
    counters = Counters(flow.sheets)
    waiting: list[Paragraph] = []
    for item in flow.items:
        if isinstance(item, Grid):
            found += _joined(waiting, counters, accepted=accepted)
            waiting = []
            found.append(_sheet(item, counters, accepted=accepted))
            continue
        waiting.append(item)
        if item.ends(accepted=accepted):
            found += _joined(waiting, counters, accepted=accepted)
            waiting = []
    return found + _joined(waiting, counters, accepted=accepted)


def _joined(waiting: list[Paragraph], counters: Counters, *, accepted: bool) -> list[Line]:
    """Make one line of paragraphs that run on: it looks like the first of them that has words."""
    if not waiting:
        return []
    kept = [[p for p in one.pieces if p.stands(accepted=accepted)] for one in waiting]
    looks = next((one for one, pieces in zip(waiting, kept, strict=True) if pieces), waiting[-1])
    shape = looks.shape if accepted else looks.was_shape
    line = Line(shape, [piece for pieces in kept for piece in pieces], list(waiting))
    if shape.numbering and line.text:
        line.number, line.mark = counters.next(*shape.numbering)
    return [line]


def _sheet(grid: Grid, counters: Counters, *, accepted: bool) -> Sheet:
    rows = [
        (row.header, [_cell(cell, counters, accepted=accepted) for cell in row.cells])
        for row in grid.rows
    ]
    standing = [row.stands(accepted=accepted) for row in grid.rows]
    return Sheet(
        [row for row, stands in zip(rows, standing, strict=True) if stands],
        list(grid.paragraphs()),
    )


def _cell(cell: list[Paragraph], counters: Counters, *, accepted: bool) -> list[Line]:
    found: list[Line] = []
    waiting: list[Paragraph] = []
    for paragraph in cell:
        waiting.append(paragraph)
        if paragraph.ends(accepted=accepted):
            found += _joined(waiting, counters, accepted=accepted)
            waiting = []
    return found + _joined(waiting, counters, accepted=accepted)


def body_of(lines: Iterable[Shown], names: Names, odds: list[Odd], *, accepted: bool) -> str:
    """Write lines as the body of an article; references rewritten by hand are told in `odds`."""
    parts: list[str] = []
    last: Shown | None = None
    for line in lines:
        if isinstance(line, Sheet):
            words = _table(line, names, odds, accepted=accepted)
        else:
            words = _marked(line, names, odds, accepted=accepted)
        if not words:
            continue
        parts += [] if last is None else ["\n" if _both_items(last, line) else "\n\n"]
        parts.append(words)
        last = line
    return "".join(parts)


def _both_items(last: Shown, line: Shown) -> bool:
    return all(isinstance(one, Line) and one.shape.numbering is not None for one in (last, line))


def _marked(line: Line, names: Names, odds: list[Odd], *, accepted: bool) -> str:
    words = text_of(line.pieces, names, odds, accepted=accepted).strip(" \t")
    if not words or line.shape.numbering is None or line.shape.heading:
        return words
    indent = "  " * min(line.shape.numbering[1], DEEPEST)
    mark = "-" if line.number is None else f"{line.number}."
    return f"{indent}{mark} {line.mark} {words}" if line.mark else f"{indent}{mark} {words}"


def _table(sheet: Sheet, names: Names, odds: list[Odd], *, accepted: bool) -> str:
    rows = []
    for header, cells in sheet.rows:
        texts = [
            " ".join(filter(None, (_inside(one, names, odds, accepted=accepted) for one in cell)))
            for cell in cells
        ]
        rows.append(tuple(_unbold(text) if header else text for text in texts))
    if not rows:
        return ""
    width = max(map(len, rows))
    whole = [(*row, *("",) * (width - len(row))) for row in rows]
    headed = sheet.rows[0][0]
    header, body = (whole[0], whole[1:]) if headed else ((), whole)
    return markup([Block(BlockKind.TABLE, header=header, rows=tuple(body))])


def _inside(line: Line, names: Names, odds: list[Odd], *, accepted: bool) -> str:
    words = text_of(line.pieces, names, odds, accepted=accepted).strip(" \t")
    if not words or line.shape.numbering is None:
        return words
    return f"{_spelled_mark(line)} {words}"


def _spelled_mark(line: Line) -> str:
    return line.mark or ("–" if line.number is None else f"{line.number}.")


def _unbold(text: str) -> str:
    """A header is bold by nature; LibreOffice writes it on its words too."""
    pieces = runs(text)
    if not pieces or not all(piece.bold for piece in pieces):
        return text
    return text[2:-2] if text.startswith("**") and text.endswith("**") else text


def text_of(pieces: list[Piece], names: Names, odds: list[Odd], *, accepted: bool) -> str:
    """Write words in markup: bold, and references where a link still names its article."""
    styled = _referred(pieces, names, odds, accepted=accepted)
    merged: list[tuple[str, bool]] = []
    for words, bold in styled:
        if merged and (merged[-1][1] == bold or not words.strip()):
            merged[-1] = (merged[-1][0] + words, merged[-1][1])
        else:
            merged.append((words, bold))
    return "".join(_bold(words) if bold else words for words, bold in merged)


def _bold(words: str) -> str:
    """Mark words as bold; spaces at their edges stay outside, or the marks would not be read."""
    inner = words.strip()
    if not inner or inner.startswith("*"):
        return words
    left = words[: len(words) - len(words.lstrip())]
    return f"{left}**{inner}**{words[len(words.rstrip()) :]}"


def _referred(
    pieces: list[Piece], names: Names, odds: list[Odd], *, accepted: bool
) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    rank = 0
    while rank < len(pieces):
        link = pieces[rank].link
        end = rank + 1
        while link is not None and end < len(pieces) and pieces[end].link == link:
            end += 1
        group = pieces[rank:end]
        said = "".join(piece.text for piece in group)
        if link is not None and names(link[0], said):
            bold = any(_is_bold(piece, accepted=accepted) for piece in group)
            found.append((f"{{{{art:{link[0]}}}}}", bold))
        else:
            if link is not None and said.strip():
                odds.append(Odd("renvoi réécrit à la main, gardé comme texte", said.strip()))
            found += [(piece.text, _is_bold(piece, accepted=accepted)) for piece in group]
        rank = end
    return found


def _is_bold(piece: Piece, *, accepted: bool) -> bool:
    return piece.bold if accepted else piece.was_bold
