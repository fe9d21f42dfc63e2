"""Deadlines as rows: derived, idempotent, re-armed when they move, corrected once told."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation
from conventions.models import Convention, Mandate
from conventions.signals import acte_signe, dates_changed
from conventions.tests.factories import make_convention, make_signed_convention, make_territory
from engagements.enums import Recurrence, State
from engagements.models import StateChange
from engagements.signals import engagement_changed, revoyure_changed
from engagements.tests.factories import make_engagement, make_revoyure
from reminders.actions.projection import conventions_to_project, project_many
from reminders.enums import DeadlineKind, ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.tests.factories import NOW, TODAY, project_now
from territories.enums import TerritoryKind

pytestmark = pytest.mark.django_db


def _live(convention, key):
    return Deadline.objects.live().get(convention=convention, key=key)


def _move_term(convention, ends_on):
    Convention.objects.filter(pk=convention.pk).update(ends_on=ends_on)
    convention.refresh_from_db()


def _send(reminder):
    reminder.status = ReminderStatus.ENVOYE
    reminder.save()


def test_a_draft_has_no_deadline(db):
    convention = make_convention()
    assert not project_now(convention)
    assert not Deadline.objects.exists()


def test_projecting_twice_writes_nothing_the_second_time(cast):
    assert project_now(cast.convention).written
    before = list(Deadline.objects.order_by("pk").values()), Reminder.objects.count()
    assert not project_now(cast.convention)
    assert (list(Deadline.objects.order_by("pk").values()), Reminder.objects.count()) == before


def test_the_history_is_there_but_reminds_nobody(cast):
    project_now(cast.convention)
    past = Deadline.objects.past(on=TODAY)
    assert past.filter(kind=DeadlineKind.CONTROLE_LEGALITE).exists()
    assert not Reminder.objects.filter(deadline__in=past).exists()


def test_each_party_is_reminded_by_its_contributors_and_managers_alone(cast):
    project_now(cast.convention)
    term = _live(cast.convention, "terme")
    people = set(term.reminders.values_list("recipient", flat=True))
    assert people == {cast.manager.pk, cast.contributor.pk, cast.counterpart.pk}
    assert term.reminders.filter(recipient=cast.manager).count() == 10


def test_a_debtor_alone_is_reminded_of_its_engagement(cast):
    make_engagement(cast.convention, cast.second_party, due_on=date(2018, 6, 30))
    project_now(cast.convention)
    row = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
    assert set(row.reminders.values_list("recipient", flat=True)) == {cast.counterpart.pk}


def test_a_delegation_is_reminded_in_its_region_only(cast):
    region, other = (make_territory(kind=TerritoryKind.REGION) for _ in range(2))
    Convention.objects.filter(pk=cast.convention.pk).update(region=region)
    here, elsewhere = (
        make_member(
            make_organisation(
                kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement, regions=[place]
            )
        )
        for place in (region, other)
    )
    project_now(cast.convention)
    people = set(Reminder.objects.values_list("recipient", flat=True))
    assert here.pk in people
    assert elsewhere.pk not in people


def test_where_nobody_follows_the_administrators_then_the_fallback_address_are_told(cast):
    cast.counterpart.is_active = False
    cast.counterpart.save()
    cast.action_logement.reminder_email = "secretariat@exemple.fr"
    cast.action_logement.save()
    project_now(cast.convention)
    term = _live(cast.convention, "terme")
    assert term.reminders.filter(fallback_email="secretariat@exemple.fr").count() == 10
    administrator = make_member(cast.action_logement, Role.ADMINISTRATEUR)
    project_now(cast.convention)
    assert term.reminders.filter(recipient=administrator).count() == 10


def test_a_newcomer_is_armed_by_the_next_projection(cast):
    project_now(cast.convention)
    newcomer = make_member(cast.epci, Role.CONTRIBUTEUR)
    project_now(cast.convention)
    assert _live(cast.convention, "terme").reminders.filter(recipient=newcomer).count() == 10


def test_a_date_that_moves_retires_its_row_and_arms_another(cast):
    project_now(cast.convention)
    old = _live(cast.convention, "terme")
    _move_term(cast.convention, date(2020, 12, 31))
    project_now(cast.convention)
    old.refresh_from_db()
    new = _live(cast.convention, "terme")
    assert old.retired_at == NOW
    assert new.due_on == date(2020, 12, 31)
    assert not old.reminders.unsent().exists()
    assert new.reminders.unsent().count() == 30
    assert not Reminder.objects.exclude(previous_on=None).exists()


def test_those_already_told_get_one_correction(cast):
    project_now(cast.convention)
    old = _live(cast.convention, "terme")
    for reminder in old.reminders.filter(recipient=cast.manager).order_by("due_at")[:2]:
        _send(reminder)
    _move_term(cast.convention, date(2020, 12, 31))
    project_now(cast.convention)
    project_now(cast.convention)
    correction = Reminder.objects.get(rule=0)
    assert correction.recipient == cast.manager
    assert correction.deadline == _live(cast.convention, "terme")
    assert (correction.previous_on, correction.target_on) == (old.due_on, date(2020, 12, 31))
    assert correction.due_at == NOW


def test_two_moves_in_a_row_are_told_by_one_correction_from_what_was_told(cast):
    project_now(cast.convention)
    old = _live(cast.convention, "terme")
    _send(old.reminders.filter(recipient=cast.manager).first())
    for ends_on in (date(2020, 12, 31), date(2021, 1, 15)):
        _move_term(cast.convention, ends_on)
        project_now(cast.convention)
    correction = Reminder.objects.unsent().get(rule=0)
    assert (correction.previous_on, correction.target_on) == (old.due_on, date(2021, 1, 15))


def test_a_date_that_comes_back_to_what_was_told_needs_no_correction(cast):
    project_now(cast.convention)
    old = _live(cast.convention, "terme")
    _send(old.reminders.filter(recipient=cast.manager).first())
    for ends_on in (date(2020, 12, 31), old.due_on):
        _move_term(cast.convention, ends_on)
        project_now(cast.convention)
    assert not Reminder.objects.unsent().filter(rule=0).exists()


def test_a_date_that_vanishes_is_corrected_on_the_withdrawn_row(cast):
    engagement = make_engagement(cast.convention, cast.first_party, due_on=date(2018, 6, 30))
    project_now(cast.convention)
    row = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
    _send(row.reminders.filter(recipient=cast.manager).first())
    engagement.state = State.SUSPENDU
    engagement.save()
    project_now(cast.convention)
    row.refresh_from_db()
    assert not row.is_live
    assert row.reminders.unsent().get().previous_on == date(2018, 6, 30)


def test_a_message_that_left_while_its_date_was_moving_is_corrected_by_the_next_pass(cast):
    project_now(cast.convention)
    old = _live(cast.convention, "terme")
    leaving = old.reminders.filter(recipient=cast.manager).first()
    _move_term(cast.convention, date(2020, 12, 31))
    project_now(cast.convention)
    _send(leaving)
    project_now(cast.convention)
    assert Reminder.objects.unsent().get(rule=0).previous_on == old.due_on
    project_now(cast.convention)
    assert Reminder.objects.filter(rule=0).count() == 1


def test_what_is_behind_is_corrected_to_nobody(cast):
    engagement = make_engagement(cast.convention, cast.first_party, due_on=date(2018, 2, 1))
    project_now(cast.convention, now=NOW - timedelta(days=60), on=TODAY - timedelta(days=60))
    for reminder in Reminder.objects.all():
        _send(reminder)
    engagement.state = State.SANS_OBJET
    engagement.save()
    project_now(cast.convention)
    assert not Reminder.objects.filter(rule=0).exists()


def _keep(engagement, user, *, next_due_on=None):
    StateChange.objects.create(
        engagement=engagement,
        old_state=engagement.state,
        state=State.TENU,
        next_due_on=next_due_on,
        declared_by=user,
        declared_on=TODAY,
    )
    engagement.state, engagement.due_on = State.TENU, next_due_on or engagement.due_on
    engagement.save()


def test_an_engagement_kept_makes_its_deadline_done_and_silences_it(cast):
    engagement = make_engagement(cast.convention, cast.first_party, due_on=date(2018, 6, 30))
    project_now(cast.convention)
    _keep(engagement, cast.manager)
    project_now(cast.convention)
    row = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
    assert (row.done_on, row.done_by, row.is_live) == (TODAY, None, True)
    assert not row.reminders.unsent().exists()


def test_the_next_turn_of_an_engagement_is_a_new_deadline_without_any_correction(cast):
    engagement = make_engagement(
        cast.convention, cast.first_party, due_on=date(2018, 6, 30), recurrence=Recurrence.ANNUELLE
    )
    project_now(cast.convention)
    first = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
    _send(first.reminders.first())
    _keep(engagement, cast.manager, next_due_on=date(2019, 6, 30))
    project_now(cast.convention)
    first.refresh_from_db()
    second = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT, due_on=date(2019, 6, 30))
    assert (first.done_on, first.is_live) == (TODAY, True)
    assert second.reminders.unsent().filter(rule__gt=0).count() == 6
    assert not Reminder.objects.filter(rule=0).exists()


def test_an_open_revoyure_moves_its_steps_and_marks_its_opening(cast):
    project_now(cast.convention)
    make_revoyure(cast.convention, opened_on=date(2018, 10, 8))
    project_now(cast.convention, on=date(2018, 10, 8), now=datetime(2018, 10, 8, 9, tzinfo=UTC))
    assert _live(cast.convention, "revoyure:2018:ouverture").done_on == date(2018, 10, 8)
    assert _live(cast.convention, "revoyure:2018:contributions").due_on == date(2018, 11, 22)


def test_a_rolling_date_moves_in_place_and_reminds_nobody(cast):
    project_now(cast.convention)
    rolling = Deadline.objects.rolling().get()
    project_now(cast.convention, on=TODAY + timedelta(days=1), now=NOW + timedelta(days=1))
    moved = Deadline.objects.rolling().get()
    assert moved.pk == rolling.pk
    assert moved.due_on == rolling.due_on + timedelta(days=1)
    assert moved.revision == rolling.revision + 1
    assert not moved.reminders.exists()


def test_what_a_person_declared_done_is_not_undone_by_a_projection(cast):
    project_now(cast.convention)
    row = _live(cast.convention, "revoyure:2018:comite")
    row.done_on, row.done_by, row.done_note = TODAY, cast.manager, "réuni en visio"
    row.save()
    project_now(cast.convention)
    row.refresh_from_db()
    assert (row.done_on, row.done_note) == (TODAY, "réuni en visio")


def test_a_projection_that_changes_something_is_in_the_journal(cast):
    project_now(cast.convention, by=cast.manager)
    entry = JournalEntry.objects.filter(verb=Verb.DEADLINES_PROJECTED).get()
    assert entry.actor == cast.manager
    assert entry.dossier_id == cast.convention.pk
    project_now(cast.convention)
    assert JournalEntry.objects.filter(verb=Verb.DEADLINES_PROJECTED).count() == 1


@pytest.mark.parametrize("signal", ["act", "dates", "engagement", "revoyure"])
def test_every_announcement_of_the_floors_below_counts_the_dates_again(cast, signal):
    convention = cast.convention
    act = convention.acts.get(number=0)
    senders = {
        "act": lambda: acte_signe.send(sender=None, act=act, by=None, on=TODAY),
        "dates": lambda: dates_changed.send(sender=None, convention=convention, by=None, on=TODAY),
        "engagement": lambda: engagement_changed.send(
            sender=None, engagement=make_engagement(convention), by=None, on=TODAY
        ),
        "revoyure": lambda: revoyure_changed.send(
            sender=None, revoyure=make_revoyure(convention), by=None, on=TODAY
        ),
    }
    senders[signal]()
    assert Deadline.objects.filter(convention=convention, key="terme").exists()


def test_a_change_that_is_rolled_back_leaves_no_deadline(cast):
    project_now(cast.convention)
    before = list(Deadline.objects.order_by("pk").values_list("pk", "retired_at"))

    def change_then_fail():
        with transaction.atomic():
            _move_term(cast.convention, date(2020, 12, 31))
            dates_changed.send(sender=None, convention=cast.convention, by=None, on=TODAY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_then_fail()
    assert list(Deadline.objects.order_by("pk").values_list("pk", "retired_at")) == before


def test_a_mandate_received_later_brings_its_legality_control(cast):
    mandate = cast.first_party.mandates.get()
    Mandate.objects.filter(pk=mandate.pk).update(received_on=None)
    project_now(cast.convention)
    key = f"controle_legalite:{mandate.pk}"
    assert not Deadline.objects.filter(key=key).exists()
    Mandate.objects.filter(pk=mandate.pk).update(received_on=date(2018, 2, 20))
    project_now(cast.convention)
    assert _live(cast.convention, key).due_on == date(2018, 4, 23)


def test_conventions_long_past_are_not_counted_again_every_hour(cast):
    assert cast.convention in conventions_to_project(on=date(2021, 1, 15))
    assert cast.convention not in conventions_to_project(on=date(2021, 6, 1))


# PostgreSQL reads what is long through a cursor.
READING = ("SELECT", "DECLARE")


def _statements(captured):
    """Count what was asked: SQLite writes many rows in several statements, PostgreSQL in one."""
    written = Counter(query["sql"].split(" (")[0] for query in captured)
    return sum(1 if asked.startswith("INSERT") else times for asked, times in written.items())


def test_projecting_costs_the_same_statements_whatever_is_projected(cast):
    conventions = [cast.convention]
    costs = []
    for engagements in (1, 12):
        for _ in range(engagements):
            make_engagement(conventions[-1], due_on=date(2018, 9, 30))
        with CaptureQueriesContext(connection) as first:
            project_many(conventions, now=NOW)
        with CaptureQueriesContext(connection) as again:
            project_many(conventions, now=NOW)
        # Nothing changed: nothing is written, and nobody is made to wait for the journal.
        assert [query["sql"] for query in again if not query["sql"].startswith(READING)] == []
        costs.append((_statements(first), _statements(again)))
        conventions += [make_signed_convention() for _ in range(4)]
    assert costs[1][0] <= costs[0][0] + 1
    assert costs[1][1] == costs[0][1]
    assert costs[0][0] <= 40
    assert costs[0][1] <= 30
