"""Real agreements through seven acts: every day between, read against a notebook of what was done.

Then out to the documents and to another portal, and back.
"""

from datetime import date, timedelta

import pytest

from conventions.models import DurationClause, TerminationClause
from conventions.models.amendments import definitions_of
from conventions.models.clauses_read import clauses_of
from conventions.models.consolidated import consolidated_text
from conventions.tests.reference_texts import available, read_reference
from engagements.models import Engagement, Target
from reporting.tests.reference_life import begin_life, live
from reporting.tests.reference_told import Line

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def days_to_read(notebook) -> list[date]:
    """The days around each change, and one every three weeks until a year after the last."""
    changes = notebook.days
    around = {day + shift * DAY for day in changes for shift in (-1, 0, 1)}
    span = (changes[-1] - changes[0]).days + 365
    return sorted(around | {changes[0] + rank * DAY for rank in range(0, span + 1, 21)})


def text_on(convention, day: date) -> list[Line]:
    text = consolidated_text(convention, on=day)
    return [Line(a.code, a.depth, a.kind, a.number, a.heading, a.body) for a in text]


def facts_on(convention, day: date) -> dict:
    """What the portal says binds on a day, each thing under the key of the notebook."""
    found = {("definition", t.casefold()): (t, m) for t, m in definitions_of(convention, on=day)}
    for clause in TerminationClause.objects.filter(convention=convention).binding(on=day):
        found["way_out", clause.ground] = (clause.quantity, clause.unit, clause.trigger)
    for clause in DurationClause.objects.filter(convention=convention).binding(on=day):
        found["duration",] = (clause.quantity, clause.unit, clause.trigger)
    for party in convention.parties.in_force(on=day):
        found["party", party.position] = party.alias
    targets = Target.objects.filter(convention=convention).binding(on=day)
    for code, year, quantity in targets.values_list("indicator__code", "year", "quantity"):
        assert ("target", code, year) not in found, "two targets bind on one day"
        found["target", code, year] = quantity
    return found


def titles_on(convention, day: date) -> list[str]:
    rows = Engagement.objects.filter(convention=convention).standing(on=day)
    return sorted(rows.values_list("title", flat=True))


@pytest.mark.parametrize("name", available())
def test_every_day_of_a_life_reads_as_it_was_told(name):
    life = begin_life(read_reference(name))
    live(life)
    convention, notebook = life.convention, life.notebook
    assert convention.acts.signed().count() == 8
    for day in days_to_read(notebook):
        if day < notebook.signed_on:
            assert text_on(convention, day) == []
            continue
        assert text_on(convention, day) == notebook.text(day), day
        told = notebook.facts(day)
        promised = sorted(told.pop(key) for key in list(told) if key[0] == "engagement")
        assert titles_on(convention, day) == promised, day
        assert facts_on(convention, day) == told, day
        read = clauses_of(convention.pk, on=day)
        assert len(read.terminations) == len([key for key in told if key[0] == "way_out"])
        assert read.duration.terms["quantity"] == told["duration",][0]
    assert convention.ends_on == date(2022, 1, 14)
