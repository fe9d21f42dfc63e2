"""What a projection would change, found without writing anything nor making anybody wait."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from conventions.models import Convention
from reminders.actions.arming import Arms, arms_of
from reminders.actions.audiences import scenes_of
from reminders.actions.corrections import Moves, corrections_of, withdrawn_after_telling
from reminders.actions.gathering import facts_of_many
from reminders.models import Deadline, Reminder
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts
from reminders.rules.projection import project, settled_keys

MIRRORED = (
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
    "owner_id",
    "reserved_to_id",
)
NO_LONGER = "L’échéance ne tient plus."
Live = dict[str, Deadline]


@dataclass
class Changes:
    """What a projection changes in one convention.

    `refreshed` are the rows that say otherwise without moving; `stale`, the fields of each.
    """

    convention: Convention
    written: list[Deadline] = field(default_factory=list)
    refreshed: list[Deadline] = field(default_factory=list)
    settled: list[Deadline] = field(default_factory=list)
    retired: list[Deadline] = field(default_factory=list)
    stale: dict[int, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.written or self.settled or self.retired)


@dataclass
class Look:
    """What is to write for a batch of conventions, for the dates and for the outbox."""

    changes: dict[int, Changes]
    arms: Arms
    corrections: list[Reminder]

    def __bool__(self) -> bool:
        moved = any(one or one.refreshed for one in self.changes.values())
        return bool(moved or self.arms or self.corrections)

    @property
    def writes_apart(self) -> bool:
        """Whether a date is written that the journal of the convention does not tell."""
        written = (row for one in self.changes.values() for row in one.written)
        return any(row.owner_id or row.reserved_to_id for row in written)


def look(convention_pks: Iterable[int], *, now: datetime, on: date) -> Look:
    """Compare what the conventions say on `on` with the rows that stand, in as many queries as one.

    The rows it returns are changed in memory only.
    """
    batch = list(Convention.objects.filter(pk__in=list(convention_pks)).order_by("pk"))
    live = _live(batch)
    facts = facts_of_many(batch, on=on)
    changes = {
        row.pk: _compared(row, facts[row.pk], live.get(row.pk, {}), now=now, on=on) for row in batch
    }
    concerned = [row for row in batch if row.pk in live or changes[row.pk].written]
    if not concerned:
        return Look(changes, Arms(), [])
    moves = _moves(changes, live, on=on)
    return Look(
        changes,
        _arms(concerned, changes, live, now=now, on=on),
        corrections_of(moves, now=now, on=on) if moves else [],
    )


def _live(batch: list[Convention]) -> dict[int, Live]:
    live: dict[int, Live] = defaultdict(dict)
    for row in Deadline.every.live().filter(convention__in=batch).order_by():
        live[row.convention_id][row.key] = row
    return live


def _compared(
    convention: Convention, facts: ConventionFacts, live: Live, *, now: datetime, on: date
) -> Changes:
    changes = Changes(convention)
    wanted = {row.key: row for row in project(facts, on=on)}
    settled = settled_keys(facts)
    for key, row in live.items():
        projected = wanted.get(key)
        if projected is None and key in settled:
            _settle(row, settled[key], changes)
        elif projected is None or _is_another_date(row, projected):
            row.retired_at = now
            changes.retired.append(row)
        elif stale := _refresh(row, projected):
            changes.refreshed.append(row)
            changes.stale[row.pk] = stale
    standing = live.keys() - {row.key for row in changes.retired}
    changes.written = [
        _row(convention, projected, now=now)
        for key, projected in wanted.items()
        if key not in standing
    ]
    return changes


def _is_another_date(row: Deadline, projected: ProjectedDeadline) -> bool:
    """A rolling answer moves every day and stays the same row; any other date that moved is new."""
    return row.due_on != projected.due_on and not projected.rolling


def _settle(row: Deadline, kept_on: date, changes: Changes) -> None:
    if row.done_on is None:
        row.done_on, row.done_note = kept_on, "Engagement déclaré tenu"
        row.revision += 1
        changes.settled.append(row)


def _refresh(row: Deadline, projected: ProjectedDeadline) -> frozenset[str]:
    """Copy what changed without moving the date, and name it.

    What a person declared done, or void, stays so.
    """
    values = {name: getattr(projected, name) for name in MIRRORED}
    values["steps"] = list(projected.steps)
    if row.done_by_id is None:
        values |= {"done_on": projected.done_on, "done_note": projected.done_note}
    stale = frozenset(name for name, value in values.items() if getattr(row, name) != value)
    for name in stale:
        setattr(row, name, values[name])
    if stale:
        row.revision += 1
    return stale


def _row(convention: Convention, projected: ProjectedDeadline, *, now: datetime) -> Deadline:
    return Deadline(
        convention=convention,
        key=projected.key,
        steps=list(projected.steps),
        projected_at=now,
        done_on=projected.done_on,
        done_note=projected.done_note,
        **{name: getattr(projected, name) for name in MIRRORED},
    )


def _moves(changes: Mapping[int, Changes], live: Mapping[int, Live], *, on: date) -> Moves:
    """Pair each date that was told and withdrawn with the one that stands under its key, if any."""
    withdrawn = {row.pk: row for row in withdrawn_after_telling(changes, on=on)}
    for one in changes.values():
        withdrawn |= {row.pk: row for row in one.retired if not row.rolling}
    in_order = sorted(withdrawn.values(), key=lambda row: (row.retired_at, row.pk))
    return [(old, _standing(old, changes, live)) for old in in_order]


def _standing(
    old: Deadline, changes: Mapping[int, Changes], live: Mapping[int, Live]
) -> Deadline | None:
    row = live.get(old.convention_id, {}).get(old.key)
    if row is not None and row.is_live:
        return row
    written = changes[old.convention_id].written
    return next((new for new in written if new.key == old.key), None)


def _arms(
    concerned: list[Convention],
    changes: Mapping[int, Changes],
    live: Mapping[int, Live],
    *,
    now: datetime,
    on: date,
) -> Arms:
    """Return what the outbox lacks and holds too much once the dates are written."""
    before = [row for pk in changes for row in live.get(pk, {}).values()]
    standing = [row for row in before if row.is_live and not row.rolling]
    written = [row for one in changes.values() for row in one.written]
    scenes = scenes_of(concerned, [*standing, *written], now=now, on=on)
    arms = arms_of(standing, scenes, now=now)
    for row in written:
        arms.compare(row, scenes[row.convention_id], {}, is_new=True)
    gone = [row for row in before if not row.is_live]
    arms.withdraw(gone, NO_LONGER)
    return arms
