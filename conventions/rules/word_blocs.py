"""The blocks of a wording as paragraphs, real lists and tables of Word; references as links."""

from collections.abc import Iterator, Mapping

from lxml import etree

from conventions.rules.ecriture import BROKEN
from conventions.rules.texte import DEEPEST, Block, BlockKind, blocks, runs
from conventions.rules.word_styles import TEXT_WIDTH
from conventions.rules.word_xml import el, link, paragraph, q, run, table

DASHES, NUMBERS = 1, 2
INDENT = 340
MARK = "–"


def anchor(code: int) -> str:
    """Name the bookmark of the title of an article.

    The last sign keeps a copy that LibreOffice calls «art_12_1» from passing for article 121.
    """
    return f"art_{code}_"


def body_anchor(code: int) -> str:
    """Name the bookmark of the first words below the title, for whoever erases the title."""
    return f"corps_{code}_"


class Lists:
    """The lists of one document: each has its own numbering, so that it begins where it should."""

    def __init__(self) -> None:
        self.starts: list[tuple[int | None, int]] = []

    def open(self, start: int | None, level: int) -> int:
        """Begin a list, of dashes when it has no `start`, and return what names it in the file."""
        self.starts.append((start, level))
        return len(self.starts)

    def part(self) -> etree._Element:
        """Return the part of the numberings."""
        nums = []
        for rank, (start, level) in enumerate(self.starts, start=1):
            num = el(
                "num", el("abstractNumId", val=DASHES if start is None else NUMBERS), numId=rank
            )
            if start is not None:
                num.append(el("lvlOverride", el("startOverride", val=start), ilvl=level))
            nums.append(num)
        return el("numbering", _abstract(DASHES, "bullet"), _abstract(NUMBERS, "decimal"), *nums)


def _abstract(identifier: int, shape: str) -> etree._Element:
    levels = []
    for level in range(DEEPEST + 1):
        mark = MARK if shape == "bullet" else f"%{level + 1}."
        left = INDENT * (level + 1)
        levels.append(
            el(
                "lvl",
                el("start", val=1),
                el("numFmt", val=shape),
                el("lvlText", val=mark),
                el("lvlJc", val="left"),
                el("pPr", el("ind", left=left, hanging=INDENT)),
                ilvl=level,
            )
        )
    found = el("abstractNum", el("multiLevelType", val="hybridMultilevel"), *levels)
    found.set(q("abstractNumId"), str(identifier))
    return found


def body_elements(body: str, lists: Lists, labels: Mapping[int, str]) -> Iterator[etree._Element]:
    """Lay a body out as elements of Word; a table is followed by an empty line of its own."""
    for block in blocks(body):
        if block.kind == BlockKind.LIST:
            yield from _items(block, lists, labels, 0)
        elif block.kind == BlockKind.TABLE:
            yield _table(block, labels)
            yield paragraph(style="Cellule")
        else:
            yield paragraph(*words(block.text, labels))


def words(text: str, labels: Mapping[int, str]) -> Iterator[etree._Element]:
    """Write the runs of a text in markup."""
    for piece in runs(text):
        if piece.reference is None:
            yield run(piece.text, bold=piece.bold)
        else:
            shown = labels.get(piece.reference, BROKEN)
            yield link(anchor(piece.reference), shown, bold=piece.bold)


def _items(
    block: Block, lists: Lists, labels: Mapping[int, str], level: int
) -> Iterator[etree._Element]:
    which = lists.open(block.start, level)
    for item in block.items:
        yield paragraph(*words(item.text, labels), style="Liste", numbering=(which, level))
        for inner in item.lists:
            yield from _items(inner, lists, labels, level + 1)


def _table(block: Block, labels: Mapping[int, str]) -> etree._Element:
    rows = [*([block.header] if block.header else []), *block.rows]
    width = len(rows[0])
    return table(
        [[[paragraph(*words(cell, labels), style="Cellule")] for cell in row] for row in rows],
        [TEXT_WIDTH // width] * width,
        headed=bool(block.header),
    )


def marked(element: etree._Element, name: str, identifier: int) -> None:
    """Put a bookmark around the first paragraph of an element.

    Never around several: LibreOffice loses the beginning of a long bookmark at its second saving.
    """
    first = next(element.iter(q("p")))
    place = 1 if len(first) and first[0].tag == q("pPr") else 0
    first.insert(place, el("bookmarkStart", id=identifier, name=name))
    first.append(el("bookmarkEnd", id=identifier))
