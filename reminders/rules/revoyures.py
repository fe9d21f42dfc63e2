"""The yearly review: five dates a year, on a calendar that the parties chose and no law imposes.

Once a review is open its days count from its real opening; a meeting already fixed is the meeting.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from conventions.enums import YearBasis
from conventions.rules.delais_calcul import shift_months
from conventions.rules.delais_phrases import safe_step, step
from reminders.enums import DeadlineKind as Kind
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts, RevoyureClauseFacts, RevoyureFacts
from territories.rules.french import long_date, short_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

CHOSEN = "calendrier choisi par les parties, aucune loi ne le fixe"

_TITLES: dict[Kind, str] = {
    Kind.REVOYURE_OUVERTURE: "Ouvrir la revoyure {year}",
    Kind.REVOYURE_CONTRIBUTIONS: "Rendre les contributions à la revoyure {year}",
    Kind.REVOYURE_COMITE: "Réunir le comité de revoyure {year}",
    Kind.REVOYURE_GEL: "Geler la revoyure {year}",
    Kind.REVOYURE_TRANSMISSION: "Transmettre la revoyure {year} aux instances délibérantes",
}
_DONE: dict[Kind, str] = {
    Kind.REVOYURE_OUVERTURE: "Revoyure ouverte",
    Kind.REVOYURE_CONTRIBUTIONS: "Contributions rendues",
    Kind.REVOYURE_COMITE: "Comité réuni",
    Kind.REVOYURE_GEL: "Revoyure gelée",
}


def revoyures(facts: ConventionFacts, *, until: date, on: date) -> Iterator[ProjectedDeadline]:
    """Yield the five dates of each year whose opening falls within the convention's life.

    When nobody opened a review, its opening alone is late: the steps that would have followed are
    not held against anyone once their day is over.
    """
    clause = facts.revoyure_clause
    if clause is None:
        return
    planned = {
        year: day
        for year in range(facts.starts_on.year, until.year + 1)
        if facts.starts_on <= (day := date(year, clause.opens_month, clause.opens_day)) <= until
    }
    for year in sorted({*planned, *facts.revoyures}):
        review = facts.revoyures.get(year)
        opening = review.opened_on if review else planned[year]
        for row in _year(facts, clause, year, opening=opening, review=review):
            if review or row.kind == Kind.REVOYURE_OUVERTURE or row.due_on >= on:
                yield row


def period_of(year: int, opening: date, facts: ConventionFacts, basis: YearBasis) -> str:
    """Say which year is reviewed: the civil one, or the year of the convention that is running."""
    if basis == YearBasis.CIVILE:
        return f"l’année civile {year}"
    rank = 1
    while shift_months(facts.starts_on, 12 * rank).day <= opening:
        rank += 1
    first = shift_months(facts.starts_on, 12 * (rank - 1)).day
    last = shift_months(facts.starts_on, 12 * rank).day - timedelta(days=1)
    return (
        f"l’année de convention n° {rank}, du {short_date(first)} au "
        f"{short_date(min(last, facts.ends_on or last))}"
    )


def _year(
    facts: ConventionFacts,
    clause: RevoyureClauseFacts,
    year: int,
    *,
    opening: date,
    review: RevoyureFacts | None,
) -> Iterator[ProjectedDeadline]:
    period = period_of(year, opening, facts, YearBasis(clause.year_basis))
    state = "ouverte" if review else "prévue"
    for kind, due_on, reason in _dates(clause, year, opening, review):
        safe, done_on = working_day_on_or_before(due_on, facts.zone), _done_on(kind, review)
        yield ProjectedDeadline(
            key=f"revoyure:{year}:{kind.removeprefix('revoyure_')}",
            kind=kind,
            title=_TITLES[kind].format(year=year),
            due_on=due_on,
            safe_on=safe,
            source=clause.origin.label or "clause de revoyure",
            article_id=clause.origin.article_id,
            wording=clause.origin.wording,
            trigger=typeset(f"Revoyure {year}, {state} le {short_date(opening)}."),
            steps=(
                step(f"La revoyure {year} porte sur {period}", "clause de revoyure"),
                step(reason, CHOSEN),
                safe_step(due_on, safe, facts.zone),
            ),
            done_on=done_on,
            done_note=_DONE[kind] if done_on else "",
        )


def _dates(
    clause: RevoyureClauseFacts, year: int, opening: date, review: RevoyureFacts | None
) -> Iterator[tuple[Kind, date, str]]:
    planned = date(year, clause.opens_month, clause.opens_day)
    reason = f"La revoyure s’ouvre le {long_date(planned)}"
    if review:
        reason += f" ; elle a été ouverte le {long_date(opening)}"
    yield Kind.REVOYURE_OUVERTURE, planned, reason
    for kind, days in (
        (Kind.REVOYURE_CONTRIBUTIONS, clause.contribution_days),
        (Kind.REVOYURE_COMITE, clause.meeting_days),
        (Kind.REVOYURE_GEL, clause.freeze_days),
        (Kind.REVOYURE_TRANSMISSION, clause.transmission_days),
    ):
        if kind == Kind.REVOYURE_COMITE and review and review.meeting_on:
            fixed = review.meeting_on
            yield kind, fixed, f"Le comité est fixé au {long_date(fixed)} par les parties"
            continue
        due_on = opening + timedelta(days=days)
        reason = (
            f"{days} jours après l’ouverture du {short_date(opening)} mènent au {long_date(due_on)}"
        )
        yield kind, due_on, reason


def _done_on(kind: Kind, review: RevoyureFacts | None) -> date | None:
    """Say when the step was taken; a frozen review had its contributions and its meeting."""
    if review is None:
        return None
    held_on = review.meeting_on or review.frozen_on
    return {
        Kind.REVOYURE_OUVERTURE: review.opened_on,
        Kind.REVOYURE_CONTRIBUTIONS: review.contributed_on or review.frozen_on,
        Kind.REVOYURE_COMITE: min(held_on, review.frozen_on) if review.frozen_on else None,
        Kind.REVOYURE_GEL: review.frozen_on,
    }.get(kind)
