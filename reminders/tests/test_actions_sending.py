"""One row, checked again, sent, stamped: with a real mail server that may be slow, down or rude."""

from datetime import date, timedelta

import pytest

from accounts.actions.journal import broken_links
from accounts.enums import Verb
from accounts.models import JournalEntry, Membership
from engagements.tests.factories import make_engagement
from reminders import emails
from reminders.actions import journalling, sending
from reminders.actions.delivery import Outcome
from reminders.actions.leasing import LEASE
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.rules.retries import DELAYS
from reminders.tests.factories import NOW, make_deadline, make_reminder, plain, send_reminders

pytestmark = pytest.mark.django_db


@pytest.fixture
def reminder(cast):
    return make_reminder(make_deadline(cast.convention), cast.manager)


def _status(reminder):
    reminder.refresh_from_db()
    return reminder.status


def test_a_due_reminder_is_sent_then_stamped(smtp, cast, reminder):
    assert send_reminders() == {Outcome.SENT: 1}
    assert send_reminders() == {}
    (message,) = smtp.messages
    assert message["To"] == cast.manager.email
    assert message["Message-ID"] == reminder.message_id
    assert _status(reminder) == ReminderStatus.ENVOYE
    assert (reminder.sent_at, reminder.sent_to) == (NOW, cast.manager.email)
    assert reminder.subject == message["Subject"].strip()
    assert "/echeances/" in reminder.body


def test_a_reminder_that_is_not_due_waits(smtp, cast):
    make_reminder(make_deadline(cast.convention), cast.manager, due_at=NOW + timedelta(minutes=1))
    assert send_reminders() == {}


def test_the_oldest_goes_first(smtp, cast, reminder):
    older = make_reminder(
        make_deadline(cast.convention), cast.contributor, due_at=NOW - timedelta(hours=1)
    )
    assert send_reminders() == {Outcome.SENT: 2}
    assert _status(older) == _status(reminder) == ReminderStatus.ENVOYE
    assert [m["Message-ID"] for m in smtp.messages] == [older.message_id, reminder.message_id]


def test_each_sending_is_in_the_journal(smtp, cast, reminder):
    send_reminders()
    entry = JournalEntry.objects.get(verb=Verb.REMINDER_SENT)
    assert entry.dossier_id == cast.convention.pk
    assert cast.manager.get_full_name() in entry.data["to"]


def _disable(cast, _reminder):
    cast.manager.is_active = False
    cast.manager.save()


def _end_membership(cast, _reminder):
    Membership.objects.filter(user=cast.manager).update(ends_on=date(2018, 2, 28))


def _leave_the_convention(cast, _reminder):
    cast.first_party.ends_on = date(2018, 2, 28)
    cast.first_party.save()


def _do(_cast, reminder):
    reminder.deadline.done_on = date(2018, 2, 28)
    reminder.deadline.save()


def _withdraw(_cast, reminder):
    reminder.deadline.retired_at = NOW
    reminder.deadline.save()


@pytest.mark.parametrize(
    "change", [_disable, _end_membership, _leave_the_convention, _do, _withdraw]
)
def test_a_row_written_weeks_ago_proves_itself_again_before_it_leaves(smtp, cast, reminder, change):
    change(cast, reminder)
    assert send_reminders() == {Outcome.CANCELLED: 1}
    assert _status(reminder) == ReminderStatus.ANNULE
    assert reminder.failure
    assert smtp.messages == []


def test_the_fallback_address_is_told_when_the_last_person_has_gone(smtp, cast, reminder):
    cast.epci.reminder_email = "habitat@exemple.fr"
    cast.epci.save()
    Membership.objects.filter(organisation=cast.epci).update(ends_on=date(2018, 2, 28))
    assert send_reminders() == {Outcome.CANCELLED: 1, Outcome.SENT: 1}
    assert smtp.messages[0]["To"] == "habitat@exemple.fr"
    assert send_reminders() == {}


def test_when_nobody_at_all_is_left_the_journal_says_so(smtp, cast, reminder):
    Membership.objects.filter(organisation=cast.epci).update(ends_on=date(2018, 2, 28))
    assert send_reminders() == {Outcome.CANCELLED: 1}
    assert JournalEntry.objects.filter(verb=Verb.REMINDER_FAILED).exists()


