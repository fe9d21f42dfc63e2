"""Reading a convention from the database into the plain facts that the rules project.

A fixed number of queries, whatever the number of its engagements, clauses and reviews.
"""

from dataclasses import replace
from datetime import date

from django.db.models import Prefetch

from accounts.enums import OrganisationKind
from conventions.enums import ActKind, MandateKind
from conventions.models import (
    Act,
    ArticleVersion,
    Convention,
    DurationClause,
    Mandate,
    RevoyureClause,
    TerminationClause,
)
from engagements.enums import State
from engagements.models import Engagement, Revoyure, StateChange
from engagements.rules.situations import awaited
from reminders.rules.facts import (
    ConventionFacts,
    DurationFacts,
    EngagementFacts,
    MandateFacts,
    Origin,
    RevoyureClauseFacts,
    RevoyureFacts,
    TerminationFacts,
)
from reminders.rules.ladder import local_day
from territories.enums import Zone
from territories.rules.french import enumerate_words


def facts_of(convention: Convention, *, on: date) -> ConventionFacts:
    """Return what the convention says on `on`: a text not yet in force is read as on its first day.

    No query is spent on an unsigned one, which has nothing to say.
    """
    facts = ConventionFacts(
        situation=convention.situation_on(on),
        starts_on=convention.starts_on,
        basis=convention.starts_on_basis,
        basis_note=convention.starts_on_note,
        ends_on=convention.ends_on,
        closed_on=convention.closed_on,
        zone=Zone(convention.zone),
    )
    if not facts.was_signed:
        return facts
    read_on = max(on, convention.starts_on)
    acts = _acts_in_force(convention, on=read_on)
    labels = _article_labels(convention, on=read_on)
    return replace(
        facts,
        signed_on=_initial_signature(acts),
        duration=_duration(acts, labels),
        terminations=_terminations(acts, labels),
        revoyure_clause=_revoyure_clause(acts, labels),
        revoyures=_revoyures(convention),
        engagements=tuple(_engagements(convention, labels)),
        mandates=tuple(_mandates(convention)),
        epcis=_epcis(convention, on=on),
    )


def _epcis(convention: Convention, *, on: date) -> dict[int, str]:
    parties = convention.parties.in_force(on=on).filter(organisation__kind=OrganisationKind.EPCI)
    return {party.pk: str(party) for party in parties}


def termination_facts(clause: TerminationClause, origin: Origin | None = None) -> TerminationFacts:
    return TerminationFacts(
        pk=clause.pk,
        quantity=clause.quantity,
        unit=clause.unit,
        trigger=clause.trigger,
        carry=clause.carry,
        franc=clause.franc,
        ground=clause.ground,
        survival=clause.survival,
        origin=origin or Origin(clause.article_id, "", clause.wording),
    )


def _acts_in_force(convention: Convention, *, on: date) -> list[Act]:
    """Return the acts in force, the one that prevails first."""
    return list(convention.acts.in_force(on=on).order_by("-effective_on", "-number"))


def _article_labels(convention: Convention, *, on: date) -> dict[int, str]:
    versions = ArticleVersion.objects.in_force(convention, on=on)
    return {version.article_id: version.label for version in versions}


def _initial_signature(acts: list[Act]) -> date | None:
    return next((act.signed_on for act in acts if act.kind == ActKind.INITIAL), None)


def _origin(clause, labels: dict[int, str]) -> Origin:
    return Origin(clause.article_id, labels.get(clause.article_id, ""), clause.wording)


def _prevailing(model, acts: list[Act]) -> list:
    """Return the clauses of the last act that has any: an act writes its clauses anew."""
    clauses = list(model.objects.filter(act__in=acts).order_by("pk"))
    for act in acts:
        written = [clause for clause in clauses if clause.act_id == act.pk]
        if written:
            return written
    return []


def _duration(acts: list[Act], labels: dict[int, str]) -> DurationFacts | None:
    for clause in _prevailing(DurationClause, acts):
        return DurationFacts(
            quantity=clause.quantity,
            unit=clause.unit,
            trigger=clause.trigger,
            prorogation_possible=clause.prorogation_possible,
            origin=_origin(clause, labels),
        )
    return None


