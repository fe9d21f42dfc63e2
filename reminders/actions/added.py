"""Dates that people add to a convention: for themselves, for their organisation, for everybody.

Each becomes deadlines like the others by projection, in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.rules.roles import Capability
from conventions.access import acting_parties
from conventions.actions.draft import enter
from conventions.models import Convention, Party
from reminders.access import added_visible_to
from reminders.actions.projection import project_deadlines
from reminders.actions.settling import PERSONAL
from reminders.enums import Sharing
from reminders.models import AddedDeadline

PAST = "Choisissez un jour à venir : cette date est passée."
WHICH_PARTY = "Vous agissez pour plusieurs parties : dites laquelle garde cette échéance."
NOT_A_SIDE = (
    "Il faut être contributeur ou responsable d’une partie pour ajouter une échéance que d’autres "
    "verront. Vous pouvez en ajouter une pour vous seul."
)
NOT_YOURS = "Cette échéance appartient à {owner} : demandez-lui de la changer."


@dataclass(frozen=True)
class Wanted:
    """What a person writes of a date: the same to add it and to change it."""

    title: str
    due_on: date
    sharing: str = Sharing.ORGANISME
    every_months: int | None = None
    note: str = ""
    party: Party | None = None


@transaction.atomic
def add_deadline(convention: Convention, *, by, on: date, now: datetime, **fields) -> AddedDeadline:
    """Add a date to a convention. `fields` are those of `Wanted`.

    On a text still being written it is noted, and reminded of once the convention is signed.
    """
    enter(convention, by=by, on=on, capability=Capability.READ)
    wanted = Wanted(**fields)
    if wanted.due_on < on:
        raise ValidationError({"due_on": ValidationError(PAST, code="past")})
    added = _write(AddedDeadline(convention=convention, author=by, added_at=now), wanted, on=on)
    _tell(by, Verb.DEADLINE_ADDED, added)
    project_deadlines(convention, now=now, on=on, by=by)
    return added


@transaction.atomic
def change_deadline(
    added: AddedDeadline, *, by, on: date, now: datetime, **fields
) -> AddedDeadline:
    """Change a date somebody added, and return the row that now holds it.

    Another circle of readers makes another row: what the first one told, it told to others.
    """
    added = _take(added, by=by, on=on)
    wanted = Wanted(**fields)
    if wanted.due_on < on and wanted.due_on != added.due_on:
        raise ValidationError({"due_on": ValidationError(PAST, code="past")})
    if _circle(added, wanted, by=by, on=on) != (added.sharing, added.party_id):
        _remove(added, by=by, now=now)
        new = AddedDeadline(convention=added.convention, author=added.author, added_at=now)
        added = _write(new, wanted, on=on, by=by)
        _tell(by, Verb.DEADLINE_ADDED, added)
    else:
        before = _words(added)
        _write(added, wanted, on=on, by=by)
        _tell(by, Verb.DEADLINE_CHANGED, added, before=before)
    project_deadlines(added.convention, now=now, on=on, by=by)
    return added


@transaction.atomic
def remove_deadline(added: AddedDeadline, *, by, on: date, now: datetime) -> None:
    """Withdraw a date somebody added: nobody is reminded of it any more, its history stays."""
    added = _take(added, by=by, on=on)
    _remove(added, by=by, now=now)
    project_deadlines(added.convention, now=now, on=on, by=by)


def can_change(user, added: AddedDeadline, *, on: date) -> bool:
    """Its author, while they may share as they did; else the contributors of those it is for."""
    if added.sharing == Sharing.MOI:
        return added.author_id == user.pk
    sides = acting_parties(user, added.convention, Capability.CONTRIBUTE, on=on)
    if added.sharing == Sharing.ORGANISME:
        return sides.filter(pk=added.party_id).exists()
    return sides.exists()


def _take(added: AddedDeadline, *, by, on: date) -> AddedDeadline:
    """Lock the convention and read the row as it stands; refuse who may not change it."""
    enter(added.convention, by=by, on=on, capability=Capability.READ)
    rows = added_visible_to(by, on=on).select_related("convention", "author", "party")
    found = rows.filter(pk=added.pk).first()
    if found is None or not can_change(by, found, on=on):
        raise PermissionDenied(NOT_YOURS.format(owner=added.party or added.author))
    return found


def _write(added: AddedDeadline, wanted: Wanted, *, on: date, by=None) -> AddedDeadline:
    by = by or added.author
    added.title, added.note = wanted.title.strip(), wanted.note.strip()
    added.due_on, added.every_months = wanted.due_on, wanted.every_months
    added.sharing, added.party_id = _circle(added, wanted, by=by, on=on)
    added.full_clean()
    added.save()
    return added


def _circle(added: AddedDeadline, wanted: Wanted, *, by, on: date) -> tuple[Sharing, int | None]:
    """Return who is to see the date: a sharing and, for one organisation, its party."""
    sharing = Sharing(wanted.sharing)
    if sharing == Sharing.MOI:
        return sharing, None
    sides = list(acting_parties(by, added.convention, Capability.CONTRIBUTE, on=on))
    if not sides or (wanted.party is not None and wanted.party not in sides):
        raise PermissionDenied(NOT_A_SIDE)
    if sharing == Sharing.PARTIES:
        return sharing, None
    if wanted.party is None and len(sides) > 1:
        raise ValidationError({"party": ValidationError(WHICH_PARTY, code="required")})
    return sharing, (wanted.party or sides[0]).pk


def _remove(added: AddedDeadline, *, by, now: datetime) -> None:
    added.removed_at = now
    added.save(update_fields=["removed_at"])
    _tell(by, Verb.DEADLINE_REMOVED, added)


def _tell(by, verb: Verb, added: AddedDeadline, **data) -> None:
    """Write the journal for those who see the date; a personal one is told without its words."""
    if added.sharing == Sharing.MOI:
        record(by, verb, added, label=PERSONAL)
        return
    if added.sharing == Sharing.ORGANISME:
        data["reserved_to"] = added.party.organisation_id
    record(by, verb, added, dossier=added.convention_id, **_words(added), **data)


def _words(added: AddedDeadline) -> dict:
    return {
        "title": added.title,
        "due_on": added.due_on.isoformat(),
        "every_months": added.every_months,
        "note": added.note,
    }
