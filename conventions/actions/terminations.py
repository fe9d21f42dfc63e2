"""Leaving a convention: prepare, notify, repair, withdraw; the dates of the letters decide.

What a party prepares is its own until the event that its clause names has happened.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from accounts.rules.typographie import date_longue
from conventions.access import check_acts_for
from conventions.actions.counting import count_again, end_convention, reserved
from conventions.actions.draft import announce_dates, assign, enter
from conventions.actions.letter_facts import composed
from conventions.actions.versions import mark_posted
from conventions.enums import (
    ConventionStatus,
    LetterKind,
    TerminationGround,
    TerminationKind,
    TerminationStatus,
)
from conventions.models import (
    Convention,
    Party,
    RegisteredLetter,
    Termination,
    TerminationClause,
)
from conventions.models.endings_read import review_clause
from conventions.rules.non_renouvellement import (
    reason_not_to_announce,
    too_late,
)
from conventions.rules.preuves import REGISTERED
from conventions.rules.sorties import contradictions

GROUNDS = {
    TerminationKind.RESILIATION: TerminationGround.SANS_MOTIF,
    TerminationKind.MISE_EN_DEMEURE: TerminationGround.MANQUEMENT,
    TerminationKind.DESACCORD: TerminationGround.DESACCORD,
}


@transaction.atomic
def prepare_ending(
    convention: Convention,
    *,
    by: User,
    on: date,
    party: Party,
    kind: str,
    clause: TerminationClause | None = None,
    year: int | None = None,
    letter_kind: str = LetterKind.LRAR,
    **told,
) -> Termination:
    """Prepare a party's way out, with a letter for each other party: nothing is sent yet.

    `year`: the reviewed year of a disagreement. `told`: reason, breach, cure_days, to_complete,
    planned_event_on.
    """
    _enter(convention, party, by=by, on=on)
    _check_form(letter_kind)
    _check_ground(convention, kind=kind, clause=clause, year=year, on=on)
    ending = Termination(
        convention=convention,
        party=party,
        kind=kind,
        clause=clause,
        year=year,
        created_by=by,
        **told,
    )
    _check_told(ending)
    ending.full_clean()
    ending.save()
    others = convention.parties.in_force(on=on).exclude(pk=party.pk)
    for addressee in others:
        RegisteredLetter.objects.create(termination=ending, addressee=addressee, kind=letter_kind)
    _say(ending, Verb.ENDING_PREPARED, by=by, nature=ending.get_kind_display())
    return ending


@transaction.atomic
def change_ending(ending: Termination, *, by: User, on: date, **told) -> None:
    """Correct what a prepared way out says (`told` as in `prepare_ending`)."""
    _reenter(ending, by=by, on=on)
    if ending.status != TerminationStatus.PREPAREE or ending.is_dispatched:
        msg = "La lettre est partie : ce qu’elle dit ne se change plus. Retirez-la si besoin."
        raise ValidationError(msg, code="sent")
    changes = assign(ending, told)
    _check_told(ending)
    if changes:
        ending.save()
        _say(ending, Verb.ENDING_CHANGED, by=by, changes=changes)


@transaction.atomic
def record_letter(letter: RegisteredLetter, *, by: User, on: date, **facts) -> Termination:
    """Write down the dates of a letter and their proofs; the effect is counted again at once.

    `facts`: kind, tracking, posted_on, presented_on, delivered_on, returned_on, posting_proof,
    delivery_proof. The journal keeps every version.
    """
    ending = letter.termination
    _reenter(ending, by=by, on=on)
    if ending.status in {TerminationStatus.RETIREE, TerminationStatus.REMEDIEE}:
        msg = f"Cette sortie est close ({ending.get_status_display()}) : ses dates sont gardées."
        raise ValidationError(msg, code="closed")
    letter.refresh_from_db()
    for name, value in facts.items():
        setattr(letter, name, value)
    wrong = contradictions(letter.dates, today=on)
    if wrong:
        raise ValidationError({found.field: found.message for found in wrong})
    letter.refresh_from_db()
    changes = assign(letter, facts)
    if not changes:
        return ending
    letter.save()
    record(by, Verb.LETTER_RECORDED, letter, **reserved(ending), changes=changes)
    mark_posted(letter, lambda: composed(letter), by=by, **reserved(ending))
    count_again(ending, by=by, on=on)
    return ending


@transaction.atomic
def withdraw_ending(
    ending: Termination,
    *,
    by: User,
    on: date,
    withdrawn_on: date,
    reason: str,
    agreed: bool = False,
) -> None:
    """Take a way out back: freely while it is prepared, with everyone's accord once notified.

    A notice that has reached the other party binds who gave it: only both can undo it. A formal
    notice and an announcement give the other nothing to lose: who wrote them takes them back alone.
    """
    _reenter(ending, by=by, on=on)
    notified = ending.status == TerminationStatus.NOTIFIEE
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi elle est retirée."})
    _check_withdrawal(ending, withdrawn_on, agreed=agreed, on=on)
    ending.status = TerminationStatus.RETIREE
    ending.withdrawn_on, ending.withdrawal_reason = withdrawn_on, reason.strip()
    ending.full_clean()
    ending.save()
    record(by, Verb.ENDING_WITHDRAWN, ending, **reserved(ending, notified=notified), reason=reason)
    if notified and ending.ends_convention:
        end_convention(ending.convention, None)
    announce_dates(ending.convention, by=by, on=on)


def _check_withdrawal(ending: Termination, withdrawn_on: date, *, agreed: bool, on: date) -> None:
    """Nothing is taken back twice, before it was sent, alone when it binds, or after the end."""
    if ending.status not in {TerminationStatus.PREPAREE, TerminationStatus.NOTIFIEE}:
        msg = f"Cette sortie est déjà close ({ending.get_status_display()})."
        raise ValidationError(msg, code="replay")
    if withdrawn_on > on:
        raise ValidationError({"withdrawn_on": "On n’enregistre pas un retrait à venir."})
    if ending.status == TerminationStatus.PREPAREE:
        return
    if withdrawn_on < ending.event_on:
        raise ValidationError({"withdrawn_on": "Le retrait ne peut pas précéder l’envoi."})
    if not agreed and ending.ends_convention:
        msg = (
            "La lettre est notifiée : elle ne se retire qu’avec l’accord écrit de l’autre partie. "
            "Cochez que vous l’avez, et déposez-le."
        )
        raise ValidationError({"agreed": msg}, code="agreement")
    if withdrawn_on > ending.effect_on:
        msg = f"La convention a pris fin le {date_longue(ending.effect_on)} : il est trop tard."
        raise ValidationError({"withdrawn_on": msg}, code="too_late")


@transaction.atomic
def record_repaired(
    ending: Termination, *, by: User, on: date, repaired_on: date, reason: str
) -> None:
    """Say that the breach of a formal notice is repaired: the convention goes on."""
    _reenter(ending, by=by, on=on)
    _check_notice_runs(ending)
    if not reason.strip():
        raise ValidationError({"reason": "Dites comment le manquement est réparé."})
    if not ending.event_on <= repaired_on <= min(on, ending.effect_on):
        msg = (
            f"La réparation se place entre la mise en demeure, le {date_longue(ending.event_on)}, "
            f"et la fin du délai, le {date_longue(ending.effect_on)}, sans date à venir."
        )
        raise ValidationError({"repaired_on": msg}, code="outside")
    ending.status = TerminationStatus.REMEDIEE
    ending.withdrawn_on, ending.withdrawal_reason = repaired_on, reason.strip()
    ending.full_clean()
    ending.save()
    record(by, Verb.ENDING_REPAIRED, ending, dossier=ending.convention_id, reason=reason.strip())
    announce_dates(ending.convention, by=by, on=on)


@transaction.atomic
def record_unrepaired(ending: Termination, *, by: User, on: date, reason: str = "") -> Termination:
    """Say that a formal notice stayed without effect: the convention ended with its delay."""
    _reenter(ending, by=by, on=on)
    _check_notice_runs(ending)
    if on <= ending.effect_on:
        msg = (
            f"Le délai court jusqu’au {date_longue(ending.effect_on)} à minuit : attendez son "
            "lendemain pour constater que rien n’a été réparé."
        )
        raise ValidationError(msg, code="too_early")
    if Termination.objects.filter(follows=ending).exists():
        raise ValidationError("La résiliation est déjà constatée.", code="replay")
    ended = Termination(
        convention=ending.convention,
        party=ending.party,
        kind=TerminationKind.RESILIATION,
        clause=ending.clause,
        follows=ending,
        status=TerminationStatus.NOTIFIEE,
        reason=reason.strip() or ending.breach,
        to_complete=ending.to_complete,
        event_on=ending.event_on,
        effect_on=ending.effect_on,
        steps=ending.steps,
        created_by=by,
    )
    ended.full_clean()
    ended.save()
    record(
        by, Verb.ENDING_COUNTED, ended, dossier=ending.convention_id, effect_on=str(ended.effect_on)
    )
    end_convention(ending.convention, ended.effect_on)
    announce_dates(ending.convention, by=by, on=on)
    return ended


def _check_notice_runs(ending: Termination) -> None:
    if (ending.kind, ending.status) != (
        TerminationKind.MISE_EN_DEMEURE,
        TerminationStatus.NOTIFIEE,
    ):
        msg = "Seule une mise en demeure dont le délai court peut être dite réparée ou non."
        raise ValidationError(msg, code="transition")


def _enter(convention: Convention, party: Party, *, by: User, on: date) -> None:
    """Only a party's own managers leave in its name, from a convention that binds."""
    enter(convention, by=by, on=on)
    if party.convention_id != convention.pk:
        raise ValidationError({"party": "Choisissez une partie de cette convention."})
    check_acts_for(by, party, Capability.MANAGE, on=on)
    if convention.status != ConventionStatus.SIGNEE:
        raise ValidationError("On ne sort que d’une convention signée.", code="unsigned")
    if convention.closed_on is not None:
        msg = f"La fin est déjà constatée, le {date_longue(convention.closed_on)}."
        raise ValidationError(msg, code="closed")
    if convention.terminated_on is not None and convention.terminated_on < on:
        msg = f"La convention est résiliée depuis le {date_longue(convention.terminated_on)}."
        raise ValidationError(msg, code="terminated")


