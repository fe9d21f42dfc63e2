"""The clauses of a convention as they are read: one statement for the three kinds."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from conventions.models.act import ArticleVersion
from conventions.models.clause import Clause, DurationClause, RevoyureClause, TerminationClause
from conventions.models.prepared import Prepared

_COMMON = ("wording", "confirmed_on")
_TIMED = ("quantity", "unit", "trigger")
_FIELDS: dict[type[Clause], tuple[str, ...]] = {
    DurationClause: (*_TIMED, "prorogation_possible"),
    RevoyureClause: (
        "year_basis", "opens_month", "opens_day", "contribution_days", "meeting_days",
    ),
    TerminationClause: ("operation", *_TIMED, "ground", "form"),
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
    """What binds: a later act replaces duration and review, and adds ways out."""

    duration: ClauseRead | None
    revoyure: ClauseRead | None
    terminations: tuple[ClauseRead, ...]


def _of(model: type[Clause], keys: list[int]) -> QuerySet:
    number = ArticleVersion.objects.filter(article=OuterRef("article"), act=OuterRef("act"))
    told = JSONObject(
        pk="pk",
        act="act__number",
        article="article_id",
        number=Subquery(number.order_by().values("number")[:1]),
        **{name: name for name in (*_COMMON, *_FIELDS[model])},
    )
    rows = model.objects.filter(convention__in=keys).order_by()
    return rows.values_list(Value(model._meta.model_name), told)


def _clauses(keys: list[int], _on: date) -> QuerySet:
    duration, *others = (_of(model, keys) for model in _FIELDS)
    return duration.union(*others, all=True)


_CLAUSES = Prepared(_clauses)


def clauses_of(convention_pk: int) -> Clauses:
    read: dict[str, list[ClauseRead]] = {model._meta.model_name: [] for model in _FIELDS}
    rows = [(kind, json.loads(text)) for kind, text in _CLAUSES.rows([convention_pk])]
    for kind, row in sorted(rows, key=lambda pair: (pair[1]["act"], pair[1]["pk"])):
        read[kind].append(_read(row))
    durations, reviews, terminations = read.values()
    return Clauses(
        duration=durations[-1] if durations else None,
        revoyure=reviews[-1] if reviews else None,
        terminations=tuple(terminations),
    )


def _read(row: dict[str, Any]) -> ClauseRead:
    return ClauseRead(
        act=row.pop("act"),
        article_id=row.pop("article"),
        number=row.pop("number") or "",
        wording=row.pop("wording"),
        is_confirmed=row.pop("confirmed_on") is not None,
        terms={name: value for name, value in row.items() if name != "pk"},
    )
