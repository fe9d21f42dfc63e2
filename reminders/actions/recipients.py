"""Who is to be told of a date, and when, asked again at the moment of sending.

For each party concerned: its contributors and managers and, for a party that regional delegations
act for, those of the delegations of the convention's region; failing them, its administrators;
failing anybody, the fallback address of the organisation. Nobody who left, nobody disabled. To them
are added those without an account whom the party has told.

In charge are the managers («responsables»); where a party has none, all who are told for it. They
are never told nothing, whatever they chose.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from accounts.enums import Role
from accounts.models import Membership, Organisation
from conventions.models import Convention, Party
from reminders.enums import DeadlineKind, Rhythm
from reminders.models import Deadline, ExternalRecipient, LadderChoice, RhythmChoice
from reminders.rules.choosing import Rungs
from reminders.rules.ladder import LADDERS, NEVER, Ladder, chosen, merged

FOLLOWERS = (Role.RESPONSABLE, Role.CONTRIBUTEUR)
ABOVE = (Role.ADMINISTRATEUR, Role.SIGNATAIRE)

# From the one that waits least: of two organisations' choices, nobody is told later than by one.
PROMPTEST = tuple(Rhythm)

Members = Mapping[int, Mapping[str, set[int]]]


@dataclass(frozen=True)
class Addressee:
    """One person, the fallback address of an organisation where nobody is left, or an outsider."""

    user_id: int | None = None
    fallback_email: str = ""
    external_id: int | None = None


Addressees = frozenset[Addressee]


@dataclass(frozen=True)
class Choices:
    """What people and organisations chose: rungs by kind, rhythm. Absent: the usual."""

    of_people: Mapping[tuple[int, str], Rungs] = field(default_factory=dict)
    of_bodies: Mapping[tuple[int, str], Rungs] = field(default_factory=dict)
    rhythms_of_people: Mapping[int, str] = field(default_factory=dict)
    rhythms_of_bodies: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Audience:
    """The addressees of each party of a convention.

    `by_party` are those inside: people, or the fallback address. `outside` are the external
    recipients, with the kinds of dates they asked for in `told_of` (all of them when empty).
    `bodies` says for which organisations each is told: those whose choices count for them.
    """

    by_party: Mapping[int, Addressees] = field(default_factory=dict)
    outside: Mapping[int, Addressees] = field(default_factory=dict)
    above: Mapping[int, Addressees] = field(default_factory=dict)
    in_charge: Addressees = frozenset()
    bodies: Mapping[Addressee, frozenset[int]] = field(default_factory=dict)
    told_of: Mapping[int, list[str]] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)

    def of(self, party_ids: Iterable[int] | None) -> Addressees:
        """Return all who are told for these parties, outsiders included; for all when None.

        An outsider who asked for other kinds of dates has an empty ladder for this one.
        """
        wanted = self._wanted(party_ids)
        return self.inside(wanted).union(*(self.outside.get(pk, frozenset()) for pk in wanted))

    def inside(self, party_ids: Iterable[int] | None) -> Addressees:
        """Return those told for these parties who are no outsiders."""
        return frozenset().union(*(self.by_party[pk] for pk in self._wanted(party_ids)))

    def superiors(self, party_ids: Iterable[int] | None) -> Addressees:
        """Return who is told when nobody of these parties answered."""
        return frozenset().union(*(self.above.get(pk, ()) for pk in self._wanted(party_ids)))

    def unheard(self, party_ids: Iterable[int] | None) -> list[int]:
        """Return the parties for which nobody inside can be told."""
        return sorted(pk for pk in self._wanted(party_ids) if not self.by_party[pk])

    def ladder(self, addressee: Addressee, kind: str) -> Ladder:
        """Return when this addressee is told of a kind of deadline.

        Their own choice; else that of their organisation for the party, all their rungs together
        when several chose; else the usual.
        """
        kind = DeadlineKind(kind)
        asked_for = self.told_of.get(addressee.external_id)
        if asked_for and kind not in asked_for:
            return NEVER
        in_charge = addressee in self.in_charge
        given = [(addressee.user_id, kind)] if addressee.user_id else []
        known = [self.choices.of_people[key] for key in given if key in self.choices.of_people]
        if not known:
            keys = [(body, kind) for body in sorted(self.bodies.get(addressee, ()))]
            known = [self.choices.of_bodies[key] for key in keys if key in self.choices.of_bodies]
        if not known:
            return LADDERS[kind]
        return merged(
            [chosen(kind, months=months, days=days, in_charge=in_charge) for months, days in known]
        )

    def rhythm(self, addressee: Addressee) -> Rhythm:
        """Return how many messages carry what is due to this addressee."""
        own = self.choices.rhythms_of_people.get(addressee.user_id)
        if own is not None:
            return Rhythm(own)
        known = self.choices.rhythms_of_bodies
        chosen_ones = [known[body] for body in self.bodies.get(addressee, ()) if body in known]
        return Rhythm(min(chosen_ones, key=PROMPTEST.index, default=Rhythm.CHACUN))

    def _wanted(self, party_ids: Iterable[int] | None) -> set[int]:
        known = self.by_party.keys()
        return set(known) if party_ids is None else set(party_ids) & known


def audience_of(convention: Convention, *, on: date) -> Audience:
    """Return who may be told of the convention's dates on that day."""
    return audiences_of([convention], on=on)[convention.pk]


