"""Sending the reminders that are due: check them again, gather them into mails, send, journal.

Nothing here holds a reminder while it waits for the journal, and the journal is written once a
batch: an act that cancels reminders holds the journal, so the two would wait for each other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from accounts.models import Absence
from reminders.actions.delivery import Failure, Outcome, Postman, put_back, stamp
from reminders.actions.findings import raise_finding
from reminders.actions.journalling import journal_sendings, journal_silence
from reminders.actions.leasing import LATE, Lease
from reminders.actions.outbox import Clock, Outbox, empty
from reminders.actions.standing import GONE, Standing, addressee_of, standing_of
from reminders.emails import Route, grouped_email, line_of, reminder_email
from reminders.enums import FindingKind, ReminderStatus, Rhythm
from reminders.models import Reminder

# How long what was read of a batch is taken as still true.
FRESH = timedelta(milliseconds=250)


@dataclass
class Guard:
    """Which rows of a batch are still ours to send, asked again as soon as it is a little old.

    An act that moves a date while a batch leaves is seen by the mails that follow.
    """

    pks: Sequence[int]
    asked_at: datetime
    known: frozenset[int]

    def ours(self, lease: Lease, *, now: datetime) -> frozenset[int]:
        if now - self.asked_at > FRESH:
            live = Q(deadline__retired_at__isnull=True) | Q(previous_on__isnull=False)
            reachable = Q(recipient__isnull=True) | Q(recipient__is_active=True)
            held = Reminder.objects.leased_until(lease.until).filter(
                live, reachable, pk__in=self.pks, deadline__done_on__isnull=True
            )
            self.known = frozenset(held.order_by().values_list("pk", flat=True))
            self.asked_at = now
        return self.known


@dataclass(frozen=True)
class ReminderMail:
    """The reminders that one message carries to one addressee; the first leads."""

    reminders: Sequence[Reminder]
    standing: Standing
    guard: Guard
    absence: Absence | None = None

    @property
    def pks(self) -> list[int]:
        return [row.pk for row in self.reminders]


def send_due_reminders(*, clock: Clock, stop_at: datetime | None = None) -> Counter[Outcome]:
    """Send what is due, in batches, until nothing is; return what became of each mail."""
    return empty(OUTBOX, clock=clock, stop_at=stop_at)


def _prepare(pks: Sequence[int], lease: Lease, *, now: datetime) -> list[ReminderMail]:
    """Cancel what must not leave, and gather the rest into mails, the oldest first."""
    standing = standing_of(pks, now=now)
    objections = {row.pk: standing.objection(row) for row in standing.reminders}
    _cancel(standing, objections, lease, now=now)
    groups = _groups([row for row in standing.reminders if not objections[row.pk]], standing, now)
    _appoint(groups)
    ours = [row.pk for rows in groups for row in rows]
    guard = Guard(ours, now, frozenset(ours))
    return [ReminderMail(rows, standing, guard, standing.stand_in(rows)) for rows in groups]


@transaction.atomic
def _cancel(standing: Standing, objections: dict[int, str], lease: Lease, *, now: datetime) -> None:
    """Cancel, each with its reason; what was for somebody who left goes to a fallback address."""
    reasons: dict[str, list[Reminder]] = defaultdict(list)
    for row in standing.reminders:
        if objections[row.pk]:
            reasons[objections[row.pk]].append(row)
    if not reasons:
        return
    _hand_over(reasons.get(GONE, []), standing, now=now)
    stopped = [pk for pk, reason in objections.items() if reason]
    held = Reminder.objects.leased_until(lease.until).filter(pk__in=stopped)
    free = held.select_for_update(of=("self",), skip_locked=True).order_by("pk").only("pk")
    ours = {row.pk for row in free}
    for reason, rows in reasons.items():
        Reminder.objects.filter(pk__in=ours & {row.pk for row in rows}).update(
            status=ReminderStatus.ANNULE, failure=reason, leader=None
        )


def _hand_over(reminders: Iterable[Reminder], standing: Standing, *, now: datetime) -> None:
    """When the last person of a party has gone, its fallback address is told instead (R11).

    A party without even that is a finding, and a line of the journal.
    """
    rows, silent = [], []
    for row in reminders:
        rows += [
            _copy(row, addressee.fallback_email, now=now)
            for addressee in standing.wanted(row)
            if addressee.fallback_email
        ]
        unheard = standing.audience_of(row).unheard(standing.parties_of(row))
        if row.deadline.owner_id is None and unheard:
            silent.append((row, unheard))
    if silent:
        journal_silence([row for row, _ in silent], now=now)
        _find_silent(silent, now=now)
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def _copy(row: Reminder, address: str, *, now: datetime) -> Reminder:
    return Reminder(
        deadline_id=row.deadline_id,
        target_on=row.target_on,
        nature=row.nature,
        rule=row.rule,
        previous_on=row.previous_on,
        fallback_email=address,
        due_at=row.due_at,
        next_try_at=now,
    )


def _find_silent(silent: Iterable[tuple[Reminder, list[int]]], *, now: datetime) -> None:
    for row, party_ids in silent:
        convention = row.deadline.convention
        names = {party.pk: party for party in convention.parties.all()}
        for party_id in party_ids:
            party = names[party_id]
            raise_finding(
                FindingKind.PERSONNE_A_PREVENIR,
                f"partie:{party_id}",
                words=f"{convention.reference} : plus personne à prévenir pour {party}.",
                now=now,
                convention=convention,
                organisation=party.organisation,
            )


def _groups(
    reminders: Iterable[Reminder], standing: Standing, now: datetime
) -> list[list[Reminder]]:
    """Return the reminders of each mail: one each, unless the addressee is late or asked for fewer.

    Those that a worker, now dead, had put in one mail stay in it, led by the same one.
    """
    led: dict[int, list[Reminder]] = defaultdict(list)
    fresh: dict[object, list[Reminder]] = defaultdict(list)
    for row in reminders:
        if row.leader_id:
            led[row.leader_id].append(row)
        else:
            fresh[addressee_of(row)].append(row)
    groups = [_first(leader, rows) for leader, rows in led.items()]
    for addressee, rows in fresh.items():
        late = any(now - row.due_at >= LATE for row in rows)
        chosen = {standing.audience_of(row).rhythm(addressee) for row in rows}
        together = late or Rhythm.CHACUN not in chosen
        groups += [rows] if together else [[row] for row in rows]
    return sorted(groups, key=lambda rows: (min(row.due_at for row in rows), rows[0].pk))


def _first(leader: int, rows: list[Reminder]) -> list[Reminder]:
    return sorted(rows, key=lambda row: (row.pk != leader, row.due_at, row.pk))


def _appoint(groups: Iterable[Sequence[Reminder]]) -> None:
    """Write down which rows one mail carries, before it leaves: a second try is the same mail."""
    alone = []
    for rows in groups:
        leader = rows[0].pk
        if all(row.leader_id == leader for row in rows):
            continue
        if len(rows) == 1:
            alone.append(leader)
        else:
            _unsent(row.pk for row in rows).update(leader=leader)
    if alone:
        _unsent(alone).update(leader=F("pk"))


def _unsent(pks: Iterable[int]) -> QuerySet[Reminder]:
    return Reminder.objects.unsent().filter(pk__in=list(pks))


def _deliver(mail: ReminderMail, postman: Postman, lease: Lease, *, now: datetime) -> Outcome:
    """Send one mail, if its rows are still ours to send and their dates still stand.

    Each statement stands alone: what the server took is stamped at once, even if an act cancelled
    it in that very moment, because it was said; the next projection corrects it.
    """
    ours = mail.guard.ours(lease, now=now)
    rows = [row for row in mail.reminders if row.pk in ours]
    if not rows:
        return Outcome.LEFT
    pks = [row.pk for row in rows]
    message = _message(mail, rows, now=now)
    failure = postman.post(message)
    if failure is None:
        _stamp(mail, rows, message, now=now)
        return Outcome.SENT
    attempts = 1 + max(row.attempts for row in rows)
    with transaction.atomic():
        if put_back(Reminder, pks, failure, lease, attempts=attempts, now=now):
            _find_failed(mail.standing, rows, failure, now=now)
    return Outcome.UNREACHABLE if failure.unreachable else Outcome.POSTPONED


def _message(mail: ReminderMail, rows: Sequence[Reminder], *, now: datetime) -> EmailMessage:
    route = Route.of(rows[0], mail.absence)
    days = {row.pk: mail.standing.day_of(row) for row in rows}
    if len(rows) == 1:
        return reminder_email(rows[0], on=days[rows[0].pk], now=now, route=route)
    return grouped_email(rows, days=days, leader=mail.reminders[0], now=now, route=route)


def _stamp(
    mail: ReminderMail, rows: Sequence[Reminder], message: EmailMessage, *, now: datetime
) -> None:
    """Mark the rows of a mail. Each keeps its own words alone when others left with it: those who
    may read one date may not read them all.
    """
    pks = [row.pk for row in rows]
    if len(rows) == 1:
        stamp(Reminder, pks, message, now=now, body=message.body)
        return
    words = {row.pk: line_of(row, on=mail.standing.day_of(row), now=now) for row in rows}
    cases = [When(pk=pk, then=Value(line)) for pk, line in words.items()]
    with transaction.atomic():
        stamp(Reminder, pks, message, now=now, body="")
        bodies = Case(*cases, output_field=TextField())
        Reminder.objects.filter(pk__in=pks).update(body=bodies)


def _find_failed(
    standing: Standing, rows: Sequence[Reminder], failure: Failure, *, now: datetime
) -> None:
    """Tell the administrators of the side that was to be told; of a personal date, the portal's."""
    first = rows[0]
    side = standing.side_of(first)
    shared = first.deadline.owner_id is None
    raise_finding(
        FindingKind.RAPPEL_ECHOUE,
        f"rappel:{first.pk}",
        words=f"Rappel à {first.addressee} : {failure.reason}",
        now=now,
        convention=first.deadline.convention if shared else None,
        deadline=first.deadline if shared else None,
        organisation=side.organisation if side and shared else None,
    )


OUTBOX = Outbox(Reminder, _prepare, _deliver, journal_sendings)
