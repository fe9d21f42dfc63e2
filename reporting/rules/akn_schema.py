"""The rules of the Akoma Ntoso 3.0 schema for every element and attribute this portal writes.

From the published specification (OASIS, Akoma Ntoso Version 1.0 Part 2, schema akomantoso30). Each
content model is written as a regular expression of the names of children. What the schema allows
and the portal never writes is refused: the rules hold the writer, not all documents there are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reporting.rules.akn_xml import NAMESPACE, local

_BLOCK = "(p|blockList|table)"
_INLINE = "(b|ref|docTitle|organization|person|date|signature)"
_HIER = "(title|article|hcontainer)"
_NAMED = "num? heading?"
_CORE = "FRBRthis FRBRuri FRBRalias* FRBRdate+ FRBRauthor+"
_NO_SPACE = re.compile(r"\S+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_POINTER = re.compile(r"#\S+")


@dataclass(frozen=True)
class Rule:
    """What an element holds, whether between its children words may stand, and its attributes."""

    model: str = ""
    mixed: bool = False
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    def accepts(self, names: list[str]) -> bool:
        return bool(re.fullmatch(_pattern(self.model), "".join(f"{name} " for name in names)))


def _pattern(model: str) -> str:
    """Return «num? (p|table)+» as a pattern of names, each followed by a space."""
    return re.sub(r"[A-Za-z]+", r"(?:\g<0>\\ )", model).replace(" ", "").replace("\\", " ")


_LINK = ("eId", "href", "showAs")
_OPEN = "meta preface? preamble? {} conclusions? attachments?"
_HIERARCHY = f"{_NAMED} (content|(intro? {_HIER}*))"

RULES: dict[str, Rule] = {
    "akomaNtoso": Rule("act"),
    "act": Rule(_OPEN.format("body"), required=("name",), optional=("contains",)),
    "doc": Rule(_OPEN.format("mainBody"), required=("name",), optional=("contains",)),
    "meta": Rule("identification lifecycle? analysis? temporalData? references? notes?"),
    "identification": Rule("FRBRWork FRBRExpression FRBRManifestation", required=("source",)),
    "FRBRWork": Rule(f"{_CORE} FRBRcountry FRBRnumber*"),
    "FRBRExpression": Rule(f"{_CORE} FRBRlanguage+"),
    "FRBRManifestation": Rule(f"{_CORE} FRBRformat?"),
    "FRBRthis": Rule(required=("value",)),
    "FRBRuri": Rule(required=("value",)),
    "FRBRalias": Rule(required=("value",), optional=("name",)),
    "FRBRdate": Rule(required=("date", "name")),
    "FRBRauthor": Rule(required=("href",)),
    "FRBRcountry": Rule(required=("value",)),
    "FRBRnumber": Rule(required=("value",)),
    "FRBRlanguage": Rule(required=("language",)),
    "FRBRformat": Rule(required=("value",)),
    "lifecycle": Rule("eventRef+", required=("source",)),
    "eventRef": Rule(required=("date", "source", "type", "eId")),
    "analysis": Rule("activeModifications? passiveModifications?", required=("source",)),
    "activeModifications": Rule("textualMod+"),
    "passiveModifications": Rule("textualMod+"),
    "textualMod": Rule("source+ destination+ force?", required=("type", "eId")),
    "source": Rule(required=("href",)),
    "destination": Rule(required=("href",)),
    "force": Rule(required=("period",)),
    "temporalData": Rule("temporalGroup+", required=("source",)),
    "temporalGroup": Rule("timeInterval+", required=("eId",)),
    "timeInterval": Rule(required=("refersTo",), optional=("start", "end")),
    "references": Rule(
        "(original|passiveRef|TLCOrganization|TLCPerson|TLCConcept|TLCTerm)+", required=("source",)
    ),
    "original": Rule(required=_LINK),
    "passiveRef": Rule(required=_LINK),
    "TLCOrganization": Rule(required=_LINK),
    "TLCPerson": Rule(required=_LINK),
    "TLCConcept": Rule(required=_LINK),
    "TLCTerm": Rule(required=_LINK),
    "notes": Rule("note+", required=("source",)),
    "note": Rule(f"{_BLOCK}+", required=("eId",), optional=("refersTo",)),
    "preface": Rule(f"{_BLOCK}+", optional=("eId",)),
    "preamble": Rule(f"({_BLOCK}|citations|recitals)+", optional=("eId",)),
    "citations": Rule("citation+", required=("eId",)),
    "citation": Rule(f"{_NAMED} {_BLOCK}+", required=("eId",)),
    "recitals": Rule("recital+", required=("eId",)),
    "recital": Rule(f"{_NAMED} {_BLOCK}+", required=("eId",)),
    "body": Rule(f"{_HIER}+", optional=("eId",)),
    "mainBody": Rule(f"({_BLOCK}|{_HIER})+", optional=("eId",)),
    "title": Rule(_HIERARCHY, required=("eId",), optional=("period",)),
    "article": Rule(_HIERARCHY, required=("eId",), optional=("period",)),
    "hcontainer": Rule(_HIERARCHY, required=("eId", "name"), optional=("period",)),
    "num": Rule(f"{_INLINE}*", mixed=True, optional=("eId",)),
    "heading": Rule(f"{_INLINE}*", mixed=True, required=("eId",)),
    "intro": Rule(f"{_BLOCK}*", required=("eId",)),
    "content": Rule(f"{_BLOCK}*", required=("eId",)),
    "p": Rule(f"{_INLINE}*", mixed=True, optional=("eId",)),
    "b": Rule(f"{_INLINE}*", mixed=True),
    "ref": Rule(f"{_INLINE}*", mixed=True, required=("eId", "href")),
    "docTitle": Rule(f"{_INLINE}*", mixed=True),
    "organization": Rule(f"{_INLINE}*", mixed=True, required=("eId", "refersTo")),
    "person": Rule(f"{_INLINE}*", mixed=True, required=("eId", "refersTo")),
    "signature": Rule(f"{_INLINE}*", mixed=True),
    "date": Rule(f"{_INLINE}*", mixed=True, required=("date",)),
    "blockList": Rule("item+", required=("eId",)),
    "item": Rule(f"{_NAMED} {_BLOCK}+", required=("eId",)),
    "table": Rule("tr+", required=("eId",)),
    "tr": Rule("(th|td)+", optional=("eId",)),
    "th": Rule(f"{_BLOCK}*", optional=("eId",)),
    "td": Rule(f"{_BLOCK}*", optional=("eId",)),
    "conclusions": Rule(f"{_BLOCK}+", optional=("eId",)),
    "attachments": Rule("attachment+"),
    "attachment": Rule(f"{_NAMED} doc", required=("eId",)),
}
_CLOSED = {
    ("textualMod", "type"): {"insertion", "substitution", "renumbering", "repeal"},
    ("eventRef", "type"): {"generation", "amendment"},
    ("act", "contains"): {"originalVersion", "singleVersion"},
}
# Attributes that must point into the document; `href` may also lead elsewhere.
_POINTERS = ("period", "start", "end", "refersTo")


def problems(data: bytes) -> list[str]:
    """Return what breaks a rule, each with the path of its element; empty when all is well."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return [f"/\u00a0: {error.msg}"]
    if local(root) != "akomaNtoso":
        return ["/\u00a0: the root is not akomaNtoso"]
    eids = [found.get("eId") for found in root.iter() if found.get("eId")]
    known = set(eids)
    found = [f"//\u00a0: eId {eid} twice" for eid in sorted(known) if eids.count(eid) > 1]
    tree = root.getroottree()
    for one in root.iter(etree.Element):
        found += [f"{tree.getpath(one)}\u00a0: {said}" for said in _of_element(one, known)]
    return found


