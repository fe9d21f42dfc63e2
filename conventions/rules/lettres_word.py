"""A letter as a Word file, to finish and print: the same letter makes the same bytes."""

from collections.abc import Iterator

from lxml import etree

from conventions.rules.lettre import Letter, Style
from conventions.rules.word_paquet import CT, MAIN_TYPE, REL, R, pack, xml
from conventions.rules.word_styles import TEXT_WIDTH, font_table, settings, styles
from conventions.rules.word_xml import el, paragraph, run, said

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = (
    ("styles", f"{_WORD}.styles+xml"),
    ("settings", f"{_WORD}.settings+xml"),
    ("fontTable", f"{_WORD}.fontTable+xml"),
)
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
    yield said(letter.mention, style="Etat")
    yield _at_right(letter.place)
    yield paragraph(style="Cellule")
    yield paragraph(run("Objet : ", bold=True), run(letter.subject, bold=True))
    yield said(letter.about)
    for one in letter.paragraphs:
        if one.style is Style.QUOTE:
            yield said(one.words, style="Visa")
        else:
            yield paragraph(run(one.words, bold=one.style is Style.STRONG))
    for name, capacity in letter.signatories:
        yield said("")
        yield _at_right(capacity)
        yield _at_right(name)


def _at_right(words: str) -> etree._Element:
    """A line of the right half of the page, where French letters put their addressee."""
    found = said(words, style="Cellule")
    found[0].append(el("ind", left=TEXT_WIDTH // 2))
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
