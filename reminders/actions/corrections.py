"""One message to each person who was told a date that moved or vanished, and to nobody else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from reminders.actions.recipients import Addressee
from reminders.enums import ReminderNature, ReminderStatus
from reminders.models import Deadline, Reminder

# What each addressee last read of each deadline, by its primary key.
Told = Mapping[int, Mapping[Addressee, date]]
Moves = list[tuple[Deadline, Deadline | None]]


def withdrawn_after_telling(convention_pks: Iterable[int], *, on: date) -> list[Deadline]:
    """Return the dates still ahead that were told to somebody and no longer stand.

    Not only those of this projection: a message may have left while its date was being moved.
    """
    rows = Deadline.every.filter(
        convention__in=list(convention_pks),
        retired_at__isnull=False,
        rolling=False,
        due_on__gte=on,
    )
    return list(rows.filter(Exists(Reminder.objects.sent().filter(deadline=OuterRef("pk")))))


def told(deadlines: Iterable[Deadline]) -> Told:
    """Return, for each deadline, which date each addressee last read in a message.

    A correction still waiting carries what was told before it.
    """
    dates: dict[int, dict[Addressee, date]] = defaultdict(dict)
    pks = [row.pk for row in deadlines]
    rows = Reminder.objects.filter(deadline__in=pks).order_by("pk") if pks else ()
    for row in rows:
        addressee = Addressee(row.recipient_id, row.fallback_email, row.external_id)
        if row.status == ReminderStatus.ENVOYE:
            dates[row.deadline_id][addressee] = row.target_on
        elif row.status == ReminderStatus.A_ENVOYER and row.is_correction:
            dates[row.deadline_id].setdefault(addressee, row.previous_on)
    return dates


def corrections_of(moves: Moves, *, now: datetime, on: date) -> list[Reminder]:
    """Return the corrections that are missing.

    Each hangs on the new deadline or, when nothing replaces it, on the one withdrawn. What is
    behind everybody is corrected to nobody; nor is who was told what holds again.
    """
    previously = told([old for old, _ in moves])
    wanted = {}
    for old, new in moves:
        target = new or old
        for addressee, told_on in previously.get(old.pk, {}).items():
            unchanged = new is not None and (new.due_on == told_on or new.done_on is not None)
            if not unchanged and max(told_on, target.due_on) >= on:
                wanted[id(target), addressee] = (target, told_on)
    already = _already({target.pk for target, _ in wanted.values() if target.pk})
    return [
        _correction(target, addressee, told_on, now=now)
        for (_, addressee), (target, told_on) in wanted.items()
        if (target.pk, target.due_on, addressee) not in already
    ]


def _already(deadline_pks: set[int]) -> set[tuple[int, date, Addressee]]:
    if not deadline_pks:
        return set()
    rows = Reminder.objects.filter(
        deadline__in=deadline_pks, nature=ReminderNature.CORRECTION
    ).values_list("deadline", "target_on", "recipient", "fallback_email", "external")
    return {(pk, target_on, Addressee(*whom)) for pk, target_on, *whom in rows}


def _correction(
    deadline: Deadline, addressee: Addressee, told_on: date, *, now: datetime
) -> Reminder:
    return Reminder(
        deadline=deadline,
        target_on=deadline.due_on,
        nature=ReminderNature.CORRECTION,
        rule=0,
        previous_on=told_on,
        recipient_id=addressee.user_id,
        fallback_email=addressee.fallback_email,
        external_id=addressee.external_id,
        due_at=now,
        next_try_at=now,
    )
