"""A text of a convention as a Word file: the same text and the same day make the same bytes.

What opens the text, its articles under Word's own headings, its before/after table and its
signatures each stand under a bookmark: what comes back is matched by it (`word_lecture`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from conventions.rules.texte import title
from conventions.rules.word_avant_apres import changes_table
from conventions.rules.word_blocs import Lists, anchor, body_anchor, body_elements, marked
from conventions.rules.word_marges import margin_lines
from conventions.rules.word_origine import base_part, properties_part, store_part
from conventions.rules.word_paquet import CT, MAIN_TYPE, REL, R, pack, xml
from conventions.rules.word_styles import (
    TEXT_WIDTH,
    font_table,
    heading_style,
    settings,
    styles,
)
from conventions.rules.word_types import Origin, WordText, fingerprint
from conventions.rules.word_xml import el, field, legal, paragraph, q, run, said, table

_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_TYPES = {
    "word/document.xml": MAIN_TYPE,
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "customXml/itemProps1.xml": f"{_OFFICE}.customXmlProperties+xml",
    "docProps/custom.xml": f"{_OFFICE}.custom-properties+xml",
    "docProps/core.xml": _CORE,
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
AGREED = "Il est convenu ce qui suit"
# Its bookmarks, and the elements: the first bookmark is on the first element, and so on.
Section = tuple[tuple[str, ...], list[etree._Element]]
ZONES = ("zone_debut_", "zone_definitions_", "zone_changements_", "zone_fin_", "zone_signatures_")


def write_word(text: WordText) -> bytes:
    """Return the Word file of a text."""
    text, lists = _writable(text), Lists()
    sections = _sections(text, lists)
    body = el("body")
    for rank, (names, elements) in enumerate(sections):
        for shift, (name, element) in enumerate(zip(names, elements, strict=False)):
            marked(element, name, 2 * rank + shift)
        body.extend(elements)
    body.append(_page(text))
    return pack(_parts(text, el("document", body), lists, _origin(text, sections)))


def origin_of_text(text: WordText) -> Origin:
    """Return what the file of a text would remember: the base of a file that lost its own."""
    text = _writable(text)
    return _origin(text, _sections(text, Lists()))


def _writable(text: WordText) -> WordText:
    """Take out the signs that XML cannot hold: what leaves and what is remembered are the same."""
    articles = tuple(
        replace(a, number=legal(a.number), heading=legal(a.heading), body=legal(a.body))
        for a in text.articles
    )
    labels = {code: legal(label) for code, label in text.labels.items()}
    return replace(text, articles=articles, labels=labels)


def _origin(text: WordText, sections: Sequence[Section]) -> Origin:
    zones = {names[0]: spoken(elements) for names, elements in sections if names[0] in ZONES}
    for zone, root in (("zone_entete_", _header(text)), ("zone_pied_", _footer(text))):
        zones[zone] = "\n".join(margin_lines(root))
    return Origin(
        text.reference,
        text.act,
        text.day,
        fingerprint(text.articles),
        text.articles,
        dict(text.labels),
        zones,
    )


def spoken(elements: list[etree._Element]) -> str:
    """Return the words of elements, a paragraph a line: what a zone said when it left."""
    paragraphs = (paragraph for element in elements for paragraph in element.iter(q("p")))
    pieces = (one.iter(q("t"), q("br"), q("tab")) for one in paragraphs)
    lines = ("".join(piece.text or " " for piece in line) for line in pieces)
    return "\n".join(line for line in lines if line.strip())


def _sections(text: WordText, lists: Lists) -> list[Section]:
    """Return each part of the file with the bookmark it bears, in reading order."""
    found: list[Section] = [(("zone_debut_",), list(_opening(text, lists)))]
    for article in text.articles:
        head = said(
            title(article.kind, article.number, article.heading), style=heading_style(article.depth)
        )
        body = body_elements(article.body, lists, text.labels)
        names = (anchor(article.code), body_anchor(article.code))
        found.append((names, [head, *body]))
    if text.definitions:
        found.append((("zone_definitions_",), list(_definitions(text))))
    if text.changes:
        found.append((("zone_changements_",), list(changes_table(text.changes, text.labels))))
    if text.closing:
        closing = body_elements(text.closing, lists, text.labels)
        found.append((("zone_fin_",), [said("Dispositions finales", style="Rubrique"), *closing]))
    if text.signatures:
        found.append((("zone_signatures_",), list(_signatures(text))))
    return found


def _opening(text: WordText, lists: Lists) -> Iterator[etree._Element]:
    if text.kicker:
        yield said(text.kicker, style="Surtitre")
    yield said(text.title, style="Title")
    if text.state:
        yield said(text.state, style="Etat")
    if text.parties:
        yield said("Entre les soussignés", style="Rubrique")
        for party in text.parties:
            yield said(party, style="Partie")
    for visa in text.visas:
        yield said(visa, style="Visa")
    if text.purpose:
        yield said("Exposé des motifs", style="Rubrique")
        yield from body_elements(text.purpose, lists, text.labels)
    if not text.excerpt and text.articles and (text.parties or text.visas):
        yield said(AGREED, style="Formule")


def _definitions(text: WordText) -> Iterator[etree._Element]:
    yield said("Définitions", style="Rubrique")
    for term, meaning in text.definitions:
        yield paragraph(run(term, bold=True), run(f"\u00a0: {meaning}"))


def _signatures(text: WordText) -> Iterator[etree._Element]:
    yield said("Signatures", style="Rubrique")
    rows = []
    for one in text.signatures:
        who = [said(one.party, style="Cellule"), said(one.name, style="Cellule")]
        who += [said(line, style="Cellule") for line in (one.capacity, one.note) if line]
        rows.append([who, [paragraph(style="Cellule") for _ in range(4)]])
    yield table(rows, [TEXT_WIDTH // 2] * 2)
    yield paragraph(style="Cellule")


def _page(text: WordText) -> etree._Element:
    """A4, the reference at the top of every page, «page x sur y» at its foot."""
    return el(
        "sectPr",
        _related("headerReference", "rId5"),
        _related("footerReference", "rId6"),
        el("pgSz", w=11906, h=16838),
        el("pgMar", top=1418, right=1418, bottom=1418, left=1418, header=709, footer=709, gutter=0),
    )


def _related(name: str, identifier: str) -> etree._Element:
    found = el(name, type="default")
    found.set(f"{{{R}}}id", identifier)
    return found


def _header(text: WordText) -> etree._Element:
    short = text.title if len(text.title) <= 80 else f"{text.title[:80].rpartition(' ')[0]} …"
    return el("hdr", said(f"{text.reference} · {short}", style="header"))


def _footer(text: WordText) -> etree._Element:
    pages = [run("page "), *field("PAGE", "1"), run(" sur "), *field("NUMPAGES", "1")]
    line = paragraph(run(f"{text.state}\t" if text.state else "\t"), *pages, style="footer")
    stop = el("tabs", el("tab", val="right", pos=TEXT_WIDTH))
    line[0].insert(1, stop)
    return el("ftr", line)


def _parts(
    text: WordText, document: etree._Element, lists: Lists, origin: Origin
) -> dict[str, bytes]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _rels(
            ("rId1", f"{R}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{R}/custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": xml(document),
        "word/_rels/document.xml.rels": _rels(
            ("rId1", f"{R}/styles", "styles.xml"),
            ("rId2", f"{R}/numbering", "numbering.xml"),
            ("rId3", f"{R}/settings", "settings.xml"),
            ("rId4", f"{R}/fontTable", "fontTable.xml"),
            ("rId5", f"{R}/header", "header1.xml"),
            ("rId6", f"{R}/footer", "footer1.xml"),
            ("rId7", f"{R}/customXml", "../customXml/item1.xml"),
        ),
        "word/styles.xml": xml(styles()),
        "word/numbering.xml": xml(lists.part()),
        "word/settings.xml": xml(settings(tracked=text.tracked)),
        "word/fontTable.xml": xml(font_table()),
        "word/header1.xml": xml(_header(text)),
        "word/footer1.xml": xml(_footer(text)),
        "customXml/item1.xml": base_part(origin),
        "customXml/itemProps1.xml": store_part(),
        "customXml/_rels/item1.xml.rels": _rels(("rId1", f"{R}/customXmlProps", "itemProps1.xml")),
        "docProps/core.xml": _core(text),
        "docProps/custom.xml": properties_part(origin),
    }


def _content_types() -> bytes:
    root = etree.Element(f"{{{CT}}}Types", nsmap={None: CT})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{CT}}}Default", Extension=extension, ContentType=kind)
    for name, kind in _TYPES.items():
        etree.SubElement(root, f"{{{CT}}}Override", PartName=f"/{name}", ContentType=kind)
    return xml(root)


def _rels(*rows: tuple[str, str, str]) -> bytes:
    root = etree.Element(f"{{{REL}}}Relationships", nsmap={None: REL})
    for identifier, kind, target in rows:
        etree.SubElement(root, f"{{{REL}}}Relationship", Id=identifier, Type=kind, Target=target)
    return xml(root)


def _core(text: WordText) -> bytes:
    """The properties every file has; its dates are the day of the text, never the clock's."""
    core = f"{_PACKAGE}/metadata/core-properties"
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    names = {"cp": core, "dc": dc, "dcterms": terms, "xsi": xsi}
    root = etree.Element(f"{{{core}}}coreProperties", nsmap=names)
    for tag, words in (("title", text.title), ("creator", "Revoyure"), ("language", "fr-FR")):
        etree.SubElement(root, f"{{{dc}}}{tag}").text = legal(words)
    for tag in ("created", "modified"):
        stamp = etree.SubElement(root, f"{{{terms}}}{tag}")
        stamp.set(f"{{{xsi}}}type", "dcterms:W3CDTF")
        stamp.text = f"{text.day}T00:00:00Z"
    return xml(root)
