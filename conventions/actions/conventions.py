"""A convention's own card: reference, title, territory."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.access import scope_of
from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import Organisation, User
from accounts.rules.roles import Capability
from conventions.actions.draft import (
    STALE,
    announce_dates,
    assign,
    enter_draft,
    snapshot,
)
from conventions.models import Act, Convention
from territories.enums import TerritoryKind, Zone
from territories.models import Territory

CARD = ("reference", "title", "kind", "territory", "region", "zone", "parent")


def organisations_that_may_draft(user: User, *, on: date):
    """The organisations in whose name this person may begin a convention."""
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=scope.organisations_with(Capability.MANAGE))


def region_of(territory: Territory, *, on: date) -> Territory | None:
    """Return the région that follows a convention of this territory."""
    if territory.kind == TerritoryKind.REGION:
        return territory
    if territory.region_id:
        return territory.region
    return Territory.objects.containing(territory, TerritoryKind.REGION, on=on).first()


def _save_under_its_reference(convention: Convention) -> None:
    """Save, two people having perhaps chosen the same reference at the same instant.

    The sentence is the one the form gives: it says that the reference is taken, and nothing of
    the convention that bears it.
    """
    try:
        with transaction.atomic():
            convention.save()
    except IntegrityError as error:
        message = Convention._meta.get_field("reference").error_messages["unique"]
        raise ValidationError({"reference": message}, code="unique") from error


@transaction.atomic
def create_convention(
    *,
    by: User,
    on: date,
    reference: str,
    title: str,
    kind: str,
    territory: Territory,
    drafted_by: Organisation,
    zone: str = "",
    parent: Convention | None = None,
) -> Convention:
    """Begin a draft that only `drafted_by` sees until the negotiation opens; makes its act n° 0.

    Without a `zone`, public holidays are those of the territory.
    """
    if not organisations_that_may_draft(by, on=on).filter(pk=drafted_by.pk).exists():
        msg = f"Seul un responsable de {drafted_by} peut rédiger une convention en son nom."
        raise PermissionDenied(msg)
    convention = Convention(
        reference=reference.strip().upper(),
        title=title,
        kind=kind,
        territory=territory,
        region=region_of(territory, on=on),
        zone=zone or territory.zone or Zone.METROPOLE,
        parent=parent,
        drafted_by=drafted_by,
        created_by=by,
    )
    convention.full_clean()
    _save_under_its_reference(convention)
    Act.objects.create(convention=convention, title=title)
    record(
        by,
        Verb.CONVENTION_CREATED,
        convention,
        dossier=convention.pk,
        **snapshot(convention, CARD),
        drafted_by=str(drafted_by),
    )
    return convention


@transaction.atomic
def change_convention(
    convention: Convention,
    *,
    by: User,
    on: date,
    version: int,
    reference: str,
    title: str,
    kind: str,
    territory: Territory,
    zone: str = "",
    parent: Convention | None = None,
) -> None:
    """Correct the card of a draft, unless somebody did since the `version` the form showed."""
    act = enter_draft(convention, by=by, on=on)
    if version != convention.version:
        raise ValidationError(STALE, code="stale")
    changes = assign(
        convention,
        {
            "reference": reference.strip().upper(),
            "title": title,
            "kind": kind,
            "territory": territory,
            "region": region_of(territory, on=on),
            "zone": zone or territory.zone,
            "parent": parent,
        },
    )
    if not changes:
        return
    convention.version += 1
    _save_under_its_reference(convention)
    if "title" in changes:
        act.title = title
        act.save(update_fields=["title"])
    record(by, Verb.CONVENTION_CHANGED, convention, dossier=convention.pk, changes=changes)
    if "zone" in changes:
        announce_dates(convention, by=by, on=on)
