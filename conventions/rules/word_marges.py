"""What stands above and below every page of a Word file: told when it changed, never wording."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from conventions.rules.word_paquet import Package
from conventions.rules.word_types import LeftOut
from conventions.rules.word_xml import q

# The relation by which a document calls each, and the name of its zone.
MARGINS = {"header": "zone_entete_", "footer": "zone_pied_"}
_SIGNS = {q("t"): None, q("br"): " ", q("tab"): " "}
_GONE = {q("del"), q("moveFrom")}
_COUNTED = ("PAGE", "NUMPAGES")
_IMAGES = {"blip", "imagedata"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def margin_lines(root: etree._Element) -> list[str]:
    """Return the words of a header or footer, a paragraph a line, tracked changes accepted.

    Page numbers are left out: each program counts them again.
    """
    lines: dict[etree._Element, list[str]] = {}
    for paragraph, words in _words(root):
        lines.setdefault(paragraph, []).append(words)
    found = (" ".join("".join(pieces).split()) for pieces in lines.values())
    return [line for line in found if line]


def margins_of(package: Package) -> dict[str, list[str]]:
    """Return what the pages of a file bear, by zone."""
    return {
        zone: [line for root in package.related(kind) for line in margin_lines(root)]
        for kind, zone in MARGINS.items()
    }


def images_in_margins(package: Package, places: Mapping[str, str]) -> Iterable[LeftOut]:
    """Say each image that a page bears; the portal's own files bear none."""
    for kind, zone in MARGINS.items():
        for root in package.related(kind):
            for node in root.iter():
                if isinstance(node.tag, str) and node.tag.rpartition("}")[2] in _IMAGES:
                    yield LeftOut("image", places[zone])


def _words(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield each piece of text with its paragraph, but those of a field that counts pages."""
    fields: list[str] = []
    for node in root.iter(q("fldChar"), q("instrText"), *_SIGNS):
        if node.tag == q("fldChar"):
            _cross(fields, node.get(q("fldCharType")))
        elif node.tag == q("instrText"):
            fields[-1:] = [fields[-1] + (node.text or "")] if fields else []
        elif not any(_counts(code) for code in fields):
            paragraph = _paragraph_of(node)
            if paragraph is not None:
                yield paragraph, _SIGNS[node.tag] or node.text or ""


def _cross(fields: list[str], kind: str | None) -> None:
    if kind == "begin":
        fields.append("")
    elif kind == "end" and fields:
        fields.pop()


def _counts(code: str) -> bool:
    return (code.split() or [""])[0].upper() in _COUNTED


def _paragraph_of(node: etree._Element) -> etree._Element | None:
    """Return the nearest paragraph around a word; None for what is deleted, counted or doubled."""
    nearest = None
    for around in node.iterancestors():
        if around.tag in _GONE or around.tag == _FALLBACK:
            return None
        if around.tag == q("fldSimple") and _counts(around.get(q("instr")) or ""):
            return None
        if nearest is None and around.tag == q("p"):
            nearest = around
    return nearest
