"""What an avenant does to clauses: write one anew, add one, or end one, each from a day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Verb
from accounts.models import User
from conventions.actions.clauses import (
    set_duration_clause,
    set_follow_up_clause,
    set_revoyure_clause,
    set_termination_clause,
    type_of_clause,
)
from conventions.actions.draft import enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.models import (
    Act,
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)

LASTING = "Une convention garde toujours une durée : remplacez la clause au lieu de l’abroger."
NOT_BINDING = "Cette clause n’est plus celle du texte : partez de celle qui l’a remplacée."
TWICE = "L’acte change déjà cette clause : reprenez ce qu’il en dit."
WRITERS = {
    DurationClause: set_duration_clause,
    RevoyureClause: set_revoyure_clause,
    TerminationClause: set_termination_clause,
    FollowUpClause: set_follow_up_clause,
}
# A text may have several of these; of the others, one, which a new one replaces.
SEVERAL = frozenset({TerminationClause, FollowUpClause})


def binding_clauses(act: Act) -> list[type_of_clause]:
    """The clauses an act may change: those of the signed acts, once all of them bind."""
    return [
        clause
        for model in WRITERS
        for clause in model.objects.filter(convention=act.convention_id)
        .binding(on=date.max)
        .select_related("act")
        .order_by("act__number", "pk")
    ]


def changed_by(act: Act) -> list[type_of_clause]:
    """The clauses an act writes, replaces or ends."""
    return [
        clause
        for model in WRITERS
        for clause in model.objects.filter(act=act).select_related("replaces").order_by("pk")
    ]


def _check_binds(act: Act, clause: type_of_clause) -> None:
    if clause not in binding_clauses(act):
        raise ValidationError(NOT_BINDING, code="replaced")
    if type(clause).objects.filter(act=act, replaces=clause).exists():
        raise ValidationError(TWICE, code="twice")


@transaction.atomic
def write_clause(
    model: type[type_of_clause],
    act: Act,
    *,
    by: User,
    on: date,
    replaces: type_of_clause | None = None,
    **terms,
) -> type_of_clause:
    """Write a clause in a draft avenant; `replaces` is the one of the text that it takes over.

    `terms` are those of the clause, `effective_on` among them, and `clause` for a way out or a
    follow-up that the draft already writes. Duration and review have one clause each: the new one
    replaces it.
    """
    enter_draft_of(act, by=by, on=on)
    known = terms.get("clause") or _written(model, act)
    if known is None:
        if replaces is None and model not in SEVERAL:
            replaces = next((row for row in binding_clauses(act) if type(row) is model), None)
        if replaces is not None:
            _check_binds(act, replaces)
            terms["replaces"] = replaces
    return WRITERS[model](act.convention, by=by, on=on, act=act, **terms)


def _written(model: type[type_of_clause], act: Act) -> type_of_clause | None:
    return None if model in SEVERAL else model.objects.filter(act=act).first()


@transaction.atomic
def end_clause(
    clause: type_of_clause, act: Act, *, by: User, on: date, effective_on: date | None = None
) -> type_of_clause:
    """Say in a draft avenant that a clause of the text ends and nothing replaces it."""
    enter_draft_of(act, by=by, on=on)
    if isinstance(clause, DurationClause):
        raise ValidationError(LASTING, code="lasting")
    _check_binds(act, clause)
    row = type(clause)(**_values(clause))
    row.act, row.replaces, row.repeals = act, clause, True
    row.effective_on, row.confirmed_by, row.confirmed_on = effective_on, by, on
    row.full_clean()
    row.save()
    record_in_act(act, row, by=by, verb=Verb.CONVENTION_CHANGED, change="abrogation")
    return row


def _values(clause: type_of_clause) -> dict:
    """The terms of the clause that ends, kept so that the avenant can say which one it is."""
    return {
        field.attname: getattr(clause, field.attname)
        for field in clause._meta.concrete_fields
        if not field.primary_key
    }
