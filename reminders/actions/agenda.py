"""What a person's calendar shows: their dates, each with its day to act and why.

One entry stands for one (convention, key), whatever happens to its date: its rows, retired or live,
are its history. Its sequence counts that history and so never goes down: one for each row after
the first, one for each row retired, one for each time a row was written anew in place (title, safe
day, done by the facts), one for each answer that closed it and one for each that was taken back.
Where each side answers alone, only one's own answers count: a number must not betray the others.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse

from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue
from conventions.access import parties_acted_for
from reminders.access import visible_to
from reminders.enums import AnswerKind
from reminders.models import Deadline, DeadlineAnswer
from reminders.models.answers_read import CLOSING
from reminders.rules.agenda import Entry
from reminders.rules.deadlines import EACH_SIDE

# What is behind stays six months: a diary is also read backwards.
KEPT = timedelta(days=183)
MOST_ENTRIES = 5000
LONGEST_REASONING = 600
STATEMENT = "Un calcul de date est une aide ; le texte signé fait foi."
Key = tuple[int, str]


@dataclass
class History:
    """What happened to one entry, counted."""

    changes: int = 0
    changed_at: datetime | None = None
    answers: dict[int, str] | None = None

    def add(self, changes: int, *instants: datetime | None) -> None:
        self.changes += changes
        known = [at for at in (self.changed_at, *instants) if at is not None]
        self.changed_at = max(known, default=None)


def entries_for(user, *, on: date) -> list[Entry]:
    """Return the entries of a person: what is to come, six months behind, what was withdrawn."""
    visible = visible_to(user, on=on).filter(rolling=False)
    live = _with_words(visible.live().filter(_on_or_after(on - KEPT)))
    rows = list(live.order_by("due_on", "pk")[:MOST_ENTRIES])
    rows += _withdrawn(visible, since=on - KEPT)
    return _entries(user, rows, visible, on=on)


def entry_of(user, deadline: Deadline, *, on: date) -> Entry:
    """Return one date as it now stands: the row that succeeds to a retired one, else its end."""
    same = visible_to(user, on=on).filter(convention=deadline.convention_id, key=deadline.key)
    current = same.live().select_related("convention").first() or deadline
    return _entries(user, [current], same, on=on)[0]


def _on_or_after(day: date) -> Q:
    return Q(due_on__gte=day) | Q(done_on__gte=day)


def _with_words(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Bring what an entry shows, and nothing else of thousands of rows."""
    shown = (
        "kind", "key", "title", "due_on", "safe_on", "source", "steps", "projected_at",
        "retired_at", "done_on", "not_applicable", "convention__reference", "convention__title",
    )  # fmt: skip
    return rows.select_related("convention").only(*shown)


def _withdrawn(visible: QuerySet[Deadline], *, since: date) -> list[Deadline]:
    """The last row of each key that was withdrawn before its day and that nothing succeeds to."""
    successor = Deadline.every.live().filter(convention=OuterRef("convention"), key=OuterRef("key"))
    rows = visible.filter(
        ~Exists(successor), retired_at__date__gte=since, due_on__gte=TruncDate("retired_at")
    )
    rows = _with_words(rows).order_by("-retired_at", "-pk")[:MOST_ENTRIES]
    last: dict[Key, Deadline] = {}
    for row in rows:
        last.setdefault((row.convention_id, row.key), row)
    return list(last.values())


def _entries(
    user, rows: Iterable[Deadline], family: QuerySet[Deadline], *, on: date
) -> list[Entry]:
    histories = _histories(user, family, on=on)
    return [_entry(row, histories[row.convention_id, row.key]) for row in rows]


def _histories(user, family: QuerySet[Deadline], *, on: date) -> dict[Key, History]:
    """Count what happened to the keys to which something did, in two queries."""
    histories: dict[Key, History] = defaultdict(History)
    counted = family.order_by().values("convention_id", "key").annotate(
        changes=Count("pk") - 1 + Count("retired_at") + Sum(F("revision")),
        projected=Max("projected_at"),
        retired=Max("retired_at"),
    )  # fmt: skip
    for row in counted.filter(changes__gt=0):
        history = histories[row["convention_id"], row["key"]]
        history.add(row["changes"], row["projected"], row["retired"])
    for answer in _answers(user, family, on=on):
        history = histories[answer.deadline.convention_id, answer.deadline.key]
        history.add(1 + bool(answer.withdrawn_at), answer.at, answer.withdrawn_at)
        if answer.withdrawn_at is None:
            history.answers = (history.answers or {}) | {answer.deadline_id: answer.kind}
    return histories


def _answers(user, family: QuerySet[Deadline], *, on: date) -> QuerySet[DeadlineAnswer]:
    own = parties_acted_for(user, Capability.READ, on=on)
    answers = DeadlineAnswer.objects.filter(
        ~Q(deadline__kind__in=EACH_SIDE) | Q(party__in=own.order_by().values("pk")),
        deadline__in=family.order_by().values("pk"),
        kind__in=CLOSING,
    )
    return answers.select_related("deadline").order_by("at", "pk")


def _entry(deadline: Deadline, history: History) -> Entry:
    convention = deadline.convention
    address = urljoin(f"{settings.SITE_URL}/", _path(deadline))
    return Entry(
        uid=f"{convention.pk}-{deadline.key}@revoyure",
        day=deadline.act_on,
        summary=f"{_mark(deadline, history)}{deadline.title} ({convention.reference})",
        description="\n".join((*_lines(deadline), STATEMENT, address)),
        url=address,
        stamped_at=max(deadline.projected_at, history.changed_at or deadline.projected_at),
        sequence=history.changes,
        cancelled=not deadline.is_live,
    )


def _path(deadline: Deadline) -> str:
    return reverse("reminders:detail", args=[deadline.pk]).lstrip("/")


def _mark(deadline: Deadline, history: History) -> str:
    """Say in the title what programs that know no state would not show."""
    if not deadline.is_live:
        return "Annulée : "
    answer = (history.answers or {}).get(deadline.pk)
    if deadline.not_applicable or (deadline.done_on is None and answer == AnswerKind.SANS_OBJET):
        return "Sans objet : "
    return "Faite : " if deadline.done_on is not None or answer == AnswerKind.FAITE else ""


def _lines(deadline: Deadline) -> Iterable[str]:
    yield deadline.convention.title
    if not deadline.is_live:
        yield "Cette échéance ne tient plus : elle a été retirée sans qu’une autre la remplace."
    if deadline.act_on != deadline.due_on:
        yield f"Dernier jour : {date_longue(deadline.due_on)} ; ce jour-ci est le dernier sûr."
    if deadline.source:
        yield f"Fondement : {deadline.source}"
    reasoning = " ".join(deadline.steps)
    if reasoning:
        yield f"Calcul : {_in_short(reasoning)}"


def _in_short(reasoning: str) -> str:
    """Cut between two sentences or words: the page has it whole."""
    if len(reasoning) <= LONGEST_REASONING:
        return reasoning
    return reasoning[:LONGEST_REASONING].rsplit(" ", 1)[0] + " […]"
