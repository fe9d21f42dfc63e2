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
from conventions.actions.journal import record_in_act
from conventions.enums import ActStatus, MandateKind
from conventions.models import Act, Mandate, Party, Signatory

RELIED_ON = (
    "Cette habilitation fonde la signature d’un acte : elle ne se modifie plus. Enregistrez-en une "
    "nouvelle."
)
OTHER_PARTY = "Cette habilitation n’est pas celle de cette partie ({party})."
STILL_CITED = "Un signataire s’appuie sur cette habilitation : changez d’abord la sienne."


@transaction.atomic
def record_mandate(party: Party, *, by: User, on: date, kind: str, **fields) -> Mandate:
    """Keep what empowers a party to sign, now or for an act to come.

    `fields`: body, number, adopted_on, act, covers_avenants, votes_for, votes_against, abstentions,
    voters, not_voting, members_in_office, transmitted_on, received_on, published_on, certified_on,
    certified_by, valid_until, note, document.
    """
    enter(party.convention, by=by, on=on)
    mandate = Mandate(party=party, kind=kind, **fields)
    mandate.full_clean()
    mandate.save()
    _say(mandate, mandate.act, by=by, party=str(party))
    announce_dates(party.convention, by=by, on=on)
    return mandate


def is_relied_on(mandate: Mandate) -> bool:
    """Whether a signed act rests on it: a signatory's own, or the vote that authorised the act."""
    if mandate.signatories.filter(act__status=ActStatus.SIGNE).exists():
        return True
    if mandate.kind != MandateKind.DELIBERATION or mandate.adopted_on is None:
        return False
    acts = Act.objects.signed().filter(convention=mandate.party.convention_id)
    voted = acts.filter(pk=mandate.act_id) if mandate.act_id else acts.filter(number=0)
    return voted.filter(signed_on__gte=mandate.adopted_on).exists()


@transaction.atomic
def change_mandate(
    mandate: Mandate, *, by: User, on: date, seen: str | None = None, **fields
) -> None:
    """Complete a mandate, for example with its receipt, until a signed act rests on it."""
    convention = mandate.party.convention
    enter(convention, by=by, on=on)
    mandate.refresh_from_db()
    former = mandate.act
    if is_relied_on(mandate):
        raise ValidationError(RELIED_ON, code="relied_on")
    check_unchanged(mandate, seen)
    changes = assign(mandate, fields)
    if not changes:
        return
    mandate.save()
    _say(mandate, former or mandate.act, by=by, changes=changes)
    announce_dates(convention, by=by, on=on)


@transaction.atomic
def remove_mandate(mandate: Mandate, *, by: User, on: date) -> None:
    convention = mandate.party.convention
    enter(convention, by=by, on=on)
    if is_relied_on(mandate):
        raise ValidationError(RELIED_ON, code="relied_on")
    _say(mandate, mandate.act, by=by, change="retrait")
    try:
        mandate.delete()
    except ProtectedError as error:
        raise ValidationError(STILL_CITED, code="cited") from error
    announce_dates(convention, by=by, on=on)


def _say(mandate: Mandate, act: Act | None, *, by: User, **data) -> None:
    """Tell it where the act it was voted for is told: a private draft's stays with its side."""
    if act is None:
        record(by, Verb.MANDATE_RECORDED, mandate, dossier=mandate.party.convention_id, **data)
    else:
        record_in_act(act, mandate, by=by, verb=Verb.MANDATE_RECORDED, **data)


def _check_own(mandate: Mandate | None, party: Party) -> None:
    """Nobody signs by the mandate of another party."""
    if mandate is not None and mandate.party_id != party.pk:
        raise ValidationError({"mandate": OTHER_PARTY.format(party=party)}, code="other_party")


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
    position: int = 1,
    seen: str | None = None,
    **fields,
) -> Signatory:
    """Say who signs an act for a party, in which capacity and on what authority.

    A party may have several, each at its `position`: setting one that is taken replaces it.
    `fields`: user (their account), signed_on (when not with the others).
    """
    enter_unsigned(act, by=by, on=on)
    _check_own(mandate, party)
    place = {"act": act, "party": party, "position": position}
    signatory = Signatory.objects.filter(**place).first() or Signatory(**place)
    if signatory.pk:
        check_unchanged(signatory, seen)
    changes = assign(signatory, {"name": name, "capacity": capacity, "mandate": mandate, **fields})
    if changes:
        signatory.save()
        told = {"party": str(party), "changes": changes}
        record_in_act(act, signatory, by=by, verb=Verb.SIGNATORY_CHANGED, **told)
    return signatory


@transaction.atomic
def remove_signatory(signatory: Signatory, *, by: User, on: date) -> None:
    enter_unsigned(signatory.act, by=by, on=on)
    told = {"verb": Verb.SIGNATORY_CHANGED, "change": "retrait"}
    record_in_act(signatory.act, signatory, by=by, **told)
    signatory.delete()
