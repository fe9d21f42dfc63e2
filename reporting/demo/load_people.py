"""Writing the organisations and the accounts of the demonstration, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import Membership, Organisation, User
from conventions.models import Convention, Party
from reporting.demo.people import (
    ACCOUNTS,
    ADMINISTRATOR,
    ORGANISATIONS,
    PASSWORD,
    REGIONAL_SPEAKERS,
    SPEAKERS,
    AccountData,
    OrganisationData,
)
from territories.enums import TerritoryKind
from territories.models import Territory


@dataclass(frozen=True)
class Cast:
    """The organisations by key and the accounts by address, as they stand in the database."""

    organisations: Mapping[str, Organisation]
    users: Mapping[str, User]

    @property
    def administrator(self) -> User:
        return self.users[ADMINISTRATOR]

    def speaker(self, party: Party, convention: Convention) -> User:
        """Return who writes in the name of a party of this convention."""
        key = next(k for k, o in self.organisations.items() if o.pk == party.organisation_id)
        address = SPEAKERS.get(key) or REGIONAL_SPEAKERS[convention.region.code]
        return self.users[address]


@transaction.atomic
def load_people() -> Cast:
    """Write who is missing, and return them all. An account that exists keeps its password."""
    organisations: dict[str, Organisation] = {}
    for key, data in ORGANISATIONS.items():
        organisations[key] = _organisation(data, organisations)
    # One hash for all: the password is public, and hashing is slow on purpose.
    password = make_password(PASSWORD)
    users = {data.email: _account(data, organisations, password) for data in ACCOUNTS}
    return Cast(organisations, users)


def territory_of(key: tuple[str, str] | None) -> Territory | None:
    if key is None:
        return None
    kind, code = key
    return Territory.objects.get(kind=kind, code=code)


def _organisation(data: OrganisationData, known: Mapping[str, Organisation]) -> Organisation:
    siren = data.facts.get("siren", "")
    same = {"siren": siren} if siren else {"kind": data.kind, "name": data.name}
    found = Organisation.objects.filter(**same).first()
    if found is not None:
        return found
    organisation = Organisation(
        kind=data.kind,
        name=data.name,
        territory=territory_of(data.territory),
        acts_for=known[data.acts_for] if data.acts_for else None,
        **data.facts,
    )
    organisation.full_clean()
    organisation.save()
    regions = Territory.objects.filter(kind=TerritoryKind.REGION, code__in=data.regions)
    organisation.regions.set(regions)
    record(None, Verb.ORGANISATION_CHANGED, organisation, change="ajout")
    return organisation


def _account(data: AccountData, organisations: Mapping[str, Organisation], password: str) -> User:
    """Create a person; the demonstration's password is public, so no validator reads it."""
    known = User.objects.filter(email=data.email).first()
    if known is not None:
        return known
    is_platform = data.role is None
    user = User(
        email=data.email,
        password=password,
        first_name=data.first_name,
        last_name=data.last_name,
        job_title=data.job_title,
        is_staff=is_platform,
        is_superuser=is_platform,
    )
    user.full_clean()
    user.save()
    if not is_platform:
        _join(user, data, organisations[data.organisation], until=data.until)
    return user


def _join(user: User, data: AccountData, organisation: Organisation, *, until: date | None):
    membership = Membership(
        user=user, organisation=organisation, role=data.role, starts_on=data.since, ends_on=until
    )
    membership.full_clean()
    membership.save()
    record(None, Verb.ROLE_GRANTED, membership, label=str(user), before="", after=data.role)
