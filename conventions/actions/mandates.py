"""What empowers those who sign, and who signs."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import User
from conventions.actions.draft import (
    announce_dates,
    assign,
    check_unchanged,
    enter,
    enter_unsigned,
)
from conventions.enums import ActStatus
from conventions.models import Act, Document, Mandate, Party, Signatory

RELIED_ON = (
    "Cette habilitation fonde la signature d’un acte : elle ne se modifie plus. Enregistrez-en une "
    "nouvelle."
)
STILL_CITED = "Un signataire s’appuie sur cette habilitation : changez d’abord la sienne."


@transaction.atomic
def record_mandate(
    party: Party,
    *,
    by: User,
    on: date,
    kind: str,
    body: str = "",
    number: str = "",
    adopted_on: date | None = None,
    votes_for: int | None = None,
    votes_against: int | None = None,
    abstentions: int | None = None,
    not_voting: int | None = None,
    members_in_office: int | None = None,
    received_on: date | None = None,
    published_on: date | None = None,
    valid_until: date | None = None,
    note: str = "",
    document: Document | None = None,
) -> Mandate:
    """Keep what empowers a party to sign, now or for an act to come."""
    enter(party.convention, by=by, on=on)
    mandate = Mandate(
        party=party,
        kind=kind,
        body=body,
        number=number,
        adopted_on=adopted_on,
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        not_voting=not_voting,
        members_in_office=members_in_office,
        received_on=received_on,
        published_on=published_on,
        valid_until=valid_until,
        note=note,
        document=document,
    )
    mandate.full_clean()
    mandate.save()
    record(by, Verb.MANDATE_RECORDED, mandate, dossier=party.convention_id, party=str(party))
    announce_dates(party.convention, by=by, on=on)
    return mandate


@transaction.atomic
def change_mandate(
    mandate: Mandate, *, by: User, on: date, seen: str | None = None, **fields
) -> None:
    """Complete a mandate, for example with its receipt, until a signed act rests on it."""
    convention = mandate.party.convention
    enter(convention, by=by, on=on)
    mandate.refresh_from_db()
    if mandate.signatories.filter(act__status=ActStatus.SIGNE).exists():
        raise ValidationError(RELIED_ON, code="relied_on")
    check_unchanged(mandate, seen)
    changes = assign(mandate, fields)
    if not changes:
        return
    mandate.save()
    record(by, Verb.MANDATE_RECORDED, mandate, dossier=convention.pk, changes=changes)
    announce_dates(convention, by=by, on=on)


@transaction.atomic
def remove_mandate(mandate: Mandate, *, by: User, on: date) -> None:
    convention = mandate.party.convention
    enter(convention, by=by, on=on)
    record(by, Verb.MANDATE_RECORDED, mandate, dossier=convention.pk, change="retrait")
    try:
        mandate.delete()
    except ProtectedError as error:
        raise ValidationError(STILL_CITED, code="cited") from error
    announce_dates(convention, by=by, on=on)


@transaction.atomic
def set_signatory(
    act: Act,
    *,
    party: Party,
    by: User,
    on: date,
    name: str,
    capacity: str,
    mandate: Mandate | None = None,
    user: User | None = None,
    position: int = 1,
    signed_on: date | None = None,
    seen: str | None = None,
) -> Signatory:
    """Say who signs an act for a party, in which capacity and on what authority.

    A party may have several, each at its `position`: setting one that is taken replaces it.
    """
    enter_unsigned(act, by=by, on=on)
    if mandate is not None and mandate.party_id != party.pk:
        msg = f"Cette habilitation est celle d’une autre partie que {party}."
        raise ValidationError({"mandate": msg}, code="other_party")
    signatory = Signatory.objects.filter(act=act, party=party, position=position).first()
    signatory = signatory or Signatory(act=act, party=party, position=position)
    if signatory.pk:
        check_unchanged(signatory, seen)
    fields = {
        "name": name,
        "capacity": capacity,
        "mandate": mandate,
        "user": user,
        "signed_on": signed_on,
    }
    changes = assign(signatory, fields)
    if signatory.pk and not changes:
        return signatory
    signatory.save()
    record(
        by,
        Verb.SIGNATORY_CHANGED,
        signatory,
        dossier=act.convention_id,
        party=str(party),
        changes=changes,
    )
    return signatory


@transaction.atomic
def remove_signatory(signatory: Signatory, *, by: User, on: date) -> None:
    convention = signatory.act.convention
    enter_unsigned(signatory.act, by=by, on=on)
    record(by, Verb.SIGNATORY_CHANGED, signatory, dossier=convention.pk, change="retrait")
    signatory.delete()
