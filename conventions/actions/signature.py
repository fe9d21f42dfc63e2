"""Recording the signature of an act: nothing passes before everyone is empowered."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue
from conventions.access import can, check_can
from conventions.actions.cycle import NOT_SIGNED, initial_act, waive
from conventions.actions.draft import assign, lock
from conventions.actions.obstacles import obstacles_of
from conventions.actions.successions import apply_party_changes
from conventions.enums import (
    ActStatus,
    ConventionStatus,
    ConventionVerb,
    EffectBasis,
)
from conventions.models import Act, Convention, DurationClause
from conventions.models.acts_read import settled_number
from conventions.rules.cycle import next_status
from conventions.rules.terme import last_day_covered
from conventions.signals import acte_applique, acte_signe


def check_can_record_signature(by: User, convention: Convention, *, on: date) -> None:
    """A signatory records their own signature; a manager records what was signed on paper."""
    if not can(by, convention, Capability.SIGN, on=on):
        check_can(by, convention, Capability.MANAGE, on=on)


def _dates(act: Act, *, signed_on: date, basis: str, note: str) -> dict:
    """Return what the signature of an act makes of its convention's row."""
    if act.number:
        return _move_term(act, signed_on=signed_on)
    dates = _count_dates(act, signed_on=signed_on, starts_on=act.effective_on, basis=basis)
    return dates | {"status": ConventionStatus.SIGNEE, "starts_on_note": note}


def _count_dates(act: Act, *, signed_on: date, starts_on: date, basis: str) -> dict:
    """Return what the signature of the initial act makes of the convention's dates."""
    if basis == EffectBasis.DERNIERE_SIGNATURE and starts_on != signed_on:
        msg = "La prise d’effet n’est pas le jour de la signature : dites sur quoi elle repose."
        raise ValidationError({"basis": msg}, code="basis")
    clause = DurationClause.objects.get(act=act)
    ends_on = last_day_covered(
        clause, signed_on=signed_on, starts_on=starts_on, zone=act.convention.zone
    )
    if ends_on < starts_on:
        msg = (
            f"La durée, comptée de la signature, finit le {date_longue(ends_on)}, avant la prise "
            f"d’effet, le {date_longue(starts_on)}."
        )
        raise ValidationError({"starts_on": msg}, code="ends_before_start")
    return {"starts_on": starts_on, "starts_on_basis": basis, "ends_on": ends_on}


def term_after(act: Act) -> date | None:
    """Return the last day the convention would cover once an avenant is signed, if it moves it."""
    convention = act.convention
    clause = DurationClause.objects.filter(act=act, repeals=False).first()
    if clause is None:
        return None
    return last_day_covered(
        clause,
        signed_on=convention.acts.get(number=0).signed_on,
        starts_on=convention.starts_on,
        zone=convention.zone,
        term=convention.ends_on,
    )


def _move_term(act: Act, *, signed_on: date) -> dict:
    ends_on = term_after(act)
    if ends_on is None:
        return {}
    if ends_on < signed_on:
        msg = (
            f"La durée de cet acte finit le {date_longue(ends_on)}, avant sa signature. Vérifiez "
            "la clause de durée et l’événement dont elle compte."
        )
        raise ValidationError({"signed_on": msg}, code="ends_before_signature")
    return {"ends_on": ends_on}


def _day_of_effect(act: Act, *, signed_on: date, given: date | None) -> date:
    """The parties agreed to a day of effect with the text of an avenant: it is not changed here."""
    agreed = act.effective_on if act.number else None
    if agreed and given and given != agreed and not act.recorded_afterwards:
        msg = (
            f"Le texte convenu prend effet le {date_longue(agreed)}. Pour une autre date, rouvrez "
            "la rédaction."
        )
        raise ValidationError({"starts_on": msg}, code="agreed")
    return given or agreed or signed_on


def _close(act: Act, *, signed_on: date, **fields) -> None:
    """Number and date the act and its signatories; then the database refuses to change them."""
    act.signatories.filter(signed_on__isnull=True).update(signed_on=signed_on)
    act.number, act.status, act.signed_on = settled_number(act), ActStatus.SIGNE, signed_on
    for name, value in fields.items():
        setattr(act, name, value)
    act.full_clean()
    act.save()


def _enter_to_sign(act: Act, *, by: User, on: date) -> None:
    lock(act.convention)
    check_can_record_signature(by, act.convention, on=on)
    act.refresh_from_db(fields=["status", "recorded_afterwards", "effective_on"])
    next_status(ConventionVerb.SIGNER, act.status)
    if act.number and act.convention.status != ConventionStatus.SIGNEE:
        raise ValidationError(NOT_SIGNED, code="transition")


@transaction.atomic
def sign_act(
    act: Act,
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
    """Record that every party has signed, the last one on `signed_on`: the act binds, and closes.

    `starts_on` is the day of effect when it is another; `basis` and `note` say why. Obstacles are
    told all at once; an administrator's `override_reason` sets aside those about powers. What the
    act does is applied in this transaction, here and above (`acte_applique`), or nothing is.
    """
    _enter_to_sign(act, by=by, on=on)
    found = obstacles_of(act, on=on, signed_on=signed_on)
    waived = [one.message for one in waive(found, by=by, on=on, reason=override_reason.strip())]
    act.effective_on = _day_of_effect(act, signed_on=signed_on, given=starts_on)
    dates = _dates(act, signed_on=signed_on, basis=basis, note=note)
    apply_party_changes(act, signed_on=signed_on)
    acte_applique.send(sender=Act, act=act, by=by, on=on)
    waiver = {"override_reason": override_reason.strip() if waived else "", "waived": waived}
    _close(act, signed_on=signed_on, place=place, date_note=note, **waiver)
    assign(act.convention, dates)
    act.convention.save()
    _tell(act, by=by, **dates, **waiver)
    acte_signe.send(sender=Act, act=act, by=by, on=on)
    return act


def _tell(act: Act, *, by: User, override_reason: str, waived: list[str], **dates) -> None:
    told = {"signed_on": act.signed_on, "effective_on": act.effective_on, **dates}
    told = {name: str(value) for name, value in told.items()}
    told |= {"override_reason": override_reason, "waived": waived}
    subject = act.convention if act.number == 0 else act
    record(by, Verb.CONVENTION_SIGNED, subject, dossier=act.convention_id, **told)


def sign_convention(convention: Convention, **how) -> Act:
    """Sign the initial act of a convention (see `sign_act`)."""
    act = sign_act(initial_act(convention), **how)
    convention.refresh_from_db()
    return act
