"""Reminders as rows: written with the date they are about, cancelled with it, moved with a choice.

Nothing here sends. The unique keys of the table make every function safe to run again. What is due
already is the sender's: it asks again who is to be told, and hands over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from conventions.models import Convention
from reminders.actions.audiences import Key, Scene, scenes_of, wanted_of
from reminders.actions.recipients import Addressee, Audience
from reminders.enums import ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.models.writing import Planned, write_reminders
from reminders.rules.ladder import local_day
from territories.enums import Zone

# A weekly rhythm moves a message back by six days at most.
_WEEK = timedelta(days=8)
DONE = "L’échéance est faite."
NOT_WANTED = "Ce rappel n’est plus prévu : l’équipe ou ses choix ont changé."

# pk, status, instant: all that arming asks of a row already written.
Row = tuple[int, str, datetime]
Known = Mapping[int, Mapping[Key, Row]]
_NOTHING: Mapping[Key, Row] = {}


@dataclass
class Arms:
    """What the outbox lacks, and what it holds that nobody wants any more."""

    missing: list[Planned] = field(default_factory=list)
    revived: dict[int, datetime] = field(default_factory=dict)
    moved: dict[int, datetime] = field(default_factory=dict)
    cancelled: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __bool__(self) -> bool:
        return bool(self.missing or self.revived or self.moved or any(self.cancelled.values()))

    def compare(
        self, deadline: Deadline, scene: Scene, known: Mapping[Key, Row], *, is_new: bool
    ) -> None:
        """Add what one deadline asks for, against the rows it already has."""
        if deadline.done_on is not None:
            self.cancel(known.values(), DONE)
            return
        wanted = wanted_of(deadline, scene, is_new=is_new)
        for key, due_at in wanted.items():
            row = known.get(key)
            if row is None:
                self.missing.append(_planned(deadline, key, due_at))
            else:
                self._bring_back(row, due_at, now=scene.now)
        ahead = [row for key, row in known.items() if key not in wanted and row[2] > scene.now]
        self.cancel(ahead, NOT_WANTED)

    def cancel(self, rows: Iterable[Row], reason: str) -> None:
        waiting = [pk for pk, status, _ in rows if status == ReminderStatus.A_ENVOYER]
        self.cancelled[reason] += waiting

    def withdraw(self, deadlines: list[Deadline], reason: str) -> None:
        """Cancel everything that waits about deadlines that no longer stand."""
        if deadlines:
            waiting = Reminder.objects.unsent().filter(deadline__in=[row.pk for row in deadlines])
            self.cancelled[reason] += waiting.order_by().values_list("pk", flat=True)

    def _bring_back(self, row: Row, due_at: datetime, *, now: datetime) -> None:
        """What was due is settled; what is still ahead follows what is wanted.

        One cancelled whose Monday went by meanwhile is still ahead: it leaves on its own day.
        """
        pk, status, planned = row
        if status == ReminderStatus.ANNULE and max(planned, due_at) > now:
            self.revived[pk] = due_at
        elif status == ReminderStatus.A_ENVOYER and now < planned != due_at:
            self.moved[pk] = due_at

    def write(self) -> None:
        """Cancel, bring back, then add; a row being sent at this instant is stepped over."""
        for reason, pks in self.cancelled.items():
            _cancel(Reminder.objects.filter(pk__in=pks), reason)
        _plan_again(self.revived, was=ReminderStatus.ANNULE)
        _plan_again(self.moved, was=ReminderStatus.A_ENVOYER)
        write_reminders(self.missing)


def disarm(
    deadlines: Iterable[Deadline], *, reason: str, addressees: Iterable[Addressee] | None = None
) -> None:
    """Cancel what has not left yet, to these addressees or to all.

    A row being sent at this instant is past cancelling.
    """
    waiting = Reminder.objects.filter(deadline__in=[row.pk for row in deadlines])
    _cancel(waiting if addressees is None else waiting.filter(_to(addressees)), reason)


def _cancel(rows: QuerySet[Reminder], reason: str) -> None:
    free = rows.unsent().select_for_update(of=("self",), skip_locked=True)
    pks = list(free.order_by().values_list("pk", flat=True))
    if pks:
        Reminder.objects.filter(pk__in=pks).update(status=ReminderStatus.ANNULE, failure=reason)


def _to(addressees: Iterable[Addressee]) -> Q:
    """Where a message goes: to one of these people, addresses or outsiders."""
    found = list(addressees)
    return (
        Q(recipient__in=[one.user_id for one in found if one.user_id])
        | Q(external__in=[one.external_id for one in found if one.external_id])
        | Q(fallback_email__in=[one.fallback_email for one in found if one.fallback_email])
    )


def _plan_again(instants: Mapping[int, datetime], *, was: str) -> None:
    if not instants:
        return
    rows = Reminder.objects.filter(pk__in=list(instants), status=was)
    free = list(rows.select_for_update(of=("self",), skip_locked=True).only("pk"))
    for row in free:
        row.status, row.failure = ReminderStatus.A_ENVOYER, ""
        row.due_at = row.next_try_at = instants[row.pk]
    names = ["status", "failure", "due_at", "next_try_at"]
    Reminder.objects.bulk_update(free, names, batch_size=500)


def arm(
    deadlines: Iterable[Deadline],
    convention: Convention,
    audience: Audience,
    *,
    now: datetime,
    is_new: bool,
) -> None:
    """Write the reminders that are missing, and revive those that a reopened date calls back."""
    rows = list(deadlines)
    on = local_day(now, Zone(convention.zone))
    scene = scenes_of([convention], rows, now=now, on=on, audiences={convention.pk: audience})
    arms = Arms()
    known = {} if is_new else known_rows(rows, now=now)
    for row in rows:
        arms.compare(row, scene[convention.pk], known.get(row.pk, _NOTHING), is_new=is_new)
    arms.write()


@transaction.atomic
def rearm(conventions: Iterable[Convention], *, now: datetime, on: date) -> None:
    """Make the reminders follow the people: who left or came, who chose otherwise, who is away.

    Writes what is missing, cancels what no ladder wants any more, revives what one wants again.
    The dates themselves are left as they are.
    """
    batch = list(conventions)
    rows = list(Deadline.every.live().filter(convention__in=batch, rolling=False))
    arms = arms_of(rows, scenes_of(batch, rows, now=now, on=on), now=now)
    arms.write()


def arms_of(rows: list[Deadline], scenes: Mapping[int, Scene], *, now: datetime) -> Arms:
    """Return what the outbox lacks and holds too much for deadlines that stand."""
    arms = Arms()
    known = known_rows(rows, now=now)
    for row in rows:
        scene = scenes[row.convention_id]
        arms.compare(row, scene, known.get(row.pk, _NOTHING), is_new=False)
    return arms


def known_rows(deadlines: Iterable[Deadline], *, now: datetime) -> Known:
    """Return what the outbox holds of these deadlines: unsent, or due not long ago at most."""
    known: dict[int, dict[Key, Row]] = defaultdict(dict)
    rows = Reminder.objects.filter(
        Q(status=ReminderStatus.A_ENVOYER) | Q(due_at__gt=now - _WEEK),
        deadline__in=[row.pk for row in deadlines],
    )
    met: dict[tuple, Addressee] = {}
    read = rows.order_by().values_list(
        "pk", "status", "due_at", "deadline", "nature", "rule",
        "recipient", "fallback_email", "external",
    )  # fmt: skip
    for pk, status, due_at, deadline, nature, rule, *whom in read.iterator(chunk_size=5000):
        whom = tuple(whom)
        addressee = met.get(whom) or met.setdefault(whom, Addressee(*whom))
        known[deadline][nature, rule, addressee] = (pk, status, due_at)
    return known


def _planned(deadline: Deadline, key: Key, due_at: datetime) -> Planned:
    nature, rule, whom = key
    return Planned(
        deadline, nature, rule, whom.user_id, whom.fallback_email, whom.external_id, due_at
    )
