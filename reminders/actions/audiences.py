"""Whom a deadline is told to, by what rungs: the people around it, read for many conventions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import User
from conventions import access
from conventions.enums import ConventionStatus
from conventions.models import Convention
from engagements.models import Debt
from reminders.actions.recipients import Addressee, Addressees, Audience, audiences_of
from reminders.enums import Rhythm
from reminders.models import Deadline
from reminders.models.answers_read import answered_parties, closed_parties
from reminders.rules.deadlines import EACH_SIDE
from reminders.rules.ladder import Ladder, local_day
from reminders.rules.rungs import Ringing, can_ring, escalation, wanted
from territories.enums import Zone

# Nature, rule, addressee: what tells one message about a date from another.
Key = tuple[str, int, Addressee]


@dataclass(frozen=True)
class Scene:
    """What of one convention decides who is told, and when.

    `closed` and `answered` are the parties that answered, by deadline; `seeing` holds the people
    outside the audience who may still read the convention.
    """

    now: datetime
    zone: Zone
    over_on: date | None
    is_signed: bool
    audience: Audience
    debtors: Mapping[int, list[int]]
    closed: Mapping[int, set[int]]
    answered: Mapping[int, set[int]]
    seeing: frozenset[int]
    _pace: dict[tuple[Addressee, str], tuple[Ladder, Rhythm]] = field(default_factory=dict)
    _told: dict[tuple, Addressees] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.now, self.zone)

    def told(self, deadline: Deadline) -> Addressees:
        """Return who is told: those of the parties concerned that have not closed it.

        What one person keeps is told to them alone, while they may read the convention; what one
        side keeps, to its own people, and to no outsider.
        """
        if deadline.owner_id is not None:
            is_theirs = Addressee(user_id=deadline.owner_id) in self.audience.inside(None)
            if is_theirs or deadline.owner_id in self.seeing:
                return frozenset({Addressee(user_id=deadline.owner_id)})
            return frozenset()
        parties = self._open(deadline, self.closed)
        apart = deadline.reserved_to_id is not None
        if (parties, apart) not in self._told:
            of = self.audience.inside if apart else self.audience.of
            self._told[parties, apart] = of(parties)
        return self._told[parties, apart]

    def above(self, deadline: Deadline) -> Addressees:
        """Return who is told when nobody answers.

        Where each side decides for itself, the silence of one is its own; elsewhere one answer is
        enough: somebody takes care of it.
        """
        if deadline.owner_id is not None:
            return frozenset()
        if self.answered.get(deadline.pk) and deadline.kind not in EACH_SIDE:
            return frozenset()
        return self.audience.superiors(self._open(deadline, self.answered))

    def pace(self, addressee: Addressee, kind: str) -> tuple[Ladder, Rhythm]:
        key = (addressee, kind)
        if key not in self._pace:
            ladder = self.audience.ladder(addressee, kind)
            self._pace[key] = (ladder, self.audience.rhythm(addressee))
        return self._pace[key]

    def _open(self, deadline: Deadline, answers: Mapping[int, set[int]]) -> tuple[int, ...] | None:
        """Return the parties concerned but those that answered; None for all of them."""
        parties = self._concerned(deadline)
        silent = answers.get(deadline.pk)
        if not silent:
            return parties
        every = self.audience.by_party if parties is None else parties
        return tuple(pk for pk in every if pk not in silent)

    def _concerned(self, deadline: Deadline) -> tuple[int, ...] | None:
        """Bulk twin of `recipients.concerned_parties`."""
        if deadline.engagement_id is not None:
            return tuple(self.debtors.get(deadline.engagement_id, ()))
        return None if deadline.party_id is None else (deadline.party_id,)


def wanted_of(deadline: Deadline, scene: Scene, *, is_new: bool) -> dict[Key, datetime]:
    """Return every message still ahead about a deadline, with its instant; nothing for a draft."""
    if not scene.is_signed or deadline.rolling or deadline.done_on is not None:
        return {}
    ringing = Ringing(deadline.kind, deadline.act_on, deadline.due_on, scene.zone, scene.over_on)
    if not can_ring(ringing, scene.today):
        return {}
    found: dict[Key, datetime] = {}
    known: dict[tuple[Ladder, Rhythm], list] = {}
    for addressee in scene.told(deadline):
        pace = scene.pace(addressee, deadline.kind)
        if pace not in known:
            known[pace] = wanted(ringing, *pace, now=scene.now, is_new=is_new)
        for message in known[pace]:
            found[message.nature, message.rule, addressee] = message.due_at
    for addressee in scene.above(deadline):
        ladder, _ = scene.pace(addressee, deadline.kind)
        for message in escalation(ringing, ladder, now=scene.now):
            found[message.nature, message.rule, addressee] = message.due_at
    return found


def scenes_of(
    conventions: Iterable[Convention],
    deadlines: Iterable[Deadline],
    *,
    now: datetime,
    on: date,
    audiences: Mapping[int, Audience] | None = None,
) -> dict[int, Scene]:
    """Return the scene of each convention by primary key, in a fixed number of queries.

    Only what people outside the audiences keep for themselves costs one more each person.
    """
    batch = list(conventions)
    open_rows = [row for row in deadlines if row.done_on is None and not row.rolling]
    known = [row for row in open_rows if row.pk is not None]
    if audiences is None:
        audiences = audiences_of(batch, on=on)
    debtors = _debtors(batch, open_rows)
    closed, answered = closed_parties(known), answered_parties(known)
    seeing = _seeing(open_rows, audiences, on=on)
    return {
        row.pk: Scene(
            now=now,
            zone=Zone(row.zone),
            over_on=_last_day(row),
            is_signed=row.starts_on is not None and row.status in _SIGNED,
            audience=audiences[row.pk],
            debtors=debtors,
            closed=closed,
            answered=answered,
            seeing=frozenset(seeing[row.pk]),
        )
        for row in batch
    }


_SIGNED = frozenset({ConventionStatus.SIGNEE, ConventionStatus.RESILIEE})


def _last_day(convention: Convention) -> date | None:
    ends = (convention.ends_on, convention.closed_on, convention.terminated_on)
    return min((day for day in ends if day is not None), default=None)


def _debtors(batch: list[Convention], deadlines: list[Deadline]) -> dict[int, list[int]]:
    debtors: dict[int, list[int]] = defaultdict(list)
    if any(row.engagement_id is not None for row in deadlines):
        rows = Debt.objects.filter(engagement__convention__in=batch).order_by()
        for engagement_id, party_id in rows.values_list("engagement", "party"):
            debtors[engagement_id].append(party_id)
    return debtors


def _seeing(
    deadlines: list[Deadline], audiences: Mapping[int, Audience], *, on: date
) -> dict[int, set[int]]:
    """Return, by convention, who keeps a date there, is told of no other, and may still read it."""
    kept: dict[int, set[int]] = defaultdict(set)
    for row in deadlines:
        owner = Addressee(user_id=row.owner_id)
        if row.owner_id and owner not in audiences[row.convention_id].inside(None):
            kept[row.owner_id].add(row.convention_id)
    seeing: dict[int, set[int]] = defaultdict(set)
    for owner in User.objects.filter(pk__in=list(kept), is_active=True):
        visible = access.visible_to(owner, on=on).filter(pk__in=kept[owner.pk])
        for pk in visible.order_by().values_list("pk", flat=True):
            seeing[pk].add(owner.pk)
    return seeing
