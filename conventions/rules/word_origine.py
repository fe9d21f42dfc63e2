"""What an exported file remembers of where it comes from, and how it is found again.

The text it left with travels in a part of its own (`customXml`), which Word and LibreOffice keep
untouched; its fingerprint travels in the properties of the file too, for programs that drop parts.
"""

from collections.abc import Mapping

from lxml import etree

from conventions.rules.word_paquet import Package, xml
from conventions.rules.word_types import Origin, WordArticle, fingerprint

BASE = "urn:revoyure:texte:1"
STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
# Names the part for Word; the same in every file, for the same text makes the same bytes.
STORE_ID = "{6E1C5C1B-3D0F-4B5E-9C55-52E05A7E0001}"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
NAMES = ("RevoyureReference", "RevoyureActe", "RevoyureDate", "RevoyureEmpreinte")


def base_part(origin: Origin) -> bytes:
    """Write what the file holds when it leaves."""
    root = etree.Element(f"{{{BASE}}}base", nsmap={None: BASE})
    root.set("reference", origin.reference)
    root.set("acte", str(origin.act))
    root.set("date", origin.day)
    root.set("empreinte", origin.fingerprint)
    for article in origin.articles:
        row = etree.SubElement(root, f"{{{BASE}}}article", code=str(article.code))
        row.set("kind", str(article.kind))
        row.set("number", article.number)
        row.set("depth", str(article.depth))
        for name in ("heading", "body"):
            etree.SubElement(row, f"{{{BASE}}}{name}").text = getattr(article, name)
    for code, label in sorted(origin.labels.items()):
        etree.SubElement(root, f"{{{BASE}}}label", code=str(code)).text = label
    for name, words in origin.zones.items():
        etree.SubElement(root, f"{{{BASE}}}zone", name=name).text = words
    return xml(root)


def store_part() -> bytes:
    """Write what tells Word to keep the part above."""
    root = etree.Element(f"{{{STORE}}}datastoreItem", nsmap={"ds": STORE})
    root.set(f"{{{STORE}}}itemID", STORE_ID)
    refs = etree.SubElement(root, f"{{{STORE}}}schemaRefs")
    etree.SubElement(refs, f"{{{STORE}}}schemaRef").set(f"{{{STORE}}}uri", BASE)
    return xml(root)


def properties_part(origin: Origin) -> bytes:
    """Write the same, in short, among the properties of the file."""
    root = etree.Element(f"{{{PROPERTIES}}}Properties", nsmap={None: PROPERTIES, "vt": TYPES})
    values = (origin.reference, str(origin.act), origin.day, origin.fingerprint)
    for rank, (name, value) in enumerate(zip(NAMES, values, strict=True), start=2):
        one = etree.SubElement(root, f"{{{PROPERTIES}}}property", fmtid=FORMAT, pid=str(rank))
        one.set("name", name)
        etree.SubElement(one, f"{{{TYPES}}}lpwstr").text = value
    return xml(root)


def origin_of(package: Package) -> Origin | None:
    """Return where a file comes from, or None for one the portal never made.

    A base that does not match its own fingerprint was tampered with: only its name is believed.
    """
    known = _properties(package)
    for name, data in sorted(package.parts.items()):
        if not name.startswith("customXml/") or BASE.encode() not in data:
            continue
        root = package.tree(name)
        if root is not None and root.tag == f"{{{BASE}}}base":
            origin = _origin(root)
            if fingerprint(origin.articles) == origin.fingerprint:
                return origin
            known = known or Origin(origin.reference, origin.act, origin.day, origin.fingerprint)
    return known


def _origin(root: etree._Element) -> Origin:
    return Origin(
        reference=root.get("reference", ""),
        act=_integer(root.get("acte")),
        day=root.get("date", ""),
        fingerprint=root.get("empreinte", ""),
        articles=tuple(_article(row) for row in root.iter(f"{{{BASE}}}article")),
        labels={_integer(e.get("code")): e.text or "" for e in root.iter(f"{{{BASE}}}label")},
        zones={e.get("name", ""): e.text or "" for e in root.iter(f"{{{BASE}}}zone")},
    )


def _article(row: etree._Element) -> WordArticle:
    return WordArticle(
        code=_integer(row.get("code")),
        kind=row.get("kind", ""),
        number=row.get("number", ""),
        heading=row.findtext(f"{{{BASE}}}heading") or "",
        body=row.findtext(f"{{{BASE}}}body") or "",
        depth=_integer(row.get("depth")),
    )


def _properties(package: Package) -> Origin | None:
    root = package.tree("docProps/custom.xml")
    if root is None:
        return None
    found: Mapping[str, str] = {
        one.get("name", ""): "".join(one.itertext()).strip()
        for one in root.iter(f"{{{PROPERTIES}}}property")
    }
    if not all(found.get(name) for name in NAMES):
        return None
    reference, act, day, digest = (found[name] for name in NAMES)
    return Origin(reference, _integer(act), day, digest)


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
