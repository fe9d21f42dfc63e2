"""Ways out: the last safe day to send a letter for each useful date, and the answer of the day.

A clause that needs no reason, or that follows a disagreement on the review, is counted back from
each date on which leaving is natural: the turn of each civil year and of each year of the
convention. Every clause also gives a rolling answer: letter sent today, free on that day. A formal
notice after a breach is never planned ahead: it has its rolling answer only.
"""

from collections.abc import Iterator
from datetime import date

from conventions.enums import TerminationGround, Trigger, YearBasis
from conventions.rules.cycle import BINDING
from conventions.rules.delais_calcul import DelaiError, shift_months
from conventions.rules.delais_phrases import step
from conventions.rules.sorties_dates import free_from, last_day_for, trigger_of
from reminders.enums import DeadlineKind
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts, TerminationFacts
from territories.rules.french import short_date, typeset

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
_ROLLING_TITLES: dict[str, str] = {
    TerminationGround.SANS_MOTIF: "Résilier : date la plus proche si la lettre part aujourd’hui",
    TerminationGround.MANQUEMENT: (
        "Mise en demeure pour manquement : date la plus proche si elle part aujourd’hui"
    ),
    TerminationGround.DESACCORD: (
        "Résilier après un désaccord : date la plus proche si la lettre part aujourd’hui"
    ),
}


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
