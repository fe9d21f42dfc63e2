"""Taking a Word file back: what it changes becomes proposals, its comments become discussions.

Nothing of the text is overwritten. In negotiation the changes are proposed, in the name of a party,
to whoever holds the pen; in a draft that nobody else sees they are written as the editor would,
merged with what was written since the file left; an avenant says by its operations what it does to
each article. The file itself is kept once the text is shared.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.actions.documents import store_document
from conventions.actions.draft import enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.actions.negotiation import enter_negotiation
from conventions.actions.proposals import propose, withdraw_proposal
from conventions.actions.proposals_apply import apply_proposal
from conventions.actions.threads import open_thread, reply
from conventions.enums import ActStatus, ProposalStatus, ThreadScope
from conventions.models import Act, Article, Document, Party, Proposal
from conventions.models.consolidated import text_after
from conventions.models.word_text import word_articles, word_text_of
from conventions.rules.word_ecriture import origin_of_text
from conventions.rules.word_lecture import read_word
from conventions.rules.word_propositions import (
    WordProposal,
    in_order_of_writing,
    left_out_of,
    proposals_of,
)
from conventions.rules.word_types import LeftOut, Reading, Remark

OTHER = (
    "Ce fichier vient de la convention {reference} : reprenez-le depuis celle-là, ou depuis un "
    "fichier exporté d’ici."
)
FOR_NOBODY = (
    "Vous n’agissez au nom d’aucune partie : demandez à l’une d’elles de reprendre ce fichier."
)
NOTHING = "Cochez au moins un changement ou un commentaire à reprendre."
CHANGED = "Le texte a changé depuis cet aperçu : relisez-le, puis confirmez de nouveau."


@dataclass(frozen=True)
class Preview:
    """What a file would change, before anything is written."""

    reading: Reading
    changes: list[WordProposal]
    left_out: list[LeftOut]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return self.reading.remarks


@dataclass(frozen=True)
class Imported:
    """What was made of a file: proposals, or articles written; what could not be, and why."""

    proposals: list[Proposal]
    written: int
    threads: int
    refused: list[LeftOut]
    document: Document | None


def preview_word(act: Act, *, on: date, name: str, data: bytes) -> Preview:
    """Read a Word file against an act; raise a French `ValidationError` when it cannot be."""
    known = origin_of_text(word_text_of(act, on=on))
    reading = read_word(name, data, known=known)
    origin = reading.origin
    if origin is not None and origin.reference != act.convention.reference:
        msg = OTHER.format(reference=origin.reference[:40])
        raise ValidationError(msg, code="other")
    now = word_articles(text_after(act))
    changes = proposals_of(reading, now, automatic=act.automatic_numbering)
    return Preview(reading, changes, left_out_of(reading, changes))


@transaction.atomic
def import_word(
    act: Act,
    *,
    by: User,
    on: date,
    party: Party | None,
    name: str,
    data: bytes,
    keys: Collection[str],
    remarks: Collection[str] = (),
) -> Imported:
    """Make proposals of the changes named by `keys`, and discussions of the comments in `remarks`.

    Raises `ValidationError` when nothing is chosen, or when a change was no longer there. A change
    that the text refuses is handed back in `refused`, the others are made.
    """
    _enter(act, by=by, on=on)
    if party is None and act.status != ActStatus.PROJET:
        raise ValidationError(FOR_NOBODY, code="party")
    preview = preview_word(act, on=on, name=name, data=data)
    chosen = [change for change in preview.changes if change.key in keys]
    kept = [one for one in preview.remarks if one.id in remarks]
    if len(chosen) < len(set(keys)):
        raise ValidationError(CHANGED, code="stale")
    if not chosen and not kept:
        raise ValidationError(NOTHING, code="required")
    work = _Import(act, by, on, party)
    work.keep(name, data)
    work.take(in_order_of_writing(chosen))
    threads = work.discuss(kept)
    told = {"proposals": len(work.proposals), "written": work.written, "threads": threads}
    record_in_act(act, act, by=by, verb=Verb.WORD_IMPORTED, file=name, **told)
    return Imported(work.proposals, work.written, threads, work.refused, work.document)


def _enter(act: Act, *, by: User, on: date) -> None:
    """Those who contribute propose; in a draft, those who write it write."""
    if act.status != ActStatus.PROJET:
        enter_negotiation(act, by=by, on=on, capability=Capability.CONTRIBUTE)
        return
    enter_draft_of(act, by=by, on=on)


class _Import:
    """One file being taken back."""

    def __init__(self, act: Act, by: User, on: date, party: Party | None) -> None:
        self.act, self.by, self.on, self.party = act, by, on, party
        self.articles = {one.code: one for one in act.convention.articles.all()}
        self.document: Document | None = None
        self.proposals: list[Proposal] = []
        self.refused: list[LeftOut] = []
        self.written = 0

    @property
    def is_private(self) -> bool:
        return self.act.status == ActStatus.PROJET

    def keep(self, name: str, data: bytes) -> None:
        """Keep the file where every party may read it; that of a private draft stays private."""
        if not self.is_private:
            self.document = store_document(
                self.act.convention,
                by=self.by,
                on=self.on,
                name=name,
                data=data,
                description=f"Fichier Word repris : {self.act}"[:300],
            )

    def take(self, changes: list[WordProposal]) -> None:
        for change in changes:
            try:
                with transaction.atomic():
                    self._take_one(change)
            except ValidationError as error:
                self.refused.append(LeftOut(" ".join(error.messages), change.title))

    def _take_one(self, change: WordProposal) -> None:
        if self.is_private:
            apply_proposal(self._unsaved(change), by=self.by, on=self.on)
            self.written += 1
        else:
            self.proposals.append(self._propose(change))

    def _propose(self, change: WordProposal) -> Proposal:
        return propose(
            self.act,
            by=self.by,
            on=self.on,
            party=self.party,
            kind=change.kind,
            article=self._article(change.code),
            base=change.base,
            parent=self._article(change.parent),
            after=self._article(change.after),
            article_kind=change.article_kind,
            document=self.document,
            signature=", ".join(change.authors),
            **change.words._asdict(),
        )

    def _unsaved(self, change: WordProposal) -> Proposal:
        """The same, as the editor's actions take it: nothing to answer, for nobody else reads."""
        base = {f"base_{name}": value for name, value in change.base._asdict().items()}
        return Proposal(
            act=self.act,
            kind=change.kind,
            article=self._article(change.code),
            parent=self._article(change.parent),
            after=self._article(change.after),
            article_kind=change.article_kind,
            **base,
            **change.words._asdict(),
        )

    def _article(self, code: int | None) -> Article | None:
        return self.articles.get(code)

    def discuss(self, remarks: list[Remark]) -> int:
        """Open a discussion for each comment; those that answer it go into it."""
        if self.party is None:
            self.refused += [LeftOut(FOR_NOBODY, remark.text) for remark in remarks]
            return 0
        opened = {}
        for remark in remarks:
            known = opened.get(remark.answers)
            if known is not None:
                said = {"body": remark.text or "…", "signature": remark.author}
                reply(known, by=self.by, on=self.on, party=self.party, **said)
                opened[remark.id] = known
            else:
                opened[remark.id] = self._open(remark)
        return len(set(opened.values()))

    def _open(self, remark: Remark):
        return open_thread(
            self.act,
            by=self.by,
            on=self.on,
            party=self.party,
            body=remark.text or "…",
            article=self._article(remark.code),
            passage=remark.passage,
            scope=ThreadScope.INTERNE if self.is_private else ThreadScope.PARTAGE,
            signature=remark.author,
        )


@transaction.atomic
def withdraw_import(document: Document, *, by: User, on: date) -> int:
    """Take back every proposal of a file that nobody has answered; return how many there were."""
    found = document.proposals.filter(status=ProposalStatus.OUVERTE).select_related("act", "party")
    withdrawn = 0
    for proposal in found:
        withdraw_proposal(proposal, by=by, on=on)
        withdrawn += 1
    if withdrawn:
        act = document.proposals.select_related("act").first().act
        record_in_act(act, act, by=by, verb=Verb.WORD_WITHDRAWN, file=document.name)
    return withdrawn
