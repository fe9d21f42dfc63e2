"""The simulator: worked cases of the domain rules, silent clauses, avenants, and a way back."""

from datetime import date, timedelta
from itertools import product

import pytest

from conventions.enums import TerminationGround, TerminationKind, Trigger, Unit, YearBasis
from reminders.rules.facts import TerminationFacts
from reminders.rules.simulator import (
    Frame,
    Post,
    Route,
    Version,
    fates,
    if_posted,
    if_unclaimed,
)
from reminders.rules.simulator_back import to_be_free
from reminders.tests.factories import make_termination, plain
from territories.enums import Zone

LONG_AGO = date(2000, 1, 1)
FRAME = Frame(LONG_AGO, None, Zone.METROPOLE)
POST = Post()


def _route(clause: TerminationFacts | None, *later: Version, **fields) -> Route:
    kind = fields.pop("kind", TerminationKind.RESILIATION)
    until = later[0].from_on if later else None
    fields.setdefault("act", "convention initiale")
    return Route(kind, (Version(from_on=LONG_AGO, until_on=until, clause=clause, **fields), *later))


def _one_month(trigger: str = Trigger.DATE_EFFET, **fields) -> TerminationFacts:
    return make_termination(quantity=1, trigger=trigger, **fields)


def _posted(route: Route, day: date, *, post: Post = POST, frame: Frame = FRAME):
    return if_posted(route, day, post=post, frame=frame)


def _free(route: Route, day: date, *, post: Post = POST, frame: Frame = FRAME, on=LONG_AGO):
    return to_be_free(route, day, post=post, frame=frame, on=on)


@pytest.mark.parametrize(
    ("trigger", "posted", "last"),
    [
        pytest.param(Trigger.ENVOI, date(2018, 11, 30), date(2019, 2, 28), id="T19"),
        pytest.param(Trigger.ENVOI, date(2019, 1, 15), date(2019, 4, 15), id="T20"),
        pytest.param(Trigger.DEPOT_RECEPISSE, date(2018, 8, 31), date(2018, 11, 30), id="T21"),
        pytest.param(Trigger.ENVOI, date(2019, 2, 1), date(2019, 5, 1), id="T12"),
    ],
)
def test_a_letter_posted_gives_the_last_day_bound_of_the_worked_cases(trigger, posted, last):
    answer = _posted(_route(make_termination(trigger=trigger)), posted)
    assert answer.headline.is_stated
    assert answer.headline.last_bound_on == last
    assert answer.headline.free_on == last + timedelta(days=1)


def test_a_clause_counted_from_its_effect_frees_a_month_after_the_posting():
    answer = _posted(_route(_one_month()), date(2027, 1, 31))
    assert answer.headline.free_on == date(2027, 3, 1), "T25"


@pytest.mark.parametrize(
    ("effect", "last", "safe"),
    [
        pytest.param(date(2026, 7, 1), date(2026, 5, 31), date(2026, 5, 29), id="T22"),
        pytest.param(date(2026, 7, 31), date(2026, 6, 29), date(2026, 6, 29), id="T23"),
        pytest.param(date(2027, 3, 31), date(2027, 2, 27), date(2027, 2, 26), id="T24"),
    ],
)
def test_a_day_wanted_free_gives_the_last_day_to_post_of_the_worked_cases(effect, last, safe):
    found = _free(_route(_one_month()), effect).headline
    assert (found.post_on, found.safe_on) == (last, safe)


@pytest.mark.parametrize(
    ("quantity", "unit", "effect", "last"),
    [
        pytest.param(8, Unit.JOURS, date(2024, 7, 31), date(2024, 7, 22), id="T26"),
        pytest.param(6, Unit.MOIS, date(2023, 4, 1), date(2022, 9, 30), id="T27"),
    ],
)
def test_days_and_longer_notices_count_back_as_published(quantity, unit, effect, last):
    clause = make_termination(quantity=quantity, unit=unit)
    assert _free(_route(clause), effect).headline.post_on == last


