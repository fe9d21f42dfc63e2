"""The life of an avenant before its signature: begun, described, read again, abandoned."""

import secrets
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.access import scope_of
from accounts.enums import Verb
from accounts.models import Organisation, User
from accounts.rules.roles import Capability
from conventions.access import acting_parties, acts_visible_to
from conventions.actions.draft import assign, check_unchanged, enter, enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.enums import ActKind, ActStatus, ConventionStatus
from conventions.models import Act, Convention, Party
from conventions.models.act import PROVISIONAL
from conventions.models.acts_read import last_signed

HIGHEST = 32_000
UNSIGNED = (
    "Seule une convention signée se modifie par avenant. Tant qu’elle ne l’est pas, modifiez son "
    "projet."
)
ENDED = "La convention a pris fin : elle ne peut plus être modifiée par avenant."
NOT_A_PARTY = "Choisissez une partie au nom de laquelle vous pouvez rédiger."
NO_KIND = "Choisissez un avenant ou un erratum."
UNTITLED = "Dites en quelques mots ce que cet acte change."
NO_ERROR = "Dites quelle erreur matérielle est rectifiée, et comment on la reconnaît."
NOT_OURS = "Seule la partie qui a commencé cet acte peut l’abandonner."
NO_REASON = "Dites en une phrase pourquoi cet acte est abandonné."
TOO_LATE = "Un acte signé ne s’abandonne pas : un autre avenant peut revenir sur ce qu’il dit."
SENT = "Le texte de cet acte est arrêté : rouvrez sa rédaction avant de l’abandonner."


def drafters(user: User, convention: Convention, *, on: date) -> QuerySet[Party]:
    """The parties in whose name the person may begin an act; all of them for the platform."""
    if scope_of(user, on=on).is_platform:
        return convention.parties.in_force(on=on).order_by("position")
    return acting_parties(user, convention, Capability.MANAGE, on=on)


def reason_not_to_amend(convention: Convention) -> str | None:
    """Why no avenant can be begun, if none can."""
    if convention.status == ConventionStatus.RESILIEE or convention.closed_on is not None:
        return ENDED
    return None if convention.status == ConventionStatus.SIGNEE else UNSIGNED


@transaction.atomic
def create_avenant(
    convention: Convention,
    *,
    by: User,
    on: date,
    drafted_by: Organisation,
    kind: str = ActKind.AVENANT,
    title: str = "",
    purpose: str = "",
    effective_on: date | None = None,
) -> Act:
    """Begin an avenant or an erratum, which its side alone sees until it opens the negotiation.

    Several may be drafted at once, by both sides. The number is provisional: signing settles it.
    """
    enter(convention, by=by, on=on)
    _check_may_begin(convention, by=by, on=on, drafted_by=drafted_by, kind=kind)
    act = Act(
        convention=convention,
        number=_provisional_number(convention),
        kind=kind,
        drafted_by=drafted_by,
        based_on=last_signed(convention),
    )
    _describe(act, title=title, purpose=purpose, effective_on=effective_on)
    act.save()
    record_in_act(act, act, by=by, verb=Verb.ACT_CREATED)
    return act


def _check_may_begin(
    convention: Convention, *, by: User, on: date, drafted_by: Organisation, kind: str
) -> None:
    if reason := reason_not_to_amend(convention):
        raise ValidationError(reason, code="unsigned")
    if not drafters(by, convention, on=on).filter(organisation=drafted_by).exists():
        raise ValidationError({"drafted_by": NOT_A_PARTY}, code="party")
    if kind not in {ActKind.AVENANT, ActKind.ERRATUM}:
        raise ValidationError({"kind": NO_KIND}, code="kind")


def _provisional_number(convention: Convention) -> int:
    """A number nobody can count with: it tells nothing of the drafts one does not see."""
    taken = set(convention.acts.values_list("number", flat=True))
    while True:
        number = PROVISIONAL + 1 + secrets.randbelow(HIGHEST - PROVISIONAL)
        if number not in taken:
            return number


def _describe(act: Act, *, title: str, purpose: str, **fields) -> dict[str, list[str]]:
    """Set the card of an act; an erratum says which error it puts right."""
    problems = {}
    if not title.strip():
        problems["title"] = UNTITLED
    if act.kind == ActKind.ERRATUM and not purpose.strip():
        problems["purpose"] = NO_ERROR
    if problems:
        raise ValidationError(problems, code="required")
    return assign(act, {"title": title.strip(), "purpose": purpose.strip(), **fields})


@transaction.atomic
def change_avenant(
    act: Act,
    *,
    by: User,
    on: date,
    title: str,
    purpose: str = "",
    closing: str = "",
    effective_on: date | None = None,
    seen: str | None = None,
) -> None:
    """Change what an act is called, why it is made, its last provisions and its date of effect."""
    enter_draft_of(act, by=by, on=on)
    act.refresh_from_db()
    check_unchanged(act, seen)
    changes = _describe(
        act, title=title, purpose=purpose, closing=closing.strip(), effective_on=effective_on
    )
    if changes:
        act.save()
        record_in_act(act, act, by=by, verb=Verb.ACT_CHANGED, changes=changes)


@transaction.atomic
def read_again(act: Act, *, by: User, on: date) -> None:
    """Say that the act was read again with the acts signed since it was begun."""
    enter_draft_of(act, by=by, on=on)
    act.refresh_from_db(fields=["based_on"])
    last = last_signed(act.convention)
    if act.based_on != last:
        act.based_on = last
        act.save(update_fields=["based_on"])
        record_in_act(act, act, by=by, verb=Verb.ACT_READ_AGAIN, based_on=last)


@transaction.atomic
def abandon_avenant(act: Act, *, by: User, on: date, reason: str) -> None:
    """Give an act up: it stays readable by those who knew of it, and takes no number."""
    enter(act.convention, by=by, on=on)
    act.refresh_from_db(fields=["status"])
    _check_may_abandon(act, by=by, on=on)
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON}, code="required")
    act.status = ActStatus.ABANDONNE
    act.save(update_fields=["status"])
    record_in_act(act, act, by=by, verb=Verb.ACT_ABANDONED, reason=reason.strip())


def _check_may_abandon(act: Act, *, by: User, on: date) -> None:
    if not acts_visible_to(by, act.convention, on=on).filter(pk=act.pk).exists():
        raise PermissionDenied(NOT_OURS)
    if act.number == 0 or act.status == ActStatus.SIGNE:
        raise ValidationError(TOO_LATE, code="closed")
    if act.status == ActStatus.ABANDONNE:
        raise ValidationError("Cet acte est déjà abandonné.", code="replay")
    if not drafters(by, act.convention, on=on).filter(organisation=act.drafted_by_id).exists():
        raise PermissionDenied(NOT_OURS)
    if not act.is_writable:
        raise ValidationError(SENT, code="closed")
