"""Choosing the day of a letter: from the day wanted free to the last safe day, and back again.

The wizard of ways out and the deadlines count with the same functions: there is one answer. What a
clause leaves open is read by `lectures`, the prudent reading named (domain rules A8 to A12).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from conventions.enums import Operation, TerminationGround, Trigger
from conventions.rules.delais import Computation
from conventions.rules.delais_clauses import CLAUSE, EFFET_AU_PLUS_TOT, date_de_clause
from conventions.rules.delais_phrases import PRUDENCE, safe_step, step
from conventions.rules.sorties import COUNTED_BACK, Notice, end_of_notice
from territories.enums import Zone
from territories.rules.french import long_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

ONE_DAY = timedelta(days=1)
_TRIGGERS: dict[str, str] = {
    Trigger.ENVOI: (
        "Le préavis court de l’envoi : le jour du dépôt compte, prouvé par son récépissé ; la "
        "présentation et l’avis de réception n’y changent rien (art. 668 CPC)."
    ),
    Trigger.DATE_EFFET: (
        "Le décompte part de la date d’effet et remonte : la lettre doit être partie avant. "
        "Preuve : le récépissé de dépôt."
    ),
    Trigger.DEPOT_RECEPISSE: (
        "Le préavis court du dépôt de la lettre contre récépissé : le récépissé daté fait foi."
    ),
    Trigger.PREMIERE_PRESENTATION: (
        "Le préavis court de la première présentation de la lettre : postez-la assez tôt pour "
        "qu’elle ait lieu ce jour-là au plus tard."
    ),
    Trigger.RECEPTION: (
        "Le préavis court de la réception, à la date portée sur l’avis (art. 669 CPC). Une lettre "
        "non réclamée ne le fait pas courir devant le juge civil : postez tôt."
    ),
    Trigger.NOTIFICATION: (
        "Le préavis court de la notification, c’est-à-dire, par prudence, de la réception."
    ),
    "": (
        "La clause ne dit pas ce qui fait courir le préavis. Lecture prudente : la réception de "
        "la lettre. Si l’envoi suffit, poster ce jour-là suffit aussi."
    ),
}
SILENT = frozenset({"", Trigger.NOTIFICATION})
_GESTURES: dict[str, str] = {
    Trigger.DEPOT_RECEPISSE: "déposée contre récépissé",
    Trigger.PREMIERE_PRESENTATION: "présentée pour la première fois",
    Trigger.RECEPTION: "remise",
    Trigger.SIGNATURE: "signée",
}
# A letter needs about this long to be presented, and the post keeps it as long again.
PRESENTED_AFTER = timedelta(days=2)
KEPT_AT_THE_POST = timedelta(days=15)


class WayOut(Notice, Protocol):
    """A termination clause, with what it asks for."""

    ground: str


@dataclass(frozen=True)
class Trial:
    """«Et si je poste un autre jour ?»: the notice that a letter sent on `sent_on` opens."""

    sent_on: date
    last_bound_on: date
    free_on: date
    in_time: bool
    is_last_chance: bool


def last_day_for(clause: Notice, effect: date, *, zone: Zone) -> Computation:
    """Return the last day to act under `clause` in order to be free on `effect`, at 0:00."""
    answer = _count(clause, Operation.REBOURS, effect, zone=zone)
    day = answer.result
    while free_from(clause, day, zone=zone).result > effect:
        day -= ONE_DAY
    if day == answer.result:
        return answer
    safe = working_day_on_or_before(day, zone)
    sentence = (
        "La clause reporte un préavis qui finit un jour chômé : recompté en avant, il dépasserait "
        f"la date d’effet, et l’on retient le {long_date(day)}"
    )
    steps = (*answer.steps, step(sentence, CLAUSE, PRUDENCE), safe_step(day, safe, zone))
    return Computation(day, safe, steps)


def free_from(clause: Notice, sent: date, *, zone: Zone) -> Computation:
    """Return the first day free when the act that starts the notice is done on `sent`."""
    if not clause.carry:
        return _count(clause, EFFET_AU_PLUS_TOT, sent, zone=zone)
    bound = end_of_notice(clause, sent, zone=zone)
    free = bound.result + ONE_DAY
    sentence = f"On est libre le lendemain, le {long_date(free)}, à 0 h"
    safe = working_day_on_or_before(free, zone)
    return Computation(free, safe, (*bound.steps, step(sentence, CLAUSE)))


def _count(clause: Notice, operation: str, day: date, *, zone: Zone) -> Computation:
    return date_de_clause(
        operation,
        day,
        quantity=clause.quantity,
        unit=clause.unit,
        franc=clause.franc,
        zone=zone,
    )


def try_day(clause: Notice, sent: date, *, effect: date | None, zone: Zone) -> Trial:
    """Return what a letter sent on `sent` gives, against the wanted `effect` when there is one."""
    free = free_from(clause, sent, zone=zone).result
    in_time = effect is None or free <= effect
    tight = False
    if effect is not None:
        tight = in_time and sent > last_day_for(clause, effect, zone=zone).safe_date
    return Trial(sent, free - ONE_DAY, free, in_time=in_time, is_last_chance=tight)


def nearby_trials(clause: Notice, *, effect: date, zone: Zone) -> list[Trial]:
    """Try the days around the last one: the safe day, the last, the next two."""
    last = last_day_for(clause, effect, zone=zone)
    days = sorted({last.safe_date, *(last.result + ONE_DAY * shift for shift in range(3))})
    return [try_day(clause, day, effect=effect, zone=zone) for day in days]


def trials_around(clause: Notice, day: date, *, zone: Zone) -> list[Trial]:
    """Try the planned day and those around it: a day before, a day and a week after."""
    days: Iterable[date] = (day + ONE_DAY * shift for shift in (-1, 0, 1, 7))
    return [try_day(clause, tried, effect=None, zone=zone) for tried in days]


def planned_event(trigger: str, day: date) -> date:
    """Return the event a letter of `day` leads to: a silent clause waits for its reception."""
    return day + PRESENTED_AFTER + KEPT_AT_THE_POST if trigger in SILENT else day


def last_posting(trigger: str, event_on: date) -> date:
    """Return the last day to post for an event: a silent clause is posted early enough."""
    return event_on - PRESENTED_AFTER - KEPT_AT_THE_POST if trigger in SILENT else event_on


def gesture(trigger: str) -> str:
    """Say what the planned day is the day of: «postée», «présentée», «remise», «déposée»."""
    return _GESTURES.get(trigger, "postée")


def trigger_of(clause: WayOut) -> str:
    """Say what starts the notice and what proves it; a silent clause is said to be silent."""
    if clause.ground == TerminationGround.MANQUEMENT and clause.trigger == Trigger.DEPOT_RECEPISSE:
        return typeset(
            "Le délai court du dépôt de la mise en demeure contre récépissé : le récépissé daté "
            "fait foi."
        )
    counted = Trigger.DATE_EFFET if clause.trigger in COUNTED_BACK else clause.trigger
    known = _TRIGGERS.get(counted)
    return typeset(known or f"La clause compte à partir de : {Trigger(clause.trigger).label}.")
