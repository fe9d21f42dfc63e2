"""What the database says of an act, in the words that the guards of signature understand."""

from itertools import chain

from conventions.models import (
    Act,
    Convention,
    DurationClause,
    Mandate,
    RevoyureClause,
    TerminationClause,
)
from conventions.rules.signature import ActFacts, MandateFacts, SignatoryFacts


def _mandate_facts(mandate: Mandate | None) -> MandateFacts | None:
    if mandate is None:
        return None
    return MandateFacts(
        label=str(mandate),
        kind=mandate.kind,
        adopted_on=mandate.adopted_on,
        received_on=mandate.received_on,
        enforceable_on=mandate.enforceable_on,
        valid_until=mandate.valid_until,
        votes_for=mandate.votes_for,
        votes_against=mandate.votes_against,
    )


def clauses_of(act: Act) -> list[DurationClause | RevoyureClause | TerminationClause]:
    return list(
        chain.from_iterable(
            clause.objects.filter(act=act).select_related("article")
            for clause in (DurationClause, RevoyureClause, TerminationClause)
        )
    )


def facts_of(convention: Convention, act: Act | None = None) -> ActFacts:
    """Return the facts about an act of the convention, its initial one by default."""
    act = act or convention.acts.get(number=0)
    clauses = clauses_of(act)
    signatories = act.signatories.select_related("party", "mandate")
    return ActFacts(
        parties=tuple(str(party) for party in convention.parties.all()),
        signatories=tuple(
            SignatoryFacts(
                name=signatory.name,
                party=str(signatory.party),
                mandate=_mandate_facts(signatory.mandate),
                signed_on=signatory.signed_on,
            )
            for signatory in signatories
        ),
        has_text=act.article_versions.exists(),
        has_duration=any(isinstance(clause, DurationClause) for clause in clauses),
        unconfirmed=tuple(str(clause) for clause in clauses if not clause.is_confirmed),
    )
