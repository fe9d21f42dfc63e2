"""The portal checks itself every night: what should never be, found and shown (promise R12).

What is found stands until it is no longer true; the check lifts it then. It reads the portal as it
is, in a fixed number of queries, and changes nothing but its own findings.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.rules.typographie import date_longue, pluriel
from reminders.actions.findings import LONGEST_WORDS, clear_finding
from reminders.actions.heartbeat import CHECKING, beat
from reminders.actions.recipients import audiences_of
from reminders.actions.watching import (
    OVERDUE,
    TASK_KEY,
    overdue_reminders,
    silences,
    silent_conventions,
    unreasoned_deadlines,
)
from reminders.enums import FindingKind
from reminders.models import Finding, Reminder
from reminders.rules.ladder import local_day
from territories.enums import Zone

BATCH = 1000
# Begins the key of a finding about a party where nobody is left.
PARTY_KEY = "partie:"
# What this check finds, and so may lift; the sender raises the others where it sees them.
OWN = (
    FindingKind.CONVENTION_MUETTE,
    FindingKind.SANS_RAISONNEMENT,
    FindingKind.PLANIFICATEUR_MUET,
)


@dataclass(frozen=True)
class Seen:
    """One thing found by this check."""

    kind: FindingKind
    key: str
    words: str
    convention_id: int | None = None
    deadline_id: int | None = None


def check_portal(*, now: datetime) -> list[Finding]:
    """Look at the whole portal; return what stands afterwards, found now or before."""
    seen = {(row.kind, row.key): row for row in _look(now=now)}
    with transaction.atomic():
        _write(seen, now=now)
        _lift_delivered(now=now)
        _lift_heard(now=now)
        beat(CHECKING, now=now)
    return list(Finding.objects.standing().select_related("convention"))


def _look(*, now: datetime) -> list[Seen]:
    on = local_day(now, Zone.METROPOLE)
    return [*_mute(on=on), *_unreasoned(on=on), *_stopped(now=now)]


def _mute(*, on: date) -> list[Seen]:
    rows = silent_conventions(on=on).order_by("pk").values_list("pk", "reference", "ends_on")
    return [
        Seen(
            FindingKind.CONVENTION_MUETTE,
            f"convention:{pk}",
            f"{reference} : aucun rappel à venir de son terme, le {date_longue(ends_on)}.",
            convention_id=pk,
        )
        for pk, reference, ends_on in rows
    ]


def _unreasoned(*, on: date) -> list[Seen]:
    """Their title is left to their page: one side or one person may keep it to itself."""
    rows = unreasoned_deadlines(on=on).order_by("pk").select_related("convention")
    return [
        Seen(
            FindingKind.SANS_RAISONNEMENT,
            f"echeance:{row.pk}",
            f"{row.convention.reference} : {row.title}, le {date_longue(row.due_on)}.",
            convention_id=row.convention_id,
            deadline_id=row.pk,
        )
        for row in rows
    ]


def _stopped(*, now: datetime) -> list[Seen]:
    """Tasks that no longer pass, but this one; reminders that wait though the sender passes."""
    kind = FindingKind.PLANIFICATEUR_MUET
    found = [
        Seen(kind, f"{TASK_KEY}{watch.name}", words)
        for watch, words in silences(now=now)
        if watch.name != CHECKING
    ]
    waiting = overdue_reminders(now=now).count()
    if waiting:
        minutes = OVERDUE.seconds // 60
        words = f"{pluriel(waiting, 'rappel')} en attente depuis plus de {minutes} minutes."
        found.append(Seen(kind, "rappels", words))
    return found


def _write(seen: dict[tuple[str, str], Seen], *, now: datetime) -> None:
    """Make what stands equal to what was seen: found, said anew, lifted."""
    rows = Finding.objects.standing().filter(kind__in=OWN).select_for_update(of=("self",))
    standing = {(row.kind, row.key): row for row in rows}
    gone = [row.pk for found, row in standing.items() if found not in seen]
    for start in range(0, len(gone), BATCH):
        Finding.objects.filter(pk__in=gone[start : start + BATCH]).update(cleared_at=now)
    said = [(row, seen[found].words) for found, row in standing.items() if found in seen]
    stale = [(row, words) for row, words in said if row.words != words[:LONGEST_WORDS]]
    for row, words in stale:
        row.words = words[:LONGEST_WORDS]
    Finding.objects.bulk_update([row for row, _ in stale], ["words"], batch_size=BATCH)
    new = [row for found, row in seen.items() if found not in standing]
    # Another check at the same moment may have written it.
    Finding.objects.bulk_create(
        (_finding(row, now=now) for row in new), batch_size=BATCH, ignore_conflicts=True
    )


def _finding(seen: Seen, *, now: datetime) -> Finding:
    return Finding(
        kind=seen.kind,
        key=seen.key,
        words=seen.words[:LONGEST_WORDS],
        convention_id=seen.convention_id,
        deadline_id=seen.deadline_id,
        found_at=now,
    )


def _lift_delivered(*, now: datetime) -> None:
    """A reminder that failed is no longer one when it was sent after all, or its date is behind."""
    failed = Reminder.objects.failed().filter(
        deadline=OuterRef("deadline"),
        deadline__retired_at__isnull=True,
        deadline__done_on__isnull=True,
    )
    standing = Finding.objects.standing().filter(kind=FindingKind.RAPPEL_ECHOUE)
    standing.filter(~Exists(failed), deadline__isnull=False).update(cleared_at=now)
    # That of a personal date does not say which: only its reminder's number.
    for finding in standing.filter(deadline__isnull=True):
        if not Reminder.objects.failed().filter(pk=finding.key.rpartition(":")[2]).exists():
            clear_finding(finding.kind, finding.key, now=now)


def _lift_heard(*, now: datetime) -> None:
    """A party where nobody was left has somebody again, or its convention is behind."""
    on = local_day(now, Zone.METROPOLE)
    standing = Finding.objects.standing().filter(kind=FindingKind.PERSONNE_A_PREVENIR)
    rows = list(standing.filter(convention__isnull=False).select_related("convention"))
    audiences = audiences_of({row.convention for row in rows}, on=on)
    unheard = {
        f"{PARTY_KEY}{party}" for audience in audiences.values() for party in audience.unheard(None)
    }
    heard = [row.pk for row in rows if row.key not in unheard]
    Finding.objects.filter(pk__in=heard).update(cleared_at=now)
