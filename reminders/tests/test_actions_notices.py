"""What happens in a negotiation is told to those who may know of it, once, in counts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from accounts.models import JournalEntry
from conventions.actions.negotiation import hand_over, mark_read
from conventions.actions.proposals import accept_proposal, propose
from conventions.actions.threads import open_thread, reply
from conventions.enums import ActStatus, ThreadScope
from conventions.tests.drafting import TODAY
from conventions.tests.negotiating import make_negotiation, proposed
from reminders.actions.delivery import Outcome
from reminders.actions.noticing import send_due_notices
from reminders.enums import ReminderStatus
from reminders.models import Notice
from reminders.rules.notices import GATHERING, QUIET, Told, notice_due_at

pytestmark = pytest.mark.django_db
SECRET = "Notre limite est de quarante logements"


@pytest.fixture
def cast():
    """The opening itself has been told."""
    cast = make_negotiation()
    Notice.objects.all().delete()
    return cast


def said(cast, **fields):
    fields = {"by": cast.manager, "party": cast.first, "body": SECRET} | fields
    return open_thread(cast.act, on=TODAY, article=cast.article, **fields)


def waiting() -> set:
    return {notice.recipient for notice in Notice.objects.unsent()}


def send_all(after=GATHERING) -> dict[Outcome, int]:
    now = datetime.now(UTC) + after
    return +send_due_notices(clock=lambda: now)


def test_the_opening_of_a_negotiation_is_told_to_all_but_who_opened_it():
    cast = make_negotiation()
    assert waiting() == {cast.contributor, cast.counterpart, cast.theirs}
    send_all()
    assert {m.to[0] for m in mail.outbox} == {
        cast.contributor.email, cast.counterpart.email, cast.theirs.email
    }  # fmt: skip
    assert all("La négociation est ouverte" in message.subject for message in mail.outbox)


def test_several_messages_make_one_mail_which_holds_none_of_their_words(cast):
    thread = said(cast)
    reply(thread, by=cast.manager, on=TODAY, party=cast.first, body=SECRET)
    said(cast)
    send_all()
    mine = [m for m in mail.outbox if m.to == [cast.theirs.email]]
    assert len(mine) == 1
    html = mine[0].alternatives[0].content
    assert "3\u00a0nouveaux messages" in mine[0].body
    assert "negociation/" in mine[0].body
    assert SECRET not in f"{mine[0].subject}{mine[0].body}{html}"


def test_nobody_is_told_of_what_they_did(cast):
    said(cast)
    assert cast.manager not in waiting()
    reply(cast.act.threads.get(), by=cast.theirs, on=TODAY, party=cast.second, body="Oui.")
    send_all()
    told = next(m for m in mail.outbox if m.to == [cast.theirs.email])
    assert "1\u00a0nouveau message" in told.body


def test_an_internal_discussion_is_told_to_its_side_alone(cast):
    said(cast, scope=ThreadScope.INTERNE)
    assert waiting() == {cast.contributor}
    said(cast)
    send_all()
    theirs = next(m for m in mail.outbox if m.to == [cast.theirs.email])
    ours = next(m for m in mail.outbox if m.to == [cast.contributor.email])
    assert "1\u00a0nouveau message" in theirs.body
    assert "2\u00a0nouveaux messages" in ours.body
    journal = JournalEntry.objects.of_dossier(cast.convention.pk)
    assert not journal.filter(verb__startswith="reminder").exists()


def test_the_side_that_receives_the_pen_is_told_at_once(cast):
    said(cast)
    hand_over(cast.act, by=cast.manager, on=TODAY, message=SECRET)
    send_all(after=timedelta(seconds=1))
    assert {m.to[0] for m in mail.outbox} == {cast.counterpart.email, cast.theirs.email}
    assert all("La main est à vous" in m.subject for m in mail.outbox)
    assert all(SECRET not in m.body for m in mail.outbox)


def test_a_proposal_is_told_to_who_answers_and_the_answer_to_who_proposed(cast):
    proposal = proposed(cast, propose)
    assert waiting() == {cast.manager, cast.contributor, cast.counterpart}
    send_all()
    mail.outbox.clear()
    accept_proposal(proposal, by=cast.manager, on=TODAY)
    send_all(after=GATHERING + QUIET + timedelta(minutes=1))
    told = next(m for m in mail.outbox if m.to == [cast.theirs.email])
    assert "1\u00a0réponse à une proposition" in told.body


def test_what_was_read_meanwhile_is_not_told(cast):
    said(cast)
    mark_read(cast.act, by=cast.theirs, seen_at=datetime.now(UTC))
    send_all()
    assert cast.theirs.email not in {m.to[0] for m in mail.outbox}
    cancelled = Notice.objects.get(recipient=cast.theirs)
    assert cancelled.status == ReminderStatus.ANNULE


def test_who_left_and_who_waits_for_an_abandoned_text_are_told_nothing(cast):
    said(cast)
    cast.theirs.memberships.update(ends_on=TODAY - timedelta(days=1))
    send_all()
    assert cast.theirs.email not in {m.to[0] for m in mail.outbox}
    mail.outbox.clear()
    said(cast)
    cast.act.status = ActStatus.ABANDONNE
    cast.act.save()
    assert set(send_all(after=timedelta(days=1))) == {Outcome.CANCELLED}
    assert mail.outbox == []


def test_a_party_where_nobody_is_left_is_told_at_its_fallback_address(cast):
    cast.groupe.reminder_email = "logement@exemple.fr"
    cast.groupe.save()
    for member in (cast.counterpart, cast.theirs):
        member.memberships.update(ends_on=TODAY - timedelta(days=1))
    said(cast, scope=ThreadScope.INTERNE)
    said(cast)
    send_all()
    told = next(m for m in mail.outbox if m.to == ["logement@exemple.fr"])
    assert "1\u00a0nouveau message" in told.body


def test_two_mails_are_never_near_each_other():
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert notice_due_at(at, last_sent_at=None, pressing=True) == at
    assert notice_due_at(at, last_sent_at=None, pressing=False) == at + GATHERING
    assert notice_due_at(at, last_sent_at=at, pressing=True) == at + QUIET


def test_what_awaits_a_side_comes_first_in_the_words():
    told = Told(handed_over=1, messages=2, holder="EPCI", is_ours=True)
    assert told.headline == "La main est à vous"
    assert Told(handed_over=1, holder="EPCI").headline == "La main est passée à EPCI"
    assert Told(holder="EPCI").is_empty
