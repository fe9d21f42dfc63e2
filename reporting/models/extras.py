"""What the list of conventions borrows from the floors above it: next date, lateness, passages."""

from datetime import date
from typing import NamedTuple

from django.db.models import F, Func, IntegerField, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from conventions.models import ArticleVersion, Convention
from conventions.rules.liste import Extract, extract
from engagements.models import Engagement
from reminders.models import Deadline


class Passage(NamedTuple):
    """Words found, and the place of the convention that says them."""

    place: str
    anchor: str
    extract: Extract


class Extra(NamedTuple):
    next_on: date | None
    next_title: str
    late: int
    passage: Passage | None


NOTHING = Extra(None, "", 0, None)


def extras_of(pks: list[int], *, on: date, sought: str = "") -> dict[int, Extra]:
    """Return next deadline, late engagements and, when words are sought, where they were found."""
    asked = {"next": _next_deadline(on), "late": _late(on)}
    if sought:
        asked |= {"article": _article_saying(sought), "engagement": _engagement_saying(sought)}
    rows = Convention.objects.filter(pk__in=pks).order_by().annotate(**asked)
    return {row["pk"]: _extra(row, sought) for row in rows.values("pk", *asked)}


def _extra(row: dict, sought: str) -> Extra:
    coming = row["next"]
    return Extra(
        next_on=date.fromisoformat(coming["due_on"]) if coming else None,
        next_title=coming["title"] if coming else "",
        late=row["late"],
        passage=_in_article(row, sought) or _in_engagement(row, sought),
    )


def _in_article(row: dict, sought: str) -> Passage | None:
    found = row.get("article")
    if not found:
        return None
    place = f"article\u00a0{found['number']}" if found["number"] else found["heading"]
    for text in (found["heading"], found["body"]):
        if passage := extract(text, sought):
            return Passage(place or "texte", f"art-{found['article']}", passage)
    return None


def _in_engagement(row: dict, sought: str) -> Passage | None:
    found = row.get("engagement")
    if not found:
        return None
    for text in (found["title"], found["wording"]):
        if passage := extract(text, sought):
            return Passage(f"engagement\u00a0E{found['number']}", "", passage)
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
    rows = ArticleVersion.objects.filter(
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
    return _first(rows, "number", number="number", title="title", wording="wording")
