"""Reminders as rows: written with the date they are about, cancelled with it, corrected after it.

Nothing here sends. The unique keys of the table make every function safe to run again.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from conventions.models import Convention
from engagements.models import Debt
from reminders.actions.recipients import Addressee, Audience
from reminders.enums import ReminderNature, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.rules.ladder import local_day, rungs_to_come
from territories.enums import Zone

Told = dict[int, dict[Addressee, date]]


def disarm(
    deadlines: Iterable[Deadline], *, reason: str, addressees: Iterable[Addressee] | None = None
) -> None:
    """Cancel what has not left yet, to these addressees or to all.

    A row being sent at this instant is past cancelling.
    """
    waiting = Reminder.objects.unsent().filter(deadline__in=[row.pk for row in deadlines])
    if addressees is not None:
        waiting = waiting.filter(_to(addressees))
    free = waiting.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
    Reminder.objects.filter(pk__in=list(free)).update(status=ReminderStatus.ANNULE, failure=reason)


def _to(addressees: Iterable[Addressee]) -> Q:
    """Where a message goes: to one of these people, addresses or outsiders."""
    found = list(addressees)
    return (
        Q(recipient__in=[one.user_id for one in found if one.user_id])
        | Q(external__in=[one.external_id for one in found if one.external_id])
        | Q(fallback_email__in=[one.fallback_email for one in found if one.fallback_email])
    )


def told(deadlines: Iterable[Deadline]) -> Told:
    """Return, for each deadline, which date each addressee last read in a message.

    A correction still waiting carries what was told before it.
    """
    dates: Told = defaultdict(dict)
    rows = Reminder.objects.filter(deadline__in=[row.pk for row in deadlines]).order_by("pk")
    for row in rows:
        addressee = Addressee(row.recipient_id, row.fallback_email, row.external_id)
        if row.status == ReminderStatus.ENVOYE:
            dates[row.deadline_id][addressee] = row.target_on
        elif row.status == ReminderStatus.A_ENVOYER and row.is_correction:
            dates[row.deadline_id].setdefault(addressee, row.previous_on)
    return dates


def withdrawn_after_telling(convention: Convention, *, on: date) -> list[Deadline]:
    """Return the dates still ahead that were told to somebody and no longer stand.

    Not only those of this projection: a message may have left while its date was being moved.
    """
    rows = Deadline.objects.filter(
        convention=convention, retired_at__isnull=False, rolling=False, due_on__gte=on
    )
    return list(rows.filter(Exists(Reminder.objects.sent().filter(deadline=OuterRef("pk")))))


def tell_corrections(
    moves: Iterable[tuple[Deadline, Deadline | None]], told_dates: Told, *, now: datetime, on: date
) -> None:
    """Write one corrective message to each person who was told a date that moved or vanished.

    It hangs on the new deadline or, when nothing replaces it, on the one withdrawn. What is behind
    everybody is corrected to nobody.
    """
    rows = []
    for old, new in moves:
        target = new or old
        for addressee, told_on in told_dates.get(old.pk, {}).items():
            unchanged = new is not None and (new.due_on == told_on or new.done_on is not None)
            if unchanged or max(told_on, target.due_on) < on:
                continue
            rows.append(_reminder(target, addressee, rule=0, due_at=now, previous_on=told_on))
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def arm(
    deadlines: Iterable[Deadline],
    convention: Convention,
    audience: Audience,
    *,
    now: datetime,
    is_new: bool,
) -> None:
    """Write the reminders that are missing, and revive those that a reopened date calls back."""
    zone = Zone(convention.zone)
    today = local_day(now, zone)
    open_rows = [row for row in deadlines if _can_ring(row, today)]
    if not open_rows:
        return
    debtors = _debtors(convention)
    known = {} if is_new else _known(open_rows)
    missing, revived = [], []
    for row in open_rows:
        parties = _parties(row, debtors)
        for addressee in audience.of(parties):
            coming = rungs_to_come(
                audience.ladder(addressee, row.kind),
                row.act_on,
                now=now,
                zone=zone,
                is_new=is_new,
                rhythm=audience.rhythm(addressee),
            )
            for rung in coming:
                existing = known.get((row.pk, rung.rule, addressee))
                if existing is None:
                    missing.append(_reminder(row, addressee, rule=rung.rule, due_at=rung.due_at))
                elif existing.status == ReminderStatus.ANNULE:
                    existing.due_at = existing.next_try_at = rung.due_at
                    existing.status, existing.failure = ReminderStatus.A_ENVOYER, ""
                    revived.append(existing)
    Reminder.objects.bulk_create(missing, ignore_conflicts=True)
    Reminder.objects.bulk_update(
        revived, ["status", "failure", "due_at", "next_try_at"], batch_size=500
    )


def _can_ring(deadline: Deadline, today: date) -> bool:
    return not deadline.rolling and deadline.done_on is None and deadline.due_on >= today


def _debtors(convention: Convention) -> dict[int, list[int]]:
    debtors: dict[int, list[int]] = defaultdict(list)
    rows = Debt.objects.filter(engagement__convention=convention)
    for engagement_id, party_id in rows.values_list("engagement", "party"):
        debtors[engagement_id].append(party_id)
    return debtors


def _parties(deadline: Deadline, debtors: dict[int, list[int]]) -> list[int] | None:
    """Bulk twin of `recipients.concerned_parties`."""
    if deadline.engagement_id is not None:
        return debtors[deadline.engagement_id]
    return None if deadline.party_id is None else [deadline.party_id]


def _known(deadlines: list[Deadline]) -> dict[tuple[int, int, Addressee], Reminder]:
    rows = Reminder.objects.filter(deadline__in=[row.pk for row in deadlines])
    rows = rows.only("deadline", "rule", "recipient", "fallback_email", "external", "status")
    return {
        (
            row.deadline_id,
            row.rule,
            Addressee(row.recipient_id, row.fallback_email, row.external_id),
        ): row
        for row in rows
    }


def _reminder(
    deadline: Deadline,
    addressee: Addressee,
    *,
    rule: int,
    due_at: datetime,
    previous_on: date | None = None,
) -> Reminder:
    return Reminder(
        deadline=deadline,
        target_on=deadline.due_on,
        nature=ReminderNature.RAPPEL if previous_on is None else ReminderNature.CORRECTION,
        rule=rule,
        previous_on=previous_on,
        recipient_id=addressee.user_id,
        fallback_email=addressee.fallback_email,
        external_id=addressee.external_id,
        due_at=due_at,
        next_try_at=due_at,
    )
