"""Each party's accord to the closed text of an act, bound to its every letter."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import check_acts_for
from conventions.actions.draft import enter_act
from conventions.actions.facts import standing_approvals, text_digest
from conventions.enums import ActStatus
from conventions.models import Act, Approval, Party

NOT_CLOSED = "L’accord se donne sur un texte arrêté, et avant la mise en signature."
CHANGED = "Le texte a changé depuis que vous l’avez ouvert ici. Relisez-le avant d’y donner accord."
GIVEN = "{party} a déjà donné son accord à ce texte."
NOT_GIVEN = "{party} n’a pas donné d’accord à retirer."
WHY = "Dites en une phrase pourquoi l’accord est retiré : l’autre partie la lira."


def _enter(act: Act, party: Party, *, by: User, on: date) -> Approval | None:
    """Lock, refuse who does not speak for the party, and return the accord it has given."""
    enter_act(act, by=by, on=on)
    check_acts_for(by, party, Capability.MANAGE, on=on)
    if party.convention_id != act.convention_id or act.status != ActStatus.EN_VALIDATION:
        raise ValidationError(NOT_CLOSED, code="transition")
    return standing_approvals(act).filter(party=party).first()


@transaction.atomic
def give_approval(
    act: Act, *, party: Party, by: User, on: date, digest: str, comment: str = ""
) -> Approval:
    """Agree to the text in the name of a party; `digest` is that of the text the person read.

    An accord that the text has left behind gives way to the new one.
    """
    standing = _enter(act, party, by=by, on=on)
    current = text_digest(act)
    if digest != current:
        raise ValidationError(CHANGED, code="stale")
    if standing is not None:
        if standing.digest == current:
            raise ValidationError(GIVEN.format(party=party), code="replay")
        _withdraw(standing, "Le texte a changé.")
    approval = Approval(
        act=act,
        party=party,
        digest=current,
        comment=comment.strip(),
        given_by=by,
        given_at=timezone.now(),
    )
    approval.full_clean()
    approval.save()
    told = {"party": str(party), "digest": current, "comment": approval.comment}
    record(by, Verb.APPROVAL_GIVEN, act, dossier=act.convention_id, **told)
    return approval


@transaction.atomic
def withdraw_approval(act: Act, *, party: Party, by: User, on: date, reason: str) -> None:
    """Take back the accord of a party, which says why."""
    standing = _enter(act, party, by=by, on=on)
    if standing is None:
        raise ValidationError(NOT_GIVEN.format(party=party), code="replay")
    if not reason.strip():
        raise ValidationError({"reason": WHY}, code="required")
    _withdraw(standing, reason.strip())
    told = {"party": str(party), "reason": reason.strip()}
    record(by, Verb.APPROVAL_WITHDRAWN, act, dossier=act.convention_id, **told)


def _withdraw(approval: Approval, reason: str) -> None:
    approval.withdrawn_at = timezone.now()
    approval.withdrawal_reason = reason
    approval.full_clean()
    approval.save(update_fields=["withdrawn_at", "withdrawal_reason"])
