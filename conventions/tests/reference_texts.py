"""Real agreements, cut into their articles by the lines that a person marked in them.

A reference is a text and its annotation (JSON): the line of each heading, its number and its level.
Those that are kept beside the checkout are read when they are there; a small one of our own always
is.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from conventions.enums import ArticleKind
from conventions.rules.texte import Block, BlockKind, blocks

BESIDE = Path(settings.BASE_DIR).parent / "shared" / "reference"
OWN = Path(__file__).parent / "reference"
NAMES = ("petite", "besancon", "dijon", "ophlm", "procedure_note")
_END = re.compile(r"^\W*(Fait à|Le Conseil Municipal est invité)")
_FURNITURE = re.compile(r"^\d{4}-\d{2}_bis$")
_SIGNS = re.compile(r"</?\w+>|\^\{|\}|\*")
_NUMBERED = re.compile(r"^([A-Z]|\d+)\. (.+)")
_OPENING = re.compile(r"^(Entre|Et|Il a été convenu ce qui suit)\b")


@dataclass(frozen=True)
class Passage:
    """An article of the text; `source` is what stands beneath its heading, as it was printed."""

    number: str
    heading: str
    level: int
    kind: str
    source: str

    @property
    def body(self) -> str:
        return as_typed(self.source)


@dataclass(frozen=True)
class Reference:
    name: str
    title: str
    passages: tuple[Passage, ...]
    notes: dict = field(default_factory=dict)


def available() -> list[str]:
    return [name for name in NAMES if (_folder(name) / f"{name}.json").exists()]


def _folder(name: str) -> Path:
    return OWN if name == "petite" else BESIDE


def read_reference(name: str) -> Reference:
    folder = _folder(name)
    notes = json.loads((folder / f"{name}.json").read_text())
    lines = (folder / f"{name}.txt").read_text().split("\n")
    marks = [_mark(one) for one in notes.get("articles") or _ranked(notes["sections"])]
    ends = [line - 1 for line, *_ in marks[1:]] + [_last_line(lines, marks[-1][0])]
    found = [
        Passage(number, heading, level, kind, _source(lines, line, end, heading, inline=inline))
        for (line, number, heading, level, kind, inline), end in zip(marks, ends, strict=True)
    ]
    return Reference(name, notes["title"], (*_before(lines, marks[0][0], notes), *found), notes)


def _mark(one: dict) -> tuple:
    number = one.get("number") or ""
    in_preamble = one["heading"].casefold() == "préambule" or number == "Préambule"
    in_preamble = in_preamble or one.get("kind") == "preamble"
    number = "" if number == "Préambule" else number
    kind = one.get("kind_here") or (ArticleKind.ARTICLE if number else ArticleKind.INTERTITRE)
    if in_preamble or number.endswith(")"):
        kind = ArticleKind.PREAMBULE
    inline = bool(one.get("body_inline"))
    return one["line"], number, one["heading"], one["level"], kind, inline


def _ranked(sections: list[dict]) -> list[dict]:
    """The sections of a note: «A. …» holds «1. …»; capitals alone begin a part without number."""
    found = []
    for section in sections:
        match = _NUMBERED.match(section["label"])
        number, heading = match.groups() if match else ("", section["label"])
        level = 1 if number.isalpha() or (not number and heading.isupper()) else 2
        kind = ArticleKind.TITRE if number.isalpha() else ""
        told = {"number": number, "heading": heading, "level": level, "kind_here": kind}
        found.append({**section, **told})
    return found


def _last_line(lines: list[str], start: int) -> int:
    ends = [rank for rank, line in enumerate(lines) if rank > start and _END.match(line)]
    return ends[0] if ends else len(lines)


def _source(lines: list[str], line: int, end: int, heading: str, *, inline: bool) -> str:
    kept = [one for one in lines[line:end] if not _FURNITURE.match(one)]
    if inline:
        kept.insert(0, lines[line - 1].partition(heading)[2].lstrip(" :"))
    return "\n".join(kept).strip("\n")


def _before(lines: list[str], first: int, notes: dict) -> list[Passage]:
    """What opens a text without a preamble of its own, its parties being told apart."""
    if any(party.get("line", 0) < first for party in notes.get("parties", [])) and any(
        _OPENING.match(line) for line in lines[:first]
    ):
        return []
    opening = "\n".join(lines[: first - 1]).strip("\n")
    return [Passage("", "", 1, ArticleKind.PREAMBULE, opening)] if notes.get("parties") else []


def as_typed(source: str) -> str:
    """The passage as a person types it here: its bold and its lists, without the rest."""
    typed = []
    for line in source.split("\n"):
        words = re.sub(r"</?\w+>|\^\{(\w+)\}", r"\1", line.rstrip())
        words = re.sub(r"^#+\s*", "", words)
        typed.append(re.sub(r"^ (?=- )", "  ", words))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(typed)).strip()


def words_of(text: str) -> Counter:
    return Counter(re.findall(r"\w+", text))


def printed_words(source: str) -> Counter:
    """The words of a passage as printed, its typography apart."""
    return words_of(_SIGNS.sub("", source))


def read_words(body: str) -> Counter:
    """The words that the portal reads in a body, the numbers of its lists included."""
    return words_of(" ".join(_read(block) for block in blocks(body)))


def _read(block: Block) -> str:
    if block.kind != BlockKind.LIST:
        return block.words
    numbers = range(block.start, block.start + len(block.items)) if block.start is not None else ()
    inner = [_read(one) for item in block.items for one in item.lists]
    own = Block(BlockKind.LIST, items=tuple(type(item)(item.text) for item in block.items))
    return " ".join([own.words, *map(str, numbers), *inner])
