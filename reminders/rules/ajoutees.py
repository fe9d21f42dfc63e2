"""The dates that people added: as they wrote them, coming back as long as the convention lasts."""

from collections.abc import Iterator
from datetime import date

from conventions.rules.delais_calcul import shift_months
from conventions.rules.delais_phrases import safe_step, step
from reminders.enums import DeadlineKind
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import AddedFacts, ConventionFacts
from territories.rules.french import long_date, short_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

SOURCE = "échéance ajoutée"
BY_HAND = "date saisie dans le portail"


def added(facts: ConventionFacts, *, until: date) -> Iterator[ProjectedDeadline]:
    """Yield each added date; what comes back stops with the convention, or at the horizon."""
    for row in facts.added:
        if not row.every_months:
            yield _row(row, facts, row.due_on, key=f"ajoutee:{row.pk}")
            continue
        for day in occurrences(row.due_on, row.every_months, until=until):
            yield _row(row, facts, day, key=f"ajoutee:{row.pk}:{day.isoformat()}")


def occurrences(first: date, every_months: int, *, until: date) -> Iterator[date]:
    """Yield the day and its returns: the same quantième, or the last day of a shorter month.

    The first one stands even when the convention ends before it: somebody wrote it so.
    """
    day, rank = first, 0
    while rank == 0 or day <= until:
        yield day
        rank += 1
        day = shift_months(first, rank * every_months).day


def _row(row: AddedFacts, facts: ConventionFacts, day: date, *, key: str) -> ProjectedDeadline:
    safe = working_day_on_or_before(day, facts.zone)
    return ProjectedDeadline(
        key=key,
        kind=DeadlineKind.AJOUTEE,
        title=row.title,
        due_on=day,
        safe_on=safe,
        source=SOURCE,
        trigger=typeset(f"Ajoutée par {row.author}.")[:300],
        steps=(*_reasons(row, day), safe_step(day, safe, facts.zone)),
        party_id=row.party_id,
        owner_id=row.owner_id,
        reserved_to_id=row.keeper_id,
    )


def _reasons(row: AddedFacts, day: date) -> Iterator[str]:
    what = "la première date" if row.every_months else "cette date"
    yield step(f"{row.author} a fixé {what} au {long_date(row.due_on)}", BY_HAND)
    if row.every_months:
        every = f"tous les {row.every_months} mois" if row.every_months > 1 else "chaque mois"
        yield step(
            f"Elle revient {every} depuis le {short_date(row.due_on)} : celle-ci tombe le "
            f"{long_date(day)}",
            BY_HAND,
        )
