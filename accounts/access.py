"""What a person's memberships open on a day. Every queryset a view uses starts from here."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import Membership, Organisation
from accounts.rules.roles import CAPABILITIES, Capability


@dataclass(frozen=True)
class RegionalMandate:
    """A delegation's right over the conventions of `acts_for` in one region."""

    organisation_id: int
    acts_for_id: int
    region_id: int


@dataclass(frozen=True)
class Scope:
    """The rights of one person on one day, read from the database once."""

    on: date
    is_platform: bool = False
    capabilities: Mapping[int, frozenset[Capability]] = field(default_factory=dict)
    regional: tuple[RegionalMandate, ...] = ()
    organisation_names: tuple[str, ...] = ()

    def organisations_with(self, capability: Capability) -> list[int]:
        """Return the organisations for which the person holds `capability`."""
        return [pk for pk, given in self.capabilities.items() if capability in given]

    def regional_with(self, capability: Capability) -> list[RegionalMandate]:
        return [m for m in self.regional if capability in self.capabilities[m.organisation_id]]


def scope_of(user, *, on: date) -> Scope:
    """Return the person's rights on `on`; nothing for anonymous and disabled people.

    One query a request: the answer is kept on the user object.
    """
    if not user.is_authenticated or not user.is_active:
        return Scope(on=on)
    known = getattr(user, "known_scopes", None)
    if known is None:
        # Set, not put in `__dict__`: request.user is a lazy wrapper around the person.
        user.known_scopes = known = {}
    if on not in known:
        known[on] = _read_scope(user, on=on)
    return known[on]


def _read_scope(user, *, on: date) -> Scope:
    given: dict[int, set[Capability]] = defaultdict(set)
    regional = set()
    names = set()
    rows = Membership.objects.of(user, on=on).values_list(
        "organisation_id",
        "role",
        "organisation__name",
        "organisation__acts_for_id",
        "organisation__regions__id",
    )
    for organisation_id, role, name, acts_for_id, region_id in rows.order_by():
        given[organisation_id] |= CAPABILITIES[role]
        names.add(name)
        if acts_for_id and region_id:
            regional.add(RegionalMandate(organisation_id, acts_for_id, region_id))
    return Scope(
        on=on,
        is_platform=user.is_superuser,
        capabilities={pk: frozenset(capabilities) for pk, capabilities in given.items()},
        regional=tuple(sorted(regional, key=lambda m: (m.organisation_id, m.region_id))),
        organisation_names=tuple(sorted(names)),
    )


def organisations_visible_to(user, *, on: date) -> QuerySet[Organisation]:
    """The organisations whose members and file the person may read: their own, or all."""
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=scope.capabilities)


def get_organisation_or_404(user, pk: int, *, on: date) -> Organisation:
    """Return an organisation this person belongs to. A stranger learns nothing: 404."""
    organisation = organisations_visible_to(user, on=on).filter(pk=pk).first()
    if organisation is None:
        raise Http404
    return organisation


def check_can_administer(user, organisation: Organisation, *, on: date) -> None:
    """Inviting and removing members belongs to the organisation's administrators."""
    scope = scope_of(user, on=on)
    if scope.is_platform:
        return
    if organisation.pk not in scope.organisations_with(Capability.ADMINISTER):
        msg = (
            f"Seuls les administrateurs de {organisation} gèrent ses membres. "
            "Demandez-leur, ou à l’administration du portail."
        )
        raise PermissionDenied(msg)