def test_after_an_outage_one_reminder_of_a_date_leaves_not_all_of_them(smtp, cast):
    deadline = make_deadline(cast.convention)
    old = make_reminder(deadline, cast.manager, rule=30, due_at=NOW - timedelta(days=23))
    make_reminder(deadline, cast.manager, rule=7, due_at=NOW - timedelta(days=2))
    assert send_reminders() == {Outcome.CANCELLED: 1, Outcome.SENT: 1}
    assert _status(old) == ReminderStatus.ANNULE
    (message,) = smtp.messages
    text = plain(message.get_body(("plain",)).get_content())
    assert "Ce rappel part en retard de 2 jours." in text


def test_a_correction_tells_the_old_and_the_new_date(smtp, cast):
    make_reminder(
        make_deadline(cast.convention), cast.manager, rule=0, previous_on=date(2018, 3, 20)
    )
    assert send_reminders() == {Outcome.SENT: 1}
    (message,) = smtp.messages
    assert message["Subject"].strip().startswith("Date corrigée")
    text = plain(message.get_body(("plain",)).get_content())
    assert "mardi 20 mars 2018, n’est plus la bonne" in text
    assert "Nouvelle date : mardi 3 avril 2018." in text


def test_a_date_withdrawn_is_corrected_too(smtp, cast):
    deadline = make_deadline(cast.convention, retired_at=NOW)
    make_reminder(deadline, cast.manager, rule=0, previous_on=deadline.due_on)
    assert send_reminders() == {Outcome.SENT: 1}
    assert "n’a plus cours" in smtp.messages[0].get_body(("plain",)).get_content()


# A mail server that is down, mute or rude ---------------------------------------------------------


def test_a_silent_server_is_retried_later_and_stops_the_run(smtp, cast, reminder):
    smtp.mute = True
    assert send_reminders() == {Outcome.UNREACHABLE: 1}
    assert _status(reminder) == ReminderStatus.A_ENVOYER
    assert (reminder.attempts, reminder.next_try_at) == (1, NOW + timedelta(minutes=1))
    smtp.mute = False
    assert send_reminders(NOW + timedelta(minutes=1)) == {Outcome.SENT: 1}


def test_a_server_that_is_down_is_retried_for_a_day_then_given_up(smtp, cast, reminder, settings):
    smtp.stop()
    now = NOW
    for delay in DELAYS:
        assert send_reminders(now) == {Outcome.UNREACHABLE: 1}
        now += delay
    assert send_reminders(now) == {Outcome.UNREACHABLE: 1}
    assert now - NOW <= timedelta(days=1)
    assert _status(reminder) == ReminderStatus.ECHEC
    assert JournalEntry.objects.filter(verb=Verb.REMINDER_FAILED).count() == 1


def test_an_address_refused_for_good_is_not_tried_again(smtp, cast, reminder):
    smtp.answers["RCPT"] = "550 5.1.1 Boite inconnue"
    assert send_reminders() == {Outcome.POSTPONED: 1}
    assert _status(reminder) == ReminderStatus.ECHEC
    assert "550" in reminder.failure
    assert reminder.attempts == 1


@pytest.mark.parametrize(
    ("verb", "answer"),
    [
        ("RCPT", "450 4.2.1 Boite occupee"),
        ("MAIL", "550 5.7.1 Expediteur refuse"),
        ("DATA", "451 4.3.0 Reessayez"),
    ],
)
def test_a_passing_refusal_or_one_of_ours_is_tried_again(smtp, cast, reminder, verb, answer):
    smtp.answers[verb] = answer
    send_reminders()
    assert _status(reminder) == ReminderStatus.A_ENVOYER
    assert reminder.next_try_at > NOW


def test_a_message_refused_for_good_is_not_tried_again(smtp, cast, reminder):
    smtp.answers["DATA"] = "554 5.6.0 Contenu refuse"
    send_reminders()
    assert _status(reminder) == ReminderStatus.ECHEC


def test_one_bad_row_never_holds_up_the_others(smtp, cast, reminder, monkeypatch, caplog):
    other = make_reminder(
        make_deadline(cast.convention), cast.contributor, due_at=NOW + timedelta(seconds=1)
    )
    honest = sending.reminder_email

    def broken(row, **kwargs):
        if row.pk == reminder.pk:
            raise KeyError("gabarit")
        return honest(row, **kwargs)

    monkeypatch.setattr(sending, "reminder_email", broken)
    later = NOW + timedelta(seconds=2)
    assert send_reminders(later) == {Outcome.POSTPONED: 1, Outcome.SENT: 1}
    assert _status(other) == ReminderStatus.ENVOYE
    assert _status(reminder) == ReminderStatus.A_ENVOYER
    assert reminder.next_try_at == later + timedelta(hours=1)
    assert "set aside" in caplog.text


