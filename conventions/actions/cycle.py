"""The moves of a convention from draft to signature, and the record of its end."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb as JournalVerb
from accounts.models import User
from accounts.rules.typographie import date_longue
from conventions.actions.draft import announce_dates, enter
from conventions.actions.facts import facts_of
from conventions.enums import ConventionStatus, ConventionVerb
from conventions.models import Convention
from conventions.rules import signature
from conventions.rules.cycle import next_status

JOURNAL = {
    ConventionVerb.OUVRIR_NEGOCIATION: JournalVerb.CONVENTION_SHARED,
    ConventionVerb.METTRE_EN_SIGNATURE: JournalVerb.CONVENTION_SENT_TO_SIGNATURE,
    ConventionVerb.ROUVRIR: JournalVerb.CONVENTION_REOPENED,
}
GUARDS = {
    ConventionVerb.OUVRIR_NEGOCIATION: (signature.fewer_than_two_parties,),
    ConventionVerb.METTRE_EN_SIGNATURE: (
        signature.fewer_than_two_parties,
        signature.no_text,
        signature.no_duration,
    ),
    ConventionVerb.ROUVRIR: (),
}


def drafter_is_not_bound(convention: Convention) -> str | None:
    """Once shared, a convention is seen by its parties alone: the drafter must be one."""
    drafter = convention.drafted_by
    organisations = {drafter.pk, drafter.acts_for_id}
    if convention.parties.filter(organisation__in=organisations - {None}).exists():
        return None
    return f"{drafter}, qui rédige la convention, doit en être partie. Ajoutez-la d’abord."


def reasons_not_to_move(convention: Convention, verb: ConventionVerb) -> list[str]:
    """Return every French reason why this move must wait."""
    facts = facts_of(convention)
    reasons = [guard(facts) for guard in GUARDS[verb]]
    if verb == ConventionVerb.OUVRIR_NEGOCIATION:
        reasons.append(drafter_is_not_bound(convention))
    return [reason for reason in reasons if reason]


@transaction.atomic
def move_convention(convention: Convention, verb: ConventionVerb, *, by: User, on: date) -> None:
    """Open the negotiation, send to signature or reopen; signing is `sign_convention`."""
    enter(convention, by=by, on=on)
    if verb not in JOURNAL:
        msg = "La signature s’enregistre avec sa date et ses preuves."
        raise ValidationError(msg, code="transition")
    before = convention.status
    after = next_status(verb, before)
    if reasons := reasons_not_to_move(convention, verb):
        raise ValidationError(reasons, code="guard")
    convention.status = after
    convention.full_clean()
    convention.save(update_fields=["status"])
    convention.acts.filter(number=0).update(status=after)
    record(
        by, JOURNAL[verb], convention, dossier=convention.pk, old_status=before, new_status=after
    )


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
