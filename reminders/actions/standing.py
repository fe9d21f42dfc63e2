"""Whether reminders written weeks ago may still leave: all that is asked again, read once a batch.

Reads only, in a fixed number of statements whatever the batch, but for two more for each person who
stands in for an absent one, or who keeps a date for themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Prefetch

from accounts.models import Absence, User
from conventions.enums import ConventionStatus
from conventions.models import Party
from engagements.models import Debt
from reminders.access import visible_to
from reminders.actions.recipients import Addressee, Audience, audiences_of
from reminders.enums import ReminderNature, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.models.answers_read import answered_parties, closed_parties
from reminders.rules.deadlines import EACH_SIDE
from reminders.rules.ladder import local_day
from territories.enums import Zone

GONE = "Cette personne ne suit plus la convention."
_BINDING = (ConventionStatus.SIGNEE, ConventionStatus.RESILIEE)
_READ = (
    "target_on", "nature", "rule", "previous_on", "due_at", "attempts", "fallback_email", "leader",
    "recipient__email", "recipient__first_name", "recipient__last_name", "recipient__is_active",
    "recipient__is_superuser", "external__email", "external__name", "external__party",
    "deadline__kind", "deadline__title", "deadline__due_on", "deadline__safe_on",
    "deadline__source", "deadline__done_on", "deadline__retired_at", "deadline__party",
    "deadline__owner", "deadline__reserved_to", "deadline__engagement__number",
    "deadline__convention__reference", "deadline__convention__zone",
    "deadline__convention__status", "deadline__convention__region",
)  # fmt: skip

Rung = tuple[int, str, int | None, str, int | None]


@dataclass(frozen=True)
class Standing:
    """What is known of a batch of reminders at one instant."""

    reminders: Sequence[Reminder]
    days: Mapping[int, date]
    audiences: Mapping[int, Audience]
    debtors: Mapping[int, list[int]]
    closed: Mapping[int, set[int]]
    answered: Mapping[int, set[int]]
    latest: Mapping[Rung, datetime]
    seen: Mapping[int, set[int]]
    absences: Mapping[int, Sequence[Absence]]
    own_rows: frozenset[tuple[int, str, int, int]]

    def day_of(self, reminder: Reminder) -> date:
        """Return what day it is where the convention lives."""
        return self.days[reminder.deadline.convention_id]

    def audience_of(self, reminder: Reminder) -> Audience:
        return self.audiences[reminder.deadline.convention_id]

    def parties_of(self, reminder: Reminder) -> set[int]:
        """Return the parties that the reminder is about and still has something to say to."""
        deadline, known = reminder.deadline, set(self.audience_of(reminder).by_party)
        if deadline.engagement_id is not None:
            concerned = known & set(self.debtors[deadline.engagement_id])
        else:
            concerned = known if deadline.party_id is None else known & {deadline.party_id}
        if reminder.nature != ReminderNature.ESCALADE:
            return concerned - self.closed.get(deadline.pk, set())
        answered = concerned & self.answered.get(deadline.pk, set())
        if deadline.kind in EACH_SIDE:
            return concerned - answered
        return set() if answered else concerned

    def side_of(self, reminder: Reminder) -> Party | None:
        """Return the party whose people the addressee is of, when there is one alone."""
        audience, addressee = self.audience_of(reminder), addressee_of(reminder)
        found = [
            party
            for party in reminder.deadline.convention.parties.all()
            if addressee in audience.of([party.pk]) | audience.superiors([party.pk])
        ]
        return found[0] if len(found) == 1 else None

    def wanted(self, reminder: Reminder) -> frozenset[Addressee]:
        """Return who is to be told of it now."""
        deadline, audience = reminder.deadline, self.audience_of(reminder)
        if deadline.owner_id is not None:
            seen = deadline.pk in self.seen.get(deadline.owner_id, set())
            return frozenset({Addressee(deadline.owner_id)} if seen else ())
        parties = self.parties_of(reminder)
        if reminder.nature == ReminderNature.ESCALADE:
            return audience.superiors(parties)
        # What one organisation keeps to itself is not for those outside.
        return audience.of(parties) if deadline.reserved_to_id is None else audience.inside(parties)

    def objection(self, reminder: Reminder) -> str:
        """Say why it must not leave, or nothing."""
        return _of_the_date(reminder) or self._newer(reminder) or self._of_the_addressee(reminder)

    def _newer(self, reminder: Reminder) -> str:
        latest = self.latest.get(_rung(reminder))
        if reminder.is_correction or latest is None or latest <= reminder.due_at:
            return ""
        return "Un rappel plus récent de la même échéance part à sa place."

    def _of_the_addressee(self, reminder: Reminder) -> str:
        deadline, addressee = reminder.deadline, addressee_of(reminder)
        if addressee not in self.wanted(reminder):
            return self._why_unwanted(reminder)
        ladder = self.audience_of(reminder).ladder(addressee, deadline.kind)
        if reminder.nature == ReminderNature.RAPPEL and ladder.is_never:
            return "Ce destinataire a choisi de ne pas recevoir ces rappels."
        return ""

    def _why_unwanted(self, reminder: Reminder) -> str:
        deadline = reminder.deadline
        if reminder.nature == ReminderNature.ESCALADE and self.answered.get(deadline.pk):
            return "Quelqu’un a répondu à l’échéance."
        if self.closed.get(deadline.pk) and not self.parties_of(reminder):
            return "L’échéance est faite ou sans objet pour cette partie."
        return GONE

    def stand_in(self, reminders: Sequence[Reminder]) -> Absence | None:
        """Return the absence that sends a mail to a delegate, when all of it may be read by them.

        One who receives the same reminders in their own name is not written to twice.
        """
        person = reminders[0].recipient_id
        on = max(self.day_of(row) for row in reminders)
        current = [a for a in self.absences.get(person, ()) if a.starts_on <= on <= a.ends_on]
        if not current:
            return None
        absence = current[0]
        seen = self.seen.get(absence.delegate_id, set())
        if not all(row.deadline_id in seen for row in reminders):
            return None
        told = all(
            (row.deadline_id, row.nature, row.rule, absence.delegate_id) in self.own_rows
            for row in reminders
        )
        return None if told else absence


def addressee_of(reminder: Reminder) -> Addressee:
    return Addressee(reminder.recipient_id, reminder.fallback_email, reminder.external_id)


def standing_of(pks: Iterable[int], *, now: datetime) -> Standing:
    """Read a batch and all that decides whether it leaves."""
    reminders = _reminders(pks)
    deadlines = list({row.deadline_id: row.deadline for row in reminders}.values())
    conventions = {row.convention_id: row.convention for row in deadlines}
    days = {pk: local_day(now, Zone(row.zone)) for pk, row in conventions.items()}
    audiences: dict[int, Audience] = {}
    for day in set(days.values()):
        there = [row for pk, row in conventions.items() if days[pk] == day]
        audiences |= audiences_of(there, on=day)
    absences = _absences(reminders, days.values())
    delegates = {a.delegate_id: a.delegate for found in absences.values() for a in found}
    owners = {row.owner_id for row in deadlines if row.owner_id}
    readers = delegates | {row.pk: row for row in User.objects.filter(pk__in=owners) if owners}
    return Standing(
        reminders=reminders,
        days=days,
        audiences=audiences,
        debtors=_debtors(deadlines),
        closed=closed_parties(deadlines),
        answered=answered_parties(deadlines),
        latest=_latest(deadlines, now=now),
        seen={pk: _seen(reader, deadlines, days) for pk, reader in readers.items()},
        absences=absences,
        own_rows=_own_rows(deadlines, delegates),
    )


def _reminders(pks: Iterable[int]) -> list[Reminder]:
    """Return the rows in the order given, with what a message says of them."""
    named = Party.objects.only("convention", "organisation", "alias", "name_as_signed", "position")
    rows = (
        Reminder.objects.filter(pk__in=pks)
        .select_related("recipient", "external", "deadline__engagement", "deadline__convention")
        .prefetch_related(Prefetch("deadline__convention__parties", queryset=named))
    )
    found = {row.pk: row for row in rows.only(*_READ)}
    return [found[pk] for pk in pks if pk in found]


def _of_the_date(reminder: Reminder) -> str:
    deadline = reminder.deadline
    if deadline.convention.status not in _BINDING:
        return "La convention n’est pas signée."
    if deadline.done_on is not None:
        return "L’échéance est faite ou sans objet."
    if not deadline.is_live and not reminder.is_correction:
        return "L’échéance ne tient plus."
    return "" if reminder.target_on == deadline.due_on else "La date a changé."


def _debtors(deadlines: Iterable[Deadline]) -> Mapping[int, list[int]]:
    debtors: dict[int, list[int]] = defaultdict(list)
    owed = {row.engagement_id for row in deadlines if row.engagement_id}
    rows = Debt.objects.filter(engagement__in=owed)
    for engagement_id, party_id in rows.values_list("engagement", "party"):
        debtors[engagement_id].append(party_id)
    return debtors


def _rung(reminder: Reminder) -> Rung:
    return (
        reminder.deadline_id,
        reminder.nature,
        reminder.recipient_id,
        reminder.fallback_email,
        reminder.external_id,
    )


def _latest(deadlines: Iterable[Deadline], *, now: datetime) -> dict[Rung, datetime]:
    """Return the last rung reached for each date and addressee, sent or about to be."""
    reached = Reminder.objects.filter(
        deadline__in=[row.pk for row in deadlines],
        due_at__lte=now,
        status__in=[ReminderStatus.A_ENVOYER, ReminderStatus.ENVOYE],
    ).exclude(nature=ReminderNature.CORRECTION)
    keys = ("deadline", "nature", "recipient", "fallback_email", "external")
    rows = reached.order_by().values_list(*keys).annotate(last=Max("due_at"))
    return {tuple(row[:-1]): row[-1] for row in rows}


def _absences(reminders: Iterable[Reminder], days: Iterable[date]) -> dict[int, list[Absence]]:
    absences: dict[int, list[Absence]] = defaultdict(list)
    people = {row.recipient_id for row in reminders if row.recipient_id}
    if people:
        found = Absence.objects.filter(
            user__in=people,
            delegate__is_active=True,
            starts_on__lte=max(days),
            ends_on__gte=min(days),
        )
        for absence in found.select_related("user", "delegate").order_by("starts_on", "pk"):
            absences[absence.user_id].append(absence)
    return absences


def _seen(reader: User, deadlines: Iterable[Deadline], days: Mapping[int, date]) -> set[int]:
    """Return which of these dates the person may read, each on the day it is there."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for row in deadlines:
        by_day[days[row.convention_id]].append(row.pk)
    return {
        pk
        for day, pks in by_day.items()
        for pk in visible_to(reader, on=day).filter(pk__in=pks).values_list("pk", flat=True)
    }


def _own_rows(
    deadlines: Iterable[Deadline], delegates: Iterable[int]
) -> frozenset[tuple[int, str, int, int]]:
    """Return the reminders that delegates receive, or received, in their own name."""
    people = list(delegates)
    if not people:
        return frozenset()
    rows = Reminder.objects.filter(
        deadline__in=[row.pk for row in deadlines], recipient__in=people
    ).exclude(status=ReminderStatus.ANNULE)
    return frozenset(rows.values_list("deadline", "nature", "rule", "recipient"))
