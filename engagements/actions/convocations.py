"""Calling the committee of a revoyure: prepare, correct, send, call off; every letter kept.

A party calls in its own name. What it prepares is its own until a letter has left: from that day
everybody sees the convocation, and the review has its meeting day.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import check_acts_for
from conventions.actions.documents import store_document
from conventions.actions.draft import assign, enter
from conventions.actions.versions import keep_version, mark_posted, posted_version
from conventions.enums import DocumentKind, LetterKind
from conventions.models import Party
from conventions.rules.sorties import contradictions
from engagements.actions.convocation_letters import composed
from engagements.models import Convocation, ConvocationLetter, ConvocationVersion, Revoyure
from engagements.rules.convocation import Purpose
from engagements.signals import revoyure_changed
from territories.rules.french import long_date, typeset

SENT = "La convocation est partie : annulez-la avec son motif, puis convoquez de nouveau."
FROZEN = "Cette revoyure est gelée : son comité a eu lieu, on ne le convoque plus."
CLOSED = "Cette convocation est annulée : elle est gardée telle quelle."


@transaction.atomic
def prepare_convocation(
    revoyure: Revoyure,
    *,
    by: User,
    on: date,
    party: Party,
    letter_kind: str = LetterKind.SIMPLE,
    **told,
) -> Convocation:
    """Prepare a call in a party's name, with a letter for each other party: nothing is sent yet.

    `told`: held_on, begins_at, place, agenda.
    """
    convention = revoyure.convention
    enter(convention, by=by, on=on)
    if party.convention_id != convention.pk:
        raise ValidationError({"party": "Choisissez une partie de cette convention."})
    check_acts_for(by, party, Capability.MANAGE, on=on)
    _check_open(revoyure)
    _check_free(revoyure)
    convocation = Convocation(revoyure=revoyure, party=party, created_by=by, **told)
    _check_told(convocation, on=on)
    convocation.full_clean()
    convocation.save()
    for addressee in convention.parties.in_force(on=on).exclude(pk=party.pk):
        ConvocationLetter.objects.create(
            convocation=convocation, addressee=addressee, kind=letter_kind
        )
    record(by, Verb.CONVOCATION_PREPARED, convocation, **reserved(convocation))
    return convocation


@transaction.atomic
def change_convocation(convocation: Convocation, *, by: User, on: date, **told) -> None:
    """Correct a call that has not left (`told` as in `prepare_convocation`)."""
    _reenter(convocation, by=by, on=on)
    if convocation.sent_on is not None:
        raise ValidationError(SENT, code="sent")
    changes = assign(convocation, told)
    _check_told(convocation, on=on)
    if changes:
        convocation.save()
        apart = reserved(convocation)
        record(by, Verb.CONVOCATION_CHANGED, convocation, changes=changes, **apart)


@transaction.atomic
def write_convocation_letter(letter: ConvocationLetter, *, by: User, on: date, body: str) -> None:
    """Add a free paragraph to a letter that has not left."""
    convocation = letter.convocation
    _reenter(convocation, by=by, on=on)
    letter.refresh_from_db()
    if letter.posted_on is not None:
        raise ValidationError("La lettre est partie : son texte ne change plus.", code="sent")
    changes = assign(letter, {"body": body.strip()})
    if changes:
        letter.save(update_fields=["body"])
        record(by, Verb.CONVOCATION_CHANGED, convocation, **reserved(convocation))


@transaction.atomic
def record_convocation_dates(
    letter: ConvocationLetter,
    *,
    by: User,
    on: date,
    proofs: dict[str, tuple[str, bytes]],
    **facts,
) -> Convocation:
    """Write down when a letter left and arrived, with its proofs; the first one calls for good.

    `facts`: kind, tracking, posted_on, presented_on, delivered_on, returned_on. `proofs`: the name
    and the bytes of a `posting_proof`, of a `delivery_proof`.
    """
    convocation = letter.convocation
    _reenter(convocation, by=by, on=on)
    letter.refresh_from_db()
    _check_dates(letter, facts, proofs, on=on)
    for field, (name, data) in proofs.items():
        facts[field] = _kept(letter, field, name, data, by=by, on=on)
    changes = assign(letter, facts)
    if not changes:
        return convocation
    letter.save()
    apart = reserved(convocation) if letter.posted_on is None else _known(convocation)
    record(by, Verb.LETTER_RECORDED, letter, changes=changes, **apart)
    mark_posted(letter, lambda: composed(letter), by=by, **apart)
    _call(convocation, by=by, on=on)
    return convocation


def _check_dates(letter: ConvocationLetter, facts: dict, proofs: dict, *, on: date) -> None:
    """The dates hold together; what has left stays gone, what has not proves nothing."""
    was_posted = letter.posted_on is not None
    for name, value in facts.items():
        setattr(letter, name, value)
    wrong = contradictions(letter.dates, today=on)
    if wrong:
        raise ValidationError({found.field: found.message for found in wrong})
    if letter.posted_on is None and was_posted:
        raise ValidationError({"posted_on": SENT}, code="sent")
    if letter.posted_on is None and proofs:
        msg = "Donnez d’abord le jour de l’envoi : une preuve prouve une lettre partie."
        raise ValidationError({"posted_on": msg}, code="unsent")
    if letter.posted_on is not None and letter.posted_on > letter.convocation.held_on:
        held = long_date(letter.convocation.held_on)
        msg = typeset(f"La réunion était le {held} : une convocation part avant elle.")
        raise ValidationError({"posted_on": msg}, code="after_meeting")
    letter.refresh_from_db()


def _kept(letter: ConvocationLetter, field: str, name: str, data: bytes, *, by: User, on: date):
    label = ConvocationLetter._meta.get_field(field).verbose_name
    return store_document(
        letter.convocation.revoyure.convention,
        by=by,
        on=on,
        name=name,
        data=data,
        kind=DocumentKind.PREUVE,
        description=f"{label.capitalize()}, convocation de {letter.addressee}"[:300],
    )


def _call(convocation: Convocation, *, by: User, on: date) -> None:
    """Once a letter has left, the call is known to all and the review has its meeting day."""
    posted = convocation.letters.filter(posted_on__isnull=False)
    first = posted.order_by("posted_on").values_list("posted_on", flat=True).first()
    if first is None or first == convocation.sent_on:
        return
    is_new = convocation.sent_on is None
    if is_new:
        _check_open(convocation.revoyure)
        _check_free(convocation.revoyure, but=convocation)
    convocation.sent_on = first
    convocation.full_clean()
    convocation.save(update_fields=["sent_on"])
    if is_new:
        told = {"held_on": str(convocation.held_on), "sent_on": str(first)}
        record(by, Verb.CONVOCATION_SENT, convocation, **_known(convocation), **told)
        _set_meeting(convocation.revoyure, convocation.held_on, by=by, on=on)


@transaction.atomic
def cancel_convocation(convocation: Convocation, *, by: User, on: date, reason: str) -> None:
    """Call the meeting off, or give up a call that never left; both stay in the register."""
    _reenter(convocation, by=by, on=on)
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi la réunion est annulée ou reportée."})
    revoyure = convocation.revoyure
    if convocation.sent_on is not None:
        _check_open(revoyure)
    convocation.cancelled_on, convocation.cancellation_reason = on, reason.strip()
    convocation.full_clean()
    convocation.save()
    apart = reserved(convocation)
    record(by, Verb.CONVOCATION_CANCELLED, convocation, reason=reason.strip(), **apart)
    if convocation.sent_on is not None and revoyure.meeting_on == convocation.held_on:
        _set_meeting(revoyure, None, by=by, on=on)


@transaction.atomic
def hand_out_convocation(
    letter: ConvocationLetter, *, by: User, on: date, purpose: Purpose = Purpose.CONVOCATION
) -> ConvocationVersion:
    """Return the letter as it is taken away, kept as a version when it reads as none before."""
    convocation = letter.convocation
    enter(convocation.revoyure.convention, by=by, on=on)
    check_acts_for(by, convocation.party.heir(on=on), Capability.MANAGE, on=on)
    letter.refresh_from_db()
    posted = posted_version(letter)
    if purpose is Purpose.CONVOCATION and posted is not None:
        return posted
    apart = reserved(convocation)
    return keep_version(letter, composed(letter, purpose), by=by, **apart)


def _set_meeting(revoyure: Revoyure, day: date | None, *, by: User, on: date) -> None:
    revoyure.meeting_on = day
    revoyure.full_clean()
    revoyure.save(update_fields=["meeting_on"])
    revoyure_changed.send(sender=Revoyure, revoyure=revoyure, by=by, on=on)


def _reenter(convocation: Convocation, *, by: User, on: date) -> None:
    """Lock the convention, read the call as it stands, and refuse who may not act for its party."""
    enter(convocation.revoyure.convention, by=by, on=on)
    check_acts_for(by, convocation.party.heir(on=on), Capability.MANAGE, on=on)
    convocation.refresh_from_db()
    if convocation.cancelled_on is not None:
        raise ValidationError(CLOSED, code="cancelled")


def _check_open(revoyure: Revoyure) -> None:
    revoyure.refresh_from_db()
    if revoyure.is_frozen:
        raise ValidationError(FROZEN, code="frozen")


def _check_free(revoyure: Revoyure, *, but: Convocation | None = None) -> None:
    """One meeting is called at a time; what another side only prepares is not looked at."""
    called = Convocation.objects.filter(
        revoyure=revoyure, sent_on__isnull=False, cancelled_on__isnull=True
    ).exclude(pk=but.pk if but else None)
    if found := called.select_related("party").first():
        msg = (
            f"Une convocation de {found.party} est déjà partie pour le "
            f"{long_date(found.held_on)} : elle doit être annulée avant une autre."
        )
        raise ValidationError(typeset(msg), code="called")


def _check_told(convocation: Convocation, *, on: date) -> None:
    if convocation.held_on is not None and convocation.held_on < on:
        msg = "Cette date est passée : on convoque à une réunion à venir."
        raise ValidationError({"held_on": msg}, code="past")


def reserved(convocation: Convocation) -> dict:
    """The journal's terms: what is only prepared is read by the side that prepares it."""
    told = _known(convocation)
    if convocation.sent_on is not None:
        return told
    return {**told, "reserved_to": convocation.party.organisation_id}


def _known(convocation: Convocation) -> dict:
    return {"dossier": convocation.revoyure.convention_id}
