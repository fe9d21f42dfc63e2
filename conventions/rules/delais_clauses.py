"""A clause is data: computing the date of a clause in the unit and the words it was written in.

The parties' words prevail over every default (domain rules A10). A clause may count in working
days, say that its delay is franc, or that a date falling on a day off moves on. What a clause moves
stays contractual: its safe date is always taken before the move, and a day counted back stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from conventions.enums import Operation, Unit
from conventions.rules import delais, delais_phrases
from conventions.rules.clauses import quantity_in_words
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import DelaiError, in_bounds, shift_days
from territories.enums import Zone
from territories.rules.french import long_date, typeset
from territories.rules.jours_feries import (
    is_jour_ouvrable,
    is_jour_ouvre,
    working_day_on_or_after,
    working_day_on_or_before,
)
from territories.rules.zones import IN_ZONE

EFFET_AU_PLUS_TOT = "effet_au_plus_tot"
LONGEST_WORKING_DAYS = 3660
CLAUSE = "la clause prévaut, art. 1103 du code civil"
OUVRABLES = "jours ouvrables : du lundi au samedi, hors jours fériés"
OUVRES = "jours ouvrés : du lundi au vendredi, hors jours fériés"

ANSWERS: Mapping[str, Callable[..., Computation]] = MappingProxyType(
    {
        Operation.DELAI: delais.delai,
        Operation.PREAVIS: delais.preavis,
        Operation.DUREE: delais.duree,
        Operation.REBOURS: delais.rebours,
        EFFET_AU_PLUS_TOT: delais.effet_au_plus_tot,
    }
)
CALENDAR_UNITS: Mapping[str, str] = MappingProxyType(
    {Unit.ANS: "years", Unit.MOIS: "months", Unit.JOURS: "days", Unit.JOURS_FRANCS: "days"}
)
WORKING_UNITS: Mapping[str, tuple[Callable[[date, Zone], bool], str]] = MappingProxyType(
    {
        Unit.JOURS_OUVRABLES: (is_jour_ouvrable, OUVRABLES),
        Unit.JOURS_OUVRES: (is_jour_ouvre, OUVRES),
    }
)


def date_de_clause(
    operation: str,
    day: date,
    *,
    quantity: int,
    unit: str,
    carry: bool = False,
    franc: bool = False,
    zone: Zone = Zone.METROPOLE,
) -> Computation:
    """Return the date a clause gives from its triggering day (or, `rebours`, from its effect day).

    `operation` is a clause's `Operation`, or `effet_au_plus_tot` for the first day free after
    acting today under a `rebours` clause.
    """
    if operation not in ANSWERS:
        msg = typeset(f"Opération inconnue dans une clause : « {operation} ».")
        raise DelaiError(msg)
    franc = franc or unit == Unit.JOURS_FRANCS
    if unit in WORKING_UNITS:
        computation = _in_working_days(operation, day, quantity=quantity, unit=unit, zone=zone)
        if franc and operation == Operation.DELAI:
            computation = _one_day_more(computation, zone)
    else:
        computation = _in_calendar_units(
            operation, day, quantity=quantity, unit=unit, franc=franc, zone=zone
        )
    if franc and operation != Operation.DELAI:
        computation = _already_franc(computation)
    if carry and operation == Operation.REBOURS:
        return _never_later(computation)
    return _moved_by_clause(computation, zone) if carry else computation


def _in_calendar_units(
    operation: str, day: date, *, quantity: int, unit: str, franc: bool, zone: Zone
) -> Computation:
    if unit not in CALENDAR_UNITS:
        msg = typeset(f"Unité inconnue dans une clause : « {unit} ».")
        raise DelaiError(msg)
    arguments = {CALENDAR_UNITS[unit]: quantity, "zone": zone}
    if operation == Operation.DELAI:
        arguments["franc"] = franc
    return ANSWERS[operation](day, **arguments)


def _in_working_days(
    operation: str, day: date, *, quantity: int, unit: str, zone: Zone
) -> Computation:
    """Count working days; the day that starts the count is part of it for a `duree` alone."""
    if not 0 < quantity <= LONGEST_WORKING_DAYS:
        msg = f"Un décompte en jours de travail va de 1 à {LONGEST_WORKING_DAYS} jours."
        raise DelaiError(msg)
    works, rule = WORKING_UNITS[unit]
    way = -1 if operation == Operation.REBOURS else 1
    first = day if operation == Operation.DUREE else day + timedelta(days=way)
    counted = _nth_working_day(in_bounds(first), quantity, way=way, works=works, zone=zone)
    # Franc: the last safe day precedes the days counted back, and freedom follows those counted on.
    result = {Operation.REBOURS: -1, EFFET_AU_PLUS_TOT: 1}.get(operation, 0)
    end = shift_days(counted, result)
    word = "avant" if way < 0 else "après"
    steps = [
        delais_phrases.step(
            f"Compté {IN_ZONE[zone]} en jours de travail, le jour qui fait courir le délai "
            f"{'compris' if operation == Operation.DUREE else 'exclu'} : "
            f"{quantity_in_words(quantity, unit)} {word} le {long_date(day)}, soit le "
            f"{long_date(counted)}",
            rule,
            CLAUSE,
        )
    ]
    if result:
        steps.append(_franc_step(operation, end))
    safe = working_day_on_or_before(end, zone)
    return Computation(end, safe, (*steps, _closing_step(operation, end, safe, zone)))


def _nth_working_day(
    day: date, rank: int, *, way: int, works: Callable[[date, Zone], bool], zone: Zone
) -> date:
    """Return the working day of this rank, the given day being the first candidate."""
    while True:
        rank -= works(day, zone)
        if rank == 0:
            return day
        day = shift_days(day, way)


def _franc_step(operation: str, end: date) -> str:
    if operation == Operation.REBOURS:
        sentence = f"Ces jours doivent être pleins : il faut agir au plus tard le {long_date(end)}"
    else:
        sentence = f"Ces jours doivent être pleins : l’on est libre le {long_date(end)} à 0 h"
    return delais_phrases.step(sentence, delais_phrases.REBOURS_FRANC)


def _closing_step(operation: str, end: date, safe: date, zone: Zone) -> str:
    close = delais_phrases.safe_step
    if operation == EFFET_AU_PLUS_TOT:
        close = delais_phrases.nearest_step
    return close(end, safe, zone)


def _one_day_more(computation: Computation, zone: Zone) -> Computation:
    end = shift_days(computation.result, 1)
    safe = working_day_on_or_before(end, zone)
    steps = (
        *computation.steps[:-1],
        delais_phrases.step(
            f"La clause dit le délai franc : on peut agir jusqu’au lendemain, le {long_date(end)}",
            delais_phrases.FRANC,
            CLAUSE,
        ),
        delais_phrases.safe_step(end, safe, zone),
    )
    return Computation(end, safe, steps)


def _already_franc(computation: Computation) -> Computation:
    """Say that full days are what these questions count anyway: `franc` adds nothing to them."""
    sentence = delais_phrases.step(
        "La clause dit le délai franc : ce décompte ne retient déjà que des jours pleins, entre le "
        "jour qui le fait courir et celui de l’effet",
        delais_phrases.REBOURS_FRANC,
    )
    return replace(computation, steps=(*computation.steps, sentence))


def _never_later(computation: Computation) -> Computation:
    """Counting back, a later day to act would miss the effect: no clause makes a weekend a gift."""
    sentence = delais_phrases.step(
        "La clause parle de report, mais la date limite pour agir à rebours n’est pas repoussée : "
        "l’effet voulu serait manqué",
        delais_phrases.REBOURS_SANS_REPORT,
        delais_phrases.PRUDENCE,
    )
    return replace(computation, steps=(*computation.steps, sentence))


def _moved_by_clause(computation: Computation, zone: Zone) -> Computation:
    """Move a date off a day nobody works, because the clause says so; keep the safe date."""
    result = computation.result
    moved = working_day_on_or_after(result, zone)
    if moved == result:
        return computation
    sentence = delais_phrases.step(
        f"La clause reporte une date qui tombe un jour non ouvré : le {long_date(result)} devient "
        f"le {long_date(moved)} ; la date sûre ne tient pas compte de ce report",
        CLAUSE,
        delais_phrases.PRUDENCE,
    )
    return replace(computation, result=moved, steps=(*computation.steps, sentence))
