"""HTML read as a wording: what the editor sends, what people paste from Word, mails or the Web.

`from_html` keeps words, paragraphs, lists, tables, bold and references, and nothing else: neither
style nor script nor link comes through, whatever the HTML, and no word that a reader would see is
lost. It never raises.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from conventions.rules.texte import Block, BlockKind, blocks, markup

# What a reader does not see. `xml` is how Word ships its own data.
_UNSEEN = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe",
     "xml", "select", "textarea", "button", "audio", "video", "canvas")
)  # fmt: skip
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_LISTS = frozenset(("ul", "ol"))
_CELLS = frozenset(("td", "th"))
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BREAKING = _HEADINGS | _CELLS | _ROW_GROUPS | frozenset(
    ("p", "div", "section", "article", "blockquote", "pre", "hr", "br", "li", "dl", "dt", "dd",
     "address", "figure", "figcaption", "caption", "header", "footer", "main", "aside", "nav",
     "body", "html", "form", "fieldset", "legend", "center", "details", "summary", "tr")
)  # fmt: skip
# The start of one of these ends its open neighbour, unless a list or a table stands between.
_ENDS = {
    "li": ({"li"}, _LISTS),
    "tr": ({"tr"}, {"table"}),
    "td": (_CELLS, {"table"}),
    "th": (_CELLS, {"table"}),
}
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight\s*:\s*([\w-]+)", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list\s*:[^;]*?\blevel(\d)", re.IGNORECASE)
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_WORD_ITEM = re.compile(r"\bMsoList(?:Paragraph|Bullet|Number)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,3})[.)]")
_GLYPH = re.compile(r"^[·•▪▫◦●○■□➢➤✓\uf0b7\uf0a7\uf0d8\uf0fc][ \t\u00a0\u202f]+(?=\S)")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\ufeff\u2028\u2029]")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
DEEPEST_ELEMENT = 100
WIDEST_TABLE = 50


def from_html(html: str) -> str:
    """Return the body that a piece of HTML says, in the grammar of `texte`."""
    tree = _Tree()
    tree.feed(_CONTROLS.sub("", html))
    tree.close()
    writer = _Writer()
    writer.flow(tree.root, bold=False)
    writer.flush()
    return markup(blocks(writer.joined()))


@dataclass
class _Node:
    """An element with what it holds."""

    tag: str
    given: dict[str, str] = field(default_factory=dict)
    children: list["_Node | str"] = field(default_factory=list)

    @property
    def style(self) -> str:
        return self.given.get("style", "")

    @property
    def code(self) -> str:
        """The code of the article that this element refers to, if it does."""
        code = self.given.get("data-article", "").strip()
        return code if code.isascii() and code.isdigit() and len(code) < 10 else ""

    @property
    def elements(self) -> list["_Node"]:
        return [child for child in self.children if isinstance(child, _Node)]


class _Tree(HTMLParser):
    """Make a tree of any HTML: an end closes the last element of its name, or nothing.

    Beyond `DEEPEST_ELEMENT` the elements are forgotten and their words kept.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self.open: list[tuple[str, _Node]] = []
        self.unseen: list[str] = []

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Word's «<![if …]>» is a comment, whatever it says."""
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self.unseen.clear()
        if tag in _UNSEEN:
            self.unseen.append(tag)
        if self.unseen:
            return
        self._end_neighbour(tag)
        node = _Node(tag, {name: value or "" for name, value in attrs})
        here = self._here
        if len(self.open) < DEEPEST_ELEMENT:
            here.children.append(node)
            here = node
        if tag not in _VOID:
            self.open.append((tag, here))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """«<o:p/>» holds nothing; «<p/>» is a start, as browsers read it."""
        if ":" not in tag:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            while self.unseen.pop() != tag:
                pass
        elif not self.unseen:
            self._end({tag}, frozenset() if tag in _LISTS | {"table"} else _CELLS - {tag})

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self._here.children.append(data)

    @property
    def _here(self) -> _Node:
        return self.open[-1][1] if self.open else self.root

    def _end_neighbour(self, tag: str) -> None:
        if tag in _ENDS:
            self._end(*_ENDS[tag])

    def _end(self, tags: Iterable[str], barriers: Iterable[str]) -> None:
        for rank in range(len(self.open) - 1, -1, -1):
            if self.open[rank][0] in tags:
                del self.open[rank:]
                return
            if self.open[rank][0] in barriers:
                return


