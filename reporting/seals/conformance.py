"""The last pass over a rendered PDF before its first seal: markers, fields, decorations.

WeasyPrint writes PDF/A-3A; this adds what it cannot: the PDF/UA-1 declaration in the same XMP
packet, signature fields that assistive technology can find, decorative drawings out of the reading
order. Nothing here may run on a sealed file.
"""

import io
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from reporting.seals.render import DECORATION
from reporting.seals.resources import keep_used_resources
from reporting.seals.structure import as_list, structure_elements, structure_problems

__all__ = ["PLACE_SCHEME", "SealField", "conform", "structure_problems"]

# `<a href="champ:Cachet"></a>`, an empty block with a size: there goes the field «Cachet».
PLACE_SCHEME = "champ:"
PRINTED_AND_LOCKED = 4 + 128
SIGNATURES_EXIST_AND_APPEND_ONLY = 3

# PDF/A allows in XMP only what it knows or what the packet itself describes (ISO 19005-3, 6.6.2.3).
UA_MARKER = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" '
    b'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    b'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    b'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name>"
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 this document claims to follow"
    b"</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
END_OF_RDF = b"</rdf:RDF>"


@dataclass(frozen=True)
class SealField:
    """A signature field to make: its name, and what a screen reader says of it."""

    name: str
    tooltip: str


def conform(pdf: bytes, *, fields: Iterable[SealField] = ()) -> bytes:
    """Return the file ready to be sealed, one field for each place left in the HTML.

    Fields and places must answer each other one to one. The same input gives the same bytes.
    """
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _refuse_signed(document)
        _declare_ua(document)
        _list_attachments_once(document)
        _leave_decorations_out(document)
        keep_used_resources(document)
        _make_fields(document, tuple(fields))
        document.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return output.getvalue()


def _refuse_signed(document: pikepdf.Pdf) -> None:
    form = document.Root.get("/AcroForm")
    if form is not None and len(form.get("/Fields", [])):
        msg = "This file already has fields: it is finished once, before its first seal."
        raise ValueError(msg)


def _declare_ua(document: pikepdf.Pdf) -> None:
    packet = document.Root.Metadata.read_bytes()
    if packet.count(END_OF_RDF) != 1:
        msg = "The rendered file must hold exactly one RDF block."
        raise ValueError(msg)
    packet = packet.replace(END_OF_RDF, UA_MARKER + END_OF_RDF)
    document.Root.Metadata = document.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def _list_attachments_once(document: pikepdf.Pdf) -> None:
    """WeasyPrint 70 lists each attached file twice in the catalogue."""
    files = document.Root.get("/AF")
    if files is not None:
        document.Root.AF = Array({file.objgen: file for file in files}.values())


# -- Decorations: drawn, but not read aloud -------------------------------------------------------


def _leave_decorations_out(document: pikepdf.Pdf) -> None:
    hidden: dict[tuple[int, int], list[int]] = {}
    for element in list(structure_elements(document)):
        if str(element.get("/Alt", "")) == DECORATION:
            hidden.setdefault(element.Pg.objgen, []).extend(
                kid for kid in as_list(element.K) if isinstance(kid, int)
            )
            parent = element.P
            kept = [kid for kid in parent.K if not _same(kid, element)]
            parent.K = Array(kept)
    for page in document.pages:
        if marks := hidden.get(page.objgen):
            _draw_as_artifacts(document, page, marks)


def _same(kid, element) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _draw_as_artifacts(document: pikepdf.Pdf, page: pikepdf.Page, marks: list[int]) -> None:
    content = page.Contents.read_bytes()
    parents = _parents_of_page(document, page)
    for mark in marks:
        # Text is written as hexadecimal glyph numbers, so these words are operators only.
        content, count = re.subn(
            rb"/Figure\s*<<\s*/MCID %d\s*>>\s*BDC" % mark, b"/Artifact BMC", content
        )
        if count != 1:
            msg = f"The drawing {mark} was not found once on its page."
            raise ValueError(msg)
        parents[mark] = None
    page.Contents = document.make_stream(content)


def _parents_of_page(document: pikepdf.Pdf, page: pikepdf.Page) -> Array:
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(key) for key in list(numbers)[::2]]
    return numbers[2 * keys.index(int(page.StructParents)) + 1]


# -- Signature fields -----------------------------------------------------------------------------


def _make_fields(document: pikepdf.Pdf, fields: tuple[SealField, ...]) -> None:
    places = {}
    for page, link, name in _places(document):
        if name in places:
            msg = f"The place «{name}» appears twice, or is cut by a page break."
            raise ValueError(msg)
        places[name] = (page, link)
    if set(places) != {field.name for field in fields}:
        msg = f"Places in the document {sorted(places)} and fields asked for do not match."
        raise ValueError(msg)
    if not fields:
        return
    for field in fields:
        _make_widget(document, *places[field.name], field)
    document.Root.AcroForm = document.make_indirect(
        Dictionary(
            Fields=Array([places[field.name][1] for field in fields]),
            SigFlags=SIGNATURES_EXIST_AND_APPEND_ONLY,
        )
    )
    _retag_as_forms(document, {link.objgen for _, link in places.values()})


def _places(document: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Page, Dictionary, str]]:
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(PLACE_SCHEME):
                yield page, annotation, address.removeprefix(PLACE_SCHEME)


def _make_widget(
    document: pikepdf.Pdf, page: pikepdf.Page, link: Dictionary, field: SealField
) -> None:
    """Turn the link that holds the place into an unsigned field, in the same structure slot."""
    # Whole points, inside the place: pyHanko drops the fractions of a stamp's size.
    left, right = _whole(float(link.Rect[0]), float(link.Rect[2]))
    bottom, top = _whole(float(link.Rect[1]), float(link.Rect[3]))
    for key in ("/A", "/BS", "/Dest"):
        if key in link:
            del link[key]
    link.Subtype = Name.Widget
    link.FT = Name.Sig
    link.T = String(field.name)
    link.TU = String(field.tooltip)
    link.Contents = String(field.tooltip)
    link.F = PRINTED_AND_LOCKED
    link.P = page.obj
    link.Rect = Array([left, bottom, right, top])
    # PDF/A asks for an appearance even before there is something to see (ISO 19005-3, 6.3.3).
    link.AP = Dictionary(N=_empty_appearance(document, right - left, top - bottom))


def _whole(one: float, other: float) -> tuple[int, int]:
    return math.ceil(min(one, other)), math.floor(max(one, other))


def _empty_appearance(document: pikepdf.Pdf, width: int, height: int) -> Stream:
    box = Array([0, 0, width, height])
    return document.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=box)


def _retag_as_forms(document: pikepdf.Pdf, widgets: set[tuple[int, int]]) -> None:
    for element in structure_elements(document):
        for kid in as_list(element.get("/K")):
            is_reference = isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
            if is_reference and kid.Obj.objgen in widgets:
                element.S = Name.Form
                # A Form holds its object reference and nothing else (ISO 32000-1, 14.8.4.5), and
                # holds it without an array: pyHanko knows a field's place in the tree by that.
                element.K = kid
                break
