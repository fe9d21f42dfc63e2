"""A comparison on a page: what comes is underlined between bars, what goes is struck out.

Shapes and words say it, colour only helps: the same marks read in black and white, on paper, and
by ear («début d’ajout», «fin d’ajout»).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.templatetags.typographie import typo
from conventions.rules.comparaison import Passage, PassageKind, Segment
from conventions.rules.comparaison_passages import PassageStatus
from conventions.rules.ecriture import BROKEN, References
from conventions.rules.texte import REFERENCE, Block, blocks

register = template.Library()

_GAP = mark_safe(  # noqa: S308 - fixed words
    '<p class="redline__gap"><span aria-hidden="true">[…]</span>'
    '<span class="sr-only">Passage inchangé, non repris.</span></p>'
)
_IN = (
    '<ins><span class="sr-only">Début d’ajout. </span>{}'
    '<span class="sr-only"> Fin d’ajout.</span></ins>'
)
_OUT = (
    '<del><span class="sr-only">Début de suppression. </span>{}'
    '<span class="sr-only"> Fin de suppression.</span></del>'
)


@register.simple_tag
def redline(
    passages: Sequence[Passage],
    references: References | None = None,
    before: References | None = None,
    *,
    only_changes: bool = False,
) -> SafeString:
    """Lay out compared passages. `references` name articles in the new text, `before` in the old.

    With `only_changes`, what stays is told by «[…]» instead of being read again.
    """
    known = (references or {}, before or references or {})
    parts: list[SafeString] = []
    for hidden, run in groupby(passages, lambda one: only_changes and _is_same(one)):
        parts += [_GAP] if hidden else _laid_out(run, known)
    return format_html('<div class="redline">{}</div>', _joined(parts))


@register.filter
def as_blocks(body: str) -> list[Block]:
    """Cut a wording that did not change, to lay it out as any text."""
    return blocks(body)


@register.simple_tag
def redline_words(segments: Iterable[Segment]) -> SafeString:
    """Write compared words inside a line: a title, a definition."""
    return _segments(segments, ({}, {}))


def _is_same(passage: Passage) -> bool:
    return passage.status == PassageStatus.UNCHANGED


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


# Blocks -----------------------------------------------------------------------------------------

_Known = tuple[References, References]
_GROUP = {
    PassageKind.PARAGRAPH: "text",
    PassageKind.ITEM: "list",
    PassageKind.HEADER: "table",
    PassageKind.ROW: "table",
}


def _laid_out(passages: Iterable[Passage], known: _Known) -> Iterator[SafeString]:
    for group, run in groupby(passages, lambda one: _GROUP[one.kind]):
        if group == "text":
            for passage in run:
                yield format_html("<p{}>{}</p>", _class(passage), _words(passage, known))
        elif group == "list":
            items = format_html_join("", "{}", ((_item(one, known),) for one in run))
            yield format_html('<ul class="redline__list">{}</ul>', items)
        else:
            yield _table(list(run), known)


def _class(passage: Passage, more: str = "") -> SafeString | str:
    names = [more] if more else []
    if not _is_same(passage):
        names.append(f"redline__{passage.status}")
    return format_html(' class="{}"', " ".join(names)) if names else ""


def _item(passage: Passage, known: _Known) -> SafeString:
    """The mark is written: numbers of what goes and of what comes would not follow."""
    return format_html(
        '<li{}><span class="redline__mark">{}</span> {}</li>',
        _class(passage, f"redline__level{passage.level}"),
        passage.mark,
        _words(passage, known),
    )


def _words(passage: Passage, known: _Known) -> SafeString:
    return _segments(passage.cells[0], known)


def _table(rows: list[Passage], known: _Known) -> SafeString:
    html = format_html_join("", "{}", ((_row(row, known),) for row in rows))
    return format_html(
        '<div class="scroll" role="region" tabindex="0" aria-label="Tableau comparé">'
        "<table><tbody>{}</tbody></table></div>",
        html,
    )


def _row(row: Passage, known: _Known) -> SafeString:
    cell = '<th scope="col">{}</th>' if row.kind == PassageKind.HEADER else "<td>{}</td>"
    cells = format_html_join("", cell, ((_segments(words, known),) for words in row.cells))
    return format_html("<tr{}>{}</tr>", _class(row), cells)


# Words ------------------------------------------------------------------------------------------


def _segments(segments: Iterable[Segment], known: _Known) -> SafeString:
    """What comes or goes at one place shares its marks, be it bold here and not there."""
    return _joined(
        _marked(kind, list(group), known) for kind, group in groupby(segments, lambda one: one.kind)
    )


def _marked(kind: str, segments: list[Segment], known: _Known) -> SafeString:
    """Spaces at the edge of what changes stay outside its marks."""
    names = known[kind == "removed"]
    if kind == "equal":
        return _joined(_run(one.text, names, one.bold) for one in segments)
    if not "".join(one.text for one in segments).strip():
        return conditional_escape(segments[0].text)
    last = segments[-1].text
    texts = [*(one.text for one in segments[:-1]), last.rstrip()]
    runs = _joined(_run(text, names, one.bold) for text, one in zip(texts, segments, strict=True))
    space = " " if last[-1].isspace() else ""
    return format_html((_OUT if kind == "removed" else _IN) + "{}", runs, space)


def _run(text: str, names: References, bold: bool) -> SafeString:
    words = _joined(_named(text, names))
    return format_html("<strong>{}</strong>", words) if bold else words


def _named(text: str, names: References) -> Iterator[SafeString]:
    for rank, part in enumerate(REFERENCE.split(text)):
        if rank % 2 == 0:
            yield typo(part)
            continue
        target = names.get(int(part))
        if target is None:
            yield format_html('<mark class="wording__broken">{}</mark>', BROKEN)
        elif target.href:
            yield format_html('<a href="{}">{}</a>', target.href, target.label)
        else:
            yield conditional_escape(target.label)
