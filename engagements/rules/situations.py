"""What an engagement is on a day, and how a result stands against its target."""

from datetime import date, timedelta
from decimal import Decimal

from engagements.enums import Direction, EngagementSituation, Recurrence, State, ValueStatus

PROCHE = timedelta(days=30)

OPEN = (State.A_VENIR, State.EN_COURS)
# What comes back: once kept, the next date counts again.
PERIODIC = (Recurrence.TRIMESTRIELLE, Recurrence.SEMESTRIELLE, Recurrence.ANNUELLE)


def awaited(state: State, recurrence: Recurrence) -> bool:
    """Whether the due date still commands: not yet kept, or kept and coming back."""
    return state in OPEN or (state == State.TENU and recurrence in PERIODIC)


def situation_on(
    day: date,
    *,
    state: State,
    due_on: date | None,
    recurrence: Recurrence = Recurrence.PONCTUELLE,
) -> EngagementSituation:
    """Return the situation of an engagement on `day`.

    A condition not yet met suspends («sous réserve de»): suspended is never late. What was kept
    and comes back stays kept until its next date draws near.
    """
    if not awaited(state, recurrence):
        return EngagementSituation(state)
    if due_on is not None and due_on < day:
        return EngagementSituation.EN_RETARD
    if due_on is not None and due_on <= day + PROCHE:
        return EngagementSituation.PROCHE
    return EngagementSituation(state)


def still_owed(situation: EngagementSituation) -> bool:
    """Whether something is still expected: what makes the beam of the balance tilt."""
    return situation not in {EngagementSituation.TENU, EngagementSituation.SANS_OBJET}


def share_of_target(value: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Return value ÷ target as a ratio, or None when either is unknown or the target is zero."""
    if value is None or not target:
        return None
    return value / target


def meets_target(
    value: Decimal | None, target: Decimal | None, direction: Direction
) -> bool | None:
    if value is None or target is None:
        return None
    return value >= target if direction == Direction.AU_MOINS else value <= target


def verdict(
    value: Decimal | None,
    target: Decimal | None,
    direction: Direction,
    *,
    status: ValueStatus | None,
    additive: bool,
) -> bool | None:
    """Whether the target is met, or None while nobody can say.

    A count still running may yet reach its target, or pass the limit it must not pass.
    """
    met = meets_target(value, target, direction)
    still_counting = additive and status == ValueStatus.PROVISOIRE
    hasty = met is (direction == Direction.AU_PLUS)
    return None if still_counting and hasty else met
