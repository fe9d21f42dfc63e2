"""Ways out: the last safe day to send a letter for each useful date, and the answer of the day.

A clause that needs no reason, or that follows a disagreement on the review, is counted back from
each date on which leaving is natural: the turn of each civil year and of each year of the
convention. Every clause also gives a rolling answer: letter sent today, free on that day. A formal
notice after a breach is never planned ahead: it has its rolling answer only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from conventions.enums import Operation, TerminationGround, Trigger, YearBasis
from conventions.rules.cycle import BINDING
from conventions.rules.delais import Computation
from conventions.rules.delais_calcul import DelaiError, shift_months
from conventions.rules.delais_clauses import CLAUSE, EFFET_AU_PLUS_TOT, date_de_clause
from conventions.rules.delais_phrases import PRUDENCE, safe_step, step
from reminders.enums import DeadlineKind
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts, TerminationFacts
from territories.enums import Zone
from territories.rules.french import long_date, short_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

ONE_DAY = timedelta(days=1)

# What one must do with the letter by the last day, and what proves it.
_SEND = "Envoyer la lettre de résiliation"
_RECEIVE = "Faire recevoir la lettre de résiliation"
_ACTS: dict[str, str] = {
    Trigger.ENVOI: _SEND,
    Trigger.DATE_EFFET: _SEND,
    Trigger.DEPOT_RECEPISSE: "Déposer la lettre de résiliation contre récépissé",
    Trigger.PREMIERE_PRESENTATION: "Faire présenter la lettre de résiliation",
    Trigger.NOTIFICATION: "Notifier la résiliation",
}
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
_ROLLING_TITLES: dict[str, str] = {
    TerminationGround.SANS_MOTIF: "Résilier : date la plus proche si la lettre part aujourd’hui",
    TerminationGround.MANQUEMENT: (
        "Mise en demeure pour manquement : date la plus proche si elle part aujourd’hui"
    ),
    TerminationGround.DESACCORD: (
        "Résilier après un désaccord : date la plus proche si la lettre part aujourd’hui"
    ),
}


@dataclass(frozen=True)
class Trial:
    """«Et si je poste un autre jour ?»: the notice that a letter sent on `sent_on` opens."""

    sent_on: date
    last_bound_on: date
    free_on: date
    in_time: bool
    is_last_chance: bool


def ways_out(facts: ConventionFacts, *, until: date, on: date) -> Iterator[ProjectedDeadline]:
    """Yield the dates of every termination clause, then its answer of the day."""
    for clause in facts.terminations:
        for effect in useful_effects(clause, facts, until=until):
            planned = _planned(clause, facts, effect=effect)
            if planned is not None:
                yield planned
        rolling = _rolling(clause, facts, on=on)
        if rolling is not None:
            yield rolling


def useful_effects(clause: TerminationFacts, facts: ConventionFacts, *, until: date) -> list[date]:
    """Return the first days wanted free: after each 31 December and each year of the convention.

    Leaving on the day after the term is pointless: the convention ends by itself. A disagreement on
    the review leaves the year's commitments to be kept: it frees at the turn of that year alone.
    """
    if clause.ground == TerminationGround.MANQUEMENT:
        return []
    basis = facts.revoyure_clause.year_basis if facts.revoyure_clause else YearBasis.CIVILE
    of_disagreement = clause.ground == TerminationGround.DESACCORD
    days: set[date] = set()
    if not of_disagreement or basis == YearBasis.CIVILE:
        days |= {date(year, 1, 1) for year in range(facts.starts_on.year + 1, until.year + 1)}
    if not of_disagreement or basis == YearBasis.CONVENTION:
        years = range(1, until.year - facts.starts_on.year + 1)
        days |= {shift_months(facts.starts_on, 12 * year).day for year in years}
    return sorted(day for day in days if facts.starts_on < day <= until)


def last_day_for(clause: TerminationFacts, effect: date, *, zone: Zone) -> Computation:
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


def free_from(clause: TerminationFacts, sent: date, *, zone: Zone) -> Computation:
    """Return the first day free when the act that starts the notice is done on `sent`."""
    if not clause.carry:
        return _count(clause, EFFET_AU_PLUS_TOT, sent, zone=zone)
    bound = _count(clause, Operation.PREAVIS, sent, zone=zone, carry=True)
    free = bound.result + ONE_DAY
    sentence = f"On est libre le lendemain, le {long_date(free)}, à 0 h"
    safe = working_day_on_or_before(free, zone)
    return Computation(free, safe, (*bound.steps, step(sentence, CLAUSE)))


def _count(
    clause: TerminationFacts, operation: str, day: date, *, zone: Zone, carry: bool = False
) -> Computation:
    return date_de_clause(
        operation,
        day,
        quantity=clause.quantity,
        unit=clause.unit,
        carry=carry,
        franc=clause.franc,
        zone=zone,
    )


def try_day(clause: TerminationFacts, sent: date, *, effect: date | None, zone: Zone) -> Trial:
    """Return what a letter sent on `sent` gives, against the wanted `effect` when there is one."""
    free = free_from(clause, sent, zone=zone).result
    in_time = effect is None or free <= effect
    tight = False
    if effect is not None:
        tight = in_time and sent > last_day_for(clause, effect, zone=zone).safe_date
    return Trial(sent, free - ONE_DAY, free, in_time=in_time, is_last_chance=tight)


def nearby_trials(clause: TerminationFacts, *, effect: date, zone: Zone) -> list[Trial]:
    """Try the days around the last one: the safe day, the last, the next two."""
    last = last_day_for(clause, effect, zone=zone)
    days = sorted({last.safe_date, *(last.result + ONE_DAY * shift for shift in range(3))})
    return [try_day(clause, day, effect=effect, zone=zone) for day in days]


def trigger_of(clause: TerminationFacts) -> str:
    """Say what starts the notice and what proves it; a silent clause is said to be silent."""
    if clause.ground == TerminationGround.MANQUEMENT and clause.trigger == Trigger.DEPOT_RECEPISSE:
        return typeset(
            "Le délai court du dépôt de la mise en demeure contre récépissé : le récépissé daté "
            "fait foi."
        )
    known = _TRIGGERS.get(clause.trigger)
    return typeset(known or f"La clause compte à partir de : {Trigger(clause.trigger).label}.")


def _planned(
    clause: TerminationFacts, facts: ConventionFacts, *, effect: date
) -> ProjectedDeadline | None:
    """Return the last day to act for `effect`, unless it came before the convention did."""
    try:
        answer = last_day_for(clause, effect, zone=facts.zone)
    except DelaiError:
        return None
    if answer.result < facts.starts_on:
        return None
    act = _ACTS.get(clause.trigger, _RECEIVE)
    why = " après un désaccord" if clause.ground == TerminationGround.DESACCORD else ""
    return ProjectedDeadline(
        key=f"resiliation:{clause.pk}:{effect.isoformat()}",
        kind=DeadlineKind.RESILIATION,
        title=typeset(f"{act}{why} pour être libre le {short_date(effect)}"),
        due_on=answer.result,
        safe_on=answer.safe_date,
        effect_on=effect,
        source=clause.origin.label or "clause de résiliation",
        article_id=clause.origin.article_id,
        wording=clause.origin.wording,
        trigger=trigger_of(clause),
        steps=answer.steps + _survival(clause),
        clause_id=clause.pk,
    )


def _rolling(
    clause: TerminationFacts, facts: ConventionFacts, *, on: date
) -> ProjectedDeadline | None:
    """Return the answer of the day, unless leaving now would free no earlier than the term."""
    if facts.situation not in BINDING:
        return None
    try:
        answer = free_from(clause, on, zone=facts.zone)
    except DelaiError:
        return None
    if facts.last_day is not None and answer.result > facts.last_day:
        return None
    return ProjectedDeadline(
        key=f"resiliation:{clause.pk}:glissante",
        kind=DeadlineKind.RESILIATION,
        title=typeset(_ROLLING_TITLES[TerminationGround(clause.ground)]),
        due_on=answer.result,
        effect_on=answer.result,
        rolling=True,
        source=clause.origin.label or "clause de résiliation",
        article_id=clause.origin.article_id,
        wording=clause.origin.wording,
        trigger=trigger_of(clause),
        steps=answer.steps + _survival(clause),
        clause_id=clause.pk,
    )


def _survival(clause: TerminationFacts) -> tuple[str, ...]:
    if not clause.survival:
        return ()
    kept = clause.survival.rstrip(". ")
    return (step(f"Ce qui reste à mener à terme malgré la résiliation : {kept}", "clause"),)
