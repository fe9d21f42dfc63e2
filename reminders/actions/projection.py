"""Keeping the deadlines of a convention equal to what its text and its life make of them.

Projecting twice changes nothing. A date that moved retires its row and writes another, which
re-arms the reminders; those already told get one corrective message. It all happens in the
transaction of the change that moved it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.actions.journal import record
from accounts.enums import Verb
from conventions.models import Convention
from reminders.actions.arming import (
    arm,
    disarm,
    tell_corrections,
    told,
    withdrawn_after_telling,
)
from reminders.actions.gathering import facts_of
from reminders.actions.recipients import audience_of
from reminders.actions.turns import take_turn
from reminders.models import Deadline
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts
from reminders.rules.projection import project, settled_keys

# Reminders of a recently ended convention may still have to be cancelled or corrected.
KEPT_AFTER_TERM = timedelta(days=60)

_MIRRORED = (
    "kind",
    "title",
    "due_on",
    "safe_on",
    "effect_on",
    "rolling",
    "source",
    "article_id",
    "wording",
    "trigger",
    "engagement_id",
    "clause_id",
    "party_id",
)


@dataclass
class Changes:
    """What a projection changed."""

    written: list[Deadline] = field(default_factory=list)
    refreshed: list[Deadline] = field(default_factory=list)
    settled: list[Deadline] = field(default_factory=list)
    retired: list[Deadline] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.written or self.settled or self.retired)


@transaction.atomic
def project_deadlines(convention: Convention, *, now: datetime, on: date, by=None) -> Changes:
    """Write, refresh, settle and retire the deadlines of a convention, with their reminders."""
    if not _has_dates(convention):
        return Changes()
    take_turn()
    convention = Convention.objects.get(pk=convention.pk)
    live = {row.key: row for row in Deadline.objects.live().filter(convention=convention)}
    facts = facts_of(convention, on=on)
    changes = _apply(convention, facts, live, now=now, on=on)
    _tell(convention, changes, live, now=now, on=on)
    if changes:
        record(
            by,
            Verb.DEADLINES_PROJECTED,
            convention,
            dossier=convention.pk,
            written=_words(changes.written),
            settled=_words(changes.settled),
            retired=_words(changes.retired),
        )
    return changes


def _has_dates(convention: Convention) -> bool:
    """A draft has none, and nobody waits for it."""
    signed = Convention.objects.signees().filter(pk=convention.pk)
    return signed.exists() or Deadline.objects.live().filter(convention=convention).exists()


def conventions_to_project(*, on: date) -> QuerySet[Convention]:
    """The signed conventions whose dates may still move: in force, to come, or just ended."""
    alive = Q(ends_on__isnull=True) | Q(ends_on__gte=on - KEPT_AFTER_TERM)
    return Convention.objects.signees().filter(alive).order_by("pk")


def _apply(
    convention: Convention,
    facts: ConventionFacts,
    live: dict[str, Deadline],
    *,
    now: datetime,
    on: date,
) -> Changes:
    changes = Changes()
    wanted = {row.key: row for row in project(facts, on=on)}
    settled = settled_keys(facts)
    for key, row in live.items():
        projected = wanted.get(key)
        if projected is None and key in settled:
            _settle(row, settled[key], changes)
        elif projected is None or _is_another_date(row, projected):
            row.retired_at = now
            changes.retired.append(row)
        elif _refresh(row, projected):
            changes.refreshed.append(row)
    standing = live.keys() - {row.key for row in changes.retired}
    changes.written = [
        _row(convention, projected, now=now)
        for key, projected in wanted.items()
        if key not in standing
    ]
    _save(changes)
    return changes


def _is_another_date(row: Deadline, projected: ProjectedDeadline) -> bool:
    """A rolling answer moves every day and stays the same row; any other date that moved is new."""
    return row.due_on != projected.due_on and not projected.rolling


def _settle(row: Deadline, kept_on: date, changes: Changes) -> None:
    if row.done_on is None:
        row.done_on, row.done_note = kept_on, "Engagement déclaré tenu"
        changes.settled.append(row)


def _refresh(row: Deadline, projected: ProjectedDeadline) -> bool:
    """Copy what changed without moving the date; what a person declared done stays so."""
    values = {name: getattr(projected, name) for name in _MIRRORED}
    values["steps"] = list(projected.steps)
    if row.done_by_id is None:
        values |= {"done_on": projected.done_on, "done_note": projected.done_note}
    stale = {name for name, value in values.items() if getattr(row, name) != value}
    for name in stale:
        setattr(row, name, values[name])
    return bool(stale)


def _row(convention: Convention, projected: ProjectedDeadline, *, now: datetime) -> Deadline:
    return Deadline(
        convention=convention,
        key=projected.key,
        steps=list(projected.steps),
        projected_at=now,
        done_on=projected.done_on,
        done_note=projected.done_note,
        **{name: getattr(projected, name) for name in _MIRRORED},
    )


def _save(changes: Changes) -> None:
    """Retire before writing: one live row a key."""
    Deadline.objects.bulk_update(changes.retired, ["retired_at"])
    Deadline.objects.bulk_update(changes.settled, ["done_on", "done_note"])
    mirrored = [name.removesuffix("_id") for name in _MIRRORED]
    Deadline.objects.bulk_update(changes.refreshed, [*mirrored, "steps", "done_on", "done_note"])
    Deadline.objects.bulk_create(changes.written)


def _tell(
    convention: Convention,
    changes: Changes,
    live: dict[str, Deadline],
    *,
    now: datetime,
    on: date,
) -> None:
    """Correct what was said, cancel what no longer holds, arm what stands."""
    standing = [row for row in live.values() if row.retired_at is None]
    by_key = {row.key: row for row in (*standing, *changes.written)}
    known = {row.pk: row for row in withdrawn_after_telling(convention, on=on)}
    withdrawn = (known | {row.pk: row for row in changes.retired if not row.rolling}).values()
    moves = [(row, by_key.get(row.key)) for row in withdrawn]
    previously = told(withdrawn)
    disarm([*changes.retired, *changes.settled], reason="L’échéance ne tient plus.")
    disarm([row for row in standing if row.done_on], reason="L’échéance est faite.")
    audience = audience_of(convention, on=on)
    tell_corrections(moves, previously, now=now, on=on)
    arm(changes.written, convention, audience, now=now, is_new=True)
    arm(standing, convention, audience, now=now, is_new=False)


def _words(rows: list[Deadline]) -> list[str]:
    return [f"{row.title} ({row.due_on.isoformat()})" for row in rows[:50]]
