"""Writing many reminders at once.

A convention asks for hundreds: what they all share is said once, what differs travels by columns.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db import connection

from reminders.enums import ReminderStatus
from reminders.models.deadline import Deadline
from reminders.models.reminder import Reminder

BATCH = 10_000

_INSERT = """
    INSERT INTO reminders_reminder (
        deadline_id, target_on, nature, rule, recipient_id, fallback_email, external_id,
        due_at, next_try_at, status,
        attempts, failure, sent_to, subject, body, journalled
    )
    SELECT deadline_id, target_on, nature, rule, recipient_id, fallback_email, external_id,
        due_at, due_at, %s,
        0, '', '', '', '', FALSE
    FROM UNNEST(
        %s::bigint[], %s::date[], %s::text[], %s::smallint[], %s::bigint[], %s::text[],
        %s::bigint[], %s::timestamptz[]
    ) AS planned (
        deadline_id, target_on, nature, rule, recipient_id, fallback_email, external_id, due_at
    )
    ON CONFLICT DO NOTHING
"""


class Planned(NamedTuple):
    """One reminder to write, to one addressee: a person, an address or an outsider."""

    deadline: Deadline
    nature: str
    rule: int
    recipient_id: int | None
    fallback_email: str
    external_id: int | None
    due_at: datetime

    @property
    def row(self) -> Reminder:
        kept = {name: value for name, value in self._asdict().items() if name != "deadline"}
        return Reminder(
            deadline_id=self.deadline.pk,
            target_on=self.deadline.due_on,
            next_try_at=self.due_at,
            **kept,
        )


def write_reminders(planned: Iterable[Planned]) -> None:
    """Insert reminders whose deadlines are saved; those already there are left as they are.

    One statement a batch on PostgreSQL, at a fraction of the cost of as many objects; elsewhere,
    the objects.
    """
    if connection.vendor != "postgresql":
        Reminder.objects.bulk_create((one.row for one in planned), ignore_conflicts=True)
        return
    rest = iter(planned)
    with connection.cursor() as cursor:
        while batch := list(islice(rest, BATCH)):
            cursor.execute(_INSERT, [ReminderStatus.A_ENVOYER.value, *_columns(batch)])


def _columns(batch: Sequence[Planned]) -> list[list]:
    deadlines, *others = (list(column) for column in zip(*batch, strict=True))
    natures, rules, *rest = others
    return [
        [row.pk for row in deadlines],
        [row.due_on for row in deadlines],
        [str(nature) for nature in natures],
        rules,
        *rest,
    ]
