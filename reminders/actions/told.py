"""Who is told of a convention's dates today, side by side, as a page shows it.

Names of people are known to both parties, who work together; why one of them is away, the addresses
of those outside and what they are told of stay with the side that had them told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Absence, User
from accounts.rules.roles import Capability
from conventions.access import acting_parties
from conventions.models import Convention, Party
from reminders.actions.recipients import Addressee, Audience, audience_of
from reminders.enums import DeadlineKind
from reminders.models import Deadline, ExternalRecipient


@dataclass(frozen=True)
class Told:
    """One person who is told, whether in charge, and who stands in for them these days."""

    person: User
    in_charge: bool
    absence: Absence | None = None


@dataclass(frozen=True)
class Outsider:
    """Somebody outside; what they are told of, for the side that had them told."""

    recipient: ExternalRecipient
    kinds: list[str]


@dataclass(frozen=True)
class Side:
    """One party: who is told for it, who is above them, whom it had told outside."""

    party: Party
    is_own: bool
    may_stop: bool
    told: list[Told]
    fallback: str = ""
    above: list[User] = field(default_factory=list)
    fallback_above: str = ""
    outside: list[Outsider] = field(default_factory=list)


def roll_of(convention: Convention, *, seen_by: User, on: date) -> list[Side]:
    """Return who is told, party by party, as this person may know it."""
    roll = _Roll(convention, audience_of(convention, on=on), on)
    own = _parties(seen_by, convention, Capability.READ, on=on)
    deciding = _parties(seen_by, convention, Capability.MANAGE, on=on)
    parties = convention.parties.in_force(on=on).select_related("organisation")
    return [
        roll.side(party, is_own=party.pk in own, may_stop=party.pk in deciding) for party in parties
    ]


def kinds_of(convention: Convention) -> list[DeadlineKind]:
    """Return the kinds of dates that a convention has, in the order of the list."""
    rows = Deadline.objects.live().filter(convention=convention)
    known = set(rows.values_list("kind", flat=True))
    return [kind for kind in DeadlineKind if kind in known]


class _Roll:
    """What is read once for all the parties."""

    def __init__(self, convention: Convention, audience: Audience, on: date) -> None:
        self.audience = audience
        everybody = audience.inside(None) | audience.superiors(None)
        self.people = User.objects.in_bulk([row.user_id for row in everybody if row.user_id])
        absences = Absence.objects.in_force(on=on).filter(user__in=self.people)
        self.absences = {row.user_id: row for row in absences.select_related("delegate")}
        self.outsiders = ExternalRecipient.objects.in_bulk(list(audience.told_of))

    def side(self, party: Party, *, is_own: bool, may_stop: bool) -> Side:
        inside = self.audience.inside([party.pk])
        outside = sorted(row.external_id for row in self.audience.outside[party.pk])
        above = self.audience.superiors([party.pk])
        return Side(
            party=party,
            is_own=is_own,
            may_stop=may_stop,
            told=self._told(inside),
            fallback=_fallback(inside),
            above=self._named(above),
            fallback_above=_fallback(above),
            outside=[_outsider(self.outsiders[pk]) for pk in outside],
        )

    def _told(self, inside: Iterable[Addressee]) -> list[Told]:
        told = [
            Told(
                self.people[row.user_id],
                row in self.audience.in_charge,
                self.absences.get(row.user_id),
            )
            for row in inside
            if row.user_id
        ]
        return sorted(told, key=lambda row: (not row.in_charge, str(row.person)))

    def _named(self, addressees: Iterable[Addressee]) -> list[User]:
        return sorted((self.people[row.user_id] for row in addressees if row.user_id), key=str)


def _parties(user: User, convention: Convention, capability: Capability, *, on: date) -> set[int]:
    return set(acting_parties(user, convention, capability, on=on).values_list("pk", flat=True))


def _fallback(addressees: Iterable[Addressee]) -> str:
    return next((row.fallback_email for row in addressees if row.fallback_email), "")


def _outsider(recipient: ExternalRecipient) -> Outsider:
    return Outsider(recipient, [DeadlineKind(kind).label for kind in recipient.kinds])
