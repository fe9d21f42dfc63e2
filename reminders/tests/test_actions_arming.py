"""Reminders as rows: who is told of what, when people change their choices, and what apart."""

from datetime import UTC, date, timedelta

import pytest

from accounts.enums import OrganisationKind, Role
from accounts.models import JournalEntry, Membership
from accounts.tests.factories import make_member, make_organisation
from conventions.enums import LetterKind, TerminationKind
from conventions.models import RegisteredLetter, Termination
from conventions.tests.factories import make_convention
from engagements.tests.factories import make_engagement
from reminders.actions.arming import rearm
from reminders.actions.freezing import dates_ahead
from reminders.actions.settling import answer, withdraw_answer
from reminders.enums import (
    AnswerKind,
    DeadlineKind,
    ReminderNature,
    ReminderStatus,
    Rhythm,
    Sharing,
)
from reminders.models import (
    AddedDeadline,
    Deadline,
    ExternalRecipient,
    LadderChoice,
    Reminder,
    RhythmChoice,
)
from reminders.rules.ladder import LADDERS
from reminders.tests.factories import NOW, TODAY, project_now

pytestmark = pytest.mark.django_db


def _rearm(convention, *, now=NOW, on=TODAY):
    rearm([convention], now=now, on=on)


def _term(convention):
    return Deadline.objects.live().get(convention=convention, key="terme")


def _waiting(deadline, user=None):
    rows = deadline.reminders.unsent().filter(nature=ReminderNature.RAPPEL)
    return rows if user is None else rows.filter(recipient=user)


def _add(cast, **fields):
    fields.setdefault("title", "Préparer la réunion")
    fields.setdefault("due_on", date(2018, 6, 15))
    fields.setdefault("author", cast.manager)
    return AddedDeadline.objects.create(convention=cast.convention, added_at=NOW, **fields)


# Choices ------------------------------------------------------------------------------------------


def test_a_ladder_chosen_moves_the_rows_and_taken_back_brings_them_back(cast):
    project_now(cast.convention)
    term = _term(cast.convention)
    choice = LadderChoice.objects.create(
        user=cast.contributor, kind=DeadlineKind.TERME, months=[12], days=[]
    )
    _rearm(cast.convention)
    assert _waiting(term, cast.contributor).count() == 1
    assert _waiting(term, cast.manager).count() == 10
    choice.delete()
    _rearm(cast.convention)
    assert _waiting(term, cast.contributor).count() == 10
    assert not term.reminders.filter(status=ReminderStatus.ANNULE).exists()


def test_arming_twice_changes_nothing(cast):
    project_now(cast.convention)
    before = list(Reminder.objects.order_by("pk").values())
    _rearm(cast.convention)
    assert list(Reminder.objects.order_by("pk").values()) == before


def test_a_weekly_rhythm_brings_each_rung_to_its_monday_and_back(cast):
    project_now(cast.convention)
    term = _term(cast.convention)
    usual = dict(_waiting(term, cast.manager).values_list("rule", "due_at"))
    choice = RhythmChoice.objects.create(user=cast.manager, rhythm=Rhythm.HEBDOMADAIRE)
    _rearm(cast.convention)
    for row in _waiting(term, cast.manager):
        assert row.due_at == row.next_try_at
        assert row.due_at.astimezone(UTC).weekday() == 0
        assert timedelta(0) <= usual[row.rule] - row.due_at < timedelta(days=7, hours=2)
    choice.delete()
    _rearm(cast.convention)
    assert dict(_waiting(term, cast.manager).values_list("rule", "due_at")) == usual


def test_who_left_is_told_no_more_and_what_is_due_is_left_to_the_sender(cast):
    project_now(cast.convention)
    term = _term(cast.convention)
    due = _waiting(term, cast.contributor).order_by("due_at").first()
    Membership.objects.filter(user=cast.contributor).update(ends_on=TODAY - timedelta(days=1))
    Reminder.objects.filter(pk=due.pk).update(due_at=NOW, next_try_at=NOW)
    _rearm(cast.convention)
    assert list(_waiting(term, cast.contributor)) == [due]


