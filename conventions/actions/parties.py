"""The organisations a convention binds, each with its name and nature kept as signed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError

from accounts.actions.journal import record
from accounts.enums import OrganisationKind, Verb
from accounts.models import Organisation, User
from accounts.rules.typographie import date_longue
from conventions.actions.draft import assign, check_unchanged, enter_draft
from conventions.enums import ConventionStatus
from conventions.models import Convention, Party
from territories.rules.french import de

AS_SIGNED = {
    "name_as_signed": "name",
    "legal_nature_as_signed": "legal_nature",
    "siren_as_signed": "siren",
    "rna_as_signed": "rna",
    "address_as_signed": "address",
}
TWICE = "Cet organisme est déjà partie à la convention."
CITED = "Cette partie est citée par un signataire ou un engagement : retirez-le d’abord."
FEWER_THAN_TWO = "Une convention en négociation garde au moins deux parties."


def _check_inside(party: Party, *, on: date) -> None:
    """A commune may only join the convention of the intercommunality it belongs to that day."""
    organisation, convention = party.organisation, party.convention
    if organisation.kind != OrganisationKind.COMMUNE or organisation.territory is None:
        return
    day = party.starts_on or convention.starts_on or on
    if not convention.covers(organisation.territory, on=day):
        msg = (
            f"{organisation.territory.name} ne fait pas partie {de(convention.territory.name)} "
            f"le {date_longue(day)} : cette commune ne peut pas être partie à la convention."
        )
        raise ValidationError({"organisation": msg}, code="outside")


@transaction.atomic
def add_party(
    convention: Convention,
    organisation: Organisation,
    *,
    by: User,
    on: date,
    alias: str = "",
    **fields,
) -> Party:
    """Add an organisation after the others; what is not given is copied from its file.

    `fields`: other_aliases, name_as_signed, legal_nature_as_signed, siren_as_signed,
    rna_as_signed, address_as_signed, starts_on, ends_on.
    """
    enter_draft(convention, by=by, on=on)
    if convention.parties.filter(organisation=organisation).exists():
        raise ValidationError({"organisation": TWICE}, code="twice")
    last = convention.parties.aggregate(last=Max("position"))["last"] or 0
    copied = {name: getattr(organisation, source) for name, source in AS_SIGNED.items()}
    party = Party(
        convention=convention,
        organisation=organisation,
        position=last + 1,
        **copied | {"alias": alias or organisation.name[:100]} | fields,
    )
    party.full_clean()
    _check_inside(party, on=on)
    party.save()
    record(by, Verb.PARTY_CHANGED, party, dossier=convention.pk, change="ajout")
    return party


@transaction.atomic
def change_party(party: Party, *, by: User, on: date, seen: str | None = None, **fields) -> None:
    """Correct how a party is named. The organisation it stands for does not change."""
    enter_draft(party.convention, by=by, on=on)
    party.refresh_from_db()
    check_unchanged(party, seen)
    changes = assign(party, fields)
    _check_inside(party, on=on)
    if not changes:
        return
    party.save()
    record(by, Verb.PARTY_CHANGED, party, dossier=party.convention_id, changes=changes)


@transaction.atomic
def remove_party(party: Party, *, by: User, on: date) -> None:
    """Take a party out of a draft; those after it move up."""
    convention = party.convention
    enter_draft(convention, by=by, on=on)
    shared = convention.status == ConventionStatus.EN_NEGOCIATION
    if shared and convention.parties.count() <= 2:
        raise ValidationError(FEWER_THAN_TWO, code="two_parties")
    record(by, Verb.PARTY_CHANGED, party, dossier=convention.pk, change="retrait")
    try:
        party.delete()
    except ProtectedError as error:
        raise ValidationError(CITED, code="cited") from error
    for rank, other in enumerate(convention.parties.order_by("position"), start=1):
        if other.position != rank:
            other.position = rank
            other.save(update_fields=["position"])
