"""The before/after table of an avenant: each wording beside the one it replaces, word by word.

What goes is struck out, what comes is underlined: the table reads without colour.
"""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from conventions.rules.comparaison_mots import Segment, compare_words
from conventions.rules.ecriture import BROKEN
from conventions.rules.texte import Block, BlockKind, blocks, plain
from conventions.rules.word_styles import TEXT_WIDTH
from conventions.rules.word_types import WordChange
from conventions.rules.word_xml import paragraph, run, said, table

HEADING = "Tableau avant / après"
COLUMNS = ("Article", "Avant", "Après")
WIDTHS = (1500, (TEXT_WIDTH - 1500) // 2, (TEXT_WIDTH - 1500) // 2)
NONE = "—"


def changes_table(
    changes: Sequence[WordChange], labels: Mapping[int, str]
) -> Iterator[etree._Element]:
    """Yield the heading and the table."""
    yield said(HEADING, style="Rubrique")
    rows = [[[said(name, style="Cellule")] for name in COLUMNS]]
    for change in changes:
        what = [said(line, style="Cellule") for line in (change.label, change.what) if line]
        segments = compare_words(spelled(change.before, labels), spelled(change.after, labels))
        rows.append([what, _side(segments, "removed"), _side(segments, "inserted")])
    yield table(rows, WIDTHS, headed=True)
    yield paragraph(style="Cellule")


def _side(segments: Sequence[Segment], kind: str) -> list[etree._Element]:
    style = "Retire" if kind == "removed" else "Ajoute"
    words = [
        run(segment.before if kind == "removed" else segment.text)
        if segment.kind == "equal"
        else run(segment.text, style=style)
        for segment in segments
        if segment.kind in {"equal", kind}
    ]
    return [paragraph(*(words or [run(NONE)]), style="Cellule")]


def spelled(body: str, labels: Mapping[int, str]) -> str:
    """Return a body as lines of words, its references named: what a narrow column can show."""

    def name(code: int) -> str:
        return labels.get(code, BROKEN)

    return "\n".join(plain(line, name) for block in blocks(body) for line in _lines(block))


def _lines(block: Block, indent: str = "") -> Iterator[str]:
    if block.kind == BlockKind.PARAGRAPH:
        yield block.text
    elif block.kind == BlockKind.TABLE:
        yield from (" · ".join(row) for row in (block.header, *block.rows) if row)
    else:
        for rank, item in enumerate(block.items):
            mark = "–" if block.start is None else f"{block.start + rank}."
            yield f"{indent}{mark} {item.text}"
            for inner in item.lists:
                yield from _lines(inner, f"{indent}    ")
