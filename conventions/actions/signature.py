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
from conventions.actions.draft import lock
from conventions.actions.facts import facts_of
from conventions.enums import ActStatus, ConventionVerb, EffectBasis, Operation, Trigger
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


def _check_effect(*, signed_on: date, starts_on: date, basis: str, ends_on: date) -> None:
    if basis == EffectBasis.DERNIERE_SIGNATURE and starts_on != signed_on:
        msg = "La prise d’effet n’est pas le jour de la signature : dites sur quoi elle repose."
        raise ValidationError({"basis": msg}, code="basis")
    if ends_on < starts_on:
        msg = (
            f"La durée, comptée de la signature, finit le {date_longue(ends_on)}, avant la prise "
            f"d’effet, le {date_longue(starts_on)}."
        )
        raise ValidationError({"starts_on": msg}, code="ends_before_start")


def _sign_act(act: Act, *, signed_on: date, effective_on: date, place: str, note: str) -> None:
    """Date the act and its signatories; from then on the database refuses to change them."""
    act.signatories.filter(signed_on__isnull=True).update(signed_on=signed_on)
    act.status = ActStatus.SIGNE
    act.signed_on, act.effective_on = signed_on, effective_on
    act.place, act.date_note = place, note
    act.full_clean()
    act.save()


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

    `starts_on` is the day of effect when it is not that of the last signature, `basis` and `note`
    say why. The last day covered is computed from the duration clause. Every obstacle is told at
    once; `override_reason`, the platform administrator's alone, sets aside those about powers.
    """
    lock(convention)
    check_can_record_signature(by, convention, on=on)
    status = next_status(ConventionVerb.SIGNER, convention.status)
    act = convention.acts.get(number=0)
    override_reason = override_reason.strip()
    found = obstacles_to_signature(convention, on=on, signed_on=signed_on)
    waived = _waived(found, by=by, on=on, reason=override_reason)
    starts_on = starts_on or signed_on
    clause = DurationClause.objects.get(act=act)
    ends_on = last_day_covered(
        clause, signed_on=signed_on, starts_on=starts_on, zone=convention.zone
    )
    _check_effect(signed_on=signed_on, starts_on=starts_on, basis=basis, ends_on=ends_on)
    _sign_act(act, signed_on=signed_on, effective_on=starts_on, place=place, note=note)
    convention.status = status
    convention.starts_on, convention.ends_on = starts_on, ends_on
    convention.starts_on_basis, convention.starts_on_note = basis, note
    convention.full_clean()
    convention.save()
    record(
        by,
        Verb.CONVENTION_SIGNED,
        convention,
        dossier=convention.pk,
        signed_on=str(signed_on),
        starts_on=str(starts_on),
        ends_on=str(ends_on),
        basis=str(basis),
        override_reason=override_reason,
        waived=waived,
    )
    acte_signe.send(sender=Act, act=act, by=by, on=on)
    return act