def test_an_outsider_is_told_of_the_kinds_asked_for_until_it_stops(cast):
    outsider = ExternalRecipient.objects.create(
        convention=cast.convention,
        party=cast.first_party,
        email="notaire@exemple.fr",
        name="Maître Durand",
        kinds=[DeadlineKind.TERME],
        added_by=cast.manager,
        added_at=NOW,
    )
    project_now(cast.convention)
    rows = Reminder.objects.unsent().filter(external=outsider)
    assert {row.deadline.kind for row in rows} == {DeadlineKind.TERME}
    outsider.stopped_at = NOW
    outsider.save()
    _rearm(cast.convention)
    assert not Reminder.objects.unsent().filter(external=outsider).exists()


# Answers ------------------------------------------------------------------------------------------


def _way_out(convention):
    rows = Deadline.objects.upcoming(on=TODAY).filter(
        convention=convention, kind=DeadlineKind.RESILIATION
    )
    return rows.order_by("due_on").last()


def test_the_side_that_answered_is_silent_and_stays_so_when_dates_are_counted_again(cast):
    project_now(cast.convention)
    row = _way_out(cast.convention)
    answer(row, kind=AnswerKind.SANS_OBJET, by=cast.manager, on=TODAY, now=NOW, reason="On reste.")
    project_now(cast.convention)
    assert not _waiting(row, cast.manager).exists()
    assert _waiting(row, cast.counterpart).exists()
    withdraw_answer(row, by=cast.manager, on=TODAY, now=NOW)
    assert _waiting(row, cast.manager).exists()


def _above(deadline):
    return deadline.reminders.unsent().filter(nature=ReminderNature.ESCALADE)


def test_those_above_are_told_when_nobody_answers_and_not_once_somebody_has(cast):
    chief = make_member(cast.epci, Role.ADMINISTRATEUR)
    make_engagement(cast.convention, cast.first_party, due_on=date(2018, 6, 29))
    project_now(cast.convention)
    row = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
    (told,) = _above(row)
    assert told.recipient == chief
    assert told.rule == LADDERS[DeadlineKind.ENGAGEMENT].escalates
    answer(row, kind=AnswerKind.PRISE_EN_CHARGE, by=cast.manager, on=TODAY, now=NOW)
    project_now(cast.convention)
    assert not _above(row).exists()
    assert _waiting(row, cast.manager).exists()


def test_where_each_side_decides_alone_the_silence_of_one_is_told_above_it(cast):
    chief = make_member(cast.epci, Role.ADMINISTRATEUR)
    other_chief = make_member(cast.action_logement, Role.ADMINISTRATEUR)
    project_now(cast.convention)
    row = _way_out(cast.convention)
    answer(row, kind=AnswerKind.PRISE_EN_CHARGE, by=cast.manager, on=TODAY, now=NOW)
    project_now(cast.convention)
    assert set(_above(row).values_list("recipient", flat=True)) == {other_chief.pk}
    assert chief.pk != other_chief.pk


def test_what_is_late_is_recalled_until_it_is_done(cast):
    engagement = make_engagement(cast.convention, cast.first_party, due_on=date(2018, 2, 27))
    project_now(cast.convention)
    row = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
    assert set(_waiting(row, cast.manager).values_list("rule", flat=True)) == {-7, -30}
    engagement.due_on = None
    engagement.save()
    project_now(cast.convention)
    assert not _waiting(row).exists()


# Apart --------------------------------------------------------------------------------------------


def test_what_a_person_keeps_is_told_to_them_alone(cast):
    _add(cast, sharing=Sharing.MOI, author=cast.reader)
    project_now(cast.convention)
    row = Deadline.every.get(kind=DeadlineKind.AJOUTEE)
    assert row.owner == cast.reader
    assert set(row.reminders.values_list("recipient", flat=True)) == {cast.reader.pk}
    Membership.objects.filter(user=cast.reader).update(ends_on=TODAY - timedelta(days=1))
    project_now(cast.convention)
    assert not _waiting(row).exists()


