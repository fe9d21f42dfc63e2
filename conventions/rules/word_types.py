"""What is written to a Word file and what is read back from one, without a word of its format.

An exported article keeps its code through Word and LibreOffice; the wording it had when it left is
carried inside the file (`Origin`), so that what comes back is compared with what went out even if
the portal's text has moved on meanwhile.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from conventions.enums import ArticleKind


@dataclass(frozen=True)
class WordArticle:
    """An article as one text words it; `code` is its identity in its convention."""

    code: int
    kind: str = ArticleKind.ARTICLE
    number: str = ""
    heading: str = ""
    body: str = ""
    depth: int = 1


@dataclass(frozen=True)
class WordChange:
    """A row of the before/after table of an avenant; an empty side is an article not there."""

    label: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class WordSignature:
    party: str
    name: str = ""
    capacity: str = ""
    note: str = ""


@dataclass(frozen=True)
class WordText:
    """A text to write: what opens it, its articles, its before/after table, who signs.

    `labels` names every article that a reference may lead to, `excerpt` says that articles were
    left out; `purpose` and `closing` are the reasons and the last words of an avenant, in markup.
    `day` is the date of the text: with the same day, the same text makes the same bytes.
    """

    reference: str
    act: int
    day: str
    title: str
    kicker: str = ""
    state: str = ""
    parties: tuple[str, ...] = ()
    visas: tuple[str, ...] = ()
    purpose: str = ""
    articles: tuple[WordArticle, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    changes: tuple[WordChange, ...] = ()
    closing: str = ""
    signatures: tuple[WordSignature, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)
    excerpt: bool = False
    tracked: bool = False


@dataclass(frozen=True)
class Origin:
    """Which export a file comes from; `articles` and `zones` are what it held when it left.

    Without articles, the file only remembers its fingerprint: the base must be found elsewhere.
    """

    reference: str
    act: int
    day: str
    fingerprint: str
    articles: tuple[WordArticle, ...] = ()
    labels: Mapping[int, str] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)


def fingerprint(articles: Sequence[WordArticle]) -> str:
    """Return the SHA-256 of a set of articles: the same wordings have the same one."""
    rows = [[a.code, str(a.kind), a.number, a.heading, a.body, a.depth] for a in articles]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


class Match(StrEnum):
    """How an article of a file was recognised, the surest first."""

    REPERE = "repère du fichier"
    NUMERO = "numéro"
    TITRE = "titre"
    RESSEMBLANCE = "ressemblance du texte"
    NOUVEAU = "article nouveau"


class RevisionKind(StrEnum):
    INSERTION = "insertion"
    SUPPRESSION = "suppression"
    DEPLACEMENT = "déplacement"
    MISE_EN_FORME = "mise en forme"


@dataclass(frozen=True)
class Revision:
    """A tracked change; `at` is the instant as the file writes it, empty when it does not say."""

    kind: RevisionKind
    author: str
    at: str
    text: str


@dataclass(frozen=True)
class Redaction:
    """The number, heading and body of an article, the body in the markup of `texte`."""

    number: str = ""
    heading: str = ""
    body: str = ""


@dataclass(frozen=True)
class ReadArticle:
    """An article found in a file, with its tracked changes accepted and rejected.

    `accepted` is None when its tracked changes delete it, `rejected` when they insert it whole.
    `certainty` is in percent. `parent` and `after` are codes of known articles around it.
    """

    code: int | None
    match: Match
    certainty: int
    kind: str
    depth: int
    accepted: Redaction | None
    rejected: Redaction | None
    revisions: tuple[Revision, ...] = ()
    parent: int | None = None
    after: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A comment of the file on a passage; `answers` is the id of the comment it replies to."""

    id: str
    author: str
    at: str
    text: str
    passage: str
    place: str
    code: int | None = None
    answers: str | None = None
    resolved: bool = False

    @property
    def day(self) -> date | None:
        """The day it was written, None when the file does not say it readably."""
        try:
            return date.fromisoformat(self.at[:10])
        except ValueError:
            return None


@dataclass(frozen=True)
class LeftOut:
    """Something of the file that does not become wording: what, where, and its words."""

    what: str
    where: str
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """All that a file says. Each of its words is in an article, a remark or a left-out line."""

    origin: Origin | None
    articles: tuple[ReadArticle, ...]
    absent: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