@dataclass
class _Open:
    """The item being written: its mark, and the rank of its line once it has one."""

    mark: str
    line: int | None = None


@dataclass
class _Writer:
    """Follow a tree and write the lines of the body.

    Lines of one `group` belong to one list; paragraphs and tables have none. Inside a cell of a
    table nothing is laid out: its lines are joined by whoever reads them.
    """

    in_cell: bool = False
    lines: list[tuple[int | None, str]] = field(default_factory=list)
    words: list[tuple[str, bool]] = field(default_factory=list)
    item: _Open | None = None
    level: int = -1
    group: int = 0

    def flow(self, node: _Node, *, bold: bool) -> None:
        for child in node.children:
            if isinstance(child, str):
                self.words.append((child, bold))
            elif child.code:
                self.words.append((f"{{{{art:{child.code}}}}}", bold))
            elif not _WORD_MARK.search(child.style):
                self._enter(child, bold=_is_bold(child, inherited=bold))

    def _enter(self, node: _Node, *, bold: bool) -> None:
        if node.tag in _LISTS:
            self.flush()
            self._list(node, bold=bold)
        elif node.tag == "table":
            self.flush()
            self._table(node)
        elif node.tag in _BREAKING:
            self.flush()
            self._paragraph(node, bold=bold)
            self.flush()
        else:
            self.flow(node, bold=bold)

    def flush(self) -> None:
        """Write what was read so far: an item, the rest of one, or a paragraph."""
        text = _bolded(self.words)
        self.words.clear()
        if not text:
            return
        if self.item is not None:
            self._write_in_item(text)
        elif _GLYPH.match(text):
            self.lines.append((self.group, f"- {_GLYPH.sub('', text)}"))
        else:
            self.group += 1
            self.lines.append((None, text))

    def _write_in_item(self, text: str) -> None:
        if self.item.line is not None and self.item.line == len(self.lines) - 1:
            group, begun = self.lines[-1]
            self.lines[-1] = (group, f"{begun} {text}")
        else:
            self.item.line = len(self.lines)
            self.lines.append((self.group, f"{self.item.mark} {text}"))

    def _paragraph(self, node: _Node, *, bold: bool) -> None:
        mark = _word_mark(node) if self.item is None else None
        self.item = _Open(mark) if mark else self.item
        self.flow(node, bold=bold)
        self.flush()
        if mark:
            self.item = None

    def _list(self, node: _Node, *, bold: bool) -> None:
        outer, self.level = self.item, self.level + 1
        style = node.given.get("type", "1") if node.tag == "ol" else ""
        number = _integer(node.given.get("start"), 1)
        for child in node.children:
            if isinstance(child, _Node) and child.tag in _LISTS:
                self._list(child, bold=bold)
                continue
            if isinstance(child, _Node):
                number = _integer(child.given.get("value"), number)
            self.item = _Open("  " * self.level + _mark(style, number))
            self.flow(_Node("li", children=[child]), bold=bold)
            self.flush()
            number += self.item.line is not None
        self.item, self.level = outer, self.level - 1
        self.group += self.level < 0

    def _table(self, node: _Node) -> None:
        """What stands in a table but in none of its cells goes before it, as browsers do."""
        self.flow(_Node("div", children=list(_strays(node))), bold=False)
        self.flush()
        rows = [[(cell, _cell_text(cell)) for cell in row] for row in _rows(node)]
        block = _table_of(rows)
        if block is None:
            return
        if self.in_cell or self.item is not None:
            self.words += [(f"{text} ", False) for row in rows for _, text in row]
            self.flush()
        else:
            self.lines.append((None, markup([block])))
            self.group += 1

    def joined(self) -> str:
        text = ""
        last: int | None = None
        for group, line in self.lines:
            text += ("\n" if group is not None and group == last else "\n\n") + line
            last = group
        return text


def _is_bold(node: _Node, *, inherited: bool) -> bool:
    weight = _WEIGHT.search(node.style)
    if weight is None:
        return inherited or node.tag in {"b", "strong"} or node.tag in _HEADINGS
    value = weight[1].lower()
    if value.isascii() and value.isdigit():
        return int(value[:4]) >= 600
    return value in {"bold", "bolder"} or (value == "inherit" and inherited)


