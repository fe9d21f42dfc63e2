"""Clauses as data: the parties' own rules of time, entered, then read again and confirmed."""

from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import (
    announce_dates,
    assign,
    check_unchanged,
    enter_draft_of,
    enter_unsigned,
)
from conventions.actions.journal import record_in_act
from conventions.enums import Operation, Unit
from conventions.models import (
    Act,
    Convention,
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.rules.clauses import operation_for

type_of_clause = DurationClause | FollowUpClause | RevoyureClause | TerminationClause
STEPS = ("contribution_days", "meeting_days", "freeze_days", "transmission_days")


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
    _tell(clause, Verb.CONVENTION_CHANGED, by=by, on=on, changes=changes)
    return clause


def _tell(clause, verb: Verb, *, by: User, on: date, **told) -> None:
    """Write the journal; the dates of a convention wait for the signature of a draft avenant."""
    record_in_act(clause.act, clause, by=by, verb=verb, **told)
    if clause.act.number == 0:
        announce_dates(clause.convention, by=by, on=on)


def _enter(convention: Convention, act: Act | None, *, by: User, on: date) -> Act:
    """Lock the draft in which a clause is written: the initial act unless another is given."""
    act = act or convention.acts.get(number=0)
    enter_draft_of(act, by=by, on=on)
    return act


@transaction.atomic
def set_duration_clause(
    convention: Convention,
    *,
    by: User,
    on: date,
    quantity: int,
    unit: str = Unit.ANS,
    trigger: str = "",
    act: Act | None = None,
    seen: str | None = None,
    **terms,
) -> DurationClause:
    """Say how long a draft will last; a blank `trigger` means that the text is silent.

    `terms`: prorogation_possible, wording, article.
    """
    act = _enter(convention, act, by=by, on=on)
    clause = DurationClause.objects.filter(act=act).first()
    clause = clause or DurationClause(convention=convention, act=act, operation=Operation.DUREE)
    fields = {"quantity": quantity, "unit": unit, "trigger": trigger, **terms}
    return _save(clause, fields, by=by, on=on, seen=seen)


def _check_calendar(clause: RevoyureClause, terms: dict) -> None:
    """The steps of a revoyure follow one another: contributions, meeting, freeze, transmission."""
    days = [(name, terms.get(name, getattr(clause, name))) for name in STEPS]
    for (_, earlier), (name, later) in pairwise(days):
        if later < earlier:
            msg = f"Cette étape ne peut pas précéder la précédente ({earlier} jours)."
            raise ValidationError({name: msg}, code="order")


@transaction.atomic
def set_revoyure_clause(
    convention: Convention,
    *,
    by: User,
    on: date,
    act: Act | None = None,
    seen: str | None = None,
    **terms,
) -> RevoyureClause:
    """Say when the yearly review of a draft opens, and how many days each of its steps takes.

    `terms`: year_basis, opens_month, opens_day, contribution_days, meeting_days, freeze_days,
    transmission_days, disagreement, wording, article; the model says the usual ones.
    """
    act = _enter(convention, act, by=by, on=on)
    clause = RevoyureClause.objects.filter(act=act).first()
    clause = clause or RevoyureClause(convention=convention, act=act)
    _check_calendar(clause, terms)
    return _save(clause, terms, by=by, on=on, seen=seen)


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
    act: Act | None = None,
    clause: TerminationClause | None = None,
    seen: str | None = None,
    **terms,
) -> TerminationClause:
    """Add a way out to a draft, or rewrite `clause`.

    `terms`: carry, franc, form, indemnity, survival, wording, article.
    """
    act = _enter(convention, act, by=by, on=on)
    if clause is None:
        clause = TerminationClause(convention=convention, act=act)
    else:
        clause.refresh_from_db()
    fields = {
        "operation": operation_for(trigger),
        "quantity": quantity,
        "unit": unit,
        "trigger": trigger,
    }
    return _save(clause, {"ground": ground, **fields, **terms}, by=by, on=on, seen=seen)


@transaction.atomic
def set_follow_up_clause(
    convention: Convention,
    *,
    by: User,
    on: date,
    body: str,
    per_year: int = 1,
    act: Act | None = None,
    clause: FollowUpClause | None = None,
    seen: str | None = None,
    **terms,
) -> FollowUpClause:
    """Say which body a draft makes meet, and how many times a year; or rewrite `clause`.

    `terms`: year_basis, wording, article.
    """
    act = _enter(convention, act, by=by, on=on)
    if clause is None:
        clause = FollowUpClause(convention=convention, act=act)
    else:
        clause.refresh_from_db()
    return _save(clause, {"body": body, "per_year": per_year, **terms}, by=by, on=on, seen=seen)


@transaction.atomic
def confirm_clause(clause: type_of_clause, *, by: User, on: date) -> None:
    """Say that the clause as entered is what the text says. Replaying changes nothing."""
    enter_unsigned(clause.act, by=by, on=on)
    clause.refresh_from_db()
    if clause.is_confirmed:
        return
    clause.confirmed_by, clause.confirmed_on = by, on
    clause.save(update_fields=["confirmed_by", "confirmed_on"])
    _tell(clause, Verb.CLAUSE_CONFIRMED, by=by, on=on)


@transaction.atomic
def remove_clause(clause: type_of_clause, *, by: User, on: date) -> None:
    """Take a clause out of a draft: the text does not hold it after all."""
    enter_draft_of(clause.act, by=by, on=on)
    record_in_act(clause.act, clause, by=by, verb=Verb.CONVENTION_CHANGED, change="retrait")
    clause.delete()
    if clause.act.number == 0:
        announce_dates(clause.convention, by=by, on=on)
