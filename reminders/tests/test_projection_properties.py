"""Whatever happened: rows are derived, a batch changes nothing, a change is whole (R10)."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import JournalEntry
from conventions.enums import ActKind, ActStatus, YearBasis
from conventions.models import Act, Convention, FollowUpClause, Mandate
from conventions.tests.factories import make_signed_convention
from engagements.actions.engagements import change_engagement
from engagements.enums import Recurrence, State
from engagements.models import Engagement, Revoyure
from engagements.tests.factories import make_engagement, make_revoyure
from reminders.actions.projection import project_many
from reminders.enums import DeadlineKind, ReminderStatus, Sharing
from reminders.models import AddedDeadline, Deadline, Reminder
from reminders.tests.factories import NOW, project_now

pytestmark = pytest.mark.django_db
# Each example lives a whole convention in the database: few of them, and told as they are found.
few = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
DAYS = st.dates(date(2018, 1, 15), date(2020, 12, 1))

# What can happen to a convention -----------------------------------------------------------------


def _move_term(convention, day, _rank):
    ends_on = max(day, date(2018, 6, 1)) + timedelta(days=400)
    Convention.objects.filter(pk=convention.pk).update(ends_on=ends_on)


def _terminate(convention, day, rank):
    terminated_on = day if rank % 2 else None
    Convention.objects.filter(pk=convention.pk).update(terminated_on=terminated_on)


def _promise(convention, day, rank):
    recurrence = list(Recurrence)[rank % len(Recurrence)]
    make_engagement(convention, due_on=day, recurrence=recurrence)


def _declare(convention, day, rank):
    states = (State.SUSPENDU, State.EN_COURS, State.SANS_OBJET)
    rows = Engagement.objects.filter(convention=convention)
    rows.update(due_on=day, state=states[rank % len(states)])


def _review(convention, day, _rank):
    if not Revoyure.objects.filter(convention=convention, year=day.year).exists():
        make_revoyure(convention, year=day.year, opened_on=day)


def _empower(convention, day, _rank):
    Mandate.objects.filter(party__convention=convention).update(valid_until=day)


def _follow(convention, day, rank):
    number = convention.acts.count()
    act = Act.objects.create(convention=convention, number=number, kind=ActKind.AVENANT)
    basis = list(YearBasis)[rank % 2]
    FollowUpClause.objects.create(
        convention=convention, act=act, body="comité", per_year=1 + rank % 4, year_basis=basis
    )
    act.status, act.signed_on, act.effective_on = ActStatus.SIGNE, day, day
    act.save()


def _note(convention, day, rank):
    party = convention.parties.get(position=1)
    sharing = list(Sharing)[rank % len(Sharing)]
    AddedDeadline.objects.create(
        convention=convention,
        title="Une date de plus",
        due_on=day,
        every_months=rank or None,
        sharing=sharing,
        party=party if sharing == Sharing.ORGANISME else None,
        author=convention.created_by,
        added_at=NOW,
    )


def _remove(convention, _day, _rank):
    AddedDeadline.objects.filter(convention=convention).update(removed_at=NOW)


EVENTS = (
    _move_term, _terminate, _promise, _declare, _review, _empower, _follow, _note, _remove
)  # fmt: skip
lives = st.lists(
    st.tuples(st.sampled_from(EVENTS), DAYS, st.integers(0, 5)), min_size=1, max_size=4
)
_MIRRORED = (
    "convention", "key", "kind", "title", "due_on", "safe_on", "effect_on", "rolling", "source",
    "wording", "trigger", "steps", "party", "owner", "reserved_to", "done_on", "done_note",
)  # fmt: skip


def _dates():
    rows = Deadline.every.live().values(*_MIRRORED)
    return sorted((row | {"key": _named(row["key"])} for row in rows), key=str)


def _messages():
    """What will be said, whoever wrote the row and when."""
    rows = Reminder.objects.unsent().filter(due_at__gt=NOW)
    told = rows.values_list(
        "deadline__convention", "target_on", "nature", "rule", "recipient", "due_at",
        "deadline__key",
    )  # fmt: skip
    return sorted((*row, _named(key)) for *row, key in told)


def _named(key):
    """Leave out the number of the row a date comes from: what was taken back gives none again."""
    return re.sub(r"^(ajoutee|reunion|engagement):[0-9]+", r"\1", key)


def _undone(work):
    """Run and take everything back: one database serves every example."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