def _of_element(one: etree._Element, known: set[str]) -> Iterator[str]:
    rule = RULES.get(local(one))
    if rule is None or etree.QName(one).namespace != NAMESPACE:
        yield f"{local(one)} is no element of the portal's"
        return
    names = [local(child) for child in one]
    if not rule.accepts(names):
        yield f"{local(one)} does not hold {' '.join(names) or 'nothing'}"
    if not rule.mixed and any(words.strip() for words in _words(one)):
        yield f"{local(one)} holds no words of its own"
    yield from _of_attributes(one, rule, known)


def _words(one: etree._Element) -> list[str]:
    return [one.text or "", *(child.tail or "" for child in one)]


def _of_attributes(one: etree._Element, rule: Rule, known: set[str]) -> Iterator[str]:
    for name in rule.required:
        if name not in one.attrib:
            yield f"{local(one)} has no {name}"
    for name, value in one.attrib.items():
        if name not in rule.required and name not in rule.optional:
            yield f"{local(one)} has no attribute {name} in the schema"
        yield from _of_value(local(one), name, value, known)


def _of_value(tag: str, name: str, value: str, known: set[str]) -> Iterator[str]:
    if name == "eId" and not _NO_SPACE.fullmatch(value):
        yield f"eId «{value}» holds a space"
    if name == "date" and not _DAY.fullmatch(value):
        yield f"«{value}» is no date"
    if value not in _CLOSED.get((tag, name), {value}):
        yield f"{name} «{value}» is not of the list"
    if name in _POINTERS and not _POINTER.fullmatch(value):
        yield f"{name} «{value}» does not point into the document"
    points = name in _POINTERS or (name in {"href", "source"} and value.startswith("#"))
    if points and value.removeprefix("#") not in known:
        yield f"{name} «{value}» points at nothing"
