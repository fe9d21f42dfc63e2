"""Recording the signature of a convention: nothing passes before everyone is empowered."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.access import scope_of
from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue
from conventions.access import can, check_can
from conventions.actions.draft import assign, lock
from conventions.actions.facts import facts_of
from conventions.enums import (
    ActStatus,
    ConventionStatus,
    ConventionVerb,
    EffectBasis,
    Operation,
    Trigger,
)
from conventions.models import Act, Convention, DurationClause
from conventions.rules.cycle import next_status
from conventions.rules.delais import DelaiError
from conventions.rules.delais_clauses import date_de_clause
from conventions.rules.signature import Obstacle, obstacles
from conventions.signals import acte_signe


def check_can_record_signature(by: User, convention: Convention, *, on: date) -> None:
    """A signatory records their own signature; a manager records what was signed on paper."""
    if not can(by, convention, Capability.SIGN, on=on):
        check_can(by, convention, Capability.MANAGE, on=on)


def obstacles_to_signature(
    convention: Convention, *, on: date, signed_on: date | None = None
) -> list[Obstacle]:
    """Return all that stands before the signature; without a date, what is known beforehand."""
    return obstacles(facts_of(convention), signed_on=signed_on, today=on)


def last_day_covered(
    clause: DurationClause, *, signed_on: date, starts_on: date, zone: str
) -> date:
    """Count the duration from the day the clause names, else from the day of effect."""
    counted_from = signed_on if clause.trigger == Trigger.SIGNATURE else starts_on
    try:
        return date_de_clause(
            Operation.DUREE,
            counted_from,
            quantity=clause.quantity,
            unit=clause.unit,
            zone=zone,
        ).result
    except DelaiError as error:
        raise ValidationError(str(error), code="duration") from error


def _waived(found: list[Obstacle], *, by: User, on: date, reason: str) -> list[str]:
    """Return the obstacles an administrator sets aside in writing, or refuse them all together."""
    if reason and not scope_of(by, on=on).is_platform:
        msg = "Seule l’administration du portail peut passer outre, avec un motif écrit."
        raise PermissionDenied(msg)
    waived = [obstacle for obstacle in found if reason and obstacle.waivable]
    standing = [obstacle for obstacle in found if obstacle not in waived]
    if standing:
        by_field: dict[str, list[str]] = {}
        for obstacle in standing:
            by_field.setdefault(obstacle.field or "__all__", []).append(obstacle.message)
        raise ValidationError(by_field)
    return [obstacle.message for obstacle in waived]


def _count_dates(
    convention: Convention, *, signed_on: date, starts_on: date | None, basis: str
) -> dict:
    """Return the first day, its basis and the last day, or say why they do not hold together."""
    starts_on = starts_on or signed_on
    if basis == EffectBasis.DERNIERE_SIGNATURE and starts_on != signed_on:
        msg = "La prise d’effet n’est pas le jour de la signature : dites sur quoi elle repose."
        raise ValidationError({"basis": msg}, code="basis")
    clause = DurationClause.objects.get(act__convention=convention, act__number=0)
    ends_on = last_day_covered(
        clause, signed_on=signed_on, starts_on=starts_on, zone=convention.zone
    )
    if ends_on < starts_on:
        msg = (
            f"La durée, comptée de la signature, finit le {date_longue(ends_on)}, avant la prise "
            f"d’effet, le {date_longue(starts_on)}."
        )
        raise ValidationError({"starts_on": msg}, code="ends_before_start")
    return {"starts_on": starts_on, "starts_on_basis": basis, "ends_on": ends_on}


def _sign_act(act: Act, *, signed_on: date, effective_on: date, place: str, note: str) -> None:
    """Date the act and its signatories; from then on the database refuses to change them."""
    act.signatories.filter(signed_on__isnull=True).update(signed_on=signed_on)
    act.status = ActStatus.SIGNE
    act.signed_on, act.effective_on = signed_on, effective_on
    act.place, act.date_note = place, note
    act.full_clean()
    act.save()


def _enter_to_sign(convention: Convention, *, by: User, on: date) -> ConventionStatus:
    lock(convention)
    check_can_record_signature(by, convention, on=on)
    return next_status(ConventionVerb.SIGNER, convention.status)


@transaction.atomic
def sign_convention(
    convention: Convention,
    *,
    by: User,
    on: date,
    signed_on: date,
    starts_on: date | None = None,
    basis: str = EffectBasis.DERNIERE_SIGNATURE,
    note: str = "",
    place: str = "",
    override_reason: str = "",
) -> Act:
    """Record that every party has signed, the last one on `signed_on`; the text is closed.

    `starts_on` is the day of effect when it is another; `basis` and `note` say why. Obstacles are
    told all at once; an administrator's `override_reason` sets aside those about powers.
    """
    status = _enter_to_sign(convention, by=by, on=on)
    found = obstacles_to_signature(convention, on=on, signed_on=signed_on)
    waived = _waived(found, by=by, on=on, reason=override_reason.strip())
    dates = _count_dates(convention, signed_on=signed_on, starts_on=starts_on, basis=basis)
    act = convention.acts.get(number=0)
    _sign_act(act, signed_on=signed_on, effective_on=dates["starts_on"], place=place, note=note)
    assign(convention, {"status": status, **dates, "starts_on_note": note})
    convention.save()
    told = {name: str(day) for name, day in {"signed_on": signed_on, **dates}.items()}
    waiver = {"override_reason": override_reason.strip(), "waived": waived}
    record(by, Verb.CONVENTION_SIGNED, convention, dossier=convention.pk, **told, **waiver)
    acte_signe.send(sender=Act, act=act, by=by, on=on)
    return act
