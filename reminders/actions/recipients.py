"""Who is to be told of a date, asked again at the moment of sending.

For each party concerned: its contributors and managers and, for a party that regional delegations
act for, those of the delegations of the convention's region; failing them, its administrators;
failing anybody, the fallback address of the organisation. Nobody who left, nobody disabled.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.enums import Role
from accounts.models import Membership, Organisation
from conventions.models import Convention, Party
from reminders.enums import DeadlineKind, Rhythm
from reminders.models import Deadline
from reminders.rules.ladder import LADDERS, Ladder

FOLLOWERS = (Role.RESPONSABLE, Role.CONTRIBUTEUR)


@dataclass(frozen=True)
class Addressee:
    """One person, the fallback address of an organisation where nobody is left, or an outsider."""

    user_id: int | None = None
    fallback_email: str = ""
    external_id: int | None = None


@dataclass(frozen=True)
class Audience:
    """The addressees of each party of a convention, by party."""

    by_party: dict[int, frozenset[Addressee]] = field(default_factory=dict)

    def ladder(self, addressee: Addressee, kind: str) -> Ladder:
        """Return when this addressee is told of a kind of deadline: their choice, or the usual."""
        return LADDERS[DeadlineKind(kind)]

    def rhythm(self, addressee: Addressee) -> Rhythm:
        """Return how many messages carry what is due to this addressee."""
        return Rhythm.CHACUN

    def superiors(self, party_ids: Iterable[int] | None) -> frozenset[Addressee]:
        """Return who is told when nobody of these parties answered."""
        return frozenset()

    def of(self, party_ids: Iterable[int] | None) -> frozenset[Addressee]:
        """Return the addressees of these parties, of all when None."""
        wanted = self.by_party if party_ids is None else set(party_ids) & self.by_party.keys()
        return frozenset().union(*(self.by_party[pk] for pk in wanted))

    def unheard(self, party_ids: Iterable[int] | None) -> list[int]:
        """Return the parties for which nobody can be told."""
        wanted = self.by_party if party_ids is None else set(party_ids) & self.by_party.keys()
        return sorted(pk for pk in wanted if not self.by_party[pk])


def audience_of(convention: Convention, *, on: date) -> Audience:
    """Return who may be told of the convention's dates on that day."""
    parties = list(convention.parties.in_force(on=on).select_related("organisation"))
    delegations = _delegations(convention, parties)
    members = _members([p.organisation_id for p in parties] + [d.pk for d in delegations], on=on)
    return Audience({party.pk: _of_party(party, delegations, members) for party in parties})


def audiences_of(conventions: Iterable[Convention], *, on: date) -> dict[int, Audience]:
    """Return the audience of each convention, by primary key, in a fixed number of queries."""
    return {convention.pk: audience_of(convention, on=on) for convention in conventions}


def concerned_parties(deadline: Deadline) -> list[int] | None:
    """Return the parties that a deadline is about: debtors, one party, or None for all."""
    if deadline.engagement_id is not None:
        return list(deadline.engagement.debts.values_list("party_id", flat=True))
    return None if deadline.party_id is None else [deadline.party_id]


def _delegations(convention: Convention, parties: list[Party]) -> list[Organisation]:
    if convention.region_id is None:
        return []
    bodies = [party.organisation_id for party in parties]
    return list(Organisation.objects.filter(acts_for__in=bodies, regions=convention.region_id))


def _members(organisation_ids: list[int], *, on: date) -> dict[int, dict[str, set[int]]]:
    """Return the people of each organisation by role."""
    members: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Membership.objects.in_force(on=on).filter(
        organisation__in=organisation_ids,
        role__in=[*FOLLOWERS, Role.ADMINISTRATEUR],
        user__is_active=True,
    )
    for organisation_id, role, user_id in rows.values_list("organisation", "role", "user"):
        members[organisation_id][role].add(user_id)
    return members


def _of_party(
    party: Party, delegations: list[Organisation], members: dict[int, dict[str, set[int]]]
) -> frozenset[Addressee]:
    acting = [d for d in delegations if d.acts_for_id == party.organisation_id]
    bodies = [party.organisation, *acting]
    for roles in (FOLLOWERS, (Role.ADMINISTRATEUR,)):
        people = {user for body in bodies for role in roles for user in members[body.pk][role]}
        if people:
            return frozenset(Addressee(user_id=user) for user in people)
    addresses = [body.reminder_email for body in [*acting, party.organisation]]
    first = next((address for address in addresses if address), None)
    return frozenset({Addressee(fallback_email=first)} if first else set())
