"""One convention seen from every floor at once: what its header and its tabs say, in one query."""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Exists,
    F,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONObject

from conventions.models import (
    Act,
    Article,
    ArticleVersion,
    Convention,
    Document,
    DurationClause,
    RegisteredLetter,
    RevoyureClause,
)
from conventions.models.prepared import Prepared
from conventions.rules.clauses import quantity_in_words, starting_from
from engagements.models import Engagement, Measurement, Revoyure, Target
from reminders.models import Deadline


@dataclass(frozen=True)
class NextDeadline:
    pk: int
    title: str
    due_on: date

    @classmethod
    def read(cls, row: dict | None) -> "NextDeadline | None":
        return row and cls(row["pk"], row["title"], date.fromisoformat(row["due_on"]))


@dataclass(frozen=True)
class Duration:
    """The clause of duration in a few words, and where it is written."""

    words: str
    article_id: int | None
    number: str


@dataclass(frozen=True)
class Portrait:
    """`counts` is by tab; what does not exist yet counts for nothing."""

    counts: dict[str, int]
    has_revoyure_clause: bool
    next_deadline: NextDeadline | None
    last_avenant: int
    duration: Duration | None


class _Total(Func):
    """A bare COUNT: without GROUP BY it answers 0, not NULL, where there is nothing."""

    function = "COUNT"
    output_field = IntegerField()


class _Different(_Total):
    template = "COUNT(DISTINCT %(expressions)s)"


_HERE = {"convention": OuterRef("pk")}


def _number(rows: QuerySet, count: Func | None = None) -> Subquery:
    counted = rows.filter(**_HERE).order_by().annotate(n=count or _Total(F("pk")))
    return Subquery(counted.values("n"))


def _first(rows: QuerySet, *order: str, **fields) -> Subquery:
    found = rows.filter(**_HERE).order_by(*order).values(found=JSONObject(**fields))
    return Subquery(found[:1], output_field=JSONField())


def _next_deadline(on: date) -> Subquery:
    rows = Deadline.objects.upcoming(on=on)
    return _first(rows, "due_on", "pk", pk="pk", title="title", due_on="due_on")


def _documents() -> QuerySet:
    """The files of all; the proofs of a way out that is only prepared are counted by nobody."""
    proven = Q(posting_proof=OuterRef("pk")) | Q(delivery_proof=OuterRef("pk"))
    apart = RegisteredLetter.objects.filter(proven, termination__event_on__isnull=True)
    return Document.objects.exclude(Exists(apart))


def _duration() -> Subquery:
    numbers = ArticleVersion.objects.numbering().filter(article=OuterRef("article"))
    return _first(
        DurationClause.objects.standing(),
        "-act__number",
        quantity="quantity",
        unit="unit",
        trigger="trigger",
        article="article_id",
        number=Subquery(numbers.values("number")[:1]),
    )


def _portraits(keys: list[int], on: date) -> QuerySet:
    different = _Different(F("indicator"))
    return (
        Convention.objects.filter(pk__in=keys)
        .values_list(
            _number(Article.objects.all()),
            _number(Engagement.objects.standing(on=on)),
            _number(Target.objects.binding(on=on), different),
            _number(Measurement.objects.all(), different),
            _number(Deadline.objects.live()),
            _number(Act.objects.standing()),
            _number(Revoyure.objects.all()),
            _number(_documents()),
            _number(RevoyureClause.objects.standing()),
            _next_deadline(on),
            _first(Act.objects.in_force(on=on), "-effective_on", "-number", number="number"),
            _duration(),
        )
        .order_by()
    )


_PORTRAIT = Prepared(_portraits)


def portrait_of(convention: Convention, *, on: date) -> Portrait:
    """Read everything the header and the tabs of a convention need, on `on`."""
    row = _PORTRAIT.rows([convention.pk], on=on)[0]
    next_deadline, last_act, duration = (json.loads(text) if text else None for text in row[9:])
    return Portrait(
        counts={
            "texte": row[0],
            "engagements": row[1],
            "indicateurs": row[2] or row[3],
            "echeances": row[4],
            "actes": row[5],
            "revoyures": row[6],
            "documents": row[7],
        },
        has_revoyure_clause=bool(row[8]),
        next_deadline=NextDeadline.read(next_deadline),
        last_avenant=last_act["number"] if last_act else 0,
        duration=_read_duration(duration),
    )


def _read_duration(row: dict | None) -> Duration | None:
    if row is None:
        return None
    words = quantity_in_words(row["quantity"], row["unit"])
    start = starting_from(row["trigger"])
    return Duration(f"{words} {start}".strip(), row["article"], row["number"] or "")
