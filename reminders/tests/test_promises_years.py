"""Promise R1: every date × rung × person ends in exactly one row, over five years, day by day.

10,000 dates are tried on PostgreSQL, 1,000 of them in the ordinary suite. What a mail server would
have received is compared with what the same story says in other words (`reminders.tests.years`).
"""

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time

import pytest
from django.db import connection, transaction
from django.db.models import Count

from accounts.enums import OrganisationKind, Role
from accounts.models import Absence, Membership
from accounts.tests.factories import make_member, make_organisation
from conventions.tests.factories import make_signed_convention
from reminders.actions.arming import arm, disarm, rearm
from reminders.actions.corrections import corrections_of
from reminders.actions.recipients import audience_of
from reminders.actions.settling import mark_done, reopen
from reminders.enums import ReminderStatus, Rhythm
from reminders.models import Deadline, Reminder, RhythmChoice
from reminders.tests.factories import make_external, send_reminders
from reminders.tests.trials import RecordingInbox
from reminders.tests.years import DAY, FIRST, LAST, Plan, Side, Story, expected, make_story
from territories.enums import Zone

pytestmark = pytest.mark.django_db
ZONES = list(Zone)
# Eight o'clock is behind in Cayenne, and midnight ahead in Saint-Denis.
PASSES, ACTS = time(18, 0, tzinfo=UTC), time(18, 30, tzinfo=UTC)


class Years:
    """The story played on the portal: a convention a side, in each of the seven zones in turn."""

    def __init__(self, story: Story) -> None:
        self.story, self.rows, self.people = story, {}, {}
        self.events = defaultdict(list)
        self.partner = make_organisation(kind=OrganisationKind.ACTION_LOGEMENT)
        self.counterpart = make_member(self.partner, email="partenaire@exemple.fr")
        self.conventions = [self._settle(side) for side in story.sides]
        for plan in story.plans:
            self._foresee(plan)

    def _settle(self, side: Side):
        body = make_organisation(reminder_email=side.name("repli"))
        manager = make_member(body, email=side.name("responsable"))
        boss = make_member(body, Role.ADMINISTRATEUR, email=side.name("administrateur"))
        self.people[side.number] = manager
        RhythmChoice.objects.create(user=manager, rhythm=side.rhythm)
        for start, end in side.absences:
            Absence.objects.create(user=manager, delegate=boss, starts_on=start, ends_on=end)
        convention = make_signed_convention(
            epci=body,
            action_logement=self.partner,
            signed_on=date(2026, 12, 2),
            ends_on=date(2034, 11, 30),
            zone=ZONES[side.number % len(ZONES)],
        )
        if side.has_outsider:
            make_external(convention.parties.get(position=1), email=side.name("notaire"))
        self._foresee_people(side, convention, body, manager, boss)
        return convention

    def _foresee_people(self, side, convention, body, manager, boss) -> None:
        def join(day):
            make_member(body, Role.CONTRIBUTEUR, email=side.name("contributeur"), starts_on=day)
            rearm([convention], now=_at(day, ACTS), on=day)

        def leave(person):
            def happen(day):
                Membership.objects.filter(user=person).update(ends_on=day - DAY)
                rearm([convention], now=_at(day, ACTS), on=day)

            return happen

        self.events[side.joined_on].append(join)
        self.events[side.left_on].append(leave(manager))
        self.events[side.emptied_on].append(leave(boss))

    def _foresee(self, plan: Plan) -> None:
        acts = {plan.known_on: self._learn, plan.done_on: self._do}
        acts |= {plan.reopened_on: self._reopen, plan.moved_on: self._move}
        for day, act in acts.items():
            if day is not None and day >= FIRST:
                self.events[day].append(lambda day, act=act: act(plan, day))

    def live(self) -> None:
        """Five years, one day after the other."""
        self._start()
        day = FIRST
        while day <= LAST:
            send_reminders(_at(day, PASSES))
            self.inbox(day)
            for happen in self.events.get(day, ()):
                happen(day)
            day += DAY

    def inbox(self, day: date) -> None:
        """Put away what left today; a test looks at it at the end."""

    def _start(self) -> None:
        """Write and arm at once what is known from the first day, convention by convention."""
        by_side = defaultdict(list)
        for plan in self.story.plans:
            if plan.known_on < FIRST:
                by_side[plan.side.number].append(plan)
        for number, plans in by_side.items():
            self._write(plans, number, FIRST - DAY)

    def _write(self, plans: list[Plan], number: int, day: date) -> None:
        convention = self.conventions[number]
        parties = {party.position: party for party in convention.parties.all()}
        rows = Deadline.objects.bulk_create(
            Deadline(
                convention=convention,
                kind=plan.kind,
                key=f"essai:{plan.number}",
                title=plan.title,
                due_on=plan.due_on,
                party=parties[2 if plan.of_partner else 1],
                source="article 5",
                steps=["Trois ans."],
                projected_at=_at(day, ACTS),
            )
            for plan in plans
        )
        for plan, row in zip(plans, rows, strict=True):
            self.rows[plan.number] = row
        arm(rows, convention, audience_of(convention, on=day), now=_at(day, ACTS), is_new=True)

    def _learn(self, plan: Plan, day: date) -> None:
        self._write([plan], plan.side.number, day)

    def _by(self, plan: Plan):
        return self.counterpart if plan.of_partner else self.people[plan.side.number]

    def _do(self, plan: Plan, day: date) -> None:
        mark_done(self.rows[plan.number], by=self._by(plan), on=day)

    def _reopen(self, plan: Plan, day: date) -> None:
        reopen(self.rows[plan.number], by=self._by(plan), on=day, now=_at(day, ACTS))

    def _move(self, plan: Plan, day: date) -> None:
        """What a projection does of a date that moved, without its reading all the others again."""
        now, old = _at(day, ACTS), self.rows[plan.number]
        with transaction.atomic():
            old.retired_at = now
            old.save()
            disarm([old], reason="La date a changé.")
            self._write([plan.becomes], plan.side.number, day)
            moves = [(old, self.rows[plan.becomes.number])]
            Reminder.objects.bulk_create(corrections_of(moves, now=now, on=day))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)