def test_a_crash_between_the_server_and_the_database_sends_again_under_the_same_name(
    smtp, cast, reminder, monkeypatch
):
    def crash(*_args, **_kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sending, "stamp", crash)
        with pytest.raises(SystemExit):
            send_reminders()
    assert _status(reminder) == ReminderStatus.A_ENVOYER
    assert send_reminders() == {}, "its lease still runs"
    assert send_reminders(NOW + LEASE) == {Outcome.SENT: 1}
    first, second = smtp.messages
    assert first["Message-ID"] == second["Message-ID"]


def test_a_crash_before_the_journal_is_told_by_the_next_pass(smtp, cast, reminder, monkeypatch):
    def crash(*_args, **_kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(journalling, "record_many", crash)
        with pytest.raises(SystemExit):
            send_reminders()
    assert _status(reminder) == ReminderStatus.ENVOYE
    assert not JournalEntry.objects.filter(verb=Verb.REMINDER_SENT).exists()
    make_reminder(make_deadline(cast.convention), cast.contributor)
    send_reminders()
    assert JournalEntry.objects.filter(verb=Verb.REMINDER_SENT).count() == 2
    assert broken_links() == []


# What the message holds ---------------------------------------------------------------------------


def test_the_message_has_a_text_part_a_html_part_and_one_link(smtp, cast, reminder):
    send_reminders()
    (message,) = smtp.messages
    link = f"https://revoyure.exemple/echeances/{reminder.deadline_id}/"
    for subtype in ("plain", "html"):
        content = message.get_body((subtype,)).get_content()
        assert link in content
        assert "<img" not in content
    text = plain(message.get_body(("plain",)).get_content())
    assert "Réunir le comité" in text
    assert "mardi 3 avril 2018, dans 33 jours." in text
    assert "Le rappel est une aide ; l’échéance fait foi par le contrat." in text
    assert message["Auto-Submitted"] == "auto-generated"


def test_no_figure_of_the_convention_leaves_by_mail(smtp, cast):
    engagement = make_engagement(
        cast.convention, cast.first_party, title="Produire 170 logements", wording="170 logements"
    )
    deadline = make_deadline(
        cast.convention,
        kind=DeadlineKind.ENGAGEMENT,
        title=str(engagement),
        wording=engagement.wording,
        engagement=engagement,
    )
    make_reminder(deadline, cast.manager)
    send_reminders()
    (message,) = smtp.messages
    assert "E1" in message["Subject"]
    assert b"170" not in bytes(message).replace(b"=\r\n", b"")


@pytest.mark.parametrize(
    "title", ["Comité\r\nBcc: tous@exemple.fr", "Comité\n\nTexte", "a\x0bb\x1f"]
)
def test_a_hostile_title_adds_no_header(smtp, cast, title):
    make_reminder(make_deadline(cast.convention, title=title), cast.manager)
    assert send_reminders() == {Outcome.SENT: 1}
    (message,) = smtp.messages
    assert message["Bcc"] is None
    assert "\n" not in message["Subject"]
    assert message.get_all("To") == [cast.manager.email]


def test_a_hostile_address_is_refused_without_stopping_anything(smtp, cast, reminder):
    type(cast.manager).objects.filter(pk=cast.manager.pk).update(email="a@b.fr\r\nBcc: c@d.fr")
    assert send_reminders() == {Outcome.POSTPONED: 1}
    assert _status(reminder) == ReminderStatus.ECHEC


def test_the_html_part_escapes_what_people_typed(cast):
    deadline = make_deadline(cast.convention, title="<script>alert(1)</script>")
    message = emails.reminder_email(
        make_reminder(deadline, cast.manager), on=date(2018, 3, 1), now=NOW
    )
    html = message.alternatives[0][0]
    assert "<script>" not in html
    assert "<script>alert(1)</script>" in message.body


def test_a_batch_costs_few_queries_a_mail(smtp, cast, django_assert_max_num_queries):
    count = 40
    for rank in range(count):
        day = date(2018, 4, 3) + timedelta(days=rank)
        make_reminder(make_deadline(cast.convention, due_on=day), cast.manager)
    with django_assert_max_num_queries(40 + 4 * count):
        assert send_reminders() == {Outcome.SENT: count}
