"""The letter of a way out, written from what is recorded; the paragraph that a person adds."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import check_acts_for
from conventions.actions.counting import reserved
from conventions.actions.documents import store_document
from conventions.actions.draft import enter
from conventions.actions.letter_facts import composed
from conventions.actions.terminations import record_letter
from conventions.actions.versions import keep_version, posted_version
from conventions.enums import DocumentKind, TerminationStatus
from conventions.models import LetterVersion, RegisteredLetter, Termination
from conventions.rules.lettres import Object

LONGEST = 8_000
SENT = "La lettre est partie : son texte ne change plus."


@transaction.atomic
def write_letter(letter: RegisteredLetter, *, by: User, on: date, body: str) -> None:
    """Add a free paragraph to a letter that has not left."""
    ending = letter.termination
    enter(ending.convention, by=by, on=on)
    check_acts_for(by, ending.party.heir(on=on), Capability.MANAGE, on=on)
    ending.refresh_from_db()
    letter.refresh_from_db()
    if ending.status != TerminationStatus.PREPAREE or letter.posted_on is not None:
        raise ValidationError(SENT, code="sent")
    body = body.strip()
    if len(body) > LONGEST:
        msg = f"Ce paragraphe dépasse {LONGEST} caractères : joignez plutôt une annexe."
        raise ValidationError({"body": msg}, code="length")
    if body == letter.body:
        return
    letter.body = body
    letter.full_clean()
    letter.save(update_fields=["body"])
    record(
        by,
        Verb.ENDING_CHANGED,
        ending,
        dossier=ending.convention_id,
        reserved_to=ending.party.organisation_id,
    )


@transaction.atomic
def record_dates(
    letter: RegisteredLetter, *, by: User, on: date, proofs: dict[str, tuple[str, bytes]], **dates
) -> Termination:
    """Write down the dates of a letter and keep the files that prove them, together or not at all.

    `proofs`: the name and the bytes of a `posting_proof`, of a `delivery_proof`.
    """
    ending = letter.termination
    convention = ending.convention
    apart = None if ending.status == TerminationStatus.NOTIFIEE else ending.party.organisation_id
    for field, (name, data) in proofs.items():
        label = RegisteredLetter._meta.get_field(field).verbose_name
        dates[field] = store_document(
            convention,
            by=by,
            on=on,
            name=name,
            data=data,
            kind=DocumentKind.PREUVE,
            description=f"{label.capitalize()}, lettre à {letter.addressee}"[:300],
            reserved_to=apart,
        )
    return record_letter(letter, by=by, on=on, **dates)


@transaction.atomic
def hand_out(
    letter: RegisteredLetter, *, by: User, on: date, about: Object = Object.SORTIE
) -> LetterVersion:
    """Return the letter as it is taken away, kept as a version when it reads as none before.

    Once it has left, it is the one that left. What a side only prepares stays its own: so does the
    letter that would take a notified way out back, until that is recorded.
    """
    ending = letter.termination
    enter(ending.convention, by=by, on=on)
    check_acts_for(by, ending.party.heir(on=on), Capability.MANAGE, on=on)
    ending.refresh_from_db()
    letter.refresh_from_db()
    posted = posted_version(letter)
    if about is Object.SORTIE and posted is not None:
        return posted
    is_known = ending.event_on is not None
    if about is Object.RETRAIT:
        is_known = is_known and ending.status == TerminationStatus.RETIREE
    told = reserved(ending, notified=is_known)
    return keep_version(letter, composed(letter, about), by=by, **told)
