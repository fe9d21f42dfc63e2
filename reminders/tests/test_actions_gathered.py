"""What leaves together, and to whom: digests, outages, absences, outsiders, escalation."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import Absence, JournalEntry, Membership
from accounts.tests.factories import make_member
from conventions.enums import ConventionStatus
from reminders.actions.delivery import Outcome
from reminders.actions.leasing import LEASE, claim
from reminders.actions.selfcheck import check_portal
from reminders.enums import (
    AnswerKind,
    DeadlineKind,
    FindingKind,
    ReminderNature,
    ReminderStatus,
    Rhythm,
)
from reminders.models import DeadlineAnswer, ExternalRecipient, Finding, Reminder, RhythmChoice
from reminders.rules.outside import recipient_of
from reminders.tests.factories import NOW, make_deadline, make_reminder, plain, send_reminders

pytestmark = pytest.mark.django_db
BACK = NOW + timedelta(days=30)


def text_of(message) -> str:
    return plain(message.get_body(("plain",)).get_content())


def several(cast, recipient, count=3, **fields) -> list[Reminder]:
    """Return reminders of several dates, due together."""
    return [
        make_reminder(
            make_deadline(
                cast.convention,
                due_on=date(2018, 4, 3) + timedelta(days=rank),
                title=f"Comité {rank + 1}",
            ),
            recipient,
            **fields,
        )
        for rank in range(count)
    ]


def statuses() -> set:
    return set(Reminder.objects.values_list("status", flat=True))


# Gathering ----------------------------------------------------------------------------------------


def test_all_that_is_due_in_the_same_minute_leaves_in_one_pass(smtp, cast):
    rows = several(cast, cast.manager, 25) + several(cast, cast.contributor, 25)
    assert send_reminders() == {Outcome.SENT: 50}
    assert {m["Message-ID"] for m in smtp.messages} == {row.message_id for row in rows}


@pytest.mark.parametrize("rhythm", [Rhythm.QUOTIDIEN, Rhythm.HEBDOMADAIRE])
def test_who_asked_for_fewer_messages_gets_one_with_every_date(smtp, cast, rhythm):
    RhythmChoice.objects.create(user=cast.manager, rhythm=rhythm)
    rows = several(cast, cast.manager)
    several(cast, cast.contributor)
    assert send_reminders() == {Outcome.SENT: 4}
    (mine,) = [m for m in smtp.messages if m["To"] == cast.manager.email]
    assert mine["Message-ID"] == rows[0].message_id
    assert plain(mine["Subject"]).strip() == "3 échéances à suivre, la prochaine dans 33 jours"
    text = text_of(mine)
    assert all(f"Comité {rank}" in text for rank in (1, 2, 3))
    assert text.index("Comité 1") < text.index("Comité 3")
    assert text.count("https://revoyure.exemple/echeances/\r\n") == 1


def test_each_row_of_a_gathered_message_keeps_its_own_words_alone(smtp, cast):
    RhythmChoice.objects.create(organisation=cast.epci, rhythm=Rhythm.QUOTIDIEN)
    first, *others = several(cast, cast.manager)
    send_reminders()
    for row in [first, *others]:
        row.refresh_from_db()
        assert (row.leader, row.sent_to) == (first, cast.manager.email)
    assert "Comité 2" not in first.body
    assert JournalEntry.objects.filter(subject_type="reminders.reminder").count() == 3


def test_after_thirty_days_of_silence_each_person_gets_one_message(smtp, cast):
    late = several(cast, cast.manager, 30) + several(cast, cast.contributor, 4)
    fresh = make_reminder(
        make_deadline(cast.convention, due_on=date(2018, 4, 25)), cast.manager, due_at=BACK
    )
    assert send_reminders(BACK) == {Outcome.SENT: 2}
    assert sorted(m["To"] for m in smtp.messages) == sorted(
        [cast.manager.email, cast.contributor.email]
    )
    text = text_of(next(m for m in smtp.messages if m["To"] == cast.manager.email))
    assert text.count("en retard de 30 jours") == 30
    assert statuses() == {ReminderStatus.ENVOYE}
    assert send_reminders(BACK) == {}
    assert Reminder.objects.sent().count() == len(late) + 1
    assert fresh.leader_id is None


def test_a_message_bigger_than_a_batch_is_still_one(smtp, cast, monkeypatch):
    monkeypatch.setattr("reminders.actions.leasing.BATCH", 5)
    several(cast, cast.manager, 20)
    several(cast, cast.contributor, 20)
    assert send_reminders(BACK) == {Outcome.SENT: 2}


def test_what_a_dead_worker_had_gathered_comes_back_as_the_same_message(smtp, cast, monkeypatch):
    RhythmChoice.objects.create(user=cast.manager, rhythm=Rhythm.QUOTIDIEN)
    rows = several(cast, cast.manager)
    with monkeypatch.context() as patch:
        patch.setattr("reminders.actions.sending.stamp", _die)
        with pytest.raises(SystemExit):
            send_reminders()
    # Another date falls due meanwhile: it is another message.
    make_reminder(make_deadline(cast.convention), cast.manager, due_at=NOW + LEASE)
    assert send_reminders(NOW + LEASE) == {Outcome.SENT: 2}
    names = [m["Message-ID"] for m in smtp.messages]
    assert names[:2] == [rows[0].message_id] * 2
    assert len(set(names)) == 2


def _die(*_args, **_kwargs):
    raise SystemExit


def test_two_workers_never_take_the_same_rows(cast):
    several(cast, cast.manager, 8)
    first, second = claim(Reminder, now=NOW), claim(Reminder, now=NOW)
    assert len(first.pks) == 8
    assert second is None
    again = claim(Reminder, now=NOW + LEASE)
    assert set(again.pks) == set(first.pks)


# Absence ------------------------------------------------------------------------------------------


@pytest.fixture
def away(cast):
    return Absence.objects.create(
        user=cast.manager, delegate=cast.reader, starts_on=date(2018, 2, 26), ends_on=NOW.date()
    )


def test_in_an_absence_the_delegate_reads_and_the_absent_one_has_a_copy(smtp, cast, away):
    reminder = make_reminder(make_deadline(cast.convention), cast.manager)
    send_reminders()
    (message,) = smtp.messages
    assert (message["To"], message["Cc"]) == (cast.reader.email, cast.manager.email)
    assert "En l’absence de Claire Vuillemin, qui reçoit ce message en copie." in text_of(message)
    reminder.refresh_from_db()
    assert reminder.sent_to == f"{cast.reader.email}, {cast.manager.email}"
    assert Reminder.objects.count() == 1


def test_the_absence_ends_with_its_last_day(smtp, cast, away):
    tomorrow = NOW + timedelta(days=1)
    make_reminder(make_deadline(cast.convention), cast.manager, due_at=tomorrow)
    send_reminders(tomorrow)
    assert (smtp.messages[0]["To"], smtp.messages[0]["Cc"]) == (cast.manager.email, None)


def _disabled(cast, away):
    cast.reader.is_active = False
    cast.reader.save()


def _of_elsewhere(cast, away):
    away.delegate = cast.stranger
    away.save()


@pytest.mark.parametrize("change", [_disabled, _of_elsewhere])
def test_who_may_not_read_the_convention_stands_in_for_nobody(smtp, cast, away, change):
    change(cast, away)
    make_reminder(make_deadline(cast.convention), cast.manager)
    send_reminders()
    (message,) = smtp.messages
    assert (message["To"], message["Cc"]) == (cast.manager.email, None)


def test_a_delegate_who_is_told_in_their_own_name_is_not_told_twice(smtp, cast, away):
    away.delegate = cast.contributor
    away.save()
    deadline = make_deadline(cast.convention)
    make_reminder(deadline, cast.manager)
    make_reminder(deadline, cast.contributor)
    send_reminders()
    assert [(m["To"], m["Cc"]) for m in smtp.messages] == [
        (cast.manager.email, None),
        (cast.contributor.email, None),
    ]


# Who may no longer be told ------------------------------------------------------------------------


def answer(cast, deadline, party, kind=AnswerKind.FAITE, by=None) -> None:
    DeadlineAnswer.objects.create(
        deadline=deadline, party=party, kind=kind, by=by or cast.manager, at=NOW, reason="Oui."
    )


def test_a_side_that_is_done_is_told_nothing_more(smtp, cast):
    deadline = make_deadline(cast.convention, kind=DeadlineKind.RESILIATION)
    make_reminder(deadline, cast.manager)
    make_reminder(deadline, cast.counterpart)
    answer(cast, deadline, cast.first_party)
    assert send_reminders() == {Outcome.CANCELLED: 1, Outcome.SENT: 1}
    assert smtp.messages[0]["To"] == cast.counterpart.email


def test_who_takes_it_in_charge_is_still_reminded(smtp, cast):
    deadline = make_deadline(cast.convention)
    make_reminder(deadline, cast.manager)
    answer(cast, deadline, cast.first_party, AnswerKind.PRISE_EN_CHARGE)
    assert send_reminders() == {Outcome.SENT: 1}


@pytest.mark.parametrize("status", [ConventionStatus.BROUILLON, ConventionStatus.EN_SIGNATURE])
def test_nothing_leaves_for_what_is_not_signed(smtp, cast, status):
    make_reminder(make_deadline(cast.convention), cast.manager)
    type(cast.convention).objects.update(status=status)
    assert send_reminders() == {Outcome.CANCELLED: 1}
    assert smtp.messages == []


def test_what_a_person_keeps_is_told_to_them_alone(smtp, cast):
    deadline = make_deadline(cast.convention, kind=DeadlineKind.AJOUTEE, owner=cast.reader)
    make_reminder(deadline, cast.reader)
    make_reminder(deadline, cast.manager)
    assert send_reminders() == {Outcome.CANCELLED: 1, Outcome.SENT: 1}
    assert smtp.messages[0]["To"] == cast.reader.email
    entry = JournalEntry.objects.get(subject_type="reminders.reminder")
    assert entry.dossier_id is None
    assert deadline.title not in entry.subject_label


def test_the_journal_keeps_apart_what_each_side_answers_apart(smtp, cast):
    deadline = make_deadline(cast.convention, kind=DeadlineKind.RESILIATION)
    make_reminder(deadline, cast.manager)
    make_reminder(deadline, cast.counterpart)
    send_reminders()
    entries = JournalEntry.objects.filter(subject_type="reminders.reminder")
    assert {entry.data["reserved_to"] for entry in entries} == {
        cast.epci.pk, cast.action_logement.pk
    }  # fmt: skip


# Escalation ---------------------------------------------------------------------------------------


@pytest.fixture
def above(cast):
    return make_member(cast.epci, Role.ADMINISTRATEUR, first_name="Anne", last_name="Cheffe")


def escalate(deadline, recipient, **fields) -> Reminder:
    return make_reminder(deadline, recipient, nature=ReminderNature.ESCALADE, rule=-7, **fields)


def test_those_above_are_told_when_nobody_answered(smtp, cast, above):
    escalate(make_deadline(cast.convention), above)
    assert send_reminders() == {Outcome.SENT: 1}
    (message,) = smtp.messages
    assert message["Subject"].startswith("Sans réponse, dans")
    assert "Personne n’y a encore répondu" in text_of(message)


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_an_answer_of_anybody_is_enough(smtp, cast, above, kind):
    deadline = make_deadline(cast.convention)
    escalate(deadline, above)
    answer(cast, deadline, cast.second_party, kind, by=cast.counterpart)
    assert send_reminders() == {Outcome.CANCELLED: 1}
    assert "répondu" in Reminder.objects.get().failure


def test_where_each_side_answers_apart_the_silence_of_one_is_its_own(smtp, cast, above):
    deadline = make_deadline(cast.convention, kind=DeadlineKind.RESILIATION)
    escalate(deadline, above)
    answer(cast, deadline, cast.second_party, by=cast.counterpart)
    assert send_reminders() == {Outcome.SENT: 1}


# Outsiders and those who are gone -----------------------------------------------------------------


@pytest.fixture
def outsider(cast):
    return ExternalRecipient.objects.create(
        convention=cast.convention,
        party=cast.first_party,
        email="notaire@exemple.fr",
        name="Maître Blanc",
        added_by=cast.manager,
        added_at=NOW,
    )


def test_an_outsider_gets_one_link_of_their_own_and_a_way_to_stop(smtp, cast, outsider):
    make_reminder(make_deadline(cast.convention), external=outsider)
    assert send_reminders() == {Outcome.SENT: 1}
    (message,) = smtp.messages
    assert message["To"] == "notaire@exemple.fr"
    link = message["List-Unsubscribe"].strip("<>").replace("\r\n", "").replace(" ", "")
    assert recipient_of(link.rstrip("/").rpartition("/")[2]) == outsider.pk
    text = text_of(message)
    assert "Régler mes rappels" not in text
    assert "Ne plus recevoir ces rappels" in text
    assert f"/echeances/{Reminder.objects.get().deadline_id}/" not in text


@pytest.mark.parametrize(
    "fields", [{"stopped_at": NOW}, {"kinds": [DeadlineKind.TERME]}], ids=["stopped", "other"]
)
def test_an_outsider_who_stopped_or_asked_for_other_dates_is_told_nothing(
    smtp, cast, outsider, fields
):
    make_reminder(make_deadline(cast.convention), external=outsider)
    ExternalRecipient.objects.update(**fields)
    assert send_reminders() == {Outcome.CANCELLED: 1}


def test_what_one_organisation_keeps_does_not_go_outside(smtp, cast, outsider):
    deadline = make_deadline(
        cast.convention, kind=DeadlineKind.AJOUTEE, reserved_to=cast.epci, party=cast.first_party
    )
    make_reminder(deadline, external=outsider)
    make_reminder(deadline, cast.manager)
    assert send_reminders() == {Outcome.CANCELLED: 1, Outcome.SENT: 1}
    assert smtp.messages[0]["To"] == cast.manager.email


def test_a_party_with_nobody_at_all_is_a_finding(smtp, cast):
    make_reminder(make_deadline(cast.convention), cast.manager)
    Membership.objects.filter(organisation=cast.epci).update(ends_on=date(2018, 2, 28))
    assert send_reminders() == {Outcome.CANCELLED: 1}
    (finding,) = Finding.objects.standing()
    assert finding.kind == FindingKind.PERSONNE_A_PREVENIR
    assert finding.organisation == cast.epci


def test_an_address_that_refuses_is_a_finding(smtp, cast):
    reminder = make_reminder(make_deadline(cast.convention), cast.manager)
    smtp.answers["RCPT"] = "550 5.1.1 Boite inconnue"
    send_reminders()
    (finding,) = Finding.objects.standing()
    assert (finding.kind, finding.deadline) == (FindingKind.RAPPEL_ECHOUE, reminder.deadline)
    assert "550" in finding.words
    assert finding.organisation == cast.epci


def test_a_personal_date_that_cannot_be_told_is_named_to_nobody(smtp, cast):
    owner = cast.manager
    deadline = make_deadline(cast.convention, kind=DeadlineKind.AJOUTEE, owner=owner)
    reminder = make_reminder(deadline, owner)
    smtp.answers["RCPT"] = "550 5.1.1 Boite inconnue"
    send_reminders()
    (finding,) = Finding.objects.standing()
    assert (finding.convention, finding.deadline, finding.organisation) == (None, None, None)
    reminder.refresh_from_db()
    reminder.status = ReminderStatus.ANNULE
    reminder.save()
    check_portal(now=NOW)
    assert not Finding.objects.standing().filter(kind=FindingKind.RAPPEL_ECHOUE).exists()


def test_a_reminder_of_a_date_that_moved_does_not_leave(smtp, cast):
    deadline = make_deadline(cast.convention)
    make_reminder(deadline, cast.manager)
    deadline.due_on += timedelta(days=3)
    deadline.save()
    assert send_reminders() == {Outcome.CANCELLED: 1}


def test_what_is_read_of_a_batch_does_not_grow_with_it(smtp, cast, away, outsider):
    def statements(rows: int) -> int:
        Reminder.objects.all().delete()
        for row in several(cast, cast.manager, rows):
            make_reminder(row.deadline, external=outsider)
        with CaptureQueriesContext(connection) as captured:
            assert send_reminders() == {Outcome.SENT: 2 * rows}
        # Each mail is stamped by one.
        return len(captured) - 2 * rows

    statements(1)
    assert statements(30) <= statements(3)
