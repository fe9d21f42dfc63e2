"""What a Word file asks of a text: article by article, against what it left with and what is now.

The base is the wording that left in the file. What somebody else wrote in the portal since is put
together with it, or shown as a conflict: neither side is overwritten.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from conventions.enums import ProposalKind
from conventions.rules.negotiation import Wording, candidate
from conventions.rules.texte import title
from conventions.rules.word_titres import same_body
from conventions.rules.word_types import (
    LeftOut,
    Match,
    ReadArticle,
    Reading,
    Redaction,
    WordArticle,
)

SURE_ENOUGH = 85
GONE_SINCE = "Retiré du texte depuis l’export : il est proposé comme article nouveau."
ABSENT = "Il n’est plus dans le fichier, sans marque de suppression : cochez si c’est voulu."
NUMBERED = "Le texte se numérote seul : le numéro écrit dans le fichier n’est pas repris."
UNDER_NEW = (
    "Il est, dans le fichier, sous un titre nouveau : rangez-le dans le plan une fois accepté."
)
ELSEWHERE = "articles du texte absents de ce fichier : ils restent tels quels"
MOVED = (
    "Il a changé de place dans le fichier : cela ne se reprend pas, déplacez-le dans le portail."
)


@dataclass(frozen=True)
class WordProposal:
    """One change to propose. `base` is what it was written against, `now` the portal's wording.

    `ticked` says whether it is offered as wanted; `key` names it from one reading to the next.
    """

    key: str
    kind: ProposalKind
    title: str
    article_kind: str
    base: Wording
    words: Wording
    now: Wording | None = None
    code: int | None = None
    parent: int | None = None
    after: int | None = None
    certainty: int = 100
    match: Match = Match.REPERE
    authors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ticked(self) -> bool:
        return self.certainty >= SURE_ENOUGH and ABSENT not in self.notes

    @property
    def has_moved_on(self) -> bool:
        """Whether the portal's wording changed since the file left."""
        return self.now is not None and not _alike(self.base, self.now)

    @property
    def is_conflict(self) -> bool:
        if not self.has_moved_on or self.kind == ProposalKind.RETIRER:
            return self.has_moved_on
        return candidate(self.base, self.words, self.now).is_conflict


def proposals_of(
    reading: Reading, now: Sequence[WordArticle], *, automatic: bool = False
) -> list[WordProposal]:
    """Return what a file changes; `automatic` says that the text numbers its articles by itself."""
    standing = {article.code: article for article in now}
    origin = reading.origin.articles if reading.origin else ()
    base = {article.code: article for article in origin} or standing
    found: list[WordProposal] = []
    for rank, read in enumerate(reading.articles):
        change = _change(read, rank, base, standing, automatic=automatic)
        if change is not None:
            found.append(_noted(change, read, reading, rank))
    return found + list(_absent(reading, base, standing))


def _change(
    read: ReadArticle,
    rank: int,
    base: Mapping[int, WordArticle],
    standing: Mapping[int, WordArticle],
    *,
    automatic: bool,
) -> WordProposal | None:
    left = base.get(read.code)
    if left is None or read.code not in standing:
        return _insertion(read, rank, left)
    then, here = _words(left), _words(standing[read.code])
    common = {
        "key": f"article-{read.code}",
        "title": _title(standing[read.code]),
        "article_kind": left.kind,
        "base": then,
        "now": here,
        "code": read.code,
        "certainty": read.certainty,
        "match": read.match,
        "authors": _authors(read),
        "notes": read.notes,
    }
    if read.accepted is None:
        return WordProposal(kind=ProposalKind.RETIRER, words=then, **common)
    words = _asked(read.accepted, left)
    if automatic and words.number != left.number:
        words = words._replace(number=left.number)
        common["notes"] = (*read.notes, NUMBERED)
    if _alike(words, then) or _alike(words, here):
        return None
    only_number = words.heading == then.heading and same_body(words.body, then.body)
    kind = ProposalKind.RENUMEROTER if only_number else ProposalKind.REECRIRE
    return WordProposal(kind=kind, words=words, **common)


