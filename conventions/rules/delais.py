"""The law of dates: six questions, one function each, and the reasoning behind every answer.

Sources and how sure we are of each: domain rules § A. Months (a year is twelve) are always counted
first, then days. Each answer is a `Computation`; what its dates mean depends on the question:

`delai` → last day to act, until 24:00.
`preavis` → last day bound, until 24:00.
`duree` → last day covered, until 24:00.
`rebours` → last day to act for the wanted effect, until 24:00.
`effet_au_plus_tot` → first day no longer bound, from 0:00.
`instant_24h` → UTC instant at which a local day ends.

`safe_date` is the last working day on or before the result (on or before the local day for
`instant_24h`): the day to write in a diary for whoever must act, post or sign by then. For
`effet_au_plus_tot` nothing is to be done by then; it is the working day nearest the change.
A deadline carried over by art. 642 CPC falls on a working day, hence is its own safe date; its
steps say by when to act if the act is contractual, because case law on that carry-over conflicts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from conventions.rules import delais_phrases as phrases
from conventions.rules import delais_saisie as saisie
from conventions.rules.delais_calcul import DelaiError, Quantity, in_bounds, shift_days
from conventions.rules.delais_comptage import (
    count_backward,
    count_duration,
    count_forward,
    last_day_in_time_for,
)
from territories.enums import Zone
from territories.rules.french import long_date, short_date, typeset
from territories.rules.jours_feries import working_day_on_or_after, working_day_on_or_before
from territories.rules.zones import IN_ZONE, TIME_ZONE_NAMES, time_zone

__all__ = [
    "Computation",
    "DelaiError",
    "compute",
    "delai",
    "duree",
    "effet_au_plus_tot",
    "instant_24h",
    "preavis",
    "rebours",
]


@dataclass(frozen=True)
class Computation:
    """A date, the day that is safe to act on, and the reasoning that leads there."""

    result: date | datetime
    safe_date: date
    steps: tuple[str, ...]


def delai(
    start: date,
    *,
    years: int = 0,
    months: int = 0,
    days: int = 0,
    carry: bool = False,
    franc: bool = False,
    zone: Zone = Zone.METROPOLE,
) -> Computation:
    """Return the last day on which a procedural or statutory act may be done (art. 640-642 CPC).

    `franc` adds a day before `carry` moves the deadline off a day nobody works.
    """
    end, counted = count_forward(start, Quantity(years, months, days))
    begins = phrases.step(f"Le délai court à compter du {long_date(start)}", phrases.ART_640)
    steps = [begins, *counted]
    if franc:
        end = shift_days(end, 1)
        steps.append(phrases.franc_step(end))
    if carry:
        carried = working_day_on_or_after(end, zone)
        steps += phrases.carry_steps(end, carried, zone)
        end = carried
    else:
        reason = "Aucun report au jour ouvrable suivant n’est compté"
        steps.append(phrases.no_carry_step(end, zone, reason, f"{phrases.ART_642_2} non appliqué"))
    steps.append(phrases.step(f"Le délai expire le {long_date(end)} à 24 h", phrases.ART_642_1))
    return _computation(end, steps, zone)


def preavis(
    event: date,
    *,
    years: int = 0,
    months: int = 0,
    days: int = 0,
    zone: Zone = Zone.METROPOLE,
) -> Computation:
    """Return the last day on which one stays bound after a notice; a weekend never moves it."""
    rule = f"{phrases.ART_641_2}, par analogie"
    end, counted = count_forward(event, Quantity(years, months, days), rule=rule)
    steps = [
        phrases.step(
            f"Le préavis court de jour à jour à compter du {long_date(event)}, qui ne compte pas",
            phrases.PREAVIS_DE_JOUR_A_JOUR,
        ),
        *counted,
        phrases.no_carry_step(
            end,
            zone,
            "Un préavis qui prend fin un samedi, un dimanche ou un jour férié n’est pas reporté",
            phrases.PREAVIS_SANS_REPORT,
        ),
        phrases.step(
            f"On reste lié jusqu’au {long_date(end)} à 24 h, et l’on est libre le "
            f"{long_date(shift_days(end, 1))} à 0 h",
            f"{phrases.ART_642_1}, par analogie",
        ),
    ]
    return _computation(end, steps, zone)


def duree(
    start: date,
    *,
    years: int = 0,
    months: int = 0,
    days: int = 0,
    zone: Zone = Zone.METROPOLE,
) -> Computation:
    """Return the last day of «3 ans à compter du…»: the first day counts, nothing is carried."""
    end, counted = count_duration(start, Quantity(years, months, days))
    steps = [
        phrases.step(
            f"La durée d’un contrat court dès son premier jour, le {long_date(start)}, qui "
            "compte ; la règle du même quantième, propre aux délais de procédure, ne la régit pas",
            phrases.DUREE_CONTRACTUELLE,
        ),
        *counted,
        phrases.step(
            f"Le dernier jour couvert est le {long_date(end)}, jusqu’à 24 h ; une durée n’est pas "
            "reportée au jour ouvrable suivant",
            phrases.DUREE_CONTRACTUELLE,
        ),
        phrases.step(
            "Une prorogation se convient avant l’expiration, donc au plus tard ce jour-là",
            "art. 1213 du code civil",
        ),
    ]
    return _computation(end, steps, zone)


def rebours(
    effect: date,
    *,
    years: int = 0,
    months: int = 0,
    days: int = 0,
    zone: Zone = Zone.METROPOLE,
) -> Computation:
    """Return the last day on which to act for an effect on a day (0:00): franc, never carried."""
    quantity = Quantity(years, months, days)
    reached, counted = count_backward(effect, quantity)
    end = shift_days(reached, -1)
    steps = [
        phrases.step(
            f"L’effet est voulu le {long_date(effect)} à 0 h : le décompte remonte depuis la "
            "veille, et ce jour ne compte pas",
            phrases.REBOURS_DEPUIS_LA_VEILLE,
        ),
        *counted,
        phrases.eve_step(end),
    ]
    safe_end = last_day_in_time_for(effect, quantity, at_most=end)
    if safe_end != end:
        steps.append(phrases.earlier_step(end, safe_end))
    reason = "Un délai à rebours n’est ni reporté ni avancé par un samedi, un dimanche ou un férié"
    steps.append(phrases.no_carry_step(safe_end, zone, reason, phrases.REBOURS_SANS_REPORT))
    return _computation(safe_end, steps, zone)


def effet_au_plus_tot(
    sent: date,
    *,
    years: int = 0,
    months: int = 0,
    days: int = 0,
    zone: Zone = Zone.METROPOLE,
) -> Computation:
    """Return the first day, from 0:00, on which one is free after acting today."""
    rule = f"{phrases.ART_641_2}, par analogie"
    last_bound, counted = count_forward(sent, Quantity(years, months, days), rule=rule)
    free = shift_days(last_bound, 1)
    steps = [
        phrases.step(
            f"L’acte est daté du {long_date(sent)}, et ce jour ne compte pas",
            f"{phrases.ART_641_1}, par analogie",
        ),
        *counted,
        phrases.step(
            f"On reste lié jusqu’au {long_date(last_bound)} à 24 h, sans report ; l’effet est "
            f"possible au plus tôt le {long_date(free)} à 0 h",
            f"inverse du décompte à rebours, {phrases.REBOURS_FRANC}",
        ),
    ]
    safe = working_day_on_or_before(free, zone)
    return Computation(free, safe, (*steps, phrases.nearest_step(free, safe, zone)))


def instant_24h(day: date, zone: Zone = Zone.METROPOLE) -> Computation:
    """Return the UTC instant at which a local day ends; a day lasts 23 or 25 hours twice a year."""
    in_bounds(day)
    clock = time_zone(zone)
    begins, ends = (
        datetime.combine(midnight, time.min, tzinfo=clock).astimezone(UTC)
        for midnight in (day, day + timedelta(days=1))
    )
    steps = [
        phrases.step(
            f"Le {long_date(day)} prend fin à 24 h, heure légale {IN_ZONE[zone]} "
            f"({TIME_ZONE_NAMES[zone]}), soit le {long_date(day + timedelta(days=1))} à 0 h",
            phrases.ART_642_1,
        ),
        *_clock_change_steps(day, round((ends - begins).total_seconds() / 3600)),
        phrases.step(
            f"À cet instant, il est {ends:%H} h {ends:%M} le {short_date(ends.date())} en temps "
            "universel coordonné (UTC)",
            f"heure légale {IN_ZONE[zone]}",
        ),
    ]
    safe = working_day_on_or_before(day, zone)
    return Computation(ends, safe, (*steps, phrases.safe_step(day, safe, zone)))


def compute(op: str, data: Mapping[str, Any]) -> Computation:
    """Answer a question put as plain data; what cannot be understood raises a `DelaiError`.

    A flag asked of an operation that does not know it moves nothing, and the reasoning says so.
    """
    operation = OPERATIONS.get(op) if isinstance(op, str) else None
    if operation is None:
        msg = f"Opération inconnue : {saisie.shown(op)}. Opérations possibles : {_known()}."
        raise DelaiError(typeset(msg))
    saisie.check_fields(data)
    answer, day_field, quantities, flags = operation
    day = saisie.read_day(data, day_field)
    arguments = saisie.read_quantities(data) if quantities else {}
    asked = {flag: saisie.read_flag(data, flag) for flag in FLAGS}
    arguments |= {flag: asked[flag] for flag in flags}
    computation = answer(day, zone=saisie.read_zone(data), **arguments)
    in_vain = [phrases.IN_VAIN[flag] for flag in FLAGS if asked[flag] and flag not in flags]
    *reasoning, last = computation.steps
    return replace(computation, steps=(*reasoning, *in_vain, last))


# What may be asked of a `delai`; the other operations have a rule of their own (rules A8, A9).
FLAGS = ("carry", "franc")


# Operation: function, field of its day, whether it takes a quantity, its flags.
OPERATIONS: Mapping[str, tuple[Callable[..., Computation], str, bool, tuple[str, ...]]] = (
    MappingProxyType(
        {
            "delai": (delai, "start", True, ("carry", "franc")),
            "preavis": (preavis, "event", True, ()),
            "duree": (duree, "start", True, ()),
            "rebours": (rebours, "effect", True, ()),
            "effet_au_plus_tot": (effet_au_plus_tot, "sent", True, ()),
            "instant_24h": (instant_24h, "day", False, ()),
        }
    )
)


def _known() -> str:
    return ", ".join(OPERATIONS)


def _computation(result: date, steps: list[str], zone: Zone) -> Computation:
    safe = working_day_on_or_before(result, zone)
    return Computation(result, safe, (*steps, phrases.safe_step(result, safe, zone)))


def _clock_change_steps(day: date, hours: int) -> list[str]:
    if hours == 24:
        return []
    season = "d’été" if hours < 24 else "d’hiver"
    sentence = f"Le passage à l’heure {season} fait durer ce jour {hours} heures"
    return [phrases.step(sentence, "directive 2000/84/CE")] if day.year > 2000 else []