def _reenter(ending: Termination, *, by: User, on: date) -> None:
    enter(ending.convention, by=by, on=on)
    check_acts_for(by, ending.party.heir(on=on), Capability.MANAGE, on=on)
    ending.refresh_from_db()


def _check_form(letter_kind: str) -> None:
    if letter_kind not in REGISTERED:
        msg = "Une sortie se notifie par une lettre qui fait preuve : choisissez une autre forme."
        raise ValidationError({"letter_kind": msg}, code="unproven")


def _check_ground(
    convention: Convention,
    *,
    kind: str,
    clause: TerminationClause | None,
    year: int | None,
    on: date,
) -> None:
    """The clause binds today and is the one of this way out; a disagreement names its year."""
    if clause is not None:
        _check_clause(convention, clause, kind=kind, on=on)
    elif kind == TerminationKind.NON_RENOUVELLEMENT:
        reason = reason_not_to_announce(convention.ends_on, convention.terminated_on, on=on)
        if reason:
            raise ValidationError(reason, code="no_term")
    elif kind != TerminationKind.DESACCORD:
        msg = "Choisissez la clause : sans elle, la convention doit aller jusqu’à son terme."
        raise ValidationError({"clause": msg}, code="no_clause")
    if kind == TerminationKind.DESACCORD:
        if year is None:
            raise ValidationError({"year": "Dites l’année de la revoyure en désaccord."})
        if review_clause(convention, on=on) is None:
            msg = "La convention n’a pas de clause de revoyure : elle ne prévoit pas cette sortie."
            raise ValidationError(msg, code="no_review")


def _check_clause(
    convention: Convention, clause: TerminationClause, *, kind: str, on: date
) -> None:
    binding = TerminationClause.objects.binding(on=max(on, convention.starts_on))
    if not binding.filter(convention=convention, pk=clause.pk).exists():
        msg = "Cette clause ne lie pas les parties aujourd’hui."
        raise ValidationError({"clause": msg}, code="not_binding")
    if clause.ground != GROUNDS.get(TerminationKind(kind)):
        msg = "Cette clause ne prévoit pas cette sortie : choisissez-en une autre."
        raise ValidationError({"clause": msg}, code="ground")


def _check_told(ending: Termination) -> None:
    if ending.kind == TerminationKind.MISE_EN_DEMEURE and not ending.breach.strip():
        msg = "Dites quel engagement n’est pas tenu : la lettre le reproduit."
        raise ValidationError({"breach": msg})
    planned = ending.planned_event_on
    if (
        ending.is_announcement
        and planned
        and (late := too_late(planned, ending.convention.ends_on))
    ):
        raise ValidationError({"planned_event_on": late}, code="too_late")


def _say(ending: Termination, verb: Verb, *, by: User, **told) -> None:
    record(by, verb, ending, **reserved(ending), **told)
