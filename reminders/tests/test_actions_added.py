"""Dates that people add: who sees them, who is told, how they change, what the journal says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_user
from conventions.access import entries_visible_to
from conventions.tests.factories import make_convention
from reminders.access import visible_to
from reminders.actions.added import add_deadline, can_change, change_deadline, remove_deadline
from reminders.enums import ReminderStatus
from reminders.models import AddedDeadline, Deadline, Reminder

pytestmark = pytest.mark.django_db

TODAY = date(2019, 3, 1)
WHEN = {"on": TODAY, "now": datetime(2019, 3, 1, 8, tzinfo=UTC)}
SAID = {"title": "Point d’étape", "due_on": date(2019, 9, 16)}
_ADDED = "deadline_added", "deadline_changed", "deadline_removed"


def _rows(added):
    return Deadline.every.live().of_added(added).order_by("due_on")


def _seen(user, added) -> bool:
    return visible_to(user, on=TODAY).of_added(added).exists()


def _told(added) -> set:
    return {row.recipient for row in Reminder.objects.filter(deadline__in=_rows(added))}


def _lines():
    return JournalEntry.objects.filter(verb__in=_ADDED)


def test_a_date_of_one_organisation_is_seen_and_told_on_its_side_alone(cast):
    added = add_deadline(cast.convention, by=cast.contributor, **SAID, **WHEN)
    assert added.party == cast.first_party
    assert _rows(added).get().reserved_to == cast.epci
    assert _seen(cast.reader, added)
    assert not _seen(cast.counterpart, added)
    assert _told(added) == {cast.manager, cast.contributor}
    assert not entries_visible_to(cast.counterpart, _lines(), on=TODAY).exists()
    assert entries_visible_to(cast.reader, _lines(), on=TODAY).count() == 1


def test_a_date_of_ones_own_is_seen_and_told_to_nobody_else(cast):
    added = add_deadline(cast.convention, sharing="moi", by=cast.reader, **SAID, **WHEN)
    assert _seen(cast.reader, added)
    assert not _seen(cast.manager, added)
    assert not _seen(make_user(is_superuser=True), added)
    assert _told(added) == {cast.reader}
    entry = _lines().get()
    assert entry.dossier_id is None
    assert "étape" not in f"{entry} {entry.data}"


def test_a_shared_date_is_everybody_s_and_told_to_all(cast):
    added = add_deadline(cast.convention, sharing="parties", by=cast.manager, **SAID, **WHEN)
    assert _seen(cast.counterpart, added)
    assert cast.counterpart in _told(added)
    assert entries_visible_to(cast.counterpart, _lines(), on=TODAY).count() == 1


def test_what_comes_back_does_so_until_the_end(cast):
    added = add_deadline(cast.convention, every_months=6, by=cast.manager, **SAID, **WHEN)
    days = list(_rows(added).values_list("due_on", flat=True))
    assert days[:2] == [date(2019, 9, 16), date(2020, 3, 16)]
    assert days[-1] <= cast.convention.ends_on


def test_the_journal_of_the_convention_tells_nothing_of_what_is_kept_apart(cast):
    for sharing in ("moi", "organisme"):
        add_deadline(cast.convention, sharing=sharing, by=cast.manager, **SAID, **WHEN)
    entries = JournalEntry.objects.of_dossier(cast.convention.pk)
    seen = entries_visible_to(cast.counterpart, entries, on=TODAY)
    assert not [entry for entry in seen if "étape" in str(entry.data)]


def test_a_day_gone_by_is_refused(cast):
    with pytest.raises(ValidationError, match="à venir") as refused:
        add_deadline(
            cast.convention, title="Hier", due_on=TODAY - timedelta(days=1), by=cast.manager, **WHEN
        )
    assert "due_on" in refused.value.error_dict
    assert not AddedDeadline.objects.exists()


@pytest.mark.parametrize("sharing", ["organisme", "parties"])
def test_a_reader_shares_nothing(cast, sharing):
    with pytest.raises(PermissionDenied, match="pour vous seul"):
        add_deadline(cast.convention, sharing=sharing, by=cast.reader, **SAID, **WHEN)


def test_a_stranger_adds_nothing(cast):
    with pytest.raises(PermissionDenied):
        add_deadline(cast.convention, sharing="moi", by=cast.stranger, **SAID, **WHEN)


def test_nobody_keeps_a_date_for_a_party_that_is_not_theirs(cast):
    with pytest.raises(PermissionDenied):
        add_deadline(cast.convention, party=cast.second_party, by=cast.manager, **SAID, **WHEN)


def test_nothing_leaves_for_a_draft(cast):
    draft = make_convention(epci=cast.epci, created_by=cast.manager)
    add_deadline(draft, by=cast.manager, **SAID, **WHEN)
    assert not Reminder.objects.filter(deadline__convention=draft).exists()


def test_a_colleague_changes_what_the_organisation_keeps(cast):
    added = add_deadline(cast.convention, by=cast.contributor, **SAID, **WHEN)
    assert can_change(cast.manager, added, on=TODAY)
    moved = SAID | {"due_on": date(2019, 10, 14)}
    assert change_deadline(added, by=cast.manager, **moved, **WHEN) == added
    assert _rows(added).get().due_on == date(2019, 10, 14)
    assert Deadline.every.of_added(added).count() == 2
    entry = JournalEntry.objects.get(verb=Verb.DEADLINE_CHANGED)
    assert entry.data["before"]["due_on"] == "2019-09-16"
    assert entry.data["reserved_to"] == cast.epci.pk


@pytest.mark.parametrize("who", ["reader", "counterpart", "stranger"])
def test_the_others_change_nothing(cast, who):
    added = add_deadline(cast.convention, by=cast.contributor, **SAID, **WHEN)
    assert not can_change(getattr(cast, who), added, on=TODAY)
    with pytest.raises(PermissionDenied):
        change_deadline(added, by=getattr(cast, who), **SAID, **WHEN)
    with pytest.raises(PermissionDenied):
        remove_deadline(added, by=getattr(cast, who), **WHEN)


def test_another_circle_of_readers_makes_another_date(cast):
    added = add_deadline(cast.convention, sharing="parties", by=cast.manager, **SAID, **WHEN)
    kept = change_deadline(added, sharing="organisme", by=cast.manager, **SAID, **WHEN)
    assert kept.pk != added.pk
    assert not _rows(added).exists()
    assert not _seen(cast.counterpart, kept)
    waiting = Reminder.objects.unsent().filter(deadline__in=_rows(kept))
    assert cast.counterpart not in {row.recipient for row in waiting}
    assert (
        not Reminder.objects.unsent()
        .filter(recipient=cast.counterpart)
        .exclude(deadline__kind="terme")
        .filter(deadline__title=SAID["title"])
        .exists()
    )


def test_a_date_withdrawn_is_retired_and_reminded_of_no_more(cast):
    added = add_deadline(cast.convention, by=cast.manager, **SAID, **WHEN)
    remove_deadline(added, by=cast.manager, **WHEN)
    assert not _rows(added).exists()
    row = Deadline.every.of_added(added).get()
    assert not row.is_live
    assert set(row.reminders.values_list("status", flat=True)) == {ReminderStatus.ANNULE}
    assert JournalEntry.objects.filter(verb=Verb.DEADLINE_REMOVED).count() == 1
    with pytest.raises(PermissionDenied):
        remove_deadline(added, by=cast.manager, **WHEN)
