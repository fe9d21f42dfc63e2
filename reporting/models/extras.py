"""What the list of conventions borrows from the floors above it: next date, lateness, passages."""

import json
from datetime import date
from typing import NamedTuple

from django.db.models import F, Func, IntegerField, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from conventions.models import ArticleVersion, Convention
from conventions.models.prepared import Prepared
from conventions.rules.liste import Extract, extract
from engagements.models import Engagement
from reminders.models import Deadline


class Passage(NamedTuple):
    """Words found, and the place that says them: an article of the text, or an engagement."""

    place: str
    anchor: str
    engagement_id: int | None
    extract: Extract


class Extra(NamedTuple):
    next_on: date | None
    next_title: str
    late: int
    passage: Passage | None


NOTHING = Extra(None, "", 0, None)


def extras_of(pks: list[int], *, on: date, sought: str = "") -> dict[int, Extra]:
    """Return next deadline, late engagements and, when words are sought, where they were found."""
    if not sought:
        return {pk: _extra(coming, late) for pk, coming, late in _DATES.rows(pks, on=on)}
    said = (_article_saying(sought), _engagement_saying(sought))
    return {
        pk: _extra(coming, late)._replace(
            passage=_in_article(article, sought) or _in_engagement(engagement, sought)
        )
        for pk, coming, late, article, engagement in _dates(pks, on, *said)
    }


def _dates(keys: list[int], on: date, *more: Subquery) -> QuerySet:
    rows = Convention.objects.filter(pk__in=keys).order_by()
    return rows.values_list("pk", _next_deadline(on), _late(on), *more)


_DATES = Prepared(_dates)


def _extra(coming: dict | str | None, late: int) -> Extra:
    coming = json.loads(coming) if isinstance(coming, str) else coming
    if not coming:
        return NOTHING._replace(late=late)
    return Extra(date.fromisoformat(coming["due_on"]), coming["title"], late, None)


def _in_article(found: dict | None, sought: str) -> Passage | None:
    if not found:
        return None
    place = f"article\u00a0{found['number']}" if found["number"] else found["heading"]
    for text in (found["heading"], found["body"]):
        if passage := extract(text, sought):
            return Passage(place or "texte", f"art-{found['article']}", None, passage)
    return None


def _in_engagement(found: dict | None, sought: str) -> Passage | None:
    if not found:
        return None
    for text in (found["title"], found["wording"]):
        if passage := extract(text, sought):
            return Passage(f"engagement\u00a0E{found['number']}", "", found["pk"], passage)
    return None


def _first(rows: QuerySet, *order: str, **fields) -> Subquery:
    found = rows.order_by(*order).values(found=JSONObject(**fields))
    return Subquery(found[:1], output_field=JSONField())


def _next_deadline(on: date) -> Subquery:
    rows = Deadline.objects.upcoming(on=on).filter(convention=OuterRef("pk"))
    return _first(rows, "due_on", "pk", title="title", due_on="due_on")


def _late(on: date) -> Subquery:
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    rows = Engagement.objects.overdue(on=on).filter(convention=OuterRef("pk"))
    return Subquery(rows.order_by().annotate(n=count).values("n"))


def _article_saying(sought: str) -> Subquery:
    rows = ArticleVersion.objects.standing().filter(
        Q(body__icontains=sought) | Q(heading__icontains=sought),
        article__convention=OuterRef("pk"),
    )
    return _first(
        rows,
        "-act__number",
        "position",
        article="article_id",
        number="number",
        heading="heading",
        body="body",
    )


def _engagement_saying(sought: str) -> Subquery:
    rows = Engagement.objects.filter(
        Q(title__icontains=sought) | Q(wording__icontains=sought), convention=OuterRef("pk")
    )
    return _first(rows, "number", pk="pk", number="number", title="title", wording="wording")
