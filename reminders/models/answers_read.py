"""Which sides are done with a deadline: they are reminded of it no more."""

from collections import defaultdict
from collections.abc import Iterable

from reminders.enums import AnswerKind
from reminders.models.added import CLOSING, DeadlineAnswer
from reminders.models.deadline import Deadline


def closed_parties(deadlines: Iterable[Deadline]) -> dict[int, set[int]]:
    """Return, for each deadline by primary key, the parties that said it is done or not theirs."""
    return _parties(deadlines, CLOSING)


def answered_parties(deadlines: Iterable[Deadline]) -> dict[int, set[int]]:
    """Return, for each deadline by primary key, the parties where somebody answered anything."""
    return _parties(deadlines, tuple(AnswerKind))


def _parties(deadlines: Iterable[Deadline], kinds: tuple[str, ...]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = DeadlineAnswer.objects.filter(
        deadline__in=[row.pk for row in deadlines], withdrawn_at__isnull=True, kind__in=kinds
    )
    for deadline_id, party_id in rows.values_list("deadline", "party"):
        found[deadline_id].add(party_id)
    return found