def test_what_the_post_takes_counts_only_for_a_clause_that_waits_for_it():
    post = Post(presented_after=3, handed_after=9)
    by = {
        row.fate.slug: row
        for row in _posted(_route(make_termination()), LONG_AGO, post=post).readings
    }
    assert by["envoi"].event_on == by["depot"].event_on == by["lre"].event_on == date(2000, 1, 1)
    assert by["presentation"].event_on == date(2000, 1, 4)
    assert by["reception"].event_on == date(2000, 1, 10)
    assert by["garde"].event_on == date(2000, 1, 19)
    assert by["lre-quinze"].event_on == date(2000, 1, 16)
    assert [row.fate.slug for row in by.values() if row.is_stated] == ["envoi", "lre"]


def test_a_silent_clause_puts_the_prudent_reading_first_and_states_none():
    answer = _posted(_route(make_termination(trigger="")), date(2026, 11, 29))
    assert not any(row.is_stated for row in answer.readings)
    assert answer.headline.fate.slug == "garde"
    assert answer.headline.event_on == date(2026, 12, 16)
    assert answer.headline.last_bound_on == date(2027, 3, 16)
    assert answer.at_the_latest is None


def test_a_clause_of_reception_also_says_the_latest_it_may_lead_to():
    answer = _posted(_route(make_termination(trigger=Trigger.RECEPTION)), date(2026, 11, 30))
    assert answer.headline.fate.slug == "reception"
    assert answer.headline.last_bound_on == date(2027, 3, 5)
    assert answer.at_the_latest.last_bound_on == date(2027, 3, 17)


def test_an_unclaimed_letter_is_said_to_set_nothing_running_before_the_civil_judge():
    assert "le délai n’a pas couru" in plain(if_unclaimed(date(2026, 11, 30), POST))


def test_every_reading_says_why_and_gives_a_working_day():
    for row in _posted(_route(make_termination(trigger="")), date(2026, 11, 29)).readings:
        assert len(row.count.steps) >= 3
        assert row.count.safe_date <= row.last_bound_on
        assert row.count.safe_date.weekday() < 5


def _amended(**fields) -> Route:
    """Three months until the end of 2026, then six under an avenant."""
    later = make_termination(quantity=6, **fields)
    avenant = Version("avenant n° 1", date(2027, 1, 1), None, later)
    return _route(make_termination(**fields), avenant)


def test_the_clause_of_the_event_day_counts_and_names_its_act():
    route = _amended(trigger="")
    by = {row.fate.slug: row for row in _posted(route, date(2026, 12, 20)).readings}
    assert by["envoi"].version.act == "convention initiale"
    assert by["envoi"].last_bound_on == date(2027, 3, 20)
    assert by["garde"].version.act == "avenant n° 1"
    assert by["garde"].last_bound_on == date(2027, 7, 6)


def test_a_clause_that_no_longer_binds_on_the_event_day_gives_no_figure():
    gone = Route(
        TerminationKind.RESILIATION,
        (Version("initiale", LONG_AGO, date(2027, 1, 1), make_termination(trigger="")),),
    )
    by = {row.fate.slug: row for row in _posted(gone, date(2026, 12, 20)).readings}
    assert by["garde"].count is None
    assert by["envoi"].count is not None


def test_counting_back_does_not_use_the_old_clause_after_its_last_day():
    found = _free(_amended(), date(2027, 5, 1)).headline
    assert found.version.act == "convention initiale"
    assert found.post_on == date(2026, 12, 31)


def _disagreement(basis: str = YearBasis.CIVILE, clause=None) -> Route:
    return _route(clause, kind=TerminationKind.DESACCORD, basis=basis, disagreement="l’année")


BEGUN = Frame(date(2025, 4, 1), date(2028, 3, 31), Zone.METROPOLE)


def test_a_disagreement_carries_the_year_through_and_gives_both_years():
    answer = _posted(_disagreement(), date(2026, 11, 29), frame=BEGUN)
    assert answer.headline.last_bound_on == date(2026, 12, 31)
    assert [(row.last_bound_on, row.is_recorded) for row in answer.years] == [
        (date(2026, 12, 31), True),
        (date(2027, 3, 31), False),
    ]


