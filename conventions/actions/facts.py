"""What the database says of an act, in the words that the guards of signature understand."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from itertools import chain

from accounts.enums import Verb
from accounts.models import JournalEntry
from conventions.enums import Etape, MandateKind
from conventions.models import (
    Act,
    Approval,
    ArticleVersion,
    Convention,
    Definition,
    DurationClause,
    FollowUpClause,
    Mandate,
    Party,
    PartyChange,
    RevoyureClause,
    Signatory,
    TerminationClause,
    Visa,
)
from conventions.rules.faits import (
    ACTION_LOGEMENT,
    ActFacts,
    ApprovalFacts,
    MandateFacts,
    PartyFacts,
    SignatoryFacts,
    TermFacts,
)
from conventions.signals import acte_redige

CLAUSES = (DurationClause, RevoyureClause, TerminationClause, FollowUpClause)
# Everything an act says, table by table. Who confirmed a clause is no part of its words, nor what
# empowers a newcomer to sign, which comes after the accord.
_WORDS = (
    Visa,
    ArticleVersion,
    Definition,
    DurationClause,
    RevoyureClause,
    TerminationClause,
    PartyChange,
    FollowUpClause,
)
# Tables laid after acts had been sealed: an act that says nothing there keeps the digest it had.
_LAID_LATER = frozenset({FollowUpClause})
_NOT_WORDS = frozenset(
    {
        "id", "act", "convention", "confirmed_by", "confirmed_on", "signatory_name",
        "signatory_capacity", "mandate_kind", "mandate_number", "adopted_on", "received_on",
    }
)  # fmt: skip
# Rows are named by what is the same in every portal: a digest survives an export and its import.
_NATURAL = {
    "article": "article__code",
    "after": "after__code",
    "replaces": "replaces__act__number",
    "party": "party__position",
    "organisation": "organisation__siren",
}
_MOVES = {
    Verb.CONVENTION_SHARED: Etape.NEGOCIATION,
    Verb.CONVENTION_TEXT_CLOSED: Etape.VALIDATION,
    Verb.CONVENTION_SENT_TO_SIGNATURE: Etape.SIGNATURE,
}


def text_digest(act: Act) -> str:
    """Return the SHA-256 of all that the act says: one letter changed gives another."""
    words: dict[str, list] = {"act": [act.title, act.purpose, act.closing, act.automatic_numbering]}
    if act.number:
        words["act"].append(str(act.effective_on or ""))
        words["above"] = _said_above(act)
    places = ArticleVersion.objects.filter(act=act).order_by("article__code")
    words["places"] = list(
        places.values_list("article__code", "article__kind", "article__parent__code")
    )
    for table in _WORDS:
        names = [
            _NATURAL.get(field.name, field.attname)
            for field in table._meta.concrete_fields
            if field.name not in _NOT_WORDS
        ]
        rows = table.objects.filter(act=act).order_by().values_list(*names)
        said = sorted([str(value) for value in row] for row in rows)
        if said or table not in _LAID_LATER:
            words[table._meta.model_name] = said
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def _said_above(act: Act) -> list[list[str]]:
    """What an avenant does to engagements and figures, as the floors above write it out."""
    answers = acte_redige.send(sender=Act, act=act)
    return sorted(
        [said.sentence, said.heading, said.body] for _, provisions in answers for said in provisions
    )


def clauses_of(
    act: Act,
) -> list[DurationClause | RevoyureClause | TerminationClause | FollowUpClause]:
    """The clauses an act writes, in the order of a convention."""
    return list(
        chain.from_iterable(
            clause.objects.filter(act=act).select_related("article", "confirmed_by")
            for clause in CLAUSES
        )
    )


def standing_approvals(act: Act):
    """The accords nobody withdrew, whatever became of the text since."""
    rows = Approval.objects.filter(act=act, withdrawn_at__isnull=True)
    return rows.select_related("party", "given_by").order_by("party__position")


def _mandate_facts(mandate: Mandate, party: Party) -> MandateFacts:
    copied = (
        "kind", "act_id", "covers_avenants", "number", "adopted_on", "votes_for", "votes_against",
        "members_in_office", "received_on", "published_on", "certified_on", "certified_by",
        "valid_until",
    )  # fmt: skip
    values = {name: getattr(mandate, name) for name in copied}
    is_private = party.organisation.kind in ACTION_LOGEMENT
    return MandateFacts(
        label=str(mandate),
        key=mandate.pk,
        is_transmissible=mandate.kind == MandateKind.DELIBERATION and not is_private,
        act_key=values.pop("act_id"),
        has_document=mandate.document_id is not None,
        **values,
    )


def _party_facts(party: Party) -> PartyFacts:
    return PartyFacts(
        name=str(party),
        key=party.pk,
        nature=party.organisation.kind,
        mandates=tuple(_mandate_facts(mandate, party) for mandate in party.mandates.all()),
    )


def _signatories(act: Act | None) -> tuple[SignatoryFacts, ...]:
    rows = Signatory.objects.filter(act=act).select_related("party__organisation", "mandate")
    return tuple(
        SignatoryFacts(
            name=row.name,
            party=str(row.party),
            capacity=row.capacity,
            key=row.pk,
            mandate=_mandate_facts(row.mandate, row.party) if row.mandate else None,
            signed_on=row.signed_on,
        )
        for row in rows.order_by("party__position", "position")
    )


def _predecessors(act: Act) -> tuple[SignatoryFacts, ...]:
    """Those who signed the last act before this one."""
    signed = Act.objects.signed().filter(convention=act.convention_id, number__lt=act.number)
    last = signed.order_by("-number").first()
    return _signatories(last) if last else ()


def _approvals(act: Act) -> tuple[ApprovalFacts, ...]:
    given = list(standing_approvals(act))
    digest = text_digest(act) if given and not act.is_signed else None
    return tuple(
        ApprovalFacts(str(one.party), one.given_at.date(), digest in {None, one.digest})
        for one in given
    )


def _has_text(act: Act) -> bool:
    """An avenant may change a clause or a party and leave every article as it is."""
    if act.article_versions.exists():
        return True
    return act.number > 0 and (bool(clauses_of(act)) or act.party_changes.exists())


def _term(convention: Convention, act: Act, clauses: list) -> TermFacts:
    moves = act.number > 0 and any(isinstance(clause, DurationClause) for clause in clauses)
    ended_on = (convention.terminated_on or convention.closed_on) if act.number else None
    return TermFacts(ends_on=convention.ends_on, moves=moves, ended_on=ended_on)


def facts_of(act: Act, *, on: date) -> ActFacts:
    """Return the facts about an act, its parties being those of `on`."""
    convention, clauses = act.convention, clauses_of(act)
    parties = convention.parties.in_force(on=on).order_by("position")
    return ActFacts(
        key=act.pk,
        number=act.number,
        label=str(act),
        status=act.status,
        kind=convention.kind,
        recorded_afterwards=act.recorded_afterwards,
        parties=tuple(
            _party_facts(party)
            for party in parties.select_related("organisation").prefetch_related("mandates")
        ),
        signatories=_signatories(act),
        predecessors=_predecessors(act),
        approvals=_approvals(act),
        has_text=_has_text(act),
        has_duration=any(isinstance(clause, DurationClause) for clause in clauses),
        unconfirmed=tuple(str(clause) for clause in clauses if not clause.is_confirmed),
        term=_term(convention, act, clauses),
        signed_on=act.signed_on,
        waived=tuple(act.waived),
    )


def with_moves(facts: ActFacts, act: Act) -> ActFacts:
    """Add the day of each move made so far, as the journal tells it."""
    subject = act.convention if act.number == 0 else act
    entries = JournalEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk, verb__in=_MOVES
    ).order_by("pk")
    days = {_MOVES[Verb(verb)]: at.date() for verb, at in entries.values_list("verb", "at")}
    return replace(facts, moved_on=days)
