"""Remarks on a deadline, for all the parties or inside one organisation."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.rules.roles import Capability
from conventions.access import acting_parties
from conventions.models import Party
from reminders.access import notes_visible_to, visible_to
from reminders.actions.turns import take_turn
from reminders.enums import Sharing
from reminders.models import Deadline, DeadlineNote

EMPTY = "Écrivez la note avant de l’enregistrer."
ALONE = "Cette échéance est à vous seul : écrivez dans sa propre note."
WHICH_PARTY = "Vous agissez pour plusieurs parties : dites laquelle garde cette note."
NOT_A_SIDE = "Il faut être contributeur ou responsable d’une partie pour écrire une note."
NOT_YOURS = "Cette note est de {author} : une autre personne ne la retire pas à sa place."


@transaction.atomic
def write_note(
    deadline: Deadline,
    *,
    body: str,
    by,
    on: date,
    now: datetime,
    sharing: str = Sharing.ORGANISME,
    party: Party | None = None,
) -> DeadlineNote:
    """Write a remark under the key of a deadline: it stays when the date moves.

    A note on a date reserved to one organisation is reserved to it too.
    """
    if not visible_to(by, on=on).filter(pk=deadline.pk).exists():
        raise PermissionDenied(NOT_A_SIDE)
    if deadline.owner_id is not None:
        raise ValidationError(ALONE, code="alone")
    if not body.strip():
        raise ValidationError({"body": ValidationError(EMPTY, code="required")})
    side = _side(deadline, Sharing(sharing), party, by=by, on=on)
    take_turn()
    note = DeadlineNote(
        convention=deadline.convention, key=deadline.key, body=body.strip(), author=by, at=now,
        reserved_to_id=side,
    )  # fmt: skip
    note.full_clean()
    note.save()
    _tell(by, Verb.DEADLINE_NOTED, deadline, note)
    return note


@transaction.atomic
def remove_note(note: DeadlineNote, *, deadline: Deadline, by, on: date, now: datetime) -> None:
    """Withdraw a remark one wrote. Its line in the journal stays."""
    take_turn()
    found = notes_visible_to(by, on=on).of(deadline).filter(pk=note.pk).first()
    if found is None or found.author_id != by.pk:
        raise PermissionDenied(NOT_YOURS.format(author=note.author))
    found.removed_at = now
    found.save(update_fields=["removed_at"])
    _tell(by, Verb.DEADLINE_NOTE_REMOVED, deadline, found)


def check_may_note(user, deadline: Deadline, *, on: date) -> None:
    """Refuse who has no side to write for."""
    if not noting_parties(user, deadline, on=on):
        raise PermissionDenied(NOT_A_SIDE)


def noting_parties(user, deadline: Deadline, *, on: date) -> list[Party]:
    """The sides in whose name the person may write of a deadline they see."""
    sides = acting_parties(user, deadline.convention, Capability.CONTRIBUTE, on=on)
    if deadline.reserved_to_id is not None:
        sides = sides.filter(organisation=deadline.reserved_to_id)
    return list(sides)


def _side(deadline: Deadline, sharing: Sharing, party: Party | None, *, by, on: date) -> int | None:
    """Return the organisation that keeps the note, or None for all the parties."""
    found = noting_parties(by, deadline, on=on)
    if not found or (party is not None and party not in found):
        raise PermissionDenied(NOT_A_SIDE)
    if sharing == Sharing.PARTIES and deadline.reserved_to_id is None:
        return None
    if party is None and len(found) > 1:
        raise ValidationError({"party": ValidationError(WHICH_PARTY, code="required")})
    return (party or found[0]).organisation_id


def _tell(by, verb: Verb, deadline: Deadline, note: DeadlineNote) -> None:
    """Say that a note was written, to those who may read it; what it says is in the note."""
    told: dict = {"dossier": deadline.convention_id}
    if note.reserved_to_id is not None:
        told["reserved_to"] = note.reserved_to_id
    record(by, verb, deadline, **told)
