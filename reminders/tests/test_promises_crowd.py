"""Promise R4: two schedulers and four senders on one database; 10,000 reminders leave once each.

The schedulers find 2,500 engagements that somebody owes by tomorrow: silence being out of
the question, each person's reminder is written at once, while the senders already send.
"""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from accounts.actions.journal import broken_links
from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation
from conventions.models import Convention
from conventions.tests.factories import make_signed_convention
from engagements.models import Debt, Engagement
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.tests.trials import environment, on_postgresql, start

pytestmark = on_postgresql
CONVENTIONS, ENGAGEMENTS, PEOPLE = 20, 125, 4
# Wednesday 10 March 2027 at noon in Paris: tomorrow is a working day, this morning is behind.
INSTANT = datetime.fromisoformat("2027-03-10T11:00:00+00:00")
TOMORROW = date(2027, 3, 11)


@pytest.fixture
def people(db):
    """Fill the database with conventions that nobody projected; return who is to be told."""
    epci = make_organisation()
    action_logement = make_organisation(kind=OrganisationKind.ACTION_LOGEMENT)
    for _ in range(CONVENTIONS):
        convention = make_signed_convention(
            epci=epci, action_logement=action_logement, signed_on=date(2026, 1, 12)
        )
        owe(convention)
    return [make_member(epci, Role.RESPONSABLE).email for _ in range(PEOPLE)]


def owe(convention: Convention) -> None:
    party = convention.parties.get(position=1)
    rows = Engagement.objects.bulk_create(
        Engagement(
            convention=convention, number=number, title=f"Promesse {number}", due_on=TOMORROW
        )
        for number in range(1, ENGAGEMENTS + 1)
    )
    Debt.objects.bulk_create(Debt(engagement=row, party=party) for row in rows)


def test_ten_thousand_reminders_leave_once_each(smtp, people, tmp_path):
    shift = (INSTANT - timezone.now()).total_seconds()
    env = environment(tmp_path, port=smtp.port, TRIAL_SHIFT=str(shift))
    stop = tmp_path / "stop"
    senders = [start(env, "send", str(stop)) for _ in range(4)]
    schedulers = [start(env, "project", "2") for _ in range(2)]
    assert [process.wait(300) for process in schedulers] == [0, 0]
    stop.touch()
    assert [process.wait(300) for process in senders] == [0] * 4
    _check_rows(people)
    _check_mails(smtp.messages, people)


def _check_rows(people):
    """Neither scheduler wrote what the other had written; nothing is left on the way."""
    live = Deadline.objects.live().values("convention", "key").annotate(rows=Count("pk"))
    assert not live.filter(rows__gt=1).exists()
    rows = Reminder.objects.filter(deadline__kind=DeadlineKind.ENGAGEMENT, rule__gt=0)
    assert rows.count() == CONVENTIONS * ENGAGEMENTS * len(people) == 10_000
    assert set(rows.values_list("status", flat=True)) == {ReminderStatus.ENVOYE}
    assert not Reminder.objects.due(now=INSTANT + timedelta(minutes=30)).exists()
    sent = Reminder.objects.sent().count()
    assert JournalEntry.objects.filter(verb=Verb.REMINDER_SENT).count() == sent
    assert broken_links() == []


def _check_mails(mails, people):
    """Each date told to each person, by one mail: counted at the server, not in our rows."""
    owed = Deadline.objects.live().filter(kind=DeadlineKind.ENGAGEMENT)
    told = dict(Reminder.objects.values_list("pk", "deadline"))
    dates = set(owed.values_list("pk", flat=True))
    found = Counter()
    for mail in mails:
        deadline = told[int(mail["Message-ID"].split("-")[1])]
        if deadline in dates:
            found[mail["To"], deadline] += 1
    assert set(found.values()) == {1}
    assert set(found) == {(person, deadline) for person in people for deadline in dates}
    assert len(mails) == Reminder.objects.sent().count()
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
