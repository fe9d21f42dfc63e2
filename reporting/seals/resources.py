"""Each page and each drawing keeps the resources it uses, instead of everybody's.

WeasyPrint gives all pages one dictionary of all fonts, patterns and drawings, and each of those
the same again. Whoever follows every path to an object, as pyHanko does to judge what changed
after a signature, then walks pages × drawings × resources: a minute for sixty pages.
"""

import re

import pikepdf
from pikepdf import Dictionary, Stream

NAME = re.compile(rb"/([A-Za-z0-9.+_-]+)")
# Used without being named, wherever a plain RGB, grey or CMYK colour is.
IMPLICIT = ("/DefaultRGB", "/DefaultGray", "/DefaultCMYK")


def keep_used_resources(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        page.Resources = _used(page.Resources, page.Contents.read_bytes())
    for drawing in document.objects:
        if isinstance(drawing, Stream) and "/Resources" in drawing:
            drawing.Resources = _used(drawing.Resources, drawing.read_bytes())


def _used(resources: Dictionary, content: bytes) -> Dictionary:
    """Drop what the content never names. A name written in a text is kept, harmlessly."""
    written = {f"/{name.decode()}" for name in NAME.findall(content)} | set(IMPLICIT)
    kept = {}
    for kind, entries in resources.items():
        if not isinstance(entries, Dictionary):
            kept[kind] = entries
        elif used := {name: one for name, one in entries.items() if name in written}:
            kept[kind] = Dictionary(used)
    return Dictionary(kept)