def _insertion(read: ReadArticle, rank: int, left: WordArticle | None) -> WordProposal | None:
    """An article that is new, or that was taken out of the portal while the file changed it."""
    if read.accepted is None or (left is not None and _alike(_said(read.accepted), _words(left))):
        return None
    words = _said(read.accepted)
    return WordProposal(
        key=f"nouveau-{rank}",
        kind=ProposalKind.INSERER,
        title=title(read.kind, words.number, words.heading),
        article_kind=read.kind,
        base=Wording(),
        words=words,
        parent=read.parent,
        after=read.after,
        certainty=read.certainty,
        match=read.match,
        authors=_authors(read),
        notes=(*read.notes, *([GONE_SINCE] if left is not None else [])),
    )


def _noted(change: WordProposal, read: ReadArticle, reading: Reading, rank: int) -> WordProposal:
    notes = list(change.notes)
    if read.code in reading.moved:
        notes.append(MOVED)
    above = [one for one in reading.articles[:rank] if one.depth < read.depth]
    if change.kind == ProposalKind.INSERER and above and above[-1].code is None:
        notes.append(UNDER_NEW)
    return replace(change, notes=tuple(notes))


def _absent(
    reading: Reading, base: Mapping[int, WordArticle], standing: Mapping[int, WordArticle]
) -> Iterator[WordProposal]:
    """Articles the file no longer holds; a file the portal did not make never had them."""
    if reading.origin is None:
        return
    for code in reading.absent:
        if code not in standing or code not in base:
            continue
        words = _words(base[code])
        yield WordProposal(
            key=f"absent-{code}",
            kind=ProposalKind.RETIRER,
            title=_title(standing[code]),
            article_kind=standing[code].kind,
            base=words,
            words=words,
            now=_words(standing[code]),
            code=code,
            notes=(ABSENT,),
        )


def left_out_of(reading: Reading, changes: Sequence[WordProposal]) -> list[LeftOut]:
    """Return all that the file says and that no proposal holds."""
    told = {change.code for change in changes}
    found = list(reading.left_out)
    for read in reading.articles:
        where = "" if read.accepted is None else _said_title(read)
        if read.code in told or read.code is None:
            continue
        found += [LeftOut(note, where) for note in read.notes]
        found += [LeftOut(MOVED, where)] if read.code in reading.moved else []
    if reading.origin is None and reading.absent:
        found.append(LeftOut(f"{ELSEWHERE} ({len(reading.absent)})", ""))
    return found


def _said_title(read: ReadArticle) -> str:
    return title(read.kind, read.accepted.number, read.accepted.heading)


def in_order_of_writing(changes: Sequence[WordProposal]) -> list[WordProposal]:
    """Put newcomers to one place last first: each goes right behind the same sibling."""
    found: list[WordProposal] = []
    run: list[WordProposal] = []
    for change in changes:
        place = (change.kind, change.parent, change.after)
        if run and place != (run[0].kind, run[0].parent, run[0].after):
            found += reversed(run)
            run = []
        if change.kind == ProposalKind.INSERER and change.after is not None:
            run.append(change)
        else:
            found.append(change)
    return found + run[::-1]


def _asked(said: Redaction, left: WordArticle) -> Wording:
    body = left.body if same_body(said.body, left.body) else said.body
    return Wording(said.number, said.heading, body)


def _said(redaction: Redaction) -> Wording:
    return Wording(redaction.number, redaction.heading, redaction.body)


def _words(article: WordArticle) -> Wording:
    return Wording(article.number, article.heading, article.body)


def _title(article: WordArticle) -> str:
    return title(article.kind, article.number, article.heading)


def _alike(one: Wording, other: Wording) -> bool:
    same = (one.number, one.heading) == (other.number, other.heading)
    return same and same_body(one.body, other.body)


def _authors(read: ReadArticle) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.author for one in read.revisions if one.author))
