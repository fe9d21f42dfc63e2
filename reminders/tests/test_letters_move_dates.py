"""What is written in the register moves the dates: corrected, taken back, called, called off."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.tests.factories import make_member
from conventions.actions.terminations import prepare_ending, record_letter
from conventions.enums import TerminationKind
from conventions.models import TerminationClause
from conventions.tests.factories import make_signed_convention
from engagements.actions.convocations import (
    cancel_convocation,
    prepare_convocation,
    record_convocation_dates,
)
from engagements.actions.revoyure import open_revoyure
from reminders.enums import DeadlineKind
from reminders.models import Deadline

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> SimpleNamespace:
    today = timezone.localdate()
    convention = make_signed_convention(signed_on=date(today.year - 1, 1, 15))
    first = convention.parties.get(position=1)
    manager = make_member(first.organisation, Role.RESPONSABLE)
    return SimpleNamespace(convention=convention, first=first, manager=manager, today=today)


def prepare(cast, **how):
    return prepare_ending(cast.convention, by=cast.manager, on=cast.today, party=cast.first, **how)


def days(cast, kind: str) -> list[date]:
    rows = Deadline.objects.live().filter(convention=cast.convention, kind=kind)
    return list(rows.order_by("due_on").values_list("due_on", flat=True))


def test_a_corrected_posting_moves_the_end_of_the_notice_and_taken_back_retires_it(cast):
    clause = TerminationClause.objects.get(convention=cast.convention)
    ending = prepare(cast, kind=TerminationKind.RESILIATION, clause=clause)
    letter = ending.letters.get()
    seen = []
    for posted_on in (cast.today - timedelta(days=9), cast.today - timedelta(days=2), None):
        record_letter(letter, by=cast.manager, on=cast.today, posted_on=posted_on)
        ending.refresh_from_db()
        found = days(cast, DeadlineKind.FIN_PREAVIS)
        assert found == ([ending.effect_on] if ending.effect_on else [])
        seen.append(found)
    assert seen[0] != seen[1] != seen[2] == []


def test_an_announcement_adds_no_end_of_notice_and_leaves_the_term_where_it_is(cast):
    ending = prepare(cast, kind=TerminationKind.NON_RENOUVELLEMENT)
    record_letter(ending.letters.get(), by=cast.manager, on=cast.today, posted_on=cast.today)
    assert days(cast, DeadlineKind.FIN_PREAVIS) == []
    assert days(cast, DeadlineKind.TERME) == [cast.convention.ends_on]


def test_a_committee_called_is_a_date_until_it_is_called_off(cast):
    year = cast.today.year
    revoyure = open_revoyure(cast.convention, by=cast.manager, on=cast.today, year=year)
    before = days(cast, DeadlineKind.REVOYURE_COMITE)
    held_on = cast.today + timedelta(days=33)
    convocation = prepare_convocation(
        revoyure, by=cast.manager, on=cast.today, party=cast.first, held_on=held_on
    )
    assert days(cast, DeadlineKind.REVOYURE_COMITE) == before
    record_convocation_dates(
        convocation.letters.get(), by=cast.manager, on=cast.today, proofs={}, posted_on=cast.today
    )
    assert held_on in days(cast, DeadlineKind.REVOYURE_COMITE)
    convocation.refresh_from_db()
    cancel_convocation(convocation, by=cast.manager, on=cast.today, reason="Report.")
    assert days(cast, DeadlineKind.REVOYURE_COMITE) == before
