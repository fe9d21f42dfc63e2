"""The clauses of a convention as they are read: one statement for all kinds."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from conventions.enums import ActStatus
from conventions.models.act import STANDING_ACT, Act
from conventions.models.article import ArticleVersion
from conventions.models.clause import (
    Clause,
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.models.prepared import Prepared
from conventions.rules.clauses import (
    duration_in_words,
    follow_up_in_words,
    revoyure_in_words,
    termination_in_words,
)

_COMMON = ("wording", "confirmed_on", "replaces", "repeals")
_TIMED = ("quantity", "unit", "trigger")
_FIELDS: dict[type[Clause], tuple[str, ...]] = {
    DurationClause: (*_TIMED, "prorogation_possible"),
    RevoyureClause: (
        "year_basis", "opens_month", "opens_day", "contribution_days", "meeting_days",
    ),
    TerminationClause: ("operation", *_TIMED, "carry", "franc", "ground", "form"),
    FollowUpClause: ("body", "per_year", "year_basis"),
}  # fmt: skip


@dataclass(frozen=True)
class ClauseRead:
    """A clause with the number of its article and of the act that wrote it."""

    act: int
    article_id: int | None
    number: str
    wording: str
    is_confirmed: bool
    terms: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Clauses:
    """What binds: a later act replaces duration and review, and adds ways out and follow-ups."""

    duration: ClauseRead | None
    revoyure: ClauseRead | None
    terminations: tuple[ClauseRead, ...]
    follow_ups: tuple[ClauseRead, ...] = ()


def _of(model: type[Clause], clauses: QuerySet) -> QuerySet:
    number = ArticleVersion.objects.numbering().filter(article=OuterRef("article"))
    told = JSONObject(
        pk="pk",
        act="act__number",
        article="article_id",
        number=Subquery(number.values("number")[:1]),
        status="act__status",
        from_on=Coalesce("effective_on", "act__effective_on"),
        **{name: name for name in (*_COMMON, *_FIELDS[model])},
    )
    return clauses.order_by().values_list(Value(model._meta.model_name), told)


def _clauses(keys: list[int], _on: date) -> QuerySet:
    duration, *others = (
        _of(model, model.objects.standing().filter(convention__in=keys)) for model in _FIELDS
    )
    return duration.union(*others, all=True)


_CLAUSES = Prepared(_clauses)


def clauses_of(convention_pk: int, *, on: date) -> Clauses:
    """Return the clauses that bind on a day; of an unsigned text, those that its draft writes.

    A convention signed for later is read as on its first day.
    """
    rows = [(kind, json.loads(text)) for kind, text in _CLAUSES.rows([convention_pk])]
    return _gathered(_binding(rows, on=on))


def clauses_with(act: Act) -> Clauses:
    """Return the clauses that would bind once a draft act is signed, at its last effect."""
    found = []
    for model in _FIELDS:
        kept = model.objects.filter(STANDING_ACT | Q(act=act), convention=act.convention_id)
        found += [(kind, row | _planned(row, act)) for kind, row in _of(model, kept)]
    return _gathered(_binding(found, on=date.max))


def _planned(row: dict[str, Any], act: Act) -> dict[str, str]:
    """A clause of the draft counts as signed; without a date it comes behind all the others."""
    if row["act"] != act.number:
        return {}
    return {"status": ActStatus.SIGNE, "from_on": str(row["from_on"] or date.max)}


def _gathered(rows: list[tuple[str, dict]]) -> Clauses:
    read: dict[str, list[ClauseRead]] = {model._meta.model_name: [] for model in _FIELDS}
    for kind, row in sorted(rows, key=_prevalence):
        read[kind].append(_read(row))
    durations, reviews, terminations, follow_ups = read.values()
    return Clauses(
        duration=durations[-1] if durations else None,
        revoyure=reviews[-1] if reviews else None,
        terminations=tuple(terminations),
        follow_ups=tuple(follow_ups),
    )


def _prevalence(pair: tuple[str, dict[str, Any]]) -> tuple:
    row = pair[1]
    return (row["from_on"] or "", row["act"], row["pk"])


def _binding(rows: list[tuple[str, dict]], *, on: date) -> list[tuple[str, dict]]:
    """Python twin of `ClauseQuerySet.binding`, on rows read in one statement."""
    counted = [
        (kind, row)
        for kind, row in rows
        if row["act"] == 0 or (row["status"] == ActStatus.SIGNE and row["from_on"] <= str(on))
    ]
    replaced = {(kind, row["replaces"]) for kind, row in counted if row["replaces"]}
    return [
        (kind, row)
        for kind, row in counted
        if not row["repeals"] and (kind, row["pk"]) not in replaced
    ]


_READ_APART = frozenset({"pk", "status", "from_on", "replaces", "repeals"})


def _read(row: dict[str, Any]) -> ClauseRead:
    return ClauseRead(
        act=row.pop("act"),
        article_id=row.pop("article"),
        number=row.pop("number") or "",
        wording=row.pop("wording"),
        is_confirmed=row.pop("confirmed_on") is not None,
        terms={name: value for name, value in row.items() if name not in _READ_APART},
    )


class ClauseLine(NamedTuple):
    """A clause in one sentence, and the clause itself for its article and its own words."""

    name: str
    sentence: str
    clause: ClauseRead


def clause_lines(clauses: Clauses) -> list[ClauseLine]:
    """Say in one sentence each clause that binds, in the order of a convention."""
    lines = []
    if clauses.duration:
        words = duration_in_words(**clauses.duration.terms)
        lines.append(ClauseLine("Durée", words, clauses.duration))
    if clauses.revoyure:
        words = revoyure_in_words(**clauses.revoyure.terms)
        lines.append(ClauseLine("Revoyure", words, clauses.revoyure))
    for clause in clauses.follow_ups:
        lines.append(ClauseLine("Suivi", follow_up_in_words(**clause.terms), clause))
    for clause in clauses.terminations:
        lines.append(ClauseLine("Résiliation", termination_in_words(**clause.terms), clause))
    return lines
