"""What PDF/A-3A and PDF/UA-1 ask of a file, as far as structure and markers can show it.

Not a validator: conformance itself would need veraPDF, which is not in any registry we use
(07-stack § 2). Each check here caught or would have caught a real defect.
"""

import io
from collections.abc import Callable, Iterable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

RDF = b"<rdf:RDF"


def structure_problems(pdf: bytes) -> list[str]:
    """Return one sentence for each thing the file lacks; nothing when all is well."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [sentence for check in CHECKS for sentence in check(document)]


def structure_elements(document: pikepdf.Pdf) -> Iterator[Dictionary]:
    """Walk the structure tree in reading order."""
    waiting = as_list(document.Root.StructTreeRoot.get("/K"))[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            waiting.extend(as_list(element.get("/K"))[::-1])


def as_list(kids) -> list:
    """Read a /K entry, which may be absent, one thing or an array."""
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _metadata(document: pikepdf.Pdf) -> Iterator[str]:
    packet = document.Root.get("/Metadata")
    if packet is None or packet.read_bytes().count(RDF) != 1:
        yield "Not exactly one XMP packet with one RDF block."
        return
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        if metadata.pdfa_status != "3A":
            yield f"Declared as PDF/A «{metadata.pdfa_status}», not 3A."
        if metadata.get("pdfuaid:part") != "1":
            yield "Not declared as PDF/UA-1."
        if not metadata.get("dc:title"):
            yield "No title in the metadata."


def _catalogue(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not str(root.get("/Lang", "")):
        yield "No language."
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "Not marked as tagged."
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "The title is not displayed."
    if not str(document.docinfo.get("/Title", "")):
        yield "No title."
    intents = root.get("/OutputIntents", [])
    if not any(intent.S == Name.GTS_PDFA1 and "/DestOutputProfile" in intent for intent in intents):
        yield "No output intent with its colour profile."


def _file(document: pikepdf.Pdf) -> Iterator[str]:
    if document.is_encrypted:
        yield "Encrypted."
    if "/ID" not in document.trailer:
        yield "No identifier in the trailer."
    for name in ("/OpenAction", "/AA"):
        if name in document.Root:
            yield f"Active content: {name}."
    for value in document.objects:
        if isinstance(value, Dictionary) and value.get("/S") in (Name.JavaScript, Name.Launch):
            yield f"Active content: {value.S}."


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for font in _objects_of_type(document, Name.Font):
        if font.get("/Subtype") == Name.Type0 or font.get("/Subtype") == Name.Type3:
            continue
        descriptor = font.get("/FontDescriptor", {})
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"Font not embedded: {font.get('/BaseFont')}."


def _figures(document: pikepdf.Pdf) -> Iterator[str]:
    for element in structure_elements(document):
        if element.get("/S") == Name.Figure and not str(element.get("/Alt", "")):
            yield f"A figure on page {_page_number(document, element)} has no alternative text."


def _tables(document: pikepdf.Pdf) -> Iterator[str]:
    headers = {
        str(element.ID)
        for element in structure_elements(document)
        if element.S == Name.TH and "/ID" in element
    }
    for element in structure_elements(document):
        if element.S == Name.TH and "/ID" not in element:
            yield f"A header cell on page {_page_number(document, element)} has no identifier."
        if element.S == Name.TD:
            linked = {str(header) for header in element.get("/A", {}).get("/Headers", [])}
            if not linked or not linked <= headers:
                yield f"A cell on page {_page_number(document, element)} has no header cell."


def _annotations(document: pikepdf.Pdf) -> Iterator[str]:
    tagged = _tagged_annotations(document)
    for number, page in enumerate(document.pages, start=1):
        annotations = [one for one in page.get("/Annots", []) if not _is_invisible(one)]
        if annotations and page.get("/Tabs") != Name.S:
            yield f"Page {number}: annotations are not read in structure order."
        for annotation in annotations:
            yield from _annotation(annotation, number, tagged)


def _annotation(
    annotation: Dictionary, number: int, tagged: dict[tuple[int, int], Name]
) -> Iterator[str]:
    is_widget = annotation.Subtype == Name.Widget
    tag = tagged.get(annotation.objgen)
    if tag != (Name.Form if is_widget else Name.Link) or "/StructParent" not in annotation:
        yield f"Page {number}: an annotation is not in the structure tree."
    if not str(annotation.get("/TU" if is_widget else "/Contents", "")):
        yield f"Page {number}: an annotation has no description."
    if is_widget and "/N" not in annotation.get("/AP", {}):
        yield f"Page {number}: a field has no appearance."


def _attachments(document: pikepdf.Pdf) -> Iterator[str]:
    listed = [file.objgen for file in document.Root.get("/AF", [])]
    if len(listed) != len(set(listed)):
        yield "An attached file is listed twice."
    for file in _objects_of_type(document, Name.Filespec):
        if file.objgen not in listed or "/AFRelationship" not in file or "/UF" not in file:
            yield "An attached file is not declared as PDF/A-3 asks."


CHECKS: tuple[Callable[[pikepdf.Pdf], Iterable[str]], ...] = (
    _metadata,
    _catalogue,
    _file,
    _fonts,
    _figures,
    _tables,
    _annotations,
    _attachments,
)


def _objects_of_type(document: pikepdf.Pdf, kind: Name) -> Iterator[Dictionary]:
    for value in document.objects:
        is_plain = isinstance(value, Dictionary) and not isinstance(value, Stream)
        if is_plain and value.get("/Type") == kind:
            yield value


def _tagged_annotations(document: pikepdf.Pdf) -> dict[tuple[int, int], Name]:
    return {
        kid.Obj.objgen: element.S
        for element in structure_elements(document)
        for kid in as_list(element.get("/K"))
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
    }


def _is_invisible(annotation: Dictionary) -> bool:
    """The fields of document timestamps have no area and stay outside the tree."""
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    return left == right or bottom == top


def _page_number(document: pikepdf.Pdf, element: Dictionary) -> str:
    numbers = {page.objgen: str(index) for index, page in enumerate(document.pages, start=1)}
    page = element.get("/Pg")
    return numbers.get(page.objgen, "?") if page is not None else "?"
