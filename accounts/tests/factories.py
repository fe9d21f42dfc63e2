"""People and organisations for tests: plain functions, sensible defaults."""

import itertools
from datetime import date

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, User

PASSWORD = "sept mots bien longs pour entrer ici"
_rank = itertools.count(1)


def make_user(**fields) -> User:
    rank = next(_rank)
    fields.setdefault("email", f"personne{rank}@exemple.fr")
    fields.setdefault("first_name", "Personne")
    fields.setdefault("last_name", f"N{rank}")
    return User.objects.create_user(password=fields.pop("password", PASSWORD), **fields)


def make_organisation(**fields) -> Organisation:
    fields.setdefault("kind", OrganisationKind.EPCI)
    fields.setdefault("name", f"Organisme {next(_rank)}")
    regions = fields.pop("regions", [])
    organisation = Organisation.objects.create(**fields)
    organisation.regions.set(regions)
    return organisation


def make_member(organisation: Organisation, role: Role = Role.RESPONSABLE, **fields) -> User:
    """Return a person who belongs to `organisation` since 2010."""
    starts_on = fields.pop("starts_on", date(2010, 1, 1))
    ends_on = fields.pop("ends_on", None)
    user = fields.pop("user", None) or make_user(**fields)
    Membership.objects.create(
        user=user, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
    )
    return user
