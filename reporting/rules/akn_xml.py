"""Small helpers to write Akoma Ntoso elements, and the names the naming convention gives them."""

from collections.abc import Iterable

from lxml import etree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_PREFIX = f"{{{NAMESPACE}}}"
# What a character of ours may not be in XML 1.0: other controls are dropped.
_ALLOWED = {"\t", "\n", "\r"}
REFERS_TO_US = "#revoyure"


def element(tag: str, *children, text: str = "", **attributes) -> etree._Element:
    """Make an element; a trailing underscore in a name is Python's (`class_`), not the schema's."""
    found = etree.Element(f"{_PREFIX}{tag}", nsmap={None: NAMESPACE})
    for name, value in attributes.items():
        if value is not None:
            found.set(name.rstrip("_"), clean(str(value)))
    if text:
        found.text = clean(text)
    add(found, children)
    return found


def add(parent: etree._Element, children: Iterable) -> etree._Element:
    """Append elements and words, in their order."""
    for child in children:
        if isinstance(child, str):
            _append_words(parent, clean(child))
        elif child is not None:
            parent.append(child)
    return parent


def _append_words(parent: etree._Element, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def clean(text: str) -> str:
    return "".join(c for c in text if c in _ALLOWED or c >= " " and c not in "\ufffe\uffff")


def local(found: etree._Element) -> str:
    return etree.QName(found).localname


def written(root: etree._Element) -> bytes:
    """Write the document; words keep their spaces, so nothing is indented inside them."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
