"""What every act in a convention does first: lock its row, ask who may, and look if it is open."""

import hashlib
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from accounts.rules.roles import Capability
from conventions.access import acts_visible_to, check_can, holds_pen
from conventions.enums import ActStatus, ConventionStatus
from conventions.models import Act, Convention
from conventions.signals import dates_changed

CLOSED = {
    ConventionStatus.EN_VALIDATION: (
        "Le texte est arrêté et soumis à l’accord des parties : rouvrez la rédaction pour le "
        "modifier."
    ),
    ConventionStatus.EN_SIGNATURE: (
        "La convention est en signature : rouvrez la rédaction pour la modifier."
    ),
    ConventionStatus.SIGNEE: (
        "Un acte signé ne se modifie pas ; une correction est un nouvel acte."
    ),
    ConventionStatus.RESILIEE: "La convention est résiliée : elle ne se modifie plus.",
}
CLOSED_ACT = {
    ActStatus.EN_VALIDATION: "L’acte est en validation : rouvrez la rédaction pour le modifier.",
    ActStatus.EN_SIGNATURE: "L’acte est en signature : rouvrez la rédaction pour le modifier.",
    ActStatus.SIGNE: CLOSED[ConventionStatus.SIGNEE],
    ActStatus.ABANDONNE: "Cet acte est abandonné : commencez-en un autre.",
}
STALE = (
    "Une autre personne vient de modifier cette page. Rien n’est perdu : vos réponses sont "
    "restées en place. Relisez-les, puis enregistrez de nouveau pour les garder."
)
ELSEWHERE = (
    "La main est à {holder} : rien n’a été changé. Votre texte est resté en place : "
    "proposez-le, ou attendez que la main vous soit rendue."
)


def lock(convention: Convention) -> None:
    """Take the convention's row until the end of the transaction, as it stands now."""
    rows = Convention.objects.select_for_update(of=("self",), no_key=True)
    convention.refresh_from_db(from_queryset=rows)


def enter(
    convention: Convention, *, by, on: date, capability: Capability = Capability.MANAGE
) -> None:
    """Lock the convention and refuse who may not act in it."""
    lock(convention)
    check_can(by, convention, capability, on=on)


def enter_draft(convention: Convention, *, by, on: date) -> Act:
    """Lock a convention still being written and return the act in which one writes."""
    enter(convention, by=by, on=on)
    if not convention.is_draft:
        raise ValidationError(CLOSED[convention.status], code="closed")
    act = convention.acts.get(number=0)
    check_pen(act, by=by, on=on)
    return act


def enter_act(act: Act, *, by, on: date, capability: Capability = Capability.MANAGE) -> None:
    """Lock the convention of an act, read it as it stands, and refuse who may not act in it."""
    enter(act.convention, by=by, on=on, capability=capability)
    if not acts_visible_to(by, act.convention, on=on).filter(pk=act.pk).exists():
        msg = f"Ce projet appartient à {act.drafted_by}, qui ne l’a pas encore partagé."
        raise PermissionDenied(msg)
    act.refresh_from_db(fields=["status", "recorded_afterwards"])


def enter_draft_of(act: Act, *, by, on: date) -> None:
    """Lock the convention of an act still being written, and refuse who may not write in it."""
    if act.number == 0:
        enter_draft(act.convention, by=by, on=on)
    else:
        enter_act(act, by=by, on=on)
    act.refresh_from_db(fields=["status"])
    if not act.is_writable:
        raise ValidationError(CLOSED_ACT[ActStatus(act.status)], code="closed")
    check_pen(act, by=by, on=on)


def _check_known(act: Act, *, by, on: date) -> None:
    """Refuse what another side drafts and has not shared."""
    if not acts_visible_to(by, act.convention, on=on).filter(pk=act.pk).exists():
        msg = f"Ce projet appartient à {act.drafted_by}, qui ne l’a pas encore partagé."
        raise PermissionDenied(msg)


def check_pen(act: Act, *, by, on: date) -> None:
    """Refuse to write while another side holds the pen, without losing what was typed."""
    if not holds_pen(by, act, on=on):
        turn = act.rounds.select_related("holder").get(closed_at__isnull=True)
        raise ValidationError(ELSEWHERE.format(holder=turn.holder), code="pen")


def enter_unsigned(act: Act, *, by, on: date) -> None:
    """Lock the convention of an act that nobody has signed yet, its text being closed or not."""
    enter(act.convention, by=by, on=on)
    _check_known(act, by=by, on=on)
    act.refresh_from_db(fields=["status"])
    if act.status == ActStatus.SIGNE:
        raise ValidationError(CLOSED[ConventionStatus.SIGNEE], code="closed")


def state_of(instance: models.Model) -> str:
    """Return what a form shows to have seen: it changes as soon as one of the row's values does."""
    values = [(field.attname, getattr(instance, field.attname)) for field in instance._meta.fields]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


def check_unchanged(instance: models.Model, seen: str | None) -> None:
    """Refuse to overwrite what somebody else wrote since the form was opened (ASVS 2.3.4)."""
    if seen and seen != state_of(instance):
        raise ValidationError(STALE, code="stale")


def snapshot(instance: models.Model, names) -> dict[str, str]:
    """Return these fields as the journal keeps them: in words."""
    return {name: str(getattr(instance, name) or "") for name in names}


def assign(instance: models.Model, fields: dict) -> dict[str, list[str]]:
    """Set these fields, validate the whole row, and return what changed, before and after."""
    before = snapshot(instance, fields)
    for name, value in fields.items():
        setattr(instance, instance._meta.get_field(name).name, value)
    instance.full_clean()
    after = snapshot(instance, fields)
    return {name: [before[name], after[name]] for name in fields if before[name] != after[name]}


def announce_dates(convention: Convention, *, by, on: date) -> None:
    dates_changed.send(sender=Convention, convention=convention, by=by, on=on)
