"""Who belongs to an organisation: invitations, roles, departures."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import access
from accounts.actions.journal import record
from accounts.emails import invitation_email
from accounts.enums import Role, Verb
from accounts.models import Invitation, Membership, Organisation, User
from accounts.signals import members_changed

INVITATION_LASTS = timedelta(days=7)


def hash_token(token: str) -> str:
    """Only the hash of an invitation link is stored: a leaked database opens no door."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_member(
    organisation: Organisation,
    *,
    by: User,
    now: datetime,
    on: date,
    email: str,
    role: Role,
    membership_ends_on: date | None = None,
) -> Invitation:
    """Invite a person by e-mail; the link works once, for seven days."""
    access.check_can_administer(by, organisation, on=on)
    email = email.strip().lower()
    if Membership.objects.in_force(on=on).filter(organisation=organisation, user__email=email):
        msg = f"{email} est déjà membre de {organisation}."
        raise ValidationError({"email": msg})
    if membership_ends_on and membership_ends_on < on:
        raise ValidationError({"membership_ends_on": "Ce jour est déjà passé."})
    organisation.invitations.filter(
        email__iexact=email, accepted_at__isnull=True, revoked_at__isnull=True, expires_at__lte=now
    ).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        role=role,
        membership_ends_on=membership_ends_on,
        token_hash=hash_token(token),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    invitation.full_clean()
    invitation.save()
    record(by, Verb.MEMBER_INVITED, invitation, role=role, organisation=organisation.pk)
    message = invitation_email(invitation, token)
    transaction.on_commit(message.send)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: User, now: datetime, on: date) -> None:
    access.check_can_administer(by, invitation.organisation, on=on)
    if invitation.accepted_at or invitation.revoked_at:
        msg = "Cette invitation n’attend plus de réponse."
        raise ValidationError(msg)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    record(by, Verb.INVITATION_REVOKED, invitation)


def pending_invitation(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation this link opens, while it still does."""
    return (
        Invitation.objects.pending(now=now)
        .select_related("organisation", "invited_by")
        .filter(token_hash=hash_token(token))
        .first()
    )


@transaction.atomic
def accept_invitation(
    invitation: Invitation,
    *,
    now: datetime,
    on: date,
    first_name: str = "",
    last_name: str = "",
    password: str = "",
) -> User:
    """Turn an invitation into a membership, and into an account for who has none.

    The link reached the mailbox: it proves the address, never more. An existing account keeps its
    name and its password, and a disabled one stays disabled.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.revoked_at or invitation.expires_at <= now:
        msg = "Cette invitation a déjà servi, a été retirée ou a expiré. Demandez-en une autre."
        raise ValidationError(msg)
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(
            invitation.email, password, first_name=first_name, last_name=last_name
        )
    membership = Membership(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        starts_on=on,
        ends_on=invitation.membership_ends_on,
    )
    membership.full_clean()
    membership.save()
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    record(user, Verb.INVITATION_ACCEPTED, invitation, role=invitation.role)
    members_changed.send(sender=Organisation, organisation=invitation.organisation)
    return user


@transaction.atomic
def change_role(membership: Membership, *, by: User, on: date, role: Role) -> None:
    """Give another role from today on; the past keeps the old one."""
    access.check_can_administer(by, membership.organisation, on=on)
    _keep_one_administrator(membership, on=on, role=role)
    old_role = membership.role
    if role == old_role:
        return
    if membership.starts_on < on:
        ends_on = membership.ends_on
        membership.ends_on = on - timedelta(days=1)
        membership.save(update_fields=["ends_on"])
        membership = Membership(
            user=membership.user,
            organisation=membership.organisation,
            role=role,
            starts_on=on,
            ends_on=ends_on,
        )
    membership.role = role
    membership.full_clean()
    membership.save()
    record(
        by, Verb.ROLE_GRANTED, membership, label=str(membership.user), before=old_role, after=role
    )
    members_changed.send(sender=Organisation, organisation=membership.organisation)


@transaction.atomic
def end_membership(membership: Membership, *, by: User, on: date, ends_on: date) -> None:
    """The person belongs until `ends_on` included, and sees nothing from the next day on."""
    access.check_can_administer(by, membership.organisation, on=on)
    if ends_on < membership.starts_on:
        raise ValidationError({"ends_on": "Le dernier jour ne peut pas précéder le premier."})
    if ends_on <= on:
        _keep_one_administrator(membership, on=on, role=None)
    before = membership.ends_on
    membership.ends_on = ends_on
    membership.full_clean()
    membership.save(update_fields=["ends_on"])
    record(
        by,
        Verb.MEMBERSHIP_ENDED,
        membership,
        label=str(membership.user),
        before=str(before or ""),
        after=str(ends_on),
    )
    members_changed.send(sender=Organisation, organisation=membership.organisation)


def _keep_one_administrator(membership: Membership, *, on: date, role: Role | None) -> None:
    if membership.role != Role.ADMINISTRATEUR or role == Role.ADMINISTRATEUR:
        return
    others = (
        Membership.objects.in_force(on=on)
        .filter(organisation=membership.organisation, role=Role.ADMINISTRATEUR)
        .filter(user__is_active=True)
        .exclude(pk=membership.pk)
    )
    if not others.exists():
        msg = (
            f"{membership.organisation} n’aurait plus d’administrateur. "
            "Donnez d’abord ce rôle à une autre personne."
        )
        raise ValidationError(msg)


@transaction.atomic
def set_account_active(user: User, *, by: User, active: bool) -> None:
    """Disable or enable an account. Disabled, its sessions are refused at their next request."""
    if user == by and not active:
        msg = "Vous ne pouvez pas désactiver votre propre compte."
        raise ValidationError(msg)
    if user.is_active == active:
        return
    user.is_active = active
    user.save(update_fields=["is_active"])
    record(by, Verb.ACCOUNT_ENABLED if active else Verb.ACCOUNT_DISABLED, user)


@transaction.atomic
def change_organisation(organisation: Organisation, *, by: User, on: date, **fields) -> None:
    """Correct an organisation's own file. Conventions keep its name and nature as signed."""
    access.check_can_administer(by, organisation, on=on)
    before = {name: getattr(organisation, name) for name in fields}
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.full_clean()
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise ValidationError({"siren": "Un organisme porte déjà ce SIREN."}) from error
    record(by, Verb.ORGANISATION_CHANGED, organisation, before=before, after=fields)
