"""Word files for tests: a text exported, then what Word or LibreOffice would write over it."""

import io
import zipfile

from conventions.rules.word_ecriture import write_word
from conventions.rules.word_paquet import W, pack
from conventions.rules.word_types import WordArticle, WordSignature, WordText

PREAMBLE = WordArticle(1, "preambule", "", "Préambule", "Les parties veulent **loger** mieux.")
OBJECT = WordArticle(2, "article", "1", "Objet", "La convention fixe les objectifs de production.")
PRODUCTION = WordArticle(
    3, "article", "1.1", "Production", "Il est produit :\n\n- 120 logements ;\n- dont 30 PLAI.", 2
)
LENGTH = WordArticle(
    12, "article", "2", "Durée", "La convention dure trois ans, comme le dit l’{{art:2}}."
)
ARTICLES = (PREAMBLE, OBJECT, PRODUCTION, LENGTH)
LABELS = {1: "Préambule", 2: "article\u00a01", 3: "article\u00a01.1", 12: "article\u00a02"}


def make_text(*articles: WordArticle, **fields) -> WordText:
    fields.setdefault("reference", "DEMO-2026")
    fields.setdefault("act", 0)
    fields.setdefault("day", "2026-11-21")
    fields.setdefault("title", "Convention-cadre de démonstration")
    fields.setdefault("parties", ("La Communauté", "Action Logement"))
    fields.setdefault("visas", ("Vu le code de la construction et de l’habitation ;",))
    fields.setdefault("signatures", (WordSignature("La Communauté", "Camille Durand"),))
    fields.setdefault("labels", LABELS)
    return WordText(articles=articles or ARTICLES, **fields)


def exported(*articles: WordArticle, **fields) -> bytes:
    return write_word(make_text(*articles, **fields))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def edited(data: bytes, *changes: tuple[str, str], part: str = "word/document.xml") -> bytes:
    """Replace pieces of a part, each of which must be there."""
    parts = parts_of(data)
    xml = parts[part].decode()
    for old, new in changes:
        assert old in xml, old
        xml = xml.replace(old, new, 1)
    return pack(parts | {part: xml.encode()})


def without(data: bytes, *names: str) -> bytes:
    return pack({name: part for name, part in parts_of(data).items() if name not in names})


def with_part(data: bytes, name: str, xml: str, kind: str, folder: str = "word/") -> bytes:
    """Add a part that the document calls by a relation, as comments and notes are."""
    relation = (
        f'<Relationship Id="rIdX{kind}" Target="{name}" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    data = edited(data, ("</Relationships>", relation), part="word/_rels/document.xml.rels")
    return pack(parts_of(data) | {f"{folder}{name}": xml.encode()})


def run(text: str, *, mark: str = "t", look: str = "") -> str:
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:{mark} xml:space="preserve">{text}</w:{mark}></w:r>'


def inserted(inner: str, *, author: str = "Dominique Petit", kind: str = "ins") -> str:
    return (
        f'<w:{kind} w:id="900" w:author="{author}" w:date="2026-11-20T09:30:00Z">{inner}</w:{kind}>'
    )


def deleted(text: str, *, author: str = "Dominique Petit", kind: str = "del") -> str:
    return inserted(run(text, mark="delText"), author=author, kind=kind)


def paragraph(inner: str, *, style: str = "", marks: str = "", opens: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f"<w:rPr>{marks}</w:rPr>" if marks else ""
    start = f'<w:bookmarkStart w:id="901" w:name="{opens}"/><w:bookmarkEnd w:id="901"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{start if opens else ''}{inner}</w:p>"


def document(*blocks: str) -> str:
    return f'<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}</w:body></w:document>'


def foreign(*blocks: str) -> bytes:
    """A Word file that the portal never made, with nothing above nor below its pages."""
    data = without(exported(), "customXml/item1.xml", "docProps/custom.xml")
    data = without(data, "word/header1.xml", "word/footer1.xml")
    return pack(parts_of(data) | {"word/document.xml": document(*blocks).encode()})
