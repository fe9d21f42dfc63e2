"""Clauses as data: the parties' own rules of time, entered, then read again and confirmed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import (
    announce_dates,
    assign,
    check_unchanged,
    enter_draft,
    enter_unsigned,
)
from conventions.enums import Operation, Trigger, Unit, YearBasis
from conventions.models import (
    Article,
    Convention,
    DurationClause,
    RevoyureClause,
    TerminationClause,
)

type_of_clause = DurationClause | RevoyureClause | TerminationClause


def _save(clause, fields: dict, *, by: User, on: date, seen: str | None = None):
    """Write a clause; whatever changes its terms is to be confirmed again."""
    convention = clause.convention
    article = fields.get("article")
    if article is not None and article.convention_id != convention.pk:
        raise ValidationError(
            {"article": "Cet article n’est pas celui de cette convention."}, code="elsewhere"
        )
    if clause.pk:
        check_unchanged(clause, seen)
    changes = assign(clause, fields)
    if clause.pk and not changes:
        return clause
    clause.confirmed_by = clause.confirmed_on = None
    clause.save()
    record(by, Verb.CONVENTION_CHANGED, clause, dossier=convention.pk, changes=changes)
    announce_dates(convention, by=by, on=on)
    return clause


@transaction.atomic
def set_duration_clause(
    convention: Convention,
    *,
    by: User,
    on: date,
    quantity: int,
    unit: str = Unit.ANS,
    trigger: str = "",
    prorogation_possible: bool = False,
    wording: str = "",
    article: Article | None = None,
    seen: str | None = None,
) -> DurationClause:
    """Say how long a draft will last; a blank `trigger` means that the text is silent."""
    act = enter_draft(convention, by=by, on=on)
    clause = DurationClause.objects.filter(act=act).first()
    clause = clause or DurationClause(convention=convention, act=act)
    fields = {
        "operation": Operation.DUREE,
        "quantity": quantity,
        "unit": unit,
        "trigger": trigger,
        "prorogation_possible": prorogation_possible,
        "wording": wording,
        "article": article,
    }
    return _save(clause, fields, by=by, on=on, seen=seen)


def _check_calendar(days: dict[str, int]) -> None:
    """The steps of a revoyure follow one another: contributions, meeting, freeze, transmission."""
    names = ("contribution_days", "meeting_days", "freeze_days", "transmission_days")
    for earlier, later in zip(names, names[1:], strict=False):
        if days[later] < days[earlier]:
            msg = f"Cette étape ne peut pas précéder la précédente ({days[earlier]} jours)."
            raise ValidationError({later: msg}, code="order")


@transaction.atomic
def set_revoyure_clause(
    convention: Convention,
    *,
    by: User,
    on: date,
    year_basis: str = YearBasis.CIVILE,
    opens_month: int = 10,
    opens_day: int = 1,
    contribution_days: int = 45,
    meeting_days: int = 65,
    freeze_days: int = 70,
    transmission_days: int = 90,
    disagreement: str = "",
    wording: str = "",
    article: Article | None = None,
    seen: str | None = None,
) -> RevoyureClause:
    """Say when the yearly review opens, and how many days each of its steps takes."""
    act = enter_draft(convention, by=by, on=on)
    days = {
        "contribution_days": contribution_days,
        "meeting_days": meeting_days,
        "freeze_days": freeze_days,
        "transmission_days": transmission_days,
    }
    _check_calendar(days)
    clause = RevoyureClause.objects.filter(act=act).first()
    clause = clause or RevoyureClause(convention=convention, act=act)
    fields = {
        "year_basis": year_basis,
        "opens_month": opens_month,
        "opens_day": opens_day,
        **days,
        "disagreement": disagreement,
        "wording": wording,
        "article": article,
    }
    return _save(clause, fields, by=by, on=on, seen=seen)


@transaction.atomic
def set_termination_clause(
    convention: Convention,
    *,
    by: User,
    on: date,
    ground: str,
    quantity: int,
    unit: str = Unit.MOIS,
    trigger: str = "",
    carry: bool = False,
    franc: bool = False,
    form: str = "",
    indemnity: bool = False,
    survival: str = "",
    wording: str = "",
    article: Article | None = None,
    clause: TerminationClause | None = None,
    seen: str | None = None,
) -> TerminationClause:
    """Add a way out to a draft, or rewrite `clause`.

    A notice counted back from the day it takes effect is a `rebours`; any other runs forward.
    """
    act = enter_draft(convention, by=by, on=on)
    if clause is None:
        clause = TerminationClause(convention=convention, act=act)
    else:
        clause.refresh_from_db()
    backward = trigger in {Trigger.DATE_EFFET, Trigger.TERME}
    fields = {
        "operation": Operation.REBOURS if backward else Operation.PREAVIS,
        "ground": ground,
        "quantity": quantity,
        "unit": unit,
        "trigger": trigger,
        "carry": carry,
        "franc": franc,
        "form": form,
        "indemnity": indemnity,
        "survival": survival,
        "wording": wording,
        "article": article,
    }
    return _save(clause, fields, by=by, on=on, seen=seen)


@transaction.atomic
def confirm_clause(clause: type_of_clause, *, by: User, on: date) -> None:
    """Say that the clause as entered is what the text says. Replaying changes nothing."""
    enter_unsigned(clause.act, by=by, on=on)
    clause.refresh_from_db()
    if clause.is_confirmed:
        return
    clause.confirmed_by, clause.confirmed_on = by, on
    clause.save(update_fields=["confirmed_by", "confirmed_on"])
    record(by, Verb.CLAUSE_CONFIRMED, clause, dossier=clause.convention_id)
    announce_dates(clause.convention, by=by, on=on)


@transaction.atomic
def remove_clause(clause: type_of_clause, *, by: User, on: date) -> None:
    """Take a clause out of a draft: the text does not hold it after all."""
    convention = clause.convention
    enter_draft(convention, by=by, on=on)
    record(by, Verb.CONVENTION_CHANGED, clause, dossier=convention.pk, change="retrait")
    clause.delete()
    announce_dates(convention, by=by, on=on)
