"""Small builders of WordprocessingML: elements, runs, paragraphs, fields. No meaning here."""

import re
from collections.abc import Iterable

from lxml import etree

from conventions.rules.word_paquet import R, W

NS = {"w": W, "r": R}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML cannot hold: it draws nothing, and no word is made of it.
_ILLEGAL = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECES = re.compile(r"(\t|\n)")


def q(name: str) -> str:
    """Return the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def el(name: str, /, *children: etree._Element, **attributes: object) -> etree._Element:
    """Return `<w:name w:attribute="…">` with its children."""
    element = etree.Element(q(name), nsmap=NS)
    for key, value in attributes.items():
        element.set(q(key.rstrip("_")), str(value))
    element.extend(children)
    return element


def legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def run(text: str, *, bold: bool = False, style: str = "") -> etree._Element:
    """Return a run of text; a tab and an end of line are elements of their own."""
    found = el("r")
    marks = [el("rStyle", val=style)] if style else []
    marks += [el("b")] if bold else []
    if marks:
        found.append(el("rPr", *marks))
    for piece in _PIECES.split(legal(text)):
        if piece in {"\t", "\n"}:
            found.append(el("tab" if piece == "\t" else "br"))
        elif piece:
            words = el("t")
            words.text = piece
            words.set(SPACE, "preserve")
            found.append(words)
    return found


def link(anchor: str, text: str, *, bold: bool = False) -> etree._Element:
    """Return a link to a bookmark of the same document."""
    return el("hyperlink", run(text, bold=bold, style="Renvoi"), anchor=anchor, history=1)


def field(code: str, shown: str) -> list[etree._Element]:
    """Return a field that Word computes, «PAGE» for one, with what to show until it has."""
    instruction = el("r", el("instrText"))
    instruction[0].text = f" {code} "
    instruction[0].set(SPACE, "preserve")
    begin, middle, end = (el("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return [el("r", begin), instruction, el("r", middle), run(shown), el("r", end)]


def paragraph(
    *children: etree._Element, style: str = "", numbering: tuple[int, int] | None = None
) -> etree._Element:
    """Return a paragraph in a style; `numbering` is the list it belongs to and its level."""
    properties = el("pPr")
    if style:
        properties.append(el("pStyle", val=style))
    if numbering:
        which, level = numbering
        properties.append(el("numPr", el("ilvl", val=level), el("numId", val=which)))
    found = el("p", *([properties] if len(properties) else []))
    found.extend(children)
    return found


def said(text: str, *, style: str = "") -> etree._Element:
    """Return a paragraph of plain text."""
    return paragraph(run(text), style=style)


def table(
    rows: Iterable[Iterable[Iterable[etree._Element]]],
    widths: Iterable[int],
    *,
    style: str = "Tableau",
    headed: bool = False,
) -> etree._Element:
    """Return a table of cells, each a list of paragraphs; `headed` repeats the first row."""
    widths = list(widths)
    found = el(
        "tbl",
        el(
            "tblPr",
            el("tblStyle", val=style),
            el("tblW", w=sum(widths), type="dxa"),
            el("tblLayout", type="fixed"),
            el("tblLook", val="0420" if headed else "0400", firstRow=int(headed), lastRow=0),
        ),
        el("tblGrid", *(el("gridCol", w=width) for width in widths)),
    )
    for rank, cells in enumerate(rows):
        found.append(_row(cells, widths, header=headed and rank == 0))
    return found


def _row(
    cells: Iterable[Iterable[etree._Element]], widths: list[int], *, header: bool
) -> etree._Element:
    properties = el("trPr", el("cantSplit"), *([el("tblHeader")] if header else []))
    row = el("tr", properties)
    for paragraphs, width in zip(cells, widths, strict=True):
        row.append(el("tc", el("tcPr", el("tcW", w=width, type="dxa")), *paragraphs))
    return row
