"""Where a defined term is used, and which acronyms mean two things until the text says which.

A term is sought as whole words, in the singular and the plural, with or without its accents and
capitals; an acronym to the letter («AL» is not «al»), apart from names made with it («CIL-PASS»).
Source of the table: domain rules, consequence 7 and § C.1.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from conventions.rules.texte import blocks


@dataclass(frozen=True)
class Meaning:
    """One thing that an acronym may stand for."""

    words: str
    note: str = ""


# The acronyms of housing agreements that stand for two things; the first is the more likely now.
AMBIGUOUS: dict[str, tuple[Meaning, ...]] = {
    "CIL": (
        Meaning("conférence intercommunale du logement", "article L. 441-1-5 du CCH"),
        Meaning(
            "comité interprofessionnel du logement",
            "collecteur dissous par l’ordonnance n° 2016-1408, auquel Action Logement a succédé",
        ),
    ),
    "DUA": (
        Meaning("durée d’utilité administrative", "archives"),
        Meaning("document unique d’aménagement", "urbanisme"),
    ),
    "AL": (
        Meaning("Action Logement", "le groupe, partie à la convention"),
        Meaning("allocation de logement", "aide personnelle"),
    ),
}


class Worded(Protocol):
    """An article, as the search of its words needs it."""

    heading: str
    body: str


@dataclass(frozen=True)
class Use:
    """An article that uses a term, and how many times."""

    article: Worded
    times: int


@dataclass(frozen=True)
class Ambiguity:
    """An acronym used without a definition, with what it may mean."""

    term: str
    meanings: tuple[Meaning, ...]
    uses: tuple[Use, ...]


def uses_of(term: str, articles: Iterable[Worded]) -> list[Use]:
    """Return the articles where a term is used, in the order given."""
    return uses_of_all([term], articles).get(term, [])


def uses_of_all(terms: Sequence[str], articles: Iterable[Worded]) -> dict[str, list[Use]]:
    """Return the uses of each term, reading each article once."""
    patterns = {term: pattern_of(term) for term in terms if term.strip()}
    found: dict[str, list[Use]] = {term: [] for term in terms}
    for article in articles:
        exact = _plain(article)
        folded = _folded(exact)
        for term, pattern in patterns.items():
            times = len(pattern.findall(exact if is_acronym(term) else folded))
            if times:
                found[term].append(Use(article, times))
    return found


def ambiguities(articles: Iterable[Worded], defined: Iterable[str]) -> list[Ambiguity]:
    """Return the acronyms of two meanings that a text uses and does not define."""
    settled = {term.strip() for term in defined}
    open_terms = [term for term in AMBIGUOUS if term not in settled]
    found = uses_of_all(open_terms, articles)
    return [Ambiguity(term, AMBIGUOUS[term], tuple(uses)) for term, uses in found.items() if uses]


def is_acronym(term: str) -> bool:
    """Two capitals or more and no small letter: CIL, NPNRU, PLH 2."""
    letters = [sign for sign in term if sign.isalpha()]
    return len(letters) > 1 and all(sign.isupper() for sign in letters)


@lru_cache(maxsize=512)
def pattern_of(term: str) -> re.Pattern[str]:
    """Return what finds a term as whole words."""
    if is_acronym(term):
        words = r"\s+".join(re.escape(word) for word in _composed(term).split())
        return re.compile(rf"(?<![\w-]){words}(?![\w®-])")
    words = r"\s+".join(_either_number(word) for word in _folded(_composed(term)).split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _either_number(word: str) -> str:
    """Match a word in the singular or the plural: logement(s), réseau(x), local and locaux."""
    if word.endswith("aux") and not word.endswith("eaux"):
        return rf"{re.escape(word[:-3])}(?:al|aux?)"
    if word.endswith("al"):
        return rf"{re.escape(word[:-2])}(?:als?|aux)"
    stem = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    return rf"{re.escape(stem)}[sx]?"


def _plain(article: Worded) -> str:
    words = [article.heading, *(block.words for block in blocks(article.body))]
    return _composed("\n".join(words))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("'", "’"))


def _folded(text: str) -> str:
    """Without accents nor capitals: «Etat» and «État» are the same word."""
    apart = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