def _terminations(acts: list[Act], labels: dict[int, str]) -> tuple[TerminationFacts, ...]:
    """Return every way out: a later act adds some, and replaces those of an article it rewrites.

    An article that an act repealed takes its clause with it.
    """
    ranks = {act.pk: rank for rank, act in enumerate(acts)}
    clauses = list(TerminationClause.objects.filter(act__in=acts).order_by("pk"))
    prevailing: dict[int, int] = {}
    for clause in clauses:
        rank = ranks[clause.act_id]
        prevailing[clause.article_id] = min(rank, prevailing.get(clause.article_id, rank))
    return tuple(
        termination_facts(clause, _origin(clause, labels))
        for clause in clauses
        if clause.article_id is None
        or (clause.article_id in labels and ranks[clause.act_id] == prevailing[clause.article_id])
    )


def _revoyure_clause(acts: list[Act], labels: dict[int, str]) -> RevoyureClauseFacts | None:
    for clause in _prevailing(RevoyureClause, acts):
        return RevoyureClauseFacts(
            year_basis=clause.year_basis,
            opens_month=clause.opens_month,
            opens_day=clause.opens_day,
            contribution_days=clause.contribution_days,
            meeting_days=clause.meeting_days,
            freeze_days=clause.freeze_days,
            transmission_days=clause.transmission_days,
            origin=_origin(clause, labels),
        )
    return None


def _revoyures(convention: Convention) -> dict[int, RevoyureFacts]:
    rows = convention.revoyures.defer("snapshot", "conclusion").prefetch_related("contributions")
    return {row.year: _revoyure(row, Zone(convention.zone)) for row in rows}


def _revoyure(revoyure: Revoyure, zone: Zone) -> RevoyureFacts:
    handed_over = [part.handed_over_at for part in revoyure.contributions.all()]
    everyone = handed_over and None not in handed_over
    return RevoyureFacts(
        opened_on=revoyure.opened_on,
        contributed_on=local_day(max(handed_over), zone) if everyone else None,
        meeting_on=revoyure.meeting_on,
        frozen_on=local_day(revoyure.frozen_at, zone) if revoyure.frozen_at else None,
    )


def _engagements(convention: Convention, labels: dict[int, str]) -> list[EngagementFacts]:
    kept = StateChange.objects.filter(state=State.TENU).order_by("pk")
    rows = convention.engagements.prefetch_related(
        "debts__party", Prefetch("state_changes", kept, to_attr="times_kept")
    )
    return [_engagement(row, labels) for row in rows if row.due_on or row.times_kept]


def _engagement(row: Engagement, labels: dict[int, str]) -> EngagementFacts:
    settled = tuple(change.declared_on for change in row.times_kept if change.next_due_on)
    expected = awaited(row.state, row.recurrence)
    over = not expected or row.due_on is None
    kept = over and row.times_kept and row.state in {State.TENU, State.CONTESTE}
    return EngagementFacts(
        pk=row.pk,
        code=row.code,
        title=row.title,
        due_on=row.due_on,
        expected=expected,
        kept_on=row.times_kept[-1].declared_on if kept else None,
        contested=row.state == State.CONTESTE,
        settled=settled,
        debtors=enumerate_words([str(debt.party) for debt in row.debts.all()]),
        recurrence=row.get_recurrence_display(),
        origin=Origin(row.article_id, labels.get(row.article_id, ""), row.wording),
    )


def _mandates(convention: Convention) -> list[MandateFacts]:
    rows = Mandate.objects.filter(party__convention=convention).select_related("party")
    return [
        MandateFacts(
            pk=row.pk,
            party_id=row.party_id,
            party=str(row.party),
            label=str(row),
            is_deliberation=row.kind == MandateKind.DELIBERATION,
            received_on=row.received_on,
            valid_until=row.valid_until,
        )
        for row in rows
        if row.received_on or row.valid_until
    ]
