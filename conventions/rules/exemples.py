"""What a clause means, shown at once on three telling days: an ordinary one, a month end, a bridge.

A clause is read by people who do not count: three dates say more than a rule. The days are chosen
so that the rules show: a quantième that the last month lacks, a date that falls on days off.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, groupby, islice

from conventions.enums import Operation, Trigger, Unit
from conventions.rules.clauses import COUNTED_BACK
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import shift_months
from conventions.rules.delais_clauses import date_de_clause
from conventions.rules.lectures import Lasting, Reading, duration_readings, possible_readings
from conventions.rules.sorties import Notice, end_of_notice
from conventions.rules.sorties_dates import last_day_for
from territories.enums import Zone
from territories.rules.french import long_date, typeset
from territories.rules.jours_feries import (
    is_jour_ferie,
    is_jour_ouvre,
    working_day_on_or_before,
)

ONE_DAY = timedelta(days=1)
TUESDAY, FRIDAY = 1, 4
MONTH_ENDS = 24
_EVENT_OF = {
    Trigger.ENVOI: "Lettre postée",
    Trigger.DEPOT_RECEPISSE: "Lettre déposée contre récépissé",
    Trigger.PREMIERE_PRESENTATION: "Lettre présentée",
    Trigger.RECEPTION: "Lettre reçue",
    Trigger.NOTIFICATION: "Lettre notifiée",
    Trigger.SIGNATURE: "Lettre signée",
}
_BEGUN = {
    Trigger.SIGNATURE: "Convention signée",
    Trigger.NOTIFICATION: "Convention notifiée",
    Trigger.DATE_EFFET: "Convention qui prend effet",
}


@dataclass(frozen=True)
class Answer:
    """One date a clause gives: counted from what, its meaning in words, its reasoning."""

    label: str
    sentence: str
    result: date
    safe_on: date
    steps: tuple[str, ...]
    is_prudent: bool = False


@dataclass(frozen=True)
class Example:
    """A telling day and what the clause makes of it: one answer, or all those of a silence."""

    kind: str
    lead: str
    day: date
    answers: tuple[Answer, ...]


def notice_examples(
    clause: Notice, *, today: date, zone: Zone, tried: date | None = None
) -> list[Example]:
    """Show a notice on three days to come, and on the day somebody tries.

    Raises `DelaiError` for a quantity that cannot be counted.
    """
    way = 1
    if clause.trigger in COUNTED_BACK:
        # The days shown are those of the effect: far enough for the letter still to be sent.
        way, today = -1, possible_readings(clause, today, zone=zone)[0].free_on
    chosen = example_days(clause, today=today, zone=zone, way=way)
    return [
        _notice_example(kind, clause, day, zone=zone) for kind, day in (*chosen, *_tried(tried))
    ]


def duration_examples(
    clause: Lasting, *, today: date, zone: Zone, tried: date | None = None
) -> list[Example]:
    """Show a duration on three days to come, and on the day somebody tries."""
    chosen = example_days(clause, today=today, zone=zone, way=1)
    return [
        _duration_example(kind, clause, day, zone=zone) for kind, day in (*chosen, *_tried(tried))
    ]


def silent_example(clause: Notice, day: date, *, zone: Zone, lasting: bool) -> Example:
    """Show every answer of a silent notice or, when `lasting`, of a silent duration, for a day."""
    draw = _duration_example if lasting else _notice_example
    return draw("Toutes les lectures", clause, day, zone=zone)


def example_days(clause: Lasting, *, today: date, zone: Zone, way: int) -> list[tuple[str, date]]:
    """Choose the telling days after today: each shows a rule of its own where there is one."""
    after = [today + timedelta(days=n) for n in range(1, 400)]

    def first(keeps: Callable[[date], bool]) -> date:
        return next(filter(keeps, after))

    ordinary = first(lambda day: day.weekday() == TUESDAY and day.day < 26)
    bridge = first(
        lambda day: (
            day.weekday() == FRIDAY
            and is_jour_ouvre(day, zone)
            and is_jour_ferie(day + 3 * ONE_DAY, zone)
        )
    )
    return [
        ("Un jour ordinaire", ordinary),
        ("Une fin de mois", _month_end(clause, today, way)),
        ("Un vendredi avant un lundi férié", bridge),
    ]


def _month_end(clause: Lasting, today: date, way: int) -> date:
    """Return the next month end whose quantième the last month lacks, else the next one."""
    firsts = (shift_months(today.replace(day=1), n).day for n in count(1))
    ends = [first - ONE_DAY for first in islice(firsts, MONTH_ENDS) if first - ONE_DAY > today]
    months = {Unit.ANS: 12, Unit.MOIS: 1}.get(clause.unit, 0) * clause.quantity
    if not months:
        return ends[0]
    return next((day for day in ends if shift_months(day, way * months).missing), ends[0])


def _tried(day: date | None) -> list[tuple[str, date]]:
    return [] if day is None else [("La date essayée", day)]


def _notice_example(kind: str, clause: Notice, day: date, *, zone: Zone) -> Example:
    if clause.trigger in COUNTED_BACK:
        lead = f"Pour être libre le {long_date(day)}"
        answers = (_act_by(last_day_for(clause, day, zone=zone)),)
    elif not clause.trigger:
        lead = f"Lettre postée le {long_date(day)}"
        rows = possible_readings(clause, day, zone=zone)
        answers = tuple(_bound(row.computation, zone, rows=same) for row, same in _by_day(rows))
    else:
        lead = f"{_EVENT_OF[Trigger(clause.trigger)]} le {long_date(day)}"
        answers = (_bound(end_of_notice(clause, day, zone=zone), zone),)
    return Example(kind, typeset(lead), day, answers)


def _duration_example(kind: str, clause: Lasting, day: date, *, zone: Zone) -> Example:
    if clause.trigger in _BEGUN:
        lead = f"{_BEGUN[Trigger(clause.trigger)]} le {long_date(day)}"
        computed = date_de_clause(
            Operation.DUREE, day, quantity=clause.quantity, unit=clause.unit, zone=zone
        )
        answers = (_covered(computed),)
    else:
        lead = f"Convention signée le {long_date(day)}"
        rows = duration_readings(clause, day, zone=zone)
        answers = tuple(_covered(row.computation, rows=same) for row, same in _by_day(rows))
    return Example(kind, typeset(lead), day, answers)


def _by_day(rows: list[Reading]) -> Iterator[tuple[Reading, list[Reading]]]:
    """Put together the readings that count from one day; the prudent one speaks for its group."""
    for _, same in groupby(rows, key=lambda row: row.event_on):
        group = list(same)
        yield next((row for row in group if row.is_prudent), group[0]), group


def _named(rows: Sequence[Reading]) -> str:
    return " ou ".join(row.label for row in rows)


def _act_by(computed: Computation) -> Answer:
    sentence = f"La lettre part au plus tard le {long_date(computed.result)}"
    return Answer("", sentence, computed.result, computed.safe_date, computed.steps)


def _bound(computed: Computation, zone: Zone, *, rows: Sequence[Reading] = ()) -> Answer:
    """The end of a notice; its safe date is the last working day on which one is surely bound."""
    last = computed.result
    sentence = f"Lié jusqu’au {long_date(last)}, libre le {long_date(last + ONE_DAY)}"
    return Answer(
        _named(rows),
        sentence,
        last,
        min(computed.safe_date, working_day_on_or_before(last, zone)),
        (*_assumed(rows), *computed.steps),
        is_prudent=any(row.is_prudent for row in rows),
    )


def _assumed(rows: Sequence[Reading]) -> list[str]:
    return [row.assumption for row in rows]


def _covered(computed: Computation, *, rows: Sequence[Reading] = ()) -> Answer:
    return Answer(
        _named(rows),
        f"Dernier jour : le {long_date(computed.result)}",
        computed.result,
        computed.safe_date,
        (*_assumed(rows), *computed.steps),
        is_prudent=any(row.is_prudent for row in rows),
    )
