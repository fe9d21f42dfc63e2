"""The clauses that bind many conventions, as the plain facts that the rules project."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from conventions.models import (
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.models.clause import Clause
from reminders.rules.facts import (
    DurationFacts,
    FollowUpFacts,
    Origin,
    RevoyureClauseFacts,
    TerminationFacts,
)

Labels = Mapping[int, str]


def clauses_of(
    pks: list[int], labels: Mapping[int, Labels], *, on: Combinable
) -> dict[str, dict[int, Any]]:
    """Return what binds each convention on `on`, by the name of the fact, then by convention.

    A later act replaces duration and review, and adds ways out and bodies that follow up.
    """
    return {
        "duration": _prevailing(DurationClause, pks, labels, _duration, on=on),
        "revoyure_clause": _prevailing(RevoyureClause, pks, labels, _revoyure, on=on),
        "terminations": _every(TerminationClause, pks, labels, termination_facts, on=on),
        "follow_ups": _every(FollowUpClause, pks, labels, _follow_up, on=on),
    }


def origin_of(clause: Clause, labels: Labels) -> Origin:
    return Origin(clause.article_id, labels.get(clause.article_id, ""), clause.wording)


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


def _binding(model: type[Clause], pks: list[int], *, on: Combinable) -> QuerySet:
    """Return the clauses that bind, the one that prevails first."""
    rows = model.objects.binding(on=on).filter(convention__in=pks)
    return rows.order_by("-from_on", "-act__number", "pk")


def _prevailing(
    model: type[Clause],
    pks: list[int],
    labels: Mapping[int, Labels],
    facts: Callable[[Any, Origin], Any],
    *,
    on: Combinable,
) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for clause in _binding(model, pks, on=on):
        pk = clause.convention_id
        if pk not in found:
            found[pk] = facts(clause, origin_of(clause, labels.get(pk, {})))
    return found


def _every(
    model: type[Clause],
    pks: list[int],
    labels: Mapping[int, Labels],
    facts: Callable[[Any, Origin], Any],
    *,
    on: Combinable,
) -> dict[int, tuple]:
    by_convention: dict[int, list[Clause]] = defaultdict(list)
    for clause in _binding(model, pks, on=on):
        by_convention[clause.convention_id].append(clause)
    return {
        pk: tuple(
            facts(clause, origin_of(clause, labels.get(pk, {})))
            for clause in sorted(_standing(rows, labels.get(pk, {})), key=lambda row: row.pk)
        )
        for pk, rows in by_convention.items()
    }


def _standing(clauses: Iterable[Clause], labels: Labels) -> list[Clause]:
    """Keep every clause: a later act adds some, and replaces those of an article it rewrites.

    An article that an act repealed takes its clauses with it.
    """
    last: dict[int, int] = {}
    kept = []
    for clause in clauses:
        if clause.article_id is not None:
            prevailing = last.setdefault(clause.article_id, clause.act_id)
            if clause.article_id not in labels or clause.act_id != prevailing:
                continue
        kept.append(clause)
    return kept


def _duration(clause: DurationClause, origin: Origin) -> DurationFacts:
    return DurationFacts(
        quantity=clause.quantity,
        unit=clause.unit,
        trigger=clause.trigger,
        prorogation_possible=clause.prorogation_possible,
        origin=origin,
    )


def _revoyure(clause: RevoyureClause, origin: Origin) -> RevoyureClauseFacts:
    return RevoyureClauseFacts(
        year_basis=clause.year_basis,
        opens_month=clause.opens_month,
        opens_day=clause.opens_day,
        contribution_days=clause.contribution_days,
        meeting_days=clause.meeting_days,
        freeze_days=clause.freeze_days,
        transmission_days=clause.transmission_days,
        origin=origin,
    )


def _follow_up(clause: FollowUpClause, origin: Origin) -> FollowUpFacts:
    return FollowUpFacts(
        pk=clause.pk,
        body=clause.body,
        per_year=clause.per_year,
        year_basis=clause.year_basis,
        origin=origin,
    )
