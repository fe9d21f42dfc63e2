"""A letter ready to be read, printed or opened in a word processor, whatever it is about.

Pure: the same letter makes the same content and the same digest. What is kept of a letter is its
content, JSON values alone, from which it is printed again as it was, whatever has changed since.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from conventions.enums import LetterKind
from conventions.rules.comparaison_passages import Passage, compare_sequences
from territories.rules.french import short_date, typeset

SCHEMA = "lettre/1"
MENTIONS: dict[str, str] = {
    LetterKind.LRAR: "Lettre recommandée avec avis de réception",
    LetterKind.LRE: "Lettre recommandée électronique avec avis de réception",
    LetterKind.RECEPISSE: "Lettre déposée contre récépissé",
    LetterKind.SIMPLE: "",
}
SALUTATION = "Madame, Monsieur,"
POLITE = (
    "Nous vous prions d’agréer, Madame, Monsieur, l’expression de notre considération distinguée."
)
_TOWN = re.compile(r"\b\d{5}\s+([^\d,()\n]+)")
_BEFORE_CODE = re.compile(r"\s*,\s*(?=\d{5}\b)")
_CEDEX = re.compile(r"\s+cedex\b.*", re.IGNORECASE)


class Style(StrEnum):
    TEXT = "texte"
    QUOTE = "citation"
    STRONG = "important"
    ITEM = "point"


@dataclass(frozen=True)
class Paragraph:
    words: str
    style: Style = Style.TEXT


@dataclass(frozen=True)
class Side:
    """A party as it signed: what stands at the head of a letter."""

    alias: str
    name: str
    nature: str = ""
    siren: str = ""
    address: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The head of who writes: its name, what it is, where it is."""
        siren = f"SIREN {self.siren}" if self.siren else ""
        return tuple(line for line in (self.name, self.nature, *self.street, siren) if line)

    @property
    def label(self) -> tuple[str, ...]:
        """What one writes on the envelope: a name and an address."""
        return (self.name, *self.street)

    @property
    def street(self) -> tuple[str, ...]:
        """The address, the postal code and the town on a line of their own."""
        lines = _BEFORE_CODE.sub("\n", self.address).splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    @property
    def town(self) -> str:
        """The town of the address, or nothing when it cannot be told from it."""
        found = _TOWN.search(self.address)
        return _CEDEX.sub("", found.group(1)).strip() if found else ""


@dataclass(frozen=True)
class Letter:
    """`purpose` tells the letters of one subject apart; `made_at` dates the file, not the letter.

    `made_at` is an instant in ISO 8601: that of the row the letter comes from, never the clock's.
    """

    purpose: str
    reference: str
    made_at: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    mention: str
    place: str
    subject: str
    about: str
    paragraphs: tuple[Paragraph, ...]
    signatories: tuple[tuple[str, str], ...]


def dated(side: Side, day: date | None) -> str:
    """«Besançon, le 20 novembre 2026»; what is not known is left to the hand that signs."""
    return typeset(f"{side.town or '…………………'}, le {short_date(day) if day else '…………………'}")


def say(words: str, style: Style = Style.TEXT) -> Paragraph:
    return Paragraph(typeset(words), style)


def quote(wording: str) -> Paragraph:
    """The parties' own words, in guillemets."""
    return say(f"« {' '.join(wording.split())} »", Style.QUOTE)


def written(text: str, style: Style = Style.TEXT) -> Iterator[Paragraph]:
    """Each paragraph that somebody typed, apart by a blank line or on a line of its own."""
    for line in text.splitlines():
        if line.strip():
            yield say(line.strip(), style)


def content_of(letter: Letter) -> dict:
    """Return a letter as JSON values, all that is needed to print it again."""
    return {"schema": SCHEMA, **json.loads(json.dumps(asdict(letter)))}


def letter_of(content: Mapping) -> Letter:
    """Return the letter that `content_of` gave."""
    told = {name: value for name, value in content.items() if name != "schema"}
    paragraphs = (Paragraph(one["words"], Style(one["style"])) for one in told["paragraphs"])
    return Letter(
        **told
        | {
            "sender": tuple(told["sender"]),
            "addressee": tuple(told["addressee"]),
            "paragraphs": tuple(paragraphs),
            "signatories": tuple((name, capacity) for name, capacity in told["signatories"]),
        }
    )


def digest(content: Mapping) -> str:
    """SHA-256 of the one way of writing a content: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def compare_letters(old: Letter, new: Letter) -> list[Passage]:
    """Return what became of each line of a letter, from its head to its signatures."""
    return compare_sequences(list(_lines(old)), list(_lines(new)))


def _lines(letter: Letter) -> Iterator[str]:
    yield from letter.sender
    yield from letter.addressee
    yield from filter(None, (letter.mention, letter.place))
    yield typeset(f"Objet : {letter.subject}")
    yield letter.about
    yield from (paragraph.words for paragraph in letter.paragraphs)
    yield from (", ".join(filter(None, pair)) for pair in letter.signatories)
