"""Parties that change: planned in a draft avenant, carried out by its signature."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.enums import Verb
from accounts.models import User
from accounts.rules.typographie import date_longue
from conventions.actions.draft import enter_draft_of
from conventions.actions.journal import record_in_act
from conventions.enums import MandateKind, PartyChangeKind
from conventions.models import Act, Mandate, Party, PartyChange, Signatory
from conventions.rules.faits import Obstacle

ONE_DAY = timedelta(days=1)
# Who comes must be known and must sign; a new name is the same organisation's.
COMES = frozenset({PartyChangeKind.SUCCESSION, PartyChangeKind.ADHESION})
LEAVES = frozenset({PartyChangeKind.NOM, PartyChangeKind.SUCCESSION, PartyChangeKind.RETRAIT})
AS_SIGNED = {
    "name_as_signed": "name",
    "legal_nature_as_signed": "legal_nature",
    "siren_as_signed": "siren",
    "address_as_signed": "address",
}


@transaction.atomic
def plan_party_change(
    act: Act, *, by: User, on: date, change: PartyChange | None = None, **fields
) -> PartyChange:
    """Write in a draft avenant how a party changes, or write `change` again.

    `fields`: kind, party, organisation, alias, name, legal_nature, siren, address, effective_on,
    reason, signatory_name, signatory_capacity, mandate_kind, mandate_number, adopted_on,
    received_on. What is not said of the newcomer is copied from its file.
    """
    enter_draft_of(act, by=by, on=on)
    if act.number == 0:
        msg = "Les parties d’un projet de convention se changent sur la page des parties."
        raise ValidationError(msg, code="initial")
    change = change or PartyChange(act=act)
    for name, value in fields.items():
        setattr(change, name, value)
    _complete(change)
    _check(change)
    change.full_clean()
    change.save()
    told = {"change": change.get_kind_display(), "party": str(change.party or change.alias)}
    record_in_act(act, act, by=by, verb=Verb.ACT_OPERATION, **told)
    return change


@transaction.atomic
def unplan_party_change(change: PartyChange, *, by: User, on: date) -> None:
    """Take a change of party out of a draft avenant."""
    enter_draft_of(change.act, by=by, on=on)
    told = {"change": "retrait", "party": str(change.party or change.alias)}
    record_in_act(change.act, change.act, by=by, verb=Verb.ACT_OPERATION, **told)
    change.delete()


def _complete(change: PartyChange) -> None:
    """Copy from the organisation's file, or from the party itself, what was left blank."""
    if change.kind == PartyChangeKind.NOM and change.party is not None:
        change.organisation = change.party.organisation
    source = change.organisation
    if source is None or change.kind == PartyChangeKind.RETRAIT:
        return
    change.name = change.name or source.name
    change.alias = change.alias or change.name[:100]
    for name in ("legal_nature", "siren", "address"):
        setattr(change, name, getattr(change, name) or getattr(source, name))


def _check(change: PartyChange) -> None:
    refusals = {**_wrong_party(change), **_wrong_newcomer(change)}
    if refusals:
        raise ValidationError(refusals)


def _wrong_party(change: PartyChange) -> dict[str, str]:
    party = change.party
    if party is None:
        missing = change.kind in LEAVES
        return {"party": "Dites quelle partie change."} if missing else {}
    if change.kind == PartyChangeKind.ADHESION:
        return {"party": "Une nouvelle partie n’en remplace aucune : laissez ce champ vide."}
    if party.convention_id != change.act.convention_id:
        return {"party": "Choisissez une partie de cette convention."}
    if party.ends_on is not None:
        return {"party": f"{party} n’est plus partie : choisissez celle qui lui succède."}
    return {}


def _wrong_newcomer(change: PartyChange) -> dict[str, str]:
    if change.kind not in COMES:
        return {}
    if change.organisation is None:
        return {"organisation": "Dites quel organisme devient partie."}
    bound = change.act.convention.parties.filter(
        organisation=change.organisation, ends_on__isnull=True
    )
    if bound.exists():
        return {"organisation": "Cet organisme est déjà partie à la convention."}
    return {}


def party_obstacles(act: Act) -> list[Obstacle]:
    """Return what changes of parties still lack before the act is signed.

    An avenant of substitution is signed by who leaves and by who comes: without the newcomer's
    word it would not be bound.
    """
    found = []
    for change in act.party_changes.select_related("party"):
        if change.kind in COMES and not change.signatory_name.strip():
            found.append(
                Obstacle(f"Personne ne signe pour {change.alias}, qui devient partie : dites qui.")
            )
        elif change.kind in COMES and change.adopted_on is None:
            msg = f"{change.alias} : la date de l’habilitation de son signataire manque."
            found.append(Obstacle(msg, waivable=True))
        elif (
            change.kind in COMES
            and change.mandate_kind == MandateKind.DELIBERATION
            and change.received_on is None
        ):
            msg = f"{change.alias} : la réception en préfecture de sa délibération manque."
            found.append(Obstacle(msg, waivable=True))
        if change.party is not None and change.party.ends_on is not None:
            ended = date_longue(change.party.ends_on)
            found.append(
                Obstacle(f"{change.party} n’est plus partie depuis le {ended} : retirez ce point.")
            )
    return found


@transaction.atomic
def apply_party_changes(act: Act, *, signed_on: date) -> list[tuple[Party, Party]]:
    """Carry out what an act says of its parties; called while it is signed.

    Returns the pairs (old row, new row) of those that succeed one another, so that floors above
    hand on what was owed.
    """
    return [
        pair
        for change in act.party_changes.select_related("party", "organisation").order_by("pk")
        if (pair := _apply(change, signed_on=signed_on)) is not None
    ]


def _apply(change: PartyChange, *, signed_on: date) -> tuple[Party, Party] | None:
    from_on = change.effective_on or change.act.effective_on
    old = change.party
    if old is not None:
        old.ends_on = from_on - ONE_DAY
        old.full_clean()
        old.save(update_fields=["ends_on"])
    if change.kind == PartyChangeKind.RETRAIT:
        return None
    new = _newcomer(change, old, from_on=from_on)
    if change.signatory_name:
        _sign_for(new, change, signed_on=signed_on)
    return (old, new) if old is not None else None


def _newcomer(change: PartyChange, old: Party | None, *, from_on: date) -> Party:
    """The side stands where it stood: same rank, same column of the balance."""
    parties = change.act.convention.parties
    last = parties.aggregate(last=Max("position"))["last"] or 0
    party = Party(
        convention=change.act.convention,
        organisation=change.organisation,
        position=old.position if old else last + 1,
        alias=change.alias,
        starts_on=from_on,
        replaces=old,
        **{name: getattr(change, source) for name, source in AS_SIGNED.items()},
    )
    party.full_clean()
    party.save()
    return party


def _sign_for(party: Party, change: PartyChange, *, signed_on: date) -> None:
    mandate = Mandate(
        party=party,
        kind=change.mandate_kind,
        number=change.mandate_number,
        adopted_on=change.adopted_on,
        received_on=change.received_on,
    )
    mandate.full_clean()
    mandate.save()
    Signatory.objects.create(
        act=change.act,
        party=party,
        name=change.signatory_name,
        capacity=change.signatory_capacity,
        mandate=mandate,
        signed_on=signed_on,
    )
