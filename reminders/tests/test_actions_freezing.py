"""The dates that a frozen revoyure keeps."""

from datetime import UTC, date, datetime

import pytest

from engagements.actions.revoyure import freeze_revoyure, open_revoyure
from engagements.enums import Outcome
from engagements.models import Contribution
from reminders.actions.freezing import dates_ahead
from reminders.actions.projection import project_deadlines

pytestmark = pytest.mark.django_db
ON, NOW = date(2018, 12, 5), datetime(2018, 12, 5, 9, tzinfo=UTC)


def test_the_coming_year_and_the_term_are_kept_with_their_reasoning(cast):
    project_deadlines(cast.convention, now=NOW, on=ON)
    found = dates_ahead(cast.convention, on=ON)
    days = [date.fromisoformat(item["due_on"]) for item in found]
    assert days == sorted(days)
    assert min(days) >= ON
    assert "terme" in {item["kind"] for item in found}
    assert all(item["steps"] for item in found)


def test_they_are_frozen_with_the_revoyure(cast):
    revoyure = open_revoyure(cast.convention, by=cast.manager, on=ON, year=2018)
    Contribution.objects.filter(revoyure=revoyure).update(handed_over_at=NOW)
    frozen = freeze_revoyure(revoyure, by=cast.manager, on=ON, now=NOW, outcome=Outcome.MAINTIEN)
    assert frozen.snapshot["echeances"] == dates_ahead(cast.convention, on=ON)
    assert frozen.snapshot["echeances"]
