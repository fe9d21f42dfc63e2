"""Pushing the term back: the avenant that says so, begun with its clause of duration."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Organisation, User
from conventions.actions.avenants import create_avenant
from conventions.actions.clause_operations import write_clause
from conventions.actions.draft import enter
from conventions.enums import Trigger, Unit
from conventions.models import Act, Convention, DurationClause
from conventions.rules.clauses import quantity_in_words
from conventions.rules.prorogation import reason_not_to_prorogue


@transaction.atomic
def start_prorogation(
    convention: Convention,
    *,
    by: User,
    on: date,
    drafted_by: Organisation,
    quantity: int,
    unit: str = Unit.ANS,
    purpose: str = "",
) -> Act:
    """Begin the avenant that pushes the term back, its clause counted from the term itself."""
    enter(convention, by=by, on=on)
    if reason := reason_not_to_prorogue(convention.situation_on(on), convention.ends_on):
        raise ValidationError(reason, code="too_late")
    lasting = quantity_in_words(quantity, unit)
    act = create_avenant(
        convention,
        by=by,
        on=on,
        drafted_by=drafted_by,
        title=f"Prorogation de {lasting}",
        purpose=purpose,
    )
    before = standing_duration(convention)
    write_clause(
        DurationClause,
        act,
        by=by,
        on=on,
        quantity=quantity,
        unit=unit,
        trigger=Trigger.TERME,
        article=before.article if before else None,
        prorogation_possible=before.prorogation_possible if before else False,
        wording=f"La convention est prorogée pour une durée de {lasting} à compter de son terme.",
    )
    return act


def standing_duration(convention: Convention) -> DurationClause | None:
    """The clause of duration of the text, once all its signed acts bind."""
    rows = DurationClause.objects.filter(convention=convention).binding(on=date.max)
    return rows.order_by("-act__number").first()
