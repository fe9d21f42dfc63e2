"""The text of a day, read: the one way to know what a convention says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from conventions.enums import ActStatus
from conventions.models.act import Act
from conventions.models.article import ArticleVersion
from conventions.rules import texte
from conventions.rules.consolidation import Mark, Operation, Standing, consolidate

OPERATION = (
    "pk", "act__number", "from_on", "operation", "article_id", "position",
    "article__parent_id", "after_id", "number", "article__kind",
)  # fmt: skip
TITLE = ("article__code", "heading")
# By the row that words it: the code of the article and its heading.
type_of_titles = dict[int, tuple[int, str]]


@dataclass(frozen=True)
class ConsolidatedArticle:
    """An article as it reads on a day, with the act (its number) that gave it this wording.

    `version` is the row that holds heading and body; `changes` what acts did to it since it was
    first written.
    """

    article_id: int
    code: int
    kind: str
    number: str
    heading: str
    body: str
    position: int
    depth: int
    parent_id: int | None
    act: int
    version: int
    from_on: date | None = None
    repealed: bool = False
    changes: tuple[Mark, ...] = ()

    @property
    def label(self) -> str:
        """«article 2.2.1», «préambule» or the heading of what has no number."""
        return texte.label(self.kind, self.number, self.heading)

    @property
    def anchor(self) -> str:
        return f"art-{self.article_id}"


def consolidated_text(
    convention, *, on: date, with_repealed: bool = False, with_body: bool = True
) -> list[ConsolidatedArticle]:
    """Return what the signed acts in force on `on` make the text say, in reading order.

    Two statements, however many acts there are, or one `with_body=False`. Before any signature
    there is no text in force: `draft_text` reads the draft.
    """
    rows = ArticleVersion.objects.signed_by(on=on).filter(article__convention=convention)
    operations, titles = _gather(rows)
    found = consolidate(operations)
    return _read(found, titles, with_repealed=with_repealed, with_body=with_body)


def text_of(
    convention, *, on: date, with_repealed: bool = False, with_body: bool = True
) -> list[ConsolidatedArticle]:
    """Return the text in force on `on`, else the text as its initial act writes it."""
    text = consolidated_text(convention, on=on, with_repealed=with_repealed, with_body=with_body)
    if text:
        return text
    initial = convention.acts.filter(number=0).first()
    return draft_text(initial, with_repealed=with_repealed, with_body=with_body) if initial else []


def draft_text(
    act: Act, *, on: date | None = None, with_repealed: bool = False, with_body: bool = True
) -> list[ConsolidatedArticle]:
    """Return the text as it would read once `act` is signed: on `on`, else at its last effect.

    Every signed act counts, also one that takes effect later; the changes of other drafts do not.
    """
    rows = ArticleVersion.objects.dated().filter(
        Q(act__status=ActStatus.SIGNE) | Q(act=act), article__convention=act.convention_id
    )
    operations, titles = _gather(rows)
    found = consolidate([_planned(operation, act) for operation in operations], on=on)
    return _read(found, titles, with_repealed=with_repealed, with_body=with_body)


def _planned(operation: Operation, act: Act) -> Operation:
    """A draft without a date of effect is read behind every signed act."""
    if operation.from_on is not None:
        return operation
    values = {name: getattr(operation, name) for name in operation.__dataclass_fields__}
    return Operation(**(values | {"from_on": date.max}))


def _gather(rows: QuerySet) -> tuple[list[Operation], type_of_titles]:
    """Read what each row does, and the title it gives: bodies are read for those that stand."""
    operations, titles = [], {}
    for *operation, code, heading in rows.order_by().values_list(*OPERATION, *TITLE):
        operations.append(Operation(*operation))
        titles[operation[0]] = (code, heading)
    return operations, titles


def _read(
    found: Iterable[Standing], titles: type_of_titles, *, with_repealed: bool, with_body: bool
) -> list[ConsolidatedArticle]:
    kept = [standing for standing in found if with_repealed or not standing.repealed]
    bodies: dict[int, str] = {}
    if with_body:
        worded = ArticleVersion.objects.filter(pk__in=[standing.key for standing in kept])
        bodies = dict(worded.order_by().values_list("pk", "body"))
    return [_article(one, *titles[one.key], bodies.get(one.key, "")) for one in kept]


def _article(standing: Standing, code: int, heading: str, body: str) -> ConsolidatedArticle:
    return ConsolidatedArticle(
        article_id=standing.article,
        code=code,
        kind=standing.kind,
        number=standing.number,
        heading=heading,
        body=body,
        position=standing.position,
        depth=standing.depth,
        parent_id=standing.parent,
        act=standing.act,
        version=standing.key,
        from_on=standing.from_on,
        repealed=standing.repealed,
        changes=tuple(standing.marks),
    )


def text_after(
    act: Act, *, with_repealed: bool = False, with_body: bool = True
) -> list[ConsolidatedArticle]:
    """Return the text as `act` leaves it, once its last change has taken effect.

    What took effect after it is left out, and so is what a later act did on that very day: after
    the initial act one reads the text of origin, whatever came since. A draft is read as signed.
    """
    if not act.is_signed:
        return draft_text(act, with_repealed=with_repealed, with_body=with_body)
    operations, titles = _left_by(act)
    found = consolidate(operations)
    return _read(found, titles, with_repealed=with_repealed, with_body=with_body)


def text_before(
    act: Act, *, with_repealed: bool = False, with_body: bool = True
) -> list[ConsolidatedArticle]:
    """Return what `text_after` reads, without what `act` itself does."""
    how = {"with_repealed": with_repealed, "with_body": with_body}
    if not act.is_signed:
        return consolidated_text(act.convention, on=date.max, **how)
    operations, titles = _left_by(act)
    return _read(consolidate(one for one in operations if one.act != act.number), titles, **how)


def _left_by(act: Act) -> tuple[list[Operation], type_of_titles]:
    """The changes that have taken effect when the last one of a signed act does."""
    rows = ArticleVersion.objects.dated().filter(
        act__status=ActStatus.SIGNE, article__convention=act.convention_id
    )
    operations, titles = _gather(rows)
    last = max(
        (operation.from_on for operation in operations if operation.act == act.number),
        default=act.effective_on,
    )
    left = [one for one in operations if (one.from_on, one.act) <= (last, act.number)]
    return left, titles