def audiences_of(conventions: Iterable[Convention], *, on: date) -> dict[int, Audience]:
    """Return the audience of each convention, by primary key, in a fixed number of queries."""
    conventions = list(conventions)
    register = _register(conventions, on=on)
    return {convention.pk: register.audience(convention) for convention in conventions}


def concerned_parties(deadline: Deadline) -> list[int] | None:
    """Return the parties that a deadline is about: debtors, one party, or None for all."""
    if deadline.engagement_id is not None:
        return list(deadline.engagement.debts.values_list("party_id", flat=True))
    return None if deadline.party_id is None else [deadline.party_id]


@dataclass(frozen=True)
class _Register:
    """All that is read for a batch: who sits where, who was told, what they chose."""

    parties: Mapping[int, list[Party]]
    delegations: Mapping[tuple[int, int], list[Organisation]]
    members: Members
    externals: Mapping[int, list[ExternalRecipient]]
    choices: Choices

    def audience(self, convention: Convention) -> Audience:
        bodies: dict[Addressee, set[int]] = defaultdict(set)
        in_charge: set[Addressee] = set()
        by_party, outside, above = {}, {}, {}
        for party in self.parties.get(convention.pk, ()):
            acting = self.delegations.get((party.organisation_id, convention.region_id), [])
            side = _Side([*acting, party.organisation], self.members, bodies)
            by_party[party.pk], charged = side.told()
            in_charge |= charged
            above[party.pk] = side.superiors(by_party[party.pk])
            outside[party.pk] = frozenset(
                side.stands_for(party.organisation_id, Addressee(external_id=row.pk))
                for row in self.externals.get(party.pk, ())
            )
        return Audience(
            by_party=by_party,
            outside=outside,
            above=above,
            in_charge=frozenset(in_charge),
            bodies={addressee: frozenset(known) for addressee, known in bodies.items()},
            told_of={row.pk: row.kinds for pk in by_party for row in self.externals.get(pk, ())},
            choices=self.choices,
        )


