"""What a choice means on real dates: for whom one is told today, and on which days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Min, Q

from accounts.models import User
from reminders.actions.choosing import Board, Chooser, conventions_followed
from reminders.actions.recipients import Addressee, Audience, audiences_of
from reminders.enums import DeadlineKind
from reminders.models import Deadline
from reminders.rules.ladder import Ladder, chosen, local_day, rungs, told_on
from territories.enums import Zone

# Asked of everybody: any convention may have them one day.
ALWAYS = (
    DeadlineKind.TERME,
    DeadlineKind.REVOYURE_COMITE,
    DeadlineKind.ENGAGEMENT,
    DeadlineKind.AJOUTEE,
)


@dataclass(frozen=True)
class Standing:
    """Of how many conventions a person or an organisation is told, and is in charge.

    `next_ones` holds, for each kind of deadline, the next one they are told of.
    """

    told: int = 0
    in_charge: int = 0
    next_ones: Mapping[str, Deadline] = field(default_factory=dict)
    addressee: Addressee | None = None
    audiences: Mapping[int, Audience] = field(default_factory=dict)

    def kinds(self, board: Board) -> list[DeadlineKind]:
        """Return the kinds to ask about: those met, those chosen before, those of everybody."""
        asked = {*ALWAYS, *self.next_ones, *board.own}
        return [kind for kind in DeadlineKind if kind in asked]


@dataclass(frozen=True)
class Example:
    """One date that comes, and the days on which one will be told of it."""

    deadline: Deadline
    days: list[date]


def standing_of(chooser: Chooser, *, on: date) -> Standing:
    """Return where somebody stands today, in a fixed number of queries."""
    conventions = list(conventions_followed(chooser, on=on))
    if not isinstance(chooser, User):
        known = [row.pk for row in conventions]
        return Standing(told=len(known), next_ones=_next_ones(known, on=on))
    addressee = Addressee(user_id=chooser.pk)
    audiences = {
        pk: audience
        for pk, audience in audiences_of(conventions, on=on).items()
        if addressee in audience.of(None)
    }
    return Standing(
        told=len(audiences),
        in_charge=sum(addressee in audience.in_charge for audience in audiences.values()),
        next_ones=_next_ones(list(audiences), on=on),
        addressee=addressee,
        audiences=audiences,
    )


def examples_for(standing: Standing, board: Board, *, now: datetime) -> dict[str, Example]:
    """Return one example a kind: the days still to come of the next deadline of that kind."""
    examples = {}
    for kind, deadline in standing.next_ones.items():
        zone = Zone(deadline.convention.zone)
        ladder = _ladder(standing, board, deadline)
        days = {
            told_on(local_day(rung.due_at, zone), board.rhythm)
            for rung in rungs(ladder, deadline.act_on, zone=zone)
        }
        coming = sorted(day for day in days if day > local_day(now, zone))
        examples[kind] = Example(deadline, coming)
    return examples


def _ladder(standing: Standing, board: Board, deadline: Deadline) -> Ladder:
    if standing.addressee is not None:
        audience = standing.audiences[deadline.convention_id]
        return audience.ladder(standing.addressee, deadline.kind)
    months, days = board.choice(deadline.kind).rungs
    return chosen(DeadlineKind(deadline.kind), months=months, days=days, in_charge=False)


def _next_ones(conventions: list[int], *, on: date) -> dict[str, Deadline]:
    rows = Deadline.objects.upcoming(on=on).filter(convention__in=conventions)
    soonest = rows.order_by().values_list("kind").annotate(Min("due_on"))
    wanted = reduce(or_, (Q(kind=kind, due_on=day) for kind, day in soonest), Q(pk__in=[]))
    found: dict[str, Deadline] = {}
    for row in rows.filter(wanted).select_related("convention"):
        found.setdefault(row.kind, row)
    return found