def test_without_a_review_clause_the_later_year_is_the_prudent_one():
    answer = _posted(_disagreement(basis=""), date(2026, 11, 29), frame=BEGUN)
    assert answer.headline.last_bound_on == date(2027, 3, 31)
    assert not any(row.is_recorded for row in answer.years)


def test_a_disagreement_with_a_notice_ends_with_the_later_of_both():
    clause = make_termination(ground=TerminationGround.DESACCORD)
    answer = _posted(_disagreement(clause=clause), date(2026, 11, 29), frame=BEGUN)
    assert answer.headline.last_bound_on == date(2027, 2, 28)


def test_a_disagreement_counts_back_to_the_last_full_year():
    found = _free(_disagreement(), date(2027, 7, 1), frame=BEGUN).headline
    assert found.post_on == date(2026, 12, 31)
    of_convention = _free(_disagreement(YearBasis.CONVENTION), date(2027, 7, 1), frame=BEGUN)
    assert of_convention.headline.post_on == date(2027, 3, 31)


def test_leaving_no_earlier_than_the_term_is_pointless():
    route = _route(make_termination())
    assert _posted(route, date(2027, 12, 31), frame=BEGUN).is_pointless(BEGUN)
    assert not _posted(route, date(2027, 12, 30), frame=BEGUN).is_pointless(BEGUN)


def test_too_late_says_the_earliest_day_instead():
    target = _free(_route(make_termination()), date(2027, 1, 1), on=date(2026, 11, 21))
    assert not target.headline.is_open
    assert target.headline.earliest.free_on == date(2027, 2, 22)


def test_the_counter_proof_is_in_time_then_too_late():
    target = _free(_route(make_termination()), date(2027, 7, 1))
    in_time, late = target.proof
    assert in_time.free_on <= date(2027, 7, 1) < late.free_on


UNITS = ((3, Unit.MOIS), (1, Unit.MOIS), (45, Unit.JOURS), (10, Unit.JOURS_OUVRES), (1, Unit.ANS))


@pytest.mark.parametrize(("quantity", "unit"), UNITS)
@pytest.mark.parametrize("carry", [False, True])
@pytest.mark.parametrize("zone", [Zone.METROPOLE, Zone.ALSACE_MOSELLE])
def test_posting_on_the_day_found_never_frees_after_the_day_wanted(quantity, unit, carry, zone):
    route = _route(make_termination(quantity=quantity, unit=unit, carry=carry, trigger=""))
    _check_way_back(route, Frame(LONG_AGO, None, zone), range(0, 400, 37))


@pytest.mark.parametrize("trigger", list(Trigger))
@pytest.mark.parametrize("basis", ["", *YearBasis])
def test_the_way_back_holds_for_amended_clauses_and_disagreements(trigger, basis):
    frame = Frame(date(2024, 2, 29), None, Zone.METROPOLE)
    _check_way_back(_amended(trigger=trigger), frame, range(0, 400, 61))
    clause = make_termination(trigger=trigger, ground=TerminationGround.DESACCORD)
    _check_way_back(_disagreement(basis, clause), frame, range(0, 900, 97))
    _check_way_back(_disagreement(basis), frame, range(0, 900, 97))


def _check_way_back(route: Route, frame: Frame, days) -> None:
    for shift, post in product(days, (POST, Post(7, 20, 14))):
        effect = date(2026, 7, 1) + timedelta(days=shift)
        for aim in to_be_free(route, effect, post=post, frame=frame, on=LONG_AGO).aims:
            for day in filter(None, (aim.post_on, aim.safe_on)):
                rows = if_posted(route, day, post=post, frame=frame).readings
                row = next(row for row in rows if row.fate == aim.fate)
                assert row.free_on <= effect, (aim, row)
            assert aim.safe_on is None or aim.safe_on <= aim.post_on


def test_every_event_is_named_once_with_its_proof():
    found = fates(POST)
    assert len({fate.slug for fate in found}) == len({fate.label for fate in found}) == 8
    assert all(fate.proof for fate in found)