@dataclass(frozen=True)
class _Side:
    """The organisations of one party: the delegations that act for it, then itself."""

    organisations: list[Organisation]
    members: Members
    bodies: dict[Addressee, set[int]]

    def told(self) -> tuple[Addressees, Addressees]:
        """Return who is told for the party, and who of them is in charge."""
        for roles in (FOLLOWERS, (Role.ADMINISTRATEUR,)):
            people = self._people(roles)
            if people:
                managers = self._people((Role.RESPONSABLE,))
                return people, managers or people
        fallback = self._fallback()
        return fallback, fallback

    def superiors(self, told: Addressees) -> Addressees:
        """Return who is above those told, else the fallback address."""
        return self._people(ABOVE) - told or self._fallback() - told

    def stands_for(self, organisation_id: int, addressee: Addressee) -> Addressee:
        self.bodies[addressee].add(organisation_id)
        return addressee

    def _people(self, roles: Iterable[str]) -> Addressees:
        return frozenset(
            self.stands_for(body.pk, Addressee(user_id=user))
            for body in self.organisations
            for role in roles
            for user in self.members[body.pk][role]
        )

    def _fallback(self) -> Addressees:
        for body in self.organisations:
            if body.reminder_email:
                return frozenset(
                    {self.stands_for(body.pk, Addressee(fallback_email=body.reminder_email))}
                )
        return frozenset()


def _register(conventions: list[Convention], *, on: date) -> _Register:
    every = _every_party(conventions)
    parties: dict[int, list[Party]] = defaultdict(list)
    for party in every:
        if party.is_bound_on(on):
            parties[party.convention_id].append(party)
    bodies = {party.organisation_id for rows in parties.values() for party in rows}
    delegations = _delegations(bodies, {row.region_id for row in conventions})
    bodies |= {delegation.pk for rows in delegations.values() for delegation in rows}
    members = _members(bodies, on=on)
    people = {user for roles in members.values() for users in roles.values() for user in users}
    return _Register(
        parties=parties,
        delegations=delegations,
        members=members,
        externals=_externals(every, on=on),
        choices=_choices(people, bodies),
    )


def _every_party(conventions: list[Convention]) -> list[Party]:
    rows = Party.objects.filter(convention__in=[row.pk for row in conventions])
    return list(rows.select_related("organisation"))


def _delegations(
    bodies: set[int], regions: set[int | None]
) -> dict[tuple[int, int], list[Organisation]]:
    """Return the delegations by body acted for and region."""
    acting: dict[tuple[int, int], list[Organisation]] = defaultdict(list)
    rows = Organisation.objects.filter(acts_for__in=bodies, regions__in=regions - {None})
    for delegation in rows.annotate(region=F("regions")).order_by("name", "pk"):
        acting[delegation.acts_for_id, delegation.region].append(delegation)
    return acting


def _members(bodies: set[int], *, on: date) -> Members:
    """Return the people of each organisation by role."""
    members: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Membership.objects.in_force(on=on).filter(
        organisation__in=bodies, role__in=[*FOLLOWERS, *ABOVE], user__is_active=True
    )
    for organisation_id, role, user_id in rows.values_list("organisation", "role", "user"):
        members[organisation_id][role].add(user_id)
    return members


def _externals(parties: list[Party], *, on: date) -> dict[int, list[ExternalRecipient]]:
    """Return those outside by party; whom a party had told, its successor goes on telling."""
    successors = {party.replaces_id: party for party in parties if party.replaces_id}
    by_pk = {party.pk: party for party in parties}
    externals: dict[int, list[ExternalRecipient]] = defaultdict(list)
    rows = ExternalRecipient.objects.filter(party__in=by_pk, stopped_at__isnull=True)
    for row in rows:
        party = by_pk[row.party_id]
        while not party.is_bound_on(on) and party.pk in successors:
            party = successors[party.pk]
        externals[party.pk].append(row)
    return externals


def _choices(people: set[int], bodies: set[int]) -> Choices:
    of_people, of_bodies = {}, {}
    chooser = Q(user__in=people) | Q(organisation__in=bodies)
    for row in LadderChoice.objects.filter(chooser):
        if row.user_id:
            of_people[row.user_id, row.kind] = (row.months, row.days)
        else:
            of_bodies[row.organisation_id, row.kind] = (row.months, row.days)
    rhythms = list(RhythmChoice.objects.filter(chooser))
    return Choices(
        of_people=of_people,
        of_bodies=of_bodies,
        rhythms_of_people={row.user_id: row.rhythm for row in rhythms if row.user_id},
        rhythms_of_bodies={row.organisation_id: row.rhythm for row in rhythms if not row.user_id},
    )
