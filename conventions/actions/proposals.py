"""Proposals: what a party asks to change, and what the side that holds the pen makes of it.

Accepting writes through the same actions as the editor: what others wrote since the proposal was
made is merged with it, and words that both changed are settled by a person, never overwritten.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import acting_parties, check_acts_for
from conventions.actions.draft import check_pen
from conventions.actions.negotiation import enter_negotiation, tell
from conventions.actions.proposals_apply import apply_proposal
from conventions.enums import ArticleKind, ProposalKind, ProposalStatus
from conventions.models import Act, Article, Document, Party, Proposal
from conventions.models.consolidated import ConsolidatedArticle, draft_text
from conventions.models.negotiation_read import turn_of
from conventions.rules.negotiation import Answer, Wording, answered

ELSEWHERE = "Cet article n’est pas dans ce texte."
NOTHING = "Cette proposition ne change rien au texte : modifiez-le d’abord."
NO_WORDS = "Donnez au moins un titre ou un texte à l’article proposé."
REASON = "Dites en une phrase pourquoi la proposition est refusée."
NOT_YOURS = "Seul son auteur, ou un responsable de sa partie, retire une proposition."


@transaction.atomic
def propose(
    act: Act,
    *,
    by: User,
    on: date,
    party: Party,
    kind: str,
    article: Article | None = None,
    number: str = "",
    heading: str = "",
    body: str = "",
    reason: str = "",
    base: Wording | None = None,
    parent: Article | None = None,
    after: Article | None = None,
    article_kind: str = ArticleKind.ARTICLE,
    document: Document | None = None,
    signature: str = "",
) -> Proposal:
    """Ask for a change, in the name of a party that `by` acts for.

    `base` is the wording it was written against, when it is not the one of now (a Word file).
    An article to insert goes inside `parent`, behind its sibling `after`, else last.
    """
    enter_negotiation(act, by=by, on=on)
    check_acts_for(by, party, Capability.CONTRIBUTE, on=on)
    standing = None if kind == ProposalKind.INSERER else _standing(act, article)
    _check_place(act, parent, after)
    read = Wording(standing.number, standing.heading, standing.body) if standing else Wording()
    base = base or read
    proposal = Proposal(
        act=act,
        party=party,
        kind=kind,
        article=article if standing else None,
        parent=parent,
        after=after,
        article_kind=standing.kind if standing else article_kind,
        base_number=base.number,
        base_heading=base.heading,
        base_body=base.body,
        reason=reason.strip(),
        document=document,
        signature=signature[:200],
        made_by=by,
        made_at=datetime.now(UTC),
        **_asked(kind, Wording(number, heading, body), base)._asdict(),
    )
    proposal.full_clean()
    _check_changes(proposal)
    proposal.save()
    _told(proposal, Verb.PROPOSAL_MADE, by=by, on=on)
    return proposal


def _standing(act: Act, article: Article | None) -> ConsolidatedArticle:
    wanted = article.pk if article else None
    found = next((one for one in draft_text(act) if one.article_id == wanted), None)
    if found is None:
        raise ValidationError({"article": ELSEWHERE}, code="elsewhere")
    return found


def _check_place(act: Act, parent: Article | None, after: Article | None) -> None:
    for article in filter(None, (parent, after)):
        if article.convention_id != act.convention_id:
            raise ValidationError({"parent": ELSEWHERE}, code="elsewhere")


def _asked(kind: str, words: Wording, base: Wording) -> Wording:
    """Keep of the words those that this kind of proposal changes."""
    if kind == ProposalKind.RETIRER:
        return base
    if kind == ProposalKind.RENUMEROTER:
        return base._replace(number=words.number.strip())
    body = words.body.replace("\r\n", "\n").strip()
    return Wording(words.number.strip(), words.heading.strip(), body)


def _check_changes(proposal: Proposal) -> None:
    if proposal.inserts and not (proposal.heading or proposal.body):
        raise ValidationError({"heading": NO_WORDS}, code="required")
    if not proposal.inserts and not proposal.removes and proposal.words == proposal.base:
        raise ValidationError(NOTHING, code="unchanged")


def _enter_proposal(proposal: Proposal, *, by: User, on: date, capability: Capability) -> None:
    """Lock the convention, then read the proposal as it stands now."""
    enter_negotiation(proposal.act, by=by, on=on, capability=capability)
    proposal.refresh_from_db()


@transaction.atomic
def accept_proposal(
    proposal: Proposal, *, by: User, on: date, settled: Wording | None = None, seen: str = ""
) -> Proposal:
    """Write what is proposed into the text, merged with what was written since it was made.

    Raises `revisions.ConflictError` when both changed the same words: `settled` is then the wording
    that a person chose, having `seen` the article as it reads now.
    """
    _enter_proposal(proposal, by=by, on=on, capability=Capability.MANAGE)
    check_pen(proposal.act, by=by, on=on)
    status = answered(Answer.ACCEPTER, proposal.status)
    proposal.article = apply_proposal(proposal, by=by, on=on, settled=settled, seen=seen)
    return _answer(proposal, status, Verb.PROPOSAL_ACCEPTED, by=by, on=on)


@dataclass(frozen=True)
class Accepted:
    """What became of several proposals accepted at once: those left must be settled by a person."""

    done: list[Proposal]
    left: list[Proposal]


@transaction.atomic
def accept_all(act: Act, article: Article, *, by: User, on: date) -> Accepted:
    """Accept the open proposals on an article, in their order, but those that overlap another."""
    enter_negotiation(act, by=by, on=on, capability=Capability.MANAGE)
    check_pen(act, by=by, on=on)
    done, left = [], []
    for proposal in act.proposals.filter(article=article, status=ProposalStatus.OUVERTE):
        try:
            with transaction.atomic():
                done.append(accept_proposal(proposal, by=by, on=on))
        except ValidationError:
            left.append(proposal)
    return Accepted(done, left)


@transaction.atomic
def refuse_proposal(proposal: Proposal, *, by: User, on: date, reason: str) -> Proposal:
    """Refuse, saying why to those who proposed."""
    _enter_proposal(proposal, by=by, on=on, capability=Capability.MANAGE)
    check_pen(proposal.act, by=by, on=on)
    status = answered(Answer.REFUSER, proposal.status)
    if not reason.strip():
        raise ValidationError({"reason": REASON}, code="required")
    return _answer(proposal, status, Verb.PROPOSAL_REFUSED, by=by, on=on, words=reason.strip())


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: User, on: date) -> Proposal:
    """Take back what one's side proposed and nobody answered."""
    _enter_proposal(proposal, by=by, on=on, capability=Capability.CONTRIBUTE)
    needed = Capability.CONTRIBUTE if by.pk == proposal.made_by_id else Capability.MANAGE
    if not _acts_for(by, proposal.party, needed, on=on):
        raise ValidationError(NOT_YOURS, code="not_yours")
    status = answered(Answer.RETIRER, proposal.status)
    return _answer(proposal, status, Verb.PROPOSAL_WITHDRAWN, by=by, on=on)


