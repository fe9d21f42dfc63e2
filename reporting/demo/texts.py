"""Reading the wordings of the content modules: wrapped lines, and the passages they mark."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reporting.demo.pieces import ArticleData

_MARK = re.compile(r"\[\[([\w ]+): (.+?)\]\]")
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Passage:
    """A few words of an article, on which an engagement or a clause rests."""

    article: int
    words: str


def unwrap(source: str) -> str:
    """Join the lines of a paragraph again; a line that begins with a dash is a list item."""
    paragraphs = (_unwrap_paragraph(piece) for piece in _BLANK_LINE.split(source.strip()))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _unwrap_paragraph(piece: str) -> str:
    lines: list[str] = []
    for line in (raw.strip() for raw in piece.splitlines()):
        if not lines or line.startswith("- "):
            lines.append(line)
        else:
            lines[-1] = f"{lines[-1]} {line}"
    return "\n".join(lines)


def plain(body: str) -> str:
    """Return the wording without its marks, as people read it."""
    return _MARK.sub(r"\2", unwrap(body))


def passages(articles: Iterable[ArticleData]) -> dict[str, Passage]:
    """Return what each engagement («5») and each clause («duree») rests on."""
    found: dict[str, Passage] = {}
    for rank, article in enumerate(articles):
        for keys, words in _MARK.findall(unwrap(article.body)):
            for key in keys.split():
                found[key] = Passage(rank, words)
    return found
