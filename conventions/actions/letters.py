"""The letter of a way out, written from what is recorded; the paragraph that a person adds."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import check_acts_for
from conventions.actions.documents import store_document
from conventions.actions.draft import enter
from conventions.actions.terminations import effect_if, record_letter
from conventions.enums import DocumentKind, TerminationKind, TerminationStatus
from conventions.models import Party, RegisteredLetter, Signatory, Termination
from conventions.models.consolidated import consolidated_text
from conventions.models.endings_read import review_clause
from conventions.rules.clauses import quantity_in_words
from conventions.rules.lettres import Ground, LetterFacts, Side
from conventions.rules.sorties_dates import planned_event

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


def letter_facts(letter: RegisteredLetter) -> LetterFacts:
    """Return all that a letter says, read from what is recorded: never from the clock."""
    ending = letter.termination
    convention = ending.convention
    first = convention.acts.get(number=0)
    return LetterFacts(
        kind=ending.kind,
        sender=_side(ending.party),
        addressee=_side(letter.addressee),
        title=convention.title,
        reference=convention.reference,
        form=letter.kind,
        signed_on=first.signed_on,
        ground=_ground(ending),
        year=ending.year,
        disagreement=_disagreement(ending),
        reason=ending.reason,
        breach=ending.breach,
        cure_days=ending.cure_days,
        to_complete=ending.to_complete,
        planned_on=ending.planned_event_on,
        effect_on=planned_effect(ending),
        added=letter.body,
        signatories=_signatories(ending.party),
        event_on=ending.event_on,
        withdrawn_on=ending.withdrawn_on,
        withdrawal_reason=ending.withdrawal_reason,
    )


def _side(party: Party) -> Side:
    return Side(
        alias=party.alias,
        name=party.name_as_signed,
        nature=party.legal_nature_as_signed,
        siren=party.siren_as_signed,
        address=party.address_as_signed,
    )


def _ground(ending: Termination) -> Ground | None:
    clause = ending.clause
    if clause is None:
        return None
    day = max(ending.planned_event_on or ending.created_at.date(), ending.convention.starts_on)
    text = consolidated_text(ending.convention, on=day, with_body=False)
    labels = {article.article_id: article.label for article in text}
    return Ground(
        article=labels.get(clause.article_id, ""),
        wording=clause.wording,
        notice=quantity_in_words(clause.quantity, clause.unit),
        trigger=clause.trigger,
    )


def _disagreement(ending: Termination) -> str:
    if ending.kind != TerminationKind.DESACCORD:
        return ""
    review = review_clause(ending.convention, on=ending.created_at.date())
    return review.disagreement if review else ""


def planned_effect(ending: Termination) -> date | None:
    """What the planned day would give; without a clause to count with, the end of the year."""
    if ending.planned_event_on is None and ending.clause_id is not None:
        return None
    trigger = ending.clause.trigger if ending.clause else ""
    day = ending.planned_event_on or ending.created_at.date()
    return effect_if(ending, planned_event(trigger, day) if ending.clause else day).result


def _signatories(party: Party) -> tuple[tuple[str, str], ...]:
    """Who signed the last act for this party: the names a letter starts from."""
    rows = Signatory.objects.filter(party=party, act__signed_on__isnull=False)
    last = rows.order_by("-act__signed_on", "-act__number").first()
    if last is None:
        return ()
    signed = rows.filter(act=last.act_id).order_by("position", "pk")
    return tuple((row.name, row.capacity) for row in signed)