class RecordedYears(Years):
    """Keeps, day after day, what left: who read which title, and how many mails each received."""

    def __init__(self, story: Story) -> None:
        super().__init__(story)
        self.read, self.mails = Counter(), Counter()

    def inbox(self, day: date) -> None:
        for message in RecordingInbox.messages:
            self.mails[day, message.to[0]] += 1
            natures = _natures(message)
            for title, nature in natures:
                self.read[day, message.to[0], title, nature] += 1
        RecordingInbox.messages.clear()


def _natures(message) -> list[tuple[str, str]]:
    """Return what a message tells: the title of each date, and whether it warns or corrects."""
    text = message.body.replace("\u00a0", " ").replace("\u202f", " ")
    found = []
    for part in re.split(r"^(?=- )", text, flags=re.MULTILINE):
        corrected = "remplace la date annoncée" in part or "Nouvelle date" in part
        escalated = "Sans réponse" in part or message.subject.startswith("Sans réponse")
        nature = "correction" if corrected else "escalade" if escalated else "rappel"
        titles = dict.fromkeys(re.findall(r"Date \d{5}b?", part))
        found += [(title, nature) for title in titles]
    return found


def _five_years(count: int, *, sides: int, settings) -> None:
    settings.EMAIL_BACKEND = "reminders.tests.trials.RecordingInbox"
    RecordingInbox.messages.clear()
    story = make_story(count, sides=sides, seed=count)
    years = RecordedYears(story)
    years.live()
    wanted = expected(story)
    assert sum(wanted.values()) > count
    missing, in_excess = wanted - years.read, years.read - wanted
    assert (sorted(missing.elements())[:10], sorted(in_excess.elements())[:10]) == ([], [])
    _check_rows()
    _check_rhythms(years)


def _check_rows() -> None:
    """Exactly one row each, each at its end: nothing waits, nothing failed."""
    due = Reminder.objects.filter(due_at__lte=_at(LAST, PASSES))
    ends = set(due.values_list("status", flat=True).distinct())
    assert ends <= {ReminderStatus.ENVOYE, ReminderStatus.ANNULE}
    keys = ("deadline", "nature", "rule", "recipient", "fallback_email", "external")
    twice = Reminder.objects.order_by().values(*keys).annotate(rows=Count("pk")).filter(rows__gt=1)
    assert not twice.exists()
    assert not Reminder.objects.filter(status=ReminderStatus.ANNULE, failure="").exists()


def _check_rhythms(years: RecordedYears) -> None:
    """Who asked for one message a day, or a week, never received two on one day."""
    for side in years.story.sides:
        if side.rhythm == Rhythm.CHACUN:
            continue
        person = side.name("responsable")
        assert {times for (_, to), times in years.mails.items() if to == person} <= {1}


def test_nothing_is_missing_nor_doubled_in_five_years(settings):
    _five_years(1_000, sides=9, settings=settings)


# Committed day by day, as in life: in one transaction dead rows would pile up under the index.
@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the long one runs once")
@pytest.mark.django_db(transaction=True)
def test_nothing_is_missing_nor_doubled_of_ten_thousand_dates(settings):
    _five_years(10_000, sides=21, settings=settings)
