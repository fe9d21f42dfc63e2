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
from territories.rules.french import de

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


def _card(given: dict, *, on: date) -> dict:
    """Return a card as it is kept: what people gave, and what follows from the territory.

    `given`: reference, title, kind, territory, and perhaps zone and parent. Without a zone, public
    holidays are those of the territory.
    """
    territory = given["territory"]
    return {
        "reference": given["reference"].strip().upper(),
        "title": given["title"],
        "kind": given["kind"],
        "territory": territory,
        "region": region_of(territory, on=on),
        "zone": given.get("zone") or territory.zone or Zone.METROPOLE,
        "parent": given.get("parent"),
    }


@transaction.atomic
def create_convention(
    *,
    by: User,
    on: date,
    drafted_by: Organisation,
    recorded_afterwards: bool = False,
    **card,
) -> Convention:
    """Begin a draft that only `drafted_by` sees until the negotiation opens; makes its act n° 0.

    `recorded_afterwards` takes up a convention signed on paper: its accords were given there.
    `card`: reference, title, kind, territory; and zone, parent (see `_card`).
    """
    if not organisations_that_may_draft(by, on=on).filter(pk=drafted_by.pk).exists():
        msg = f"Seul un responsable {de(str(drafted_by))} peut rédiger une convention en son nom."
        raise PermissionDenied(msg)
    made = {"drafted_by": drafted_by, "created_by": by, "recorded_afterwards": recorded_afterwards}
    convention = Convention(**_card(card, on=on), **made)
    convention.full_clean()
    _save_under_its_reference(convention)
    Act.objects.create(
        convention=convention, title=convention.title, recorded_afterwards=recorded_afterwards
    )
    told = {**snapshot(convention, CARD), "drafted_by": str(drafted_by)}
    record(by, Verb.CONVENTION_CREATED, convention, dossier=convention.pk, **told)
    return convention


@transaction.atomic
def change_convention(convention: Convention, *, by: User, on: date, version: int, **card) -> None:
    """Correct the card of a draft, unless somebody did since the `version` the form showed.

    `card`: reference, title, kind, territory; and zone, parent (see `_card`).
    """
    act = enter_draft(convention, by=by, on=on)
    if version != convention.version:
        raise ValidationError(STALE, code="stale")
    changes = assign(convention, _card(card, on=on))
    if not changes:
        return
    convention.version += 1
    _save_under_its_reference(convention)
    if "title" in changes:
        act.title = convention.title
        act.save(update_fields=["title"])
    record(by, Verb.CONVENTION_CHANGED, convention, dossier=convention.pk, changes=changes)
    if "zone" in changes:
        announce_dates(convention, by=by, on=on)
