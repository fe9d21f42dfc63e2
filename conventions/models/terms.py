"""The terms a convention has had, read from the duration clauses of its signed acts."""

from datetime import date

from conventions.enums import ActStatus
from conventions.models.clause import DurationClause
from conventions.models.convention import Convention
from conventions.rules.terme import Term, term_on, terms


def terms_of(convention: Convention) -> list[Term]:
    """Return every term, in the order of the acts that set them; none before the signature."""
    initial = convention.acts.filter(number=0, status=ActStatus.SIGNE).first()
    if initial is None or convention.starts_on is None:
        return []
    rows = (
        DurationClause.objects.filter(act__convention=convention, act__status=ActStatus.SIGNE)
        .filter(repeals=False)
        .select_related("act")
        .order_by("act__number")
    )
    known = [(row.act.number, row.effective_on or row.act.effective_on, row) for row in rows]
    days = {"signed_on": initial.signed_on, "starts_on": convention.starts_on}
    return terms(known, zone=convention.zone, **days)


def last_day_on(convention: Convention, *, on: date) -> date | None:
    """Return the term as it was on a day, by the clauses that bound that day."""
    return term_on(terms_of(convention), on)
