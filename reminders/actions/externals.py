"""Those without an account whom a party has told of a convention's dates: a notary, a lawyer.

They read a title, a date, the convention's name and its parties, in a message and behind its link;
never a word of the text. They stop it when they like, and so does the party.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import check_acts_for
from conventions.actions.draft import enter, lock
from conventions.enums import ConventionStatus
from conventions.models import Convention, Party
from reminders.actions.arming import rearm
from reminders.actions.recipients import audience_of
from reminders.models import ExternalRecipient

# The portal is no mailing list: who needs more people told gives them an account.
MOST_PER_PARTY = 10

NOT_SIGNED = (
    "Seule une convention signée a des rappels : ajoutez ce destinataire quand elle le sera."
)


@transaction.atomic
def add_external(
    convention: Convention,
    *,
    by: User,
    now: datetime,
    on: date,
    party: Party,
    email: str,
    name: str,
    quality: str = "",
    kinds: Iterable[str] = (),
) -> ExternalRecipient:
    """Have somebody told from the next rung on; no kinds: of every date."""
    enter(convention, by=by, on=on, capability=Capability.MANAGE)
    check_acts_for(by, party, Capability.MANAGE, on=on)
    if convention.status != ConventionStatus.SIGNEE:
        raise ValidationError(NOT_SIGNED)
    email = email.strip().lower()
    _check_address(convention, party, email, on=on)
    recipient = ExternalRecipient(
        convention=convention,
        party=party,
        email=email,
        name=name,
        quality=quality,
        kinds=sorted(kinds),
        added_by=by,
        added_at=now,
    )
    recipient.full_clean()
    recipient.save()
    record(by, Verb.EXTERNAL_ADDED, recipient, dossier=convention.pk, party=str(party))
    rearm([convention], now=now, on=on)
    return recipient


@transaction.atomic
def stop_external(recipient: ExternalRecipient, *, by: User, now: datetime, on: date) -> None:
    """Have somebody told no more, by a decision of the party that had them told."""
    enter(recipient.convention, by=by, on=on, capability=Capability.MANAGE)
    check_acts_for(by, recipient.party.heir(on=on), Capability.MANAGE, on=on)
    _stop(recipient, by=by, now=now, on=on)


@transaction.atomic
def stop_at_own_request(recipient: ExternalRecipient, *, now: datetime, on: date) -> None:
    """Tell no more whoever asked for it behind the link of a message; asking twice is no error."""
    lock(recipient.convention)
    recipient.refresh_from_db(fields=["stopped_at"])
    if recipient.stopped_at is None:
        recipient.stopped_by_recipient = True
        _stop(recipient, by=None, now=now, on=on)


def _stop(recipient: ExternalRecipient, *, by: User | None, now: datetime, on: date) -> None:
    recipient.refresh_from_db(fields=["stopped_at"])
    if recipient.stopped_at is not None:
        msg = f"{recipient} ne reçoit déjà plus de rappels."
        raise ValidationError(msg)
    recipient.stopped_at = now
    recipient.save(update_fields=["stopped_at", "stopped_by_recipient"])
    asked = recipient.stopped_by_recipient
    record(
        by, Verb.EXTERNAL_STOPPED, recipient, dossier=recipient.convention_id, by_recipient=asked
    )
    rearm([recipient.convention], now=now, on=on)


def _check_address(convention: Convention, party: Party, email: str, *, on: date) -> None:
    standing = ExternalRecipient.objects.filter(party=party, stopped_at__isnull=True)
    if standing.filter(email__iexact=email).exists():
        msg = f"{email} reçoit déjà les rappels pour {party}."
        raise ValidationError({"email": msg})
    if standing.count() >= MOST_PER_PARTY:
        msg = (
            f"{party} a déjà {MOST_PER_PARTY} destinataires extérieurs : arrêtez-en un, ou invitez "
            "cette personne sur le portail."
        )
        raise ValidationError(msg)
    told = {row.user_id for row in audience_of(convention, on=on).inside(None) if row.user_id}
    member = User.objects.filter(pk__in=told, email=email).first()
    if member is not None:
        msg = f"{member} reçoit déjà les rappels de cette convention sur le portail."
        raise ValidationError({"email": msg})
