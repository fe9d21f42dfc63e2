"""Those without an account whom a party has told: added, told from the next rung, stopped."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_user
from conventions.enums import ConventionStatus
from reminders.actions.externals import (
    MOST_PER_PARTY,
    add_external,
    stop_at_own_request,
    stop_external,
)
from reminders.actions.outside import dates_told
from reminders.enums import DeadlineKind as Kind
from reminders.enums import ReminderStatus
from reminders.models import Deadline, Reminder
from reminders.tests.factories import (
    NOW,
    TODAY,
    make_deadline,
    make_external,
    make_reminder,
    project_now,
)

pytestmark = pytest.mark.django_db


def _add(cast, *, by=None, party=None, **fields):
    fields = {"email": "perrin@notaires.fr", "name": "Maître Perrin"} | fields
    return add_external(
        cast.convention,
        by=by or cast.manager,
        now=NOW,
        on=TODAY,
        party=party or cast.first_party,
        **fields,
    )


def _waiting(recipient):
    return Reminder.objects.unsent().filter(external=recipient)


def test_they_are_told_from_the_next_rung_of_the_kinds_asked_for(cast):
    project_now(cast.convention)
    recipient = _add(cast, kinds=[Kind.TERME], quality="notaire")
    assert {row.deadline.kind for row in _waiting(recipient)} == {Kind.TERME}
    assert all(row.due_at > NOW for row in _waiting(recipient))
    entry = JournalEntry.objects.get(verb=Verb.EXTERNAL_ADDED)
    assert entry.dossier_id == cast.convention.pk
    assert "perrin@notaires.fr" not in str(entry.data)


def test_only_a_manager_adds_and_in_the_name_of_their_party(cast):
    for by in (cast.contributor, cast.reader, cast.stranger):
        with pytest.raises(PermissionDenied):
            _add(cast, by=by)
    with pytest.raises(PermissionDenied):
        _add(cast, party=cast.second_party)
    with pytest.raises(PermissionDenied):
        _add(cast, by=make_user(is_superuser=True))


def test_nothing_goes_out_for_a_draft(cast):
    cast.convention.status = ConventionStatus.EN_NEGOCIATION
    cast.convention.save()
    with pytest.raises(ValidationError, match="convention signée"):
        _add(cast)


def test_an_address_is_told_once(cast):
    _add(cast)
    with pytest.raises(ValidationError) as refusal:
        _add(cast, email="Perrin@Notaires.FR")
    assert "reçoit déjà" in refusal.value.message_dict["email"][0]
    with pytest.raises(ValidationError) as refusal:
        _add(cast, email=cast.contributor.email)
    assert "sur le portail" in refusal.value.message_dict["email"][0]


def test_the_portal_is_no_mailing_list(cast):
    for _ in range(MOST_PER_PARTY):
        make_external(cast.first_party)
    with pytest.raises(ValidationError, match="destinataires extérieurs"):
        _add(cast)


def test_the_party_stops_it_and_nobody_else(cast):
    project_now(cast.convention)
    recipient = _add(cast)
    for by in (cast.counterpart, cast.contributor):
        with pytest.raises(PermissionDenied):
            stop_external(recipient, by=by, now=NOW, on=TODAY)
    other = make_member(cast.epci, Role.RESPONSABLE)
    stop_external(recipient, by=other, now=NOW, on=TODAY)
    assert not _waiting(recipient).exists()
    with pytest.raises(ValidationError):
        stop_external(recipient, by=other, now=NOW, on=TODAY)


def test_they_stop_it_themselves_and_asking_twice_is_no_error(cast):
    project_now(cast.convention)
    recipient = _add(cast)
    stop_at_own_request(recipient, now=NOW, on=TODAY)
    stop_at_own_request(recipient, now=NOW + timedelta(days=1), on=TODAY)
    recipient.refresh_from_db()
    assert recipient.stopped_at == NOW
    assert recipient.stopped_by_recipient
    assert not _waiting(recipient).exists()
    entry = JournalEntry.objects.get(verb=Verb.EXTERNAL_STOPPED)
    assert entry.actor is None


def test_who_was_stopped_can_be_added_again(cast):
    stop_at_own_request(_add(cast), now=NOW, on=TODAY)
    assert _add(cast).stopped_at is None


def test_they_read_the_dates_they_were_told_as_they_stand_and_no_other(cast):
    recipient = make_external(cast.first_party)
    told, other = make_deadline(cast.convention, key="a"), make_deadline(cast.convention, key="b")
    waiting = make_deadline(cast.convention, key="c")
    make_reminder(told, external=recipient, status=ReminderStatus.ENVOYE, sent_at=NOW)
    make_reminder(waiting, external=recipient)
    make_reminder(other, external=make_external(cast.first_party), status=ReminderStatus.ENVOYE)
    assert list(dates_told(recipient, on=TODAY)) == [told]
    Deadline.objects.filter(pk=told.pk).update(retired_at=NOW)
    moved = make_deadline(cast.convention, key="a", due_on=told.due_on + timedelta(days=3))
    assert list(dates_told(recipient, on=TODAY)) == [moved]
    assert not dates_told(recipient, on=moved.due_on + timedelta(days=1)).exists()
