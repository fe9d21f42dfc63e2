"""The writing of an article as HTML, out to pages and back from the editor or a pasted text.

Out, everything is escaped and a reference is a link; back, `from_html` (`ecriture_html`) keeps the
few things a convention needs and drops the rest. The grammar itself is `texte`'s.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Protocol

from conventions.rules.texte import REFERENCE, Block, BlockKind, Item, Run, blocks, runs

BROKEN = "renvoi rompu"


@dataclass(frozen=True)
class Reference:
    """How an article is named on a day, and where a page shows it."""

    label: str
    href: str = ""


class Named(Protocol):
    """An article of the text of a day, as references need it."""

    code: int
    label: str
    anchor: str


References = Mapping[int, Reference]


def references_of(articles: Iterable[Named], *, page: str = "") -> dict[int, Reference]:
    """Return what each article's code reads as, its link leading into `page`, else this page."""
    return {a.code: Reference(a.label, f"{page}#{a.anchor}") for a in articles}


def cited_codes(body: str) -> list[int]:
    """Return the codes of the articles that a body refers to, in reading order."""
    return [int(code) for code in REFERENCE.findall(body)]


class Referring(Named, Protocol):
    """An article of the text, with what references of it and to it need."""

    body: str
    repealed: bool


@dataclass(frozen=True)
class BrokenReference:
    """A reference that leads nowhere: where it stands, the code it bears, and why."""

    article: Referring
    code: int
    reason: str


def broken_references(articles: Iterable[Referring]) -> list[BrokenReference]:
    """Return the references of a text to an article it has not, or that is repealed.

    Give it the text with its repealed articles; their own references bind nobody.
    """
    known = list(articles)
    standing = {article.code: article for article in known}
    found = []
    for article in known:
        for code in dict.fromkeys(cited_codes(article.body)):
            target = standing.get(code)
            if article.repealed or (target is not None and not target.repealed):
                continue
            reason = (
                f"{target.label} n’est plus en vigueur" if target else "l’article n’existe plus"
            )
            found.append(BrokenReference(article, code, reason))
    return found


def to_html(body: str, label_of: Callable[[int], str | None]) -> str:
    """Write a body as the editor shows it: a reference is a link that bears the article's code."""

    def run_html(run: Run) -> str:
        if run.reference is None:
            return escape(run.text)
        label = label_of(run.reference) or BROKEN
        return f'<a data-article="{run.reference}">{escape(label)}</a>'

    return "".join(block_html(block, run_html) for block in blocks(body))


def block_html(block: Block, run_html: Callable[[Run], str]) -> str:
    """Write a block as HTML; `run_html` writes, and escapes, what stands in bold or not."""

    def text(markup: str) -> str:
        return "".join(
            f"<strong>{run_html(run)}</strong>" if run.bold else run_html(run)
            for run in runs(markup)
        )

    if block.kind == BlockKind.LIST:
        return _list_html(block, text)
    if block.kind == BlockKind.TABLE:
        return _table_html(block, text)
    return f"<p>{text(block.text)}</p>"


def _list_html(block: Block, text: Callable[[str], str]) -> str:
    if block.start is None:
        tag, start = "ul", ""
    else:
        tag, start = "ol", f' start="{block.start}"' if block.start != 1 else ""

    def item_html(item: Item) -> str:
        inner = "".join(_list_html(nested, text) for nested in item.lists)
        return f"<li>{text(item.text)}{inner}</li>"

    return f"<{tag}{start}>{''.join(map(item_html, block.items))}</{tag}>"


def _table_html(block: Block, text: Callable[[str], str]) -> str:
    def row_html(row: Iterable[str], cell: str) -> str:
        scope = ' scope="col"' if cell == "th" else ""
        return f"<tr>{''.join(f'<{cell}{scope}>{text(words)}</{cell}>' for words in row)}</tr>"

    head = f"<thead>{row_html(block.header, 'th')}</thead>" if block.header else ""
    body = "".join(row_html(row, "td") for row in block.rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"
