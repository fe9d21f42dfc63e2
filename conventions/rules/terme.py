"""The last day a convention covers, and how avenants move it.

A duration counted from the term begins on the morrow of the last day covered (code civil,
art. 1213: a prorogation pushes the term back, the contract goes on). Counted from the signature or
from the date of effect, it is those of the convention: the clause speaks of it as amended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.core.exceptions import ValidationError

from conventions.enums import Operation, Trigger
from conventions.rules.delais import DelaiError
from conventions.rules.delais_clauses import date_de_clause


class Duration(Protocol):
    """What one needs of a duration clause to count with it."""

    quantity: int
    unit: str
    trigger: str


@dataclass(frozen=True)
class Term:
    """The last day covered, as one act left it, from the day that act binds."""

    act: int
    from_on: date
    ends_on: date


def last_day_covered(
    clause: Duration, *, signed_on: date, starts_on: date, zone: str, term: date | None = None
) -> date:
    """Count the duration from the day the clause names, else from the day of effect.

    `signed_on` is the day the convention was signed; `term`, its last day before this clause.
    """
    counted_from = starts_on
    if clause.trigger == Trigger.SIGNATURE:
        counted_from = signed_on
    elif clause.trigger == Trigger.TERME and term is not None:
        counted_from = term + timedelta(days=1)
    try:
        return date_de_clause(
            Operation.DUREE, counted_from, quantity=clause.quantity, unit=clause.unit, zone=zone
        ).result
    except DelaiError as error:
        raise ValidationError(str(error), code="duration") from error


def terms(
    durations: Iterable[tuple[int, date, Duration]], *, signed_on: date, starts_on: date, zone: str
) -> list[Term]:
    """Return every term the convention has had, in the order of its acts.

    `durations` are (number of the act, day it binds, clause), in the order of signature.
    """
    found: list[Term] = []
    for act, from_on, clause in durations:
        before = found[-1].ends_on if found else None
        counted = {"signed_on": signed_on, "starts_on": starts_on, "zone": zone, "term": before}
        found.append(Term(act, from_on, last_day_covered(clause, **counted)))
    return found


def term_on(known: Iterable[Term], day: date) -> date | None:
    """Return the last day covered as one had to read it on `day`, whatever came later."""
    binding = [term for term in known if term.from_on <= day]
    return binding[-1].ends_on if binding else None