def _acts_for(by: User, party: Party, capability: Capability, *, on: date) -> bool:
    return acting_parties(by, party.convention, capability, on=on).filter(pk=party.pk).exists()


@transaction.atomic
def reopen_proposal(proposal: Proposal, *, by: User, on: date) -> Proposal:
    """Put an answered proposal back to be examined. The text, if it was accepted, stays as it is.

    Its own side may, and so may the one that holds the pen.
    """
    _enter_proposal(proposal, by=by, on=on, capability=Capability.CONTRIBUTE)
    status = answered(Answer.ROUVRIR, proposal.status)
    if not _acts_for(by, proposal.party, Capability.CONTRIBUTE, on=on):
        check_pen(proposal.act, by=by, on=on)
    proposal.status, proposal.answer = status, ""
    proposal.answered_by = proposal.answered_at = None
    proposal.save(update_fields=["status", "answer", "answered_by", "answered_at"])
    _told(proposal, Verb.PROPOSAL_REOPENED, by=by, on=on)
    return proposal


def _answer(
    proposal: Proposal, status: str, verb: Verb, *, by: User, on: date, words: str = ""
) -> Proposal:
    proposal.status, proposal.answer = status, words
    proposal.answered_by, proposal.answered_at = by, datetime.now(UTC)
    proposal.full_clean()
    proposal.save(update_fields=["status", "answer", "answered_by", "answered_at", "article"])
    _told(proposal, verb, by=by, on=on, reason=words)
    return proposal


def _told(proposal: Proposal, verb: Verb, *, by: User, on: date, reason: str = "") -> None:
    """Write the journal, and tell those who answer, or those who are answered."""
    act = proposal.act
    data = {"reason": reason} if reason else {}
    record(by, verb, proposal, dossier=act.convention_id, label=proposal.label, **data)
    turn = turn_of(act)
    parties = act.convention.parties.in_force(on=on)
    if turn is not None:
        parties = parties.filter(pk__in=[turn.holder_id, proposal.party_id])
    tell(act, parties, by=by, at=proposal.answered_at or proposal.made_at)
