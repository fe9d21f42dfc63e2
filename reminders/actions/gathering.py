"""Reading a convention from the database into the plain facts that the rules project.

A fixed number of queries, whatever the number of its engagements, clauses and reviews.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Prefetch, QuerySet

from accounts.enums import OrganisationKind
from conventions.enums import ActKind, LetterKind, MandateKind
from conventions.models import (
    Convention,
    DurationClause,
    Mandate,
    RegisteredLetter,
    RevoyureClause,
    Termination,
    TerminationClause,
)
from conventions.models.consolidated import consolidated_text
from conventions.rules.sorties import cure_ends, lre_answer_by
from engagements.enums import State
from engagements.models import Engagement, Revoyure, StateChange
from engagements.rules.situations import awaited
from reminders.rules.facts import (
    ConventionFacts,
    DurationFacts,
    EndingFacts,
    EngagementFacts,
    LetterFacts,
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
        terminated_on=convention.terminated_on,
        zone=Zone(convention.zone),
    )
    if not facts.was_signed:
        return facts
    read_on = max(on, convention.starts_on)
    labels = _article_labels(convention, on=read_on)
    return replace(
        facts,
        signed_on=_initial_signature(convention),
        duration=_duration(convention, labels, on=read_on),
        terminations=_terminations(convention, labels, on=read_on),
        revoyure_clause=_revoyure_clause(convention, labels, on=read_on),
        revoyures=_revoyures(convention),
        engagements=tuple(_engagements(convention, labels, on=on)),
        mandates=tuple(_mandates(convention)),
        endings=tuple(_endings(convention, labels)),
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


def _article_labels(convention: Convention, *, on: date) -> dict[int, str]:
    text = consolidated_text(convention, on=on, with_body=False)
    return {article.article_id: article.label for article in text}


def _initial_signature(convention: Convention) -> date | None:
    initial = convention.acts.signed().filter(kind=ActKind.INITIAL)
    return initial.values_list("signed_on", flat=True).first()


def _origin(clause, labels: dict[int, str]) -> Origin:
    return Origin(clause.article_id, labels.get(clause.article_id, ""), clause.wording)


def _binding(model, convention: Convention, *, on: date) -> QuerySet:
    """Return the clauses that bind, the one that prevails first."""
    rows = model.objects.binding(on=on).filter(convention=convention)
    return rows.order_by("-from_on", "-act__number", "pk")


def _duration(convention: Convention, labels: dict[int, str], *, on: date) -> DurationFacts | None:
    for clause in _binding(DurationClause, convention, on=on)[:1]:
        return DurationFacts(
            quantity=clause.quantity,
            unit=clause.unit,
            trigger=clause.trigger,
            prorogation_possible=clause.prorogation_possible,
            origin=_origin(clause, labels),
        )
    return None


def _terminations(
    convention: Convention, labels: dict[int, str], *, on: date
) -> tuple[TerminationFacts, ...]:
    """Return every way out: a later act adds some, and replaces those of an article it rewrites.

    An article that an act repealed takes its clause with it.
    """
    last: dict[int, int] = {}
    kept = []
    for clause in _binding(TerminationClause, convention, on=on):
        if clause.article_id is not None:
            prevailing = last.setdefault(clause.article_id, clause.act_id)
            if clause.article_id not in labels or clause.act_id != prevailing:
                continue
        kept.append(clause)
    return tuple(
        termination_facts(clause, _origin(clause, labels))
        for clause in sorted(kept, key=lambda clause: clause.pk)
    )


def _revoyure_clause(
    convention: Convention, labels: dict[int, str], *, on: date
) -> RevoyureClauseFacts | None:
    for clause in _binding(RevoyureClause, convention, on=on)[:1]:
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


def _engagements(
    convention: Convention, labels: dict[int, str], *, on: date
) -> list[EngagementFacts]:
    kept = StateChange.objects.filter(state=State.TENU).order_by("pk")
    rows = convention.engagements.standing(on=on).prefetch_related(
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


def _endings(convention: Convention, labels: dict[int, str]) -> list[EndingFacts]:
    """The ways out that both sides know of: their event has happened."""
    rows = convention.endings.filter(event_on__isnull=False).select_related("party", "clause")
    return [_ending(row, labels) for row in rows.prefetch_related("letters__addressee")]


def _ending(row: Termination, labels: dict[int, str]) -> EndingFacts:
    return EndingFacts(
        pk=row.pk,
        kind=row.kind,
        status=row.status,
        party=str(row.party),
        event_on=row.event_on,
        effect_on=row.effect_on,
        cure_ends_on=cure_ends(row.event_on, row.cure_days) if row.cure_days else None,
        closed_on=row.withdrawn_on,
        steps=tuple(row.steps),
        clause_id=row.clause_id,
        origin=_origin(row.clause, labels) if row.clause else Origin(),
        awaited_answers=tuple(_answers(row.letters.all())),
    )


def _answers(letters: Iterable[RegisteredLetter]) -> list[LetterFacts]:
    return [
        LetterFacts(letter.pk, str(letter.addressee), lre_answer_by(letter.posted_on))
        for letter in letters
        if letter.kind == LetterKind.LRE
        and letter.posted_on
        and not (letter.delivered_on or letter.returned_on)
    ]
