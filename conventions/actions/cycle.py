"""The moves of an act from draft to signature, and the record of a convention's end."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import scope_of
from accounts.actions.journal import record
from accounts.enums import Verb as JournalVerb
from accounts.models import User
from accounts.rules.typographie import date_longue
from conventions.actions.draft import announce_dates, enter, enter_act
from conventions.actions.facts import facts_of, standing_approvals
from conventions.actions.journal import record_in_act
from conventions.actions.negotiation import open_round
from conventions.actions.obstacles import obstacles_of_text
from conventions.enums import ActStatus, ConventionStatus, ConventionVerb
from conventions.models import Act, Convention
from conventions.rules import signature
from conventions.rules.cycle import CONVENTION_STATUS, next_status, possible_verbs
from conventions.rules.faits import Obstacle

JOURNAL = {
    ConventionVerb.OUVRIR_NEGOCIATION: JournalVerb.CONVENTION_SHARED,
    ConventionVerb.ARRETER_LE_TEXTE: JournalVerb.CONVENTION_TEXT_CLOSED,
    ConventionVerb.METTRE_EN_SIGNATURE: JournalVerb.CONVENTION_SENT_TO_SIGNATURE,
    ConventionVerb.ROUVRIR: JournalVerb.CONVENTION_REOPENED,
}
NOT_SIGNED = "On ne modifie par avenant qu’une convention signée."
TOO_LATE_TO_TAKE_UP = "On ne reprend comme déjà signé qu’un acte dont le texte n’est pas arrêté."
WAIVER = "Seule l’administration du portail peut passer outre, avec un motif écrit."


def moves_of(act: Act) -> list[ConventionVerb]:
    """Return the moves this act may make from where it stands."""
    return possible_verbs(act.status, afterwards=act.recorded_afterwards)


def drafter_is_not_bound(convention: Convention) -> Obstacle | None:
    """Once shared, a convention is seen by its parties alone: the drafter must be one."""
    drafter = convention.drafted_by
    organisations = {drafter.pk, drafter.acts_for_id}
    if convention.parties.filter(organisation__in=organisations - {None}).exists():
        return None
    message = f"{drafter}, qui rédige la convention, doit en être partie. Ajoutez-la d’abord."
    return Obstacle(message, page="conventions:parties")


def obstacles_to_move(act: Act, verb: ConventionVerb, *, on: date) -> list[Obstacle]:
    """Return all that makes this move wait, with where to mend it."""
    facts = facts_of(act, on=on)
    if verb == ConventionVerb.OUVRIR_NEGOCIATION:
        found = [signature.fewer_than_two_parties(facts), drafter_is_not_bound(act.convention)]
        return [obstacle for obstacle in found if obstacle]
    if verb == ConventionVerb.ARRETER_LE_TEXTE:
        return obstacles_of_text(act, facts, on=on)
    if verb != ConventionVerb.METTRE_EN_SIGNATURE:
        return []
    if act.recorded_afterwards:
        return obstacles_of_text(act, facts, on=on)
    powers = signature.of_powers(facts)
    return [*obstacles_of_text(act, facts, on=on), *signature.missing_accords(facts), *powers]


def waive(found: list[Obstacle], *, by: User, on: date, reason: str) -> list[Obstacle]:
    """Return what an administrator sets aside in writing; refuse what stands, all together."""
    if reason and not scope_of(by, on=on).is_platform:
        raise PermissionDenied(WAIVER)
    waived = [obstacle for obstacle in found if reason and obstacle.waivable]
    by_field: dict[str, list[str]] = {}
    for obstacle in found:
        if obstacle not in waived:
            by_field.setdefault(obstacle.field or "__all__", []).append(obstacle.message)
    if by_field:
        raise ValidationError(by_field)
    return waived


def set_status(act: Act, status: ActStatus) -> None:
    """Write the status of an act; that of the initial one is said of its convention too."""
    act.status = status
    act.full_clean()
    act.save(update_fields=["status"])
    if act.number == 0:
        act.convention.status = CONVENTION_STATUS[status]
        act.convention.full_clean()
        act.convention.save(update_fields=["status"])


def _void_accords(act: Act, reason: str) -> list[str]:
    """A reopened text is agreed to anew: say whose accords fall."""
    fallen = list(standing_approvals(act))
    for approval in fallen:
        approval.withdrawn_at = timezone.now()
        approval.withdrawal_reason = reason or "Rédaction rouverte."
        approval.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    return [str(approval.party) for approval in fallen]


def _status_after(act: Act, verb: ConventionVerb) -> ActStatus:
    if verb not in JOURNAL:
        msg = "La signature s’enregistre avec sa date et ses preuves."
        raise ValidationError(msg, code="transition")
    if act.number and act.convention.status != ConventionStatus.SIGNEE:
        raise ValidationError(NOT_SIGNED, code="transition")
    return next_status(verb, act.status, afterwards=act.recorded_afterwards)


@transaction.atomic
def move_act(
    act: Act,
    verb: ConventionVerb,
    *,
    by: User,
    on: date,
    reason: str = "",
    override_reason: str = "",
) -> None:
    """Open the negotiation, close the text, send to signature or reopen; see `sign_act` to sign.

    `reason` says why a text is reopened; an administrator's `override_reason` sets powers aside.
    """
    enter_act(act, by=by, on=on)
    before, after = act.status, _status_after(act, verb)
    override = override_reason.strip()
    waived = waive(obstacles_to_move(act, verb, on=on), by=by, on=on, reason=override)
    told = {"old_status": before, "new_status": after}
    if verb == ConventionVerb.ROUVRIR:
        told |= {"reason": reason.strip(), "voided": _void_accords(act, reason.strip()[:300])}
    if waived:
        told |= {"override_reason": override, "waived": [one.message for one in waived]}
    set_status(act, after)
    if verb == ConventionVerb.OUVRIR_NEGOCIATION and not act.recorded_afterwards:
        open_round(act, by=by, on=on)
    subject = act.convention if act.number == 0 else act
    record(by, JOURNAL[verb], subject, dossier=act.convention_id, **told)


@transaction.atomic
def take_up(act: Act, *, by: User, on: date) -> None:
    """Say that an act was signed on paper: its accords were given there. Replaying is harmless."""
    enter_act(act, by=by, on=on)
    if not act.is_writable:
        raise ValidationError(TOO_LATE_TO_TAKE_UP, code="transition")
    if act.recorded_afterwards:
        return
    act.recorded_afterwards = True
    act.save(update_fields=["recorded_afterwards"])
    if act.number == 0:
        act.convention.recorded_afterwards = True
        act.convention.save(update_fields=["recorded_afterwards"])
    record_in_act(act, act, by=by, verb=JournalVerb.ACT_TAKEN_UP)


def move_convention(convention: Convention, verb: ConventionVerb, **how) -> None:
    """Move the initial act of a convention (see `move_act`)."""
    move_act(initial_act(convention), verb, **how)
    convention.refresh_from_db(fields=["status"])


def initial_act(convention: Convention) -> Act:
    act = convention.acts.get(number=0)
    act.convention = convention
    return act


def _check_end(convention: Convention, *, closed_on: date, today: date) -> None:
    """An end is recorded once, of a signed convention, between its term and today."""
    if convention.status != ConventionStatus.SIGNEE:
        msg = "On ne constate la fin que d’une convention signée."
        raise ValidationError(msg, code="transition")
    if convention.closed_on is not None:
        msg = f"La fin est déjà constatée, le {date_longue(convention.closed_on)}."
        raise ValidationError(msg, code="replay")
    if convention.ends_on is None or closed_on < convention.ends_on:
        term = f", le {date_longue(convention.ends_on)}" if convention.ends_on else ""
        msg = (
            f"La fin ne peut pas être constatée avant le terme{term}. Pour y mettre fin plus tôt, "
            "il faut une résiliation."
        )
        raise ValidationError({"closed_on": msg}, code="before_term")
    if closed_on > today:
        msg = "On ne constate pas une fin à venir."
        raise ValidationError({"closed_on": msg}, code="future")


@transaction.atomic
def close_convention(
    convention: Convention, *, by: User, on: date, closed_on: date, reason: str
) -> None:
    """Record that a convention has come to its end and is not carried on (code civil, 1215)."""
    enter(convention, by=by, on=on)
    _check_end(convention, closed_on=closed_on, today=on)
    if not reason.strip():
        raise ValidationError({"reason": "Dites en une phrase ce qui est constaté."})
    convention.closed_on = closed_on
    convention.full_clean()
    convention.save(update_fields=["closed_on"])
    told = {"closed_on": str(closed_on), "reason": reason.strip()}
    record(by, JournalVerb.CONVENTION_CLOSED, convention, dossier=convention.pk, **told)
    announce_dates(convention, by=by, on=on)