@given(life=lives)
@few
def test_a_life_counted_step_by_step_ends_as_if_counted_once(cast, life):
    def lived():
        project_now(cast.convention)
        for event, day, rank in life:
            event(cast.convention, day, rank)
            project_now(cast.convention)
        return _dates(), _messages()

    def counted_once():
        for event, day, rank in life:
            event(cast.convention, day, rank)
        project_now(cast.convention)
        return _dates(), _messages()

    assert _undone(lived) == _undone(counted_once)


@given(life=lives)
@few
def test_projecting_twice_gives_the_same_rows(cast, life):
    def twice():
        for event, day, rank in life:
            event(cast.convention, day, rank)
            project_now(cast.convention)
        before = _everything()
        assert not project_now(cast.convention)
        return before == _everything()

    assert _undone(twice)


@given(several=st.lists(lives, min_size=3, max_size=3))
@few
def test_a_batch_gives_what_one_by_one_gives(cast, several):
    family = {"epci": cast.epci, "action_logement": cast.action_logement}

    def both():
        conventions = [cast.convention, *(make_signed_convention(**family) for _ in range(2))]
        for convention, life in zip(conventions, several, strict=True):
            for event, day, rank in life:
                event(convention, day, rank)
        alone = _undone(lambda: _after(project_now(one) for one in conventions))
        together = _undone(lambda: _after([project_many(conventions, now=NOW)]))
        return alone == together

    assert _undone(both)


def _after(works):
    for _ in works:
        pass
    return _dates(), _messages()


def _everything():
    return [
        list(model._base_manager.order_by("pk").values())
        for model in (Deadline, Reminder, JournalEntry)
    ]


class TestAChangeIsWhole:
    """R10: everything in the transaction of the change, or nothing."""

    @pytest.fixture
    def told(self, cast):
        """An engagement to come, whose date one of the two people who follow it was told."""
        today = timezone.localdate()
        life = {"starts_on": today - timedelta(days=90), "ends_on": today + timedelta(days=900)}
        Convention.objects.filter(pk=cast.convention.pk).update(**life)
        due_on = today + timedelta(days=60)
        engagement = make_engagement(cast.convention, cast.first_party, due_on=due_on)
        project_now(cast.convention, now=timezone.now(), on=today)
        row = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
        row.reminders.filter(recipient=cast.manager, rule=30).update(status=ReminderStatus.ENVOYE)
        return engagement

    def _move(self, cast, engagement):
        today = timezone.localdate()
        change_engagement(
            engagement,
            by=cast.manager,
            on=today,
            debtors=[cast.first_party],
            due_on=today + timedelta(days=88),
        )

    def test_taken_back_it_leaves_nothing(self, cast, told):
        before = _everything()

        def change_then_fail():
            with transaction.atomic():
                self._move(cast, told)
                assert _everything() != before
                raise RuntimeError

        with pytest.raises(RuntimeError):
            change_then_fail()
        assert _everything() == before

    def test_made_it_cancels_corrects_and_arms_at_once(self, cast, told):
        old = Deadline.objects.get(kind=DeadlineKind.ENGAGEMENT)
        self._move(cast, told)
        old.refresh_from_db()
        new = Deadline.objects.live().get(kind=DeadlineKind.ENGAGEMENT)
        assert not old.is_live
        assert not old.reminders.unsent().exists()
        assert old.reminders.filter(status=ReminderStatus.ANNULE).exists()
        correction = new.reminders.get(previous_on=old.due_on)
        assert (correction.recipient, correction.target_on) == (cast.manager, new.due_on)
        people = set(new.reminders.unsent().values_list("recipient", flat=True))
        assert people == {cast.manager.pk, cast.contributor.pk}
