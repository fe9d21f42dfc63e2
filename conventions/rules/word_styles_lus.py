"""What the styles and numberings of a Word file make of its paragraphs and words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from conventions.rules.word_paquet import Package
from conventions.rules.word_xml import q

DEEPEST_CHAIN = 20
OFF = frozenset(("0", "false", "off", "none"))
BULLETS = frozenset(("bullet", "none"))
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def value(element: etree._Element | None, name: str) -> str | None:
    """Return `w:val` of the child of this name, or None without such a child."""
    child = None if element is None else element.find(q(name))
    return None if child is None else child.get(q("val"), "")


def is_on(element: etree._Element | None, name: str) -> bool | None:
    """Return whether a mark such as bold is set, unset, or (None) not spoken of."""
    said = value(element, name)
    return None if said is None else said.lower() not in OFF


@dataclass(frozen=True)
class Level:
    """How a level of a list is marked."""

    shape: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class Sheets:
    """The styles and the lists of one file."""

    styles: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""
    abstract: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)

    def chain(self, identifier: str) -> Iterator[etree._Element]:
        """Yield a style, then those it is based on."""
        for _ in range(DEEPEST_CHAIN):
            style = self.styles.get(identifier)
            if style is None:
                return
            yield style
            identifier = value(style, "basedOn") or ""

    def heading(self, properties: etree._Element | None) -> int:
        """Return the level of heading of a paragraph, 0 for one of the text."""
        own = value(properties, "outlineLvl")
        if own is not None:
            return _heading_level(own)
        for style in self.chain(value(properties, "pStyle") or self.default):
            name = (value(style, "name") or "").lower()
            if name.startswith("heading ") and name[8:].isdigit():
                return min(int(name[8:]), 9)
            said = value(style.find(q("pPr")), "outlineLvl")
            if said is not None:
                return _heading_level(said)
        return 0

    def is_contents(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph is a line of a table of contents, which Word computes."""
        styles = self.chain(value(properties, "pStyle") or "")
        return any((value(style, "name") or "").lower().startswith("toc ") for style in styles)

    def numbering(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """Return the list of a paragraph and its level, its style's if it says nothing."""
        sources = [properties]
        sources += [s.find(q("pPr")) for s in self.chain(value(properties, "pStyle") or "")]
        for source in sources:
            found = None if source is None else source.find(q("numPr"))
            if found is not None and value(found, "numId"):
                which, level = value(found, "numId") or "", value(found, "ilvl") or "0"
                return None if which == "0" else (which, int(level) if level.isdigit() else 0)
        return None

    def is_bold(self, marks: etree._Element | None) -> bool:
        """Whether a run is bold, by itself or by its own style."""
        own = is_on(marks, "b")
        if own is not None:
            return own
        styles = self.chain(value(marks, "rStyle") or "")
        said = (is_on(style.find(q("rPr")), "b") for style in styles)
        return bool(next((one for one in said if one is not None), False))


def _heading_level(outline: str) -> int:
    level = int(outline) if outline.isdigit() else 9
    return level + 1 if level < 9 else 0


def sheets_of(package: Package) -> Sheets:
    found = Sheets()
    for root in package.related("styles"):
        for style in root.iter(q("style")):
            identifier = style.get(q("styleId"), "")
            found.styles[identifier] = style
            paragraph = style.get(q("type")) == "paragraph"
            if paragraph and (style.get(q("default")) or "0").lower() not in OFF:
                found.default = identifier
    for root in package.related("numbering"):
        _read_numbering(root, found)
    return found


def _read_numbering(root: etree._Element, found: Sheets) -> None:
    for abstract in root.iter(q("abstractNum")):
        name = abstract.get(q("abstractNumId"), "")
        for level in abstract.iter(q("lvl")):
            found.levels[name, _integer(level.get(q("ilvl")))] = _level(level)
    for num in root.iter(q("num")):
        which = num.get(q("numId"), "")
        found.abstract[which] = value(num, "abstractNumId") or ""
        for override in num.iter(q("lvlOverride")):
            start = value(override, "startOverride")
            if start is not None:
                found.restarts[which, _integer(override.get(q("ilvl")))] = _integer(start)


def _level(level: etree._Element) -> Level:
    start = value(level, "start")
    return Level(
        value(level, "numFmt") or "decimal",
        value(level, "lvlText") or "",
        1 if start is None else _integer(start),
    )


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass
class Counters:
    """The numbers of the items of a file, counted as Word counts them, in reading order."""

    sheets: Sheets
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, which: str, level: int) -> tuple[int | None, str]:
        """Return the number of an item, None for a dash, and its mark when it is neither.

        Lists drawn from the same model go on one from another, unless one says where it restarts.
        """
        model = self.sheets.abstract.get(which, which)
        shape = self.sheets.levels.get((model, level), Level())
        counts = self.counts.setdefault(model, {})
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        restart = self.sheets.restarts.get((which, level))
        if restart is not None and (which, level) not in self.begun:
            counts[level] = restart
        else:
            counts[level] = counts.get(level, shape.start - 1) + 1
        self.begun.add((which, level))
        if shape.shape in BULLETS:
            return None, ""
        plain = shape.shape == "decimal" and shape.text.rstrip(".") == f"%{level + 1}"
        return (counts[level], "") if plain else (None, self._mark(model, level, counts))

    def _mark(self, model: str, level: int, counts: dict[int, int]) -> str:
        """Spell a mark our lists do not have: «a)», «iv.», «1.2»."""
        text = self.sheets.levels[model, level].text
        for rank in range(level + 1):
            shape = self.sheets.levels.get((model, rank), Level()).shape
            text = text.replace(f"%{rank + 1}", _spell(shape, counts.get(rank, 1)))
        return text.strip()


def _spell(shape: str, number: int) -> str:
    if shape.endswith("Letter") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if shape.startswith("upper") else letter
    if shape.endswith("Roman") and 1 <= number < 40:
        roman, left = "", number
        for size, sign in _ROMAN:
            roman += sign * (left // size)
            left %= size
        return roman.upper() if shape.startswith("upper") else roman
    return str(number)
