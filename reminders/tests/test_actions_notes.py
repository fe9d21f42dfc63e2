"""Remarks on a date: who writes, who reads, what the journal says of them."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role, Verb
from accounts.models import JournalEntry, Membership
from accounts.tests.factories import make_user
from conventions.access import entries_visible_to
from reminders.access import notes_visible_to
from reminders.actions.notes import remove_note, write_note
from reminders.models import Deadline, DeadlineNote
from reminders.tests.factories import make_deadline

pytestmark = pytest.mark.django_db

TODAY = date(2019, 3, 1)
WHEN = {"on": TODAY, "now": datetime(2019, 3, 1, 8, tzinfo=UTC)}


@pytest.fixture
def deadline(cast):
    return make_deadline(cast.convention)


def test_a_note_is_kept_to_ones_organisation_unless_one_says_otherwise(cast, deadline):
    note = write_note(deadline, body=" Voir le maire. ", by=cast.contributor, **WHEN)
    assert (note.body, note.reserved_to) == ("Voir le maire.", cast.epci)
    entries = JournalEntry.objects.filter(verb=Verb.DEADLINE_NOTED)
    assert not entries_visible_to(cast.counterpart, entries, on=TODAY).exists()
    assert entries_visible_to(cast.reader, entries, on=TODAY).exists()
    assert "maire" not in str(entries.get().data)


def test_a_shared_note_is_everybody_s(cast, deadline):
    note = write_note(deadline, body="Salle 3", sharing="parties", by=cast.manager, **WHEN)
    assert note.reserved_to is None
    assert notes_visible_to(cast.counterpart, on=TODAY).get() == note


def test_it_outlives_the_date_that_moves(cast, deadline):
    note = write_note(deadline, body="Salle 3", by=cast.manager, **WHEN)
    Deadline.objects.filter(pk=deadline.pk).update(retired_at=WHEN["now"])
    moved = make_deadline(cast.convention, key=deadline.key, due_on=date(2019, 6, 1))
    assert notes_visible_to(cast.manager, on=TODAY).of(moved).get() == note


def test_a_note_on_a_date_of_one_organisation_stays_in_it(cast):
    kept = make_deadline(cast.convention, reserved_to=cast.epci)
    note = write_note(kept, body="Chut", sharing="parties", by=cast.manager, **WHEN)
    assert note.reserved_to == cast.epci
    with pytest.raises(PermissionDenied):
        write_note(kept, body="Moi aussi", by=cast.counterpart, **WHEN)


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_who_may_not_contribute_writes_none(cast, deadline, who):
    with pytest.raises(PermissionDenied):
        write_note(deadline, body="Non", by=getattr(cast, who), **WHEN)


def test_the_platform_writes_for_nobody(deadline):
    with pytest.raises(PermissionDenied):
        write_note(deadline, body="Non", by=make_user(is_superuser=True), **WHEN)


def test_an_empty_note_and_one_on_a_date_of_ones_own_are_refused(cast, deadline):
    with pytest.raises(ValidationError, match="Écrivez"):
        write_note(deadline, body="  ", by=cast.manager, **WHEN)
    own = make_deadline(cast.convention, owner=cast.manager)
    with pytest.raises(ValidationError, match="à vous seul"):
        write_note(own, body="Moi", by=cast.manager, **WHEN)


def test_who_acts_for_several_parties_says_which_keeps_it(cast, deadline):
    Membership.objects.create(
        user=cast.manager, organisation=cast.action_logement, role=Role.RESPONSABLE,
        starts_on=date(2010, 1, 1),
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        write_note(deadline, body="Pour qui ?", by=cast.manager, **WHEN)
    assert "party" in refused.value.error_dict
    note = write_note(deadline, body="Eux", party=cast.second_party, by=cast.manager, **WHEN)
    assert note.reserved_to == cast.action_logement


def test_only_its_author_takes_a_note_back_and_the_journal_says_so(cast, deadline):
    note = write_note(deadline, body="Salle 3", by=cast.contributor, **WHEN)
    for other in (cast.manager, cast.counterpart):
        with pytest.raises(PermissionDenied):
            remove_note(note, deadline=deadline, by=other, **WHEN)
    remove_note(note, deadline=deadline, by=cast.contributor, **WHEN)
    assert not DeadlineNote.objects.standing().exists()
    entry = JournalEntry.objects.get(verb=Verb.DEADLINE_NOTE_REMOVED)
    assert entry.data["reserved_to"] == cast.epci.pk
