"""The text of a day, computed from what each act in force does to each article.

Nothing is stored of it: the acts are the facts, and this fold is their only reading. Each operation
says only what it changes (a wording, a number, a place, an end), so that acts may take effect in
another order than the one they were signed in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from conventions.enums import ArticleKind, Change


@dataclass(frozen=True)
class Operation:
    """What one act does to one article from a day.

    `key` names the row that holds the wording; `rank` orders the operations of one act; `after` is
    the sibling behind which a newcomer stands (None: first of its parent).
    """

    key: int
    act: int
    from_on: date
    change: str
    article: int
    rank: int = 0
    parent: int | None = None
    after: int | None = None
    number: str = ""
    kind: str = ArticleKind.ARTICLE

    @property
    def order(self) -> tuple:
        return (self.from_on, self.act, self.rank, self.key)

    def comes_behind(self, other: "Operation") -> bool:
        """Whether the same act put `other` at the same place, and tells it before this one."""
        together = (other.act, other.after) == (self.act, self.after)
        return together and (other.rank, other.key) < (self.rank, self.key)


@dataclass(frozen=True)
class Mark:
    """An act that changed an article: which one, how, from which day, by which row."""

    act: int
    change: str
    from_on: date
    key: int


@dataclass
class Standing:
    """An article as it stands: `key` is the row whose heading and body it bears.

    `marks` are the changes since it was first written, in the order of their effect; a repealed
    article is kept, so that it can be told, and hides what it contains.
    """

    article: int
    parent: int | None
    kind: str
    key: int
    act: int
    from_on: date
    number: str = ""
    repealed: bool = False
    position: int = 0
    depth: int = 1
    marks: list[Mark] = field(default_factory=list)


@dataclass
class _Plan:
    """The articles met so far, and the order of the children of each.

    `last` is the one put there last, and the place behind it: where the next of its act goes.
    """

    standing: dict[int, Standing] = field(default_factory=dict)
    children: dict[int | None, list[Operation]] = field(default_factory=lambda: defaultdict(list))
    last: dict[int | None, tuple[Operation, int]] = field(default_factory=dict)

    def place(self, operation: Operation) -> None:
        """Put a newcomer behind `after`, among those its own act puts there in the act's order.

        Behind a sibling that is not there yet, it stands last.
        """
        siblings = self.children[operation.parent]
        last, index = self.last.get(operation.parent, (None, 0))
        if last is None or not operation.comes_behind(last):
            index = self._behind(operation.after, siblings)
        while index < len(siblings) and operation.comes_behind(siblings[index]):
            index += 1
        siblings.insert(index, operation)
        self.last[operation.parent] = (operation, index + 1)

    @staticmethod
    def _behind(after: int | None, siblings: list[Operation]) -> int:
        if after is None:
            return 0
        known = [sibling.article for sibling in siblings]
        return known.index(after) + 1 if after in known else len(siblings)


def consolidate(operations: Iterable[Operation], *, on: date | None = None) -> list[Standing]:
    """Return the articles standing on `on`, in reading order, repealed ones included.

    Without a day, every operation counts. What an operation says of an article nobody wrote yet is
    ignored: the checks made before a signature refuse it (`rules.conflits`).
    """
    plan = _Plan()
    counted = [operation for operation in operations if on is None or operation.from_on <= on]
    for operation in sorted(counted, key=lambda one: one.order):
        _apply(plan, operation)
    return list(_walk(plan))


def _apply(plan: _Plan, operation: Operation) -> None:
    known = plan.standing.get(operation.article)
    if known is None:
        if operation.change == Change.ECRIRE:
            plan.place(operation)
            plan.standing[operation.article] = Standing(
                article=operation.article,
                parent=operation.parent,
                kind=operation.kind,
                key=operation.key,
                act=operation.act,
                from_on=operation.from_on,
                number=operation.number,
            )
        return
    known.marks.append(Mark(operation.act, operation.change, operation.from_on, operation.key))
    if operation.change == Change.ABROGER:
        known.repealed = True
    if operation.change in {Change.ECRIRE, Change.REMPLACER}:
        known.key, known.act, known.from_on = operation.key, operation.act, operation.from_on
    if operation.change in {Change.ECRIRE, Change.RENUMEROTER}:
        known.number = operation.number
    if operation.change == Change.ECRIRE:
        known.repealed = False


def _walk(plan: _Plan) -> Iterator[Standing]:
    """Read the plan from the top; what stands in an absent article is read at the root."""
    position = 0
    roots = [sibling.article for sibling in plan.children.get(None, [])]
    for parent, siblings in plan.children.items():
        if parent is not None and parent not in plan.standing:
            roots += [sibling.article for sibling in siblings]
    trail = [(article, 1, False) for article in reversed(roots)]
    while trail:
        article, depth, hidden = trail.pop()
        standing = plan.standing[article]
        position += 1
        standing.position, standing.depth = position, depth
        standing.repealed = standing.repealed or hidden
        yield standing
        inside = [sibling.article for sibling in plan.children.get(article, [])]
        trail += [(child, depth + 1, standing.repealed) for child in reversed(inside)]
