"""Every way a notice may be read: from each event of its letter, side by side, the prudent named.

A clause that does not say what starts its notice is never settled in silence (domain rules A8 to
A14): the portal gives what each event would lead to, and names the reading nobody can reproach.
Only the day of the letter is known beforehand; the other events are assumed, and said to be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from conventions.enums import Operation, Trigger
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import shift_months
from conventions.rules.delais_clauses import CLAUSE, date_de_clause
from conventions.rules.delais_phrases import PRUDENCE, step
from conventions.rules.sorties import Notice, end_of_notice
from conventions.rules.sorties_dates import KEPT_AT_THE_POST, PRESENTED_AFTER
from territories.enums import Zone
from territories.rules.french import long_date

ONE_DAY = timedelta(days=1)


class _Assumed(NamedTuple):
    """An event of a letter: how it is called, how long after the deposit, and why so long."""

    label: str
    after: timedelta
    why: str


_AT_ONCE = timedelta(0)
_HANDED = PRESENTED_AFTER + KEPT_AT_THE_POST
_EVENTS: dict[str, _Assumed] = {
    Trigger.ENVOI: _Assumed("l’envoi", _AT_ONCE, "le jour où la lettre part"),
    Trigger.DEPOT_RECEPISSE: _Assumed(
        "le dépôt contre récépissé", _AT_ONCE, "le jour où la lettre est déposée"
    ),
    Trigger.PREMIERE_PRESENTATION: _Assumed(
        "la première présentation",
        PRESENTED_AFTER,
        "la lettre étant supposée présentée deux jours plus tard",
    ),
    Trigger.RECEPTION: _Assumed(
        "la réception", _HANDED, "la lettre étant remise au plus tard après quinze jours de garde"
    ),
    Trigger.NOTIFICATION: _Assumed(
        "la notification", _HANDED, "entendue par prudence comme la réception de la lettre"
    ),
}
_STATED_ONLY: dict[str, _Assumed] = {
    Trigger.SIGNATURE: _Assumed(
        "la signature de la lettre", _AT_ONCE, "la lettre étant supposée postée le jour même"
    ),
    Trigger.DATE_EFFET: _Assumed(
        "la date d’effet, en remontant", _AT_ONCE, "la lettre part avant la date voulue"
    ),
    Trigger.TERME: _Assumed("le terme, en remontant", _AT_ONCE, "la lettre part avant le terme"),
}


@dataclass(frozen=True)
class Reading:
    """One way to read a clause: from what it counts, and what a letter of that day then gives.

    `is_stated`: the clause says this event. `is_prudent`: the reading to rely on, which is the one
    the clause states or, when it is silent, the one that binds the longest.
    """

    trigger: str
    label: str
    assumption: str
    event_on: date
    last_bound_on: date
    free_on: date
    computation: Computation
    is_stated: bool
    is_prudent: bool

    @property
    def steps(self) -> tuple[str, ...]:
        """The event assumed, then the reasoning of its date."""
        return (self.assumption, *self.computation.steps)


class Lasting(Protocol):
    """What must be known of a duration clause to count with it."""

    quantity: int
    unit: str
    trigger: str


@dataclass(frozen=True)
class _Asked:
    """A clause read as if it stated another event."""

    quantity: int
    unit: str
    trigger: str
    carry: bool
    franc: bool


def possible_readings(clause: Notice, posted: date, *, zone: Zone) -> list[Reading]:
    """Return what a letter posted on a day gives, for each event a clause may count from.

    Exactly one reading is prudent. Raises `DelaiError` for a quantity that cannot be counted.
    """
    events = dict(_EVENTS)
    if clause.trigger in _STATED_ONLY:
        events = {clause.trigger: _STATED_ONLY[clause.trigger]} | events
    ends = {
        trigger: _end(clause, trigger, posted + event.after, zone=zone)
        for trigger, event in events.items()
    }
    prudent = clause.trigger or max(_EVENTS, key=lambda trigger: ends[trigger].result)
    return [
        _reading(
            trigger,
            event,
            posted,
            ends[trigger],
            stated=trigger == clause.trigger,
            prudent=trigger == prudent,
        )
        for trigger, event in events.items()
    ]


def duration_readings(clause: Lasting, signed: date, *, zone: Zone) -> list[Reading]:
    """Return the last day covered of a duration, for each day it may begin when signed on a day.

    A silent clause has its prudent reading: the one that ends first, before which one prorogues.
    """
    ends = {
        trigger: date_de_clause(
            Operation.DUREE,
            begin(signed),
            quantity=clause.quantity,
            unit=clause.unit,
            zone=zone,
        )
        for trigger, (_, begin, _) in _BEGINNINGS.items()
    }
    known = clause.trigger if clause.trigger in _BEGINNINGS else ""
    prudent = known or min(_BEGINNINGS, key=lambda trigger: ends[trigger].result)
    return [
        Reading(
            trigger=trigger,
            label=label,
            assumption=step(
                f"Compté depuis {label}, {why} : le {long_date(begin(signed))}", PRUDENCE
            ),
            event_on=begin(signed),
            last_bound_on=ends[trigger].result,
            free_on=ends[trigger].result + ONE_DAY,
            computation=ends[trigger],
            is_stated=trigger == known,
            is_prudent=trigger == prudent,
        )
        for trigger, (label, begin, why) in _BEGINNINGS.items()
    ]


def _next_month(day: date) -> date:
    return shift_months(day.replace(day=1), 1).day


_NOTIFIED_AFTER = timedelta(days=8)
# What a duration may begin with: its name, the day assumed of a signature, and why that day.
_BEGINNINGS: dict[str, tuple[str, Callable[[date], date], str]] = {
    Trigger.SIGNATURE: ("la signature", lambda day: day, "le jour de la dernière signature"),
    Trigger.NOTIFICATION: (
        "la notification",
        lambda day: day + _NOTIFIED_AFTER,
        "supposée faite huit jours après la signature",
    ),
    Trigger.DATE_EFFET: (
        "la prise d’effet",
        _next_month,
        "supposée fixée au premier jour du mois suivant",
    ),
}


def _end(clause: Notice, trigger: str, event_on: date, *, zone: Zone) -> Computation:
    asked = _Asked(clause.quantity, clause.unit, trigger, clause.carry, clause.franc)
    return end_of_notice(asked, event_on, zone=zone)


def _reading(
    trigger: str,
    event: _Assumed,
    posted: date,
    computed: Computation,
    *,
    stated: bool,
    prudent: bool,
) -> Reading:
    event_on = posted + event.after
    assumption = f"Compté depuis {event.label}, {event.why} : le {long_date(event_on)}"
    certain = stated and not event.after
    return Reading(
        trigger=trigger,
        label=event.label,
        assumption=step(assumption, CLAUSE if certain else PRUDENCE),
        event_on=event_on,
        last_bound_on=computed.result,
        free_on=computed.result + ONE_DAY,
        computation=computed,
        is_stated=stated,
        is_prudent=prudent,
    )
