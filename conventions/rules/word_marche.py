"""Walking through the XML of a Word file: what each element becomes in the flow.

Written against the standard (ECMA-376 part 1, §§ 17.3, 17.13 and 17.16) and against the files that
Word and LibreOffice really save.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from lxml import etree

from conventions.rules.word_flux import Flow, Grid, Mark, Odd, Paragraph, Piece, Row, Shape
from conventions.rules.word_paquet import UNREADABLE, Package
from conventions.rules.word_styles_lus import Sheets, is_on, sheets_of, value
from conventions.rules.word_xml import q

_ANCHOR = re.compile(r"\bart_(\d{1,9})_")
_INSERTED, _DELETED = frozenset(("ins", "moveTo")), frozenset(("del", "moveFrom"))
_THROUGH = frozenset(
    ("smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir", "Choice", "AlternateContent")
)
# Marks of layout, of checking or of range: they hold no words.
_SILENT = frozenset(
    ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "proofErr")
    + ("permStart", "permEnd", "bookmarkEnd", "lastRenderedPageBreak", "annotationRef", "Fallback")
    + ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")
    + (
        "customXmlPr",
        "smartTagPr",
        "footnoteRef",
        "endnoteRef",
        "softHyphen",
        "separator",
        "tblPrEx",
    )
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "\u2011"}
_LOOKS = {
    "i": "italique",
    "u": "soulignement",
    "strike": "texte barré",
    "dstrike": "texte barré",
    "highlight": "surlignage",
    "vertAlign": "exposant ou indice",
    "vanish": "texte masqué",
}
_KNOWN_FIELDS = frozenset(("REF", "HYPERLINK", "PAGE", "NUMPAGES"))
DEEPEST = 60
# Comments on the same words; one more is told with those whose passage is gone.
MOST_AT_ONCE = 50


def local(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def spoken(node: etree._Element) -> str:
    """Return all the words under an element, paragraphs apart by a space."""
    words = [
        " " if local(one) in {"p", "tab", "br"} else one.text or ""
        for one in node.iter()
        if local(one) in {"t", "delText", "p", "tab", "br"}
    ]
    return " ".join("".join(words).split())


@dataclass(frozen=True)
class _Context:
    """What the elements around a run say of it."""

    inserted: Mark | None = None
    deleted: Mark | None = None
    moved: bool = False
    link: tuple[int, int] | None = None


@dataclass
class _Field:
    """A field being crossed: its code first, then what it shows."""

    code: str = ""
    shown: bool = False
    link: tuple[int, int] | None = None


@dataclass
class _Walker:
    package: Package
    sheets: Sheets
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    items: list[Paragraph | Grid] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    comments: set[str] = field(default_factory=set)
    fields: list[_Field] = field(default_factory=list)
    links: int = 0
    paragraph: Paragraph | None = None

    # Blocks ------------------------------------------------------------------------------------

    def blocks(self, parent: etree._Element, depth: int = 0) -> list[Paragraph | Grid]:
        """Return the paragraphs and tables under an element, in order."""
        if depth > DEEPEST:
            raise ValidationError(UNREADABLE, code="depth")
        found: list[Paragraph | Grid] = []
        for node in parent:
            name = local(node)
            if name == "p":
                found.append(self.one_paragraph(node))
            elif name == "tbl":
                found.append(self.grid(node, depth))
            elif name in _THROUGH or name in _INSERTED | _DELETED:
                found += self.blocks(node, depth + 1)
            else:
                self.between(node, name, found)
        return found

    def between(self, node: etree._Element, name: str, found: list[Paragraph | Grid]) -> None:
        """Take what stands between paragraphs: ranges that open, and what nobody expects there."""
        if name in {"bookmarkStart", "commentRangeStart", "commentRangeEnd"}:
            self.range(node, name)
        elif name and name not in _SILENT and (words := spoken(node)):
            found.append(Paragraph(odds=[Odd("élément inconnu", words)]))
        elif name == "altChunk":
            found.append(Paragraph(odds=[Odd("document inséré dans le document")]))

    def grid(self, node: etree._Element, depth: int) -> Grid:
        rows = [self.row(row, depth) for row in _rows(node)]
        return Grid([row for row in rows if row.cells])

    def row(self, node: etree._Element, depth: int) -> Row:
        properties = node.find(q("trPr"))
        cells: list[list[Paragraph]] = []
        for cell in _cells(node):
            cells.append(self.cell(cell, depth))
            span = value(cell.find(q("tcPr")), "gridSpan") or "1"
            width = int(span) if span.isdigit() else 1
            cells += [[Paragraph()] for _ in range(min(width, 63) - 1)]
        return Row(
            cells,
            header=is_on(properties, "tblHeader") or False,
            inserted=_mark(properties, "ins"),
            deleted=_mark(properties, "del"),
        )

    def cell(self, node: etree._Element, depth: int) -> list[Paragraph]:
        found: list[Paragraph] = []
        for block in self.blocks(node, depth + 1):
            if isinstance(block, Paragraph):
                found.append(block)
            else:
                inner = list(block.paragraphs())
                found += inner
                (found or [Paragraph()])[0].odds.append(Odd("tableau dans un tableau, mis à plat"))
        return found or [Paragraph()]

    def one_paragraph(self, node: etree._Element) -> Paragraph:
        properties = node.find(q("pPr"))
        marks = None if properties is None else properties.find(q("rPr"))
        change = None if properties is None else properties.find(q("pPrChange"))
        shape = self.shape(properties)
        before = shape if change is None else self.shape(change.find(q("pPr")))
        self.paragraph = Paragraph(
            shape,
            before,
            _mark(marks, "ins") or _mark(marks, "moveTo"),
            _mark(marks, "del") or _mark(marks, "moveFrom"),
            opens=self.pending,
        )
        self.pending = []
        self.inline(node, _Context())
        found, self.paragraph = self.paragraph, None
        return found

    def shape(self, properties: etree._Element | None) -> Shape:
        return Shape(
            self.sheets.heading(properties),
            self.sheets.numbering(properties),
            self.sheets.is_contents(properties),
        )

    # Inside a paragraph ------------------------------------------------------------------------

    def inline(self, parent: etree._Element, context: _Context, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise ValidationError(UNREADABLE, code="depth")
        for node in parent:
            name = local(node)
            inner = self.around(node, name, context)
            if inner is not None:
                self.inline(node, inner, depth + 1)
            elif name == "r":
                self.run(node, context)
            elif name in {"bookmarkStart", "commentRangeStart", "commentRangeEnd"}:
                self.range(node, name)
            elif name and name not in _SILENT:
                self.set_aside(node, name)

    def around(self, node: etree._Element, name: str, context: _Context) -> _Context | None:
        """Return what an element says of the runs inside it, or None when it holds no run."""
        if name in _INSERTED:
            moved = context.moved or name == "moveTo"
            return replace(context, inserted=_author(node), moved=moved)
        if name in _DELETED:
            moved = context.moved or name == "moveFrom"
            return replace(context, deleted=_author(node), moved=moved)
        if name == "hyperlink":
            return replace(context, link=self.link_to(node.get(q("anchor")) or "") or context.link)
        if name == "fldSimple":
            return replace(context, link=self.field_link(node.get(q("instr")) or ""))
        return context if name in _THROUGH else None

    def link_to(self, target: str) -> tuple[int, int] | None:
        found = _ANCHOR.search(target)
        self.links += 1
        return (int(found[1]), self.links) if found else None

    def field_link(self, code: str) -> tuple[int, int] | None:
        """Return the article a field shows; say which fields stay as the words they showed."""
        name = (code.split() or [""])[0].upper()
        link = self.link_to(code)
        if link is None and name and name not in _KNOWN_FIELDS and self.paragraph is not None:
            self.paragraph.odds.append(Odd(f"champ calculé « {name[:20]} », gardé comme texte"))
        return link

    def range(self, node: etree._Element, name: str) -> None:
        if name == "bookmarkStart":
            opened = self.pending if self.paragraph is None else self.paragraph.opens
            opened.append(node.get(q("name")) or "")
        elif name == "commentRangeStart" and len(self.comments) < MOST_AT_ONCE:
            self.comments.add(node.get(q("id")) or "")
        else:
            self.comments.discard(node.get(q("id")) or "")

    def run(self, node: etree._Element, context: _Context) -> None:
        marks = node.find(q("rPr"))
        change = None if marks is None else marks.find(q("rPrChange"))
        bold = self.sheets.is_bold(marks)
        was_bold = bold if change is None else self.sheets.is_bold(change.find(q("rPr")))
        for part in node:
            name = local(part)
            text = part.text or "" if name in {"t", "delText"} else _SIGNS.get(name)
            if text is not None:
                self.words(text, bold, was_bold, context)
                self.looks(marks)
            elif name not in _SILENT:
                self.other(part, name)

    def words(self, text: str, bold: bool, was_bold: bool, context: _Context) -> None:
        if self.paragraph is None or not text:
            return
        links = [f.link for f in self.fields if f.link]
        piece = Piece(
            text,
            bold,
            was_bold,
            context.inserted,
            context.deleted,
            context.moved,
            links[-1] if links else context.link,
            frozenset(self.comments),
        )
        self.paragraph.pieces.append(piece)

    def looks(self, marks: etree._Element | None) -> None:
        """Note the formatting that a wording of the portal does not keep."""
        for name, what in _LOOKS.items():
            if is_on(marks, name) and value(marks, name) != "baseline":
                odd = Odd(f"mise en forme : {what}")
                if odd not in self.paragraph.odds:
                    self.paragraph.odds.append(odd)

    def other(self, part: etree._Element, name: str) -> None:
        """Take what a run holds besides words: fields, notes, comments, images."""
        if name == "fldChar":
            self.cross_field(part.get(q("fldCharType")))
        elif name in {"instrText", "delInstrText"}:
            if self.fields:
                self.fields[-1].code += part.text or ""
        elif name in {"footnoteReference", "endnoteReference"}:
            what = "note de bas de page" if name.startswith("foot") else "note de fin"
            words = self.notes.get((name[:8].rstrip("R"), part.get(q("id")) or ""), "")
            self.paragraph.odds.append(Odd(what, words))
        elif name == "commentReference":
            self.point_comment(part.get(q("id")) or "")
        else:
            self.set_aside(part, name)

    def cross_field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
            self.fields[-1].link = self.field_link(self.fields[-1].code)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def point_comment(self, identifier: str) -> None:
        """A comment without a range is about the words just before it."""
        pieces = self.paragraph.pieces
        if pieces and not any(identifier in piece.comments for piece in pieces):
            pieces[-1] = replace(pieces[-1], comments=pieces[-1].comments | {identifier})

    def set_aside(self, node: etree._Element, name: str) -> None:
        """Say what is not taken, with its words: image, text box, formula, object, anything."""
        chosen = node
        if name == "AlternateContent":
            chosen = next((one for one in node if local(one) == "Choice"), node)
        words = spoken(chosen)
        kinds = {local(one) for one in chosen.iter()}
        if name in {"oMath", "oMathPara"}:
            words = "".join(one.text or "" for one in node.iter() if local(one) == "t")
        self.paragraph.odds.append(Odd(_named(name, kinds, words), words or _described(chosen)))


def _named(name: str, kinds: set[str], words: str) -> str:
    if name in {"oMath", "oMathPara"}:
        return "formule"
    if "txbxContent" in kinds:
        return "zone de texte"
    if kinds & {"pic", "imagedata", "blip"}:
        return "image"
    if kinds & {"OLEObject", "object"}:
        return "objet incorporé"
    if kinds & {"drawing", "pict", "chart"}:
        return "dessin ou graphique"
    return "élément inconnu" if words else f"élément « {name[:30]} »"


def _described(node: etree._Element) -> str:
    for one in node.iter():
        if local(one) == "docPr":
            return one.get("descr") or one.get("name") or ""
    return ""


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _through(table, "tr")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _through(row, "tc")


def _through(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for node in parent:
        if local(node) == wanted:
            yield node
        elif local(node) in _THROUGH:
            yield from _through(node, wanted)


def _author(node: etree._Element) -> Mark:
    return Mark(node.get(q("author")) or "", node.get(q("date")) or "")


def _mark(properties: etree._Element | None, name: str) -> Mark | None:
    found = None if properties is None else properties.find(q(name))
    return None if found is None else _author(found)


def flow_of(package: Package) -> Flow:
    """Return the flow of a file's body."""
    root = package.tree(package.main)
    body = None if root is None else root.find(q("body"))
    if body is None:
        raise ValidationError(UNREADABLE, code="body")
    walker = _Walker(package, sheets_of(package), _notes(package))
    items = walker.blocks(body)
    return Flow(tuple(items), walker.sheets)


def _notes(package: Package) -> dict[tuple[str, str], str]:
    found = {}
    for kind in ("footnote", "endnote"):
        for root in package.related(f"{kind}s"):
            for note in root.iter(q(kind)):
                found[kind, note.get(q("id")) or ""] = spoken(note)
    return found
