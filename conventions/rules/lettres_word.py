"""A letter as a Word file, to finish and print: the same letter makes the same bytes."""

from collections.abc import Iterator

from lxml import etree

from conventions.rules.lettre import Letter, Paragraph, Style
from conventions.rules.word_paquet import CT, MAIN_TYPE, REL, R, pack, xml
from conventions.rules.word_styles import TEXT_WIDTH, font_table, settings, styles
from conventions.rules.word_xml import el, paragraph, run, said

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = (
    ("styles", f"{_WORD}.styles+xml"),
    ("settings", f"{_WORD}.settings+xml"),
    ("fontTable", f"{_WORD}.fontTable+xml"),
)
SIGNING_LINES = 3
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def write_letter(letter: Letter) -> bytes:
    """Return the Word file of a letter."""
    body = el("body", *_elements(letter), _page())
    return pack(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _rels(("officeDocument", "word/document.xml")),
            "word/document.xml": xml(el("document", body)),
            "word/_rels/document.xml.rels": _rels(
                *((name, f"{name}.xml") for name, _ in _PARTS),
            ),
            "word/styles.xml": xml(styles()),
            "word/settings.xml": xml(settings(tracked=False)),
            "word/fontTable.xml": xml(font_table()),
        }
    )


def _elements(letter: Letter) -> Iterator[etree._Element]:
    yield from (said(line, style="Cellule") for line in letter.sender)
    yield paragraph(style="Cellule")
    yield from (_at_right(line) for line in letter.addressee)
    yield paragraph(style="Cellule")
    yield _at_right(letter.place)
    yield said(letter.mention, style="Etat") if letter.mention else paragraph(style="Cellule")
    yield paragraph(run("Objet : ", bold=True), run(letter.subject, bold=True))
    yield said(letter.about)
    *body, last = (_worded(one) for one in letter.paragraphs)
    yield from body
    yield _kept_with_next(last)
    yield from _signatures(letter)


def _worded(one: Paragraph) -> etree._Element:
    if one.style is Style.QUOTE:
        return said(one.words, style="Visa")
    if one.style is Style.ITEM:
        return said(f"– {one.words}", style="Liste")
    return paragraph(run(one.words, bold=one.style is Style.STRONG))


def _signatures(letter: Letter) -> Iterator[etree._Element]:
    """In what capacity, then by whom, with room to sign between them; none alone on its page."""
    for name, capacity in letter.signatories:
        yield _kept_with_next(said(""))
        if capacity:
            yield _kept_with_next(_at_right(f"{capacity[:1].upper()}{capacity[1:]},"))
        yield from (_kept_with_next(_at_right("")) for _line in range(SIGNING_LINES))
        yield _at_right(name)


def _at_right(words: str) -> etree._Element:
    """A line of the right half of the page, where French letters put their addressee."""
    found = said(words, style="Cellule")
    found[0].append(el("ind", left=TEXT_WIDTH // 2))
    return found


def _kept_with_next(found: etree._Element) -> etree._Element:
    """Keep a paragraph on the page of the next one; the style comes first in its properties."""
    if not len(found) or not found[0].tag.endswith("}pPr"):
        found.insert(0, el("pPr"))
    styled = len(found[0]) > 0 and found[0][0].tag.endswith("}pStyle")
    found[0].insert(1 if styled else 0, el("keepNext"))
    return found


def _page() -> etree._Element:
    edge = dict.fromkeys(("top", "right", "bottom", "left"), 1418)
    return el(
        "sectPr",
        el("pgSz", w=11906, h=16838),
        el("pgMar", **edge, header=709, footer=709, gutter=0),
    )


def _types() -> bytes:
    root = etree.Element(f"{{{CT}}}Types", nsmap={None: CT})
    for extension, kind in (("rels", _RELS_TYPE), ("xml", "application/xml")):
        etree.SubElement(root, f"{{{CT}}}Default", Extension=extension, ContentType=kind)
    for name, kind in (("document", MAIN_TYPE), *_PARTS):
        part = f"/word/{name}.xml"
        etree.SubElement(root, f"{{{CT}}}Override", PartName=part, ContentType=kind)
    return xml(root)


def _rels(*rows: tuple[str, str]) -> bytes:
    root = etree.Element(f"{{{REL}}}Relationships", nsmap={None: REL})
    for rank, (kind, target) in enumerate(rows, start=1):
        etree.SubElement(
            root, f"{{{REL}}}Relationship", Id=f"rId{rank}", Type=f"{R}/{kind}", Target=target
        )
    return xml(root)