def test_what_an_organisation_keeps_is_told_to_its_own_people(cast):
    _add(cast, sharing=Sharing.ORGANISME, party=cast.first_party)
    ExternalRecipient.objects.create(
        convention=cast.convention,
        party=cast.first_party,
        email="dehors@exemple.fr",
        name="Dehors",
        added_by=cast.manager,
        added_at=NOW,
    )
    project_now(cast.convention)
    row = Deadline.every.get(kind=DeadlineKind.AJOUTEE)
    assert (row.reserved_to, row.party) == (cast.epci, cast.first_party)
    people = set(row.reminders.values_list("recipient", flat=True))
    assert people == {cast.manager.pk, cast.contributor.pk}


def test_what_is_shared_is_told_to_all_and_what_is_apart_is_printed_nowhere(cast):
    _add(cast, sharing=Sharing.PARTIES, title="Pour tous")
    _add(cast, sharing=Sharing.ORGANISME, party=cast.first_party, title="Pour nous")
    _add(cast, sharing=Sharing.MOI, title="Pour moi")
    changes = project_now(cast.convention)
    shared = Deadline.objects.get(kind=DeadlineKind.AJOUTEE)
    assert cast.counterpart.pk in shared.reminders.values_list("recipient", flat=True)
    titles = {row["title"] for row in dates_ahead(cast.convention, on=TODAY)}
    assert "Pour tous" in titles
    assert not titles & {"Pour nous", "Pour moi"}
    assert {"Pour nous", "Pour moi"} <= {row.title for row in changes.written}


def test_the_journal_of_the_convention_does_not_tell_what_is_kept_apart(cast):
    project_now(cast.convention)
    _add(cast, sharing=Sharing.MOI, title="Pour moi")
    project_now(cast.convention)
    assert Deadline.every.filter(title="Pour moi").exists()
    lines = JournalEntry.objects.of_dossier(cast.convention.pk)
    told = str(list(lines.values_list("data", flat=True)))
    assert "Terme de la convention" in told
    assert "Pour moi" not in told


def test_a_date_removed_is_retired_and_silent(cast):
    added = _add(cast, sharing=Sharing.MOI)
    project_now(cast.convention)
    added.removed_at = NOW
    added.save()
    project_now(cast.convention)
    row = Deadline.every.get(kind=DeadlineKind.AJOUTEE)
    assert not row.is_live
    assert not _waiting(row).exists()


def test_a_draft_keeps_its_added_dates_and_tells_nobody(db):
    epci = make_organisation(kind=OrganisationKind.EPCI)
    author = make_member(epci, Role.RESPONSABLE)
    convention = make_convention(epci=epci)
    AddedDeadline.objects.create(
        convention=convention,
        title="Relire",
        due_on=date(2018, 6, 15),
        sharing=Sharing.PARTIES,
        author=author,
        added_at=NOW,
    )
    project_now(convention)
    assert Deadline.objects.get(convention=convention).kind == DeadlineKind.AJOUTEE
    assert not Reminder.objects.exists()


def test_the_proofs_of_a_letter_are_the_business_of_who_posted_it(cast):
    ending = Termination.objects.create(
        convention=cast.convention,
        kind=TerminationKind.RESILIATION,
        party=cast.first_party,
        created_by=cast.manager,
    )
    RegisteredLetter.objects.create(
        termination=ending,
        addressee=cast.second_party,
        kind=LetterKind.LRE,
        posted_on=date(2018, 2, 28),
    )
    project_now(cast.convention)
    assert not Deadline.objects.filter(kind=DeadlineKind.PREUVES_LRE).exists()
    rows = Deadline.every.filter(kind=DeadlineKind.PREUVES_LRE)
    assert {row.reserved_to for row in rows} == {cast.epci}
    told = set(Reminder.objects.filter(deadline__in=rows).values_list("recipient", flat=True))
    assert told == {cast.manager.pk, cast.contributor.pk}