def _bolded(words: Sequence[tuple[str, bool]]) -> str:
    """Join words, stars around those in bold; the spaces at their edges stay outside."""
    merged: list[tuple[str, bool]] = []
    for text, bold in words:
        last = merged[-1] if merged else ("", bold)
        if merged and (last[1] == bold or not text.strip()):
            merged[-1] = (last[0] + text, last[1])
        else:
            merged.append((text, bold))
    pieces = []
    for text, bold in merged:
        core = text.strip()
        pieces.append(text.replace(core, f"**{core}**", 1) if bold and core else text)
    return _SPACES.sub(" ", "".join(pieces)).strip()


def _mark(style: str, number: int) -> str:
    """«-», «3.»; letters stay in words, for a list of the grammar has only numbers."""
    if not style:
        return "-"
    if style in {"a", "A"} and 1 <= number <= len(_ALPHABET):
        letter = _ALPHABET[number - 1]
        return f"- {letter.upper() if style == 'A' else letter})"
    return f"{number}." if number < 1000 else "-"


def _word_mark(node: _Node) -> str | None:
    """Return the mark of a paragraph that Word shows as an item, with its indent."""
    level = _WORD_LEVEL.search(node.style)
    if not level and not _WORD_ITEM.search(node.given.get("class", "")):
        return None
    shown = "".join(_marks_of(node)).strip()
    if not level and not shown:
        return None  # A paragraph set back, without bullet nor number.
    indent = "  " * (int(level[1]) - 1 if level else 0)
    number = _NUMBER.fullmatch(shown)
    if number:
        return f"{indent}{number[1]}."
    named = len(shown) > 1 and any(sign.isalnum() for sign in shown)
    return f"{indent}- {shown}" if named else f"{indent}-"


def _marks_of(node: _Node) -> Iterator[str]:
    """The words of what Word marks as the bullet or the number of an item."""
    for child in node.children:
        if isinstance(child, _Node):
            yield from _words_of(child) if _WORD_MARK.search(child.style) else _marks_of(child)


def _words_of(node: _Node) -> Iterator[str]:
    for child in node.children:
        yield from (child,) if isinstance(child, str) else _words_of(child)


def _rows(table: _Node) -> Iterator[list[_Node]]:
    """The cells of each row; those that stand in no row make one."""
    loose = [child for child in table.elements if child.tag in _CELLS]
    if loose:
        yield loose
    for child in table.elements:
        if child.tag in _ROW_GROUPS:
            yield from _rows(child)
        elif child.tag == "tr":
            yield [cell for cell in child.elements if cell.tag in _CELLS]


def _strays(table: _Node) -> Iterator[_Node | str]:
    for child in table.children:
        tag = child.tag if isinstance(child, _Node) else ""
        if tag == "tr" or tag in _ROW_GROUPS:
            yield from _strays(child)
        elif tag not in _CELLS:
            yield child


def _cell_text(cell: _Node) -> str:
    writer = _Writer(in_cell=True)
    writer.flow(cell, bold=False)
    writer.flush()
    return " ".join(line.strip() for _, line in writer.lines)


def _table_of(rows: Sequence[Sequence[tuple[_Node, str]]]) -> Block | None:
    """Set cells in their columns; a wide or tall one leaves the others it covers empty."""
    covered: dict[int, int] = {}
    laid: list[list[str]] = []
    for row in rows:
        line: list[str] = []
        for cell, text in row:
            _skip_covered(line, covered)
            wide, tall = (_span(cell, name) for name in ("colspan", "rowspan"))
            for rank in range(min(wide, max(1, WIDEST_TABLE - len(line)))):
                covered[len(line)] = tall - 1
                line.append("" if rank else text)
        _skip_covered(line, covered)
        laid.append(line)
    width = max(map(len, laid), default=0)
    if not width:
        return None
    cells = [(*line, *("",) * (width - len(line))) for line in laid]
    headed = bool(rows[0]) and all(cell.tag == "th" for cell, _ in rows[0])
    header, body = (cells[0], cells[1:]) if headed else ((), cells)
    return Block(BlockKind.TABLE, header=header, rows=tuple(body))


def _skip_covered(line: list[str], covered: dict[int, int]) -> None:
    while covered.get(len(line), 0) > 0:
        covered[len(line)] -= 1
        line.append("")


def _span(cell: _Node, name: str) -> int:
    return max(1, min(WIDEST_TABLE, _integer(cell.given.get(name), 1)))


def _integer(value: str | None, default: int) -> int:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
