"""What must hold for every date: monotony, months before days, inverse questions, safe dates.

Where monotony is strict, exactly. A later start never gives an earlier date. It gives a strictly
later one when days alone are counted; counted in months, two starts of one month share their date
when both bear a quantième that the last month lacks or bear its last one (29, 30 and 31 January all
lead to 28 February), and a carry brings together the dates that fall on one stretch of days off.
A longer quantity is strictly later (for `rebours`, earlier) in months; in days alone, by one day.
"""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from conventions.enums import Operation, Unit
from conventions.rules.delais import (
    delai,
    duree,
    effet_au_plus_tot,
    instant_24h,
    preavis,
    rebours,
)
from conventions.rules.delais_clauses import date_de_clause
from territories.enums import Zone
from territories.rules.jours_feries import is_jour_ouvre
from territories.rules.zones import time_zone

ONE_DAY = timedelta(days=1)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
month_ends = st.builds(
    lambda year, month: date(year, month, monthrange(year, month)[1]),
    st.integers(1990, 2090),
    st.integers(1, 12),
)
any_day = days | month_ends
zones = st.sampled_from(list(Zone))
months = st.integers(0, 60)
some_days = st.integers(0, 200)


@st.composite
def quantities(draw):
    quantity = {"months": draw(months), "days": draw(some_days)}
    assume(any(quantity.values()))
    return quantity


@given(any_day, any_day, quantities())
def test_a_later_start_never_ends_earlier(first, second, quantity):
    first, second = sorted((first, second))
    for question in (delai, preavis, duree, rebours, effet_au_plus_tot):
        assert question(first, **quantity).result <= question(second, **quantity).result


@given(any_day, any_day, quantities(), zones, st.booleans())
def test_a_later_start_is_never_carried_to_an_earlier_day(first, second, quantity, zone, franc):
    first, second = sorted((first, second))
    flags = {"carry": True, "franc": franc, "zone": zone}
    assert delai(first, **quantity, **flags).result <= delai(second, **quantity, **flags).result


@given(any_day, st.integers(1, 400), st.integers(1, 400))
def test_in_days_alone_a_later_start_is_as_much_later(first, gap, days_count):
    second = first + timedelta(days=gap)
    for question in (delai, preavis, duree, rebours, effet_au_plus_tot):
        ends = [question(day, days=days_count).result for day in (first, second)]
        assert ends[1] - ends[0] == timedelta(days=gap)


@given(any_day, st.integers(1, 3), st.integers(1, 60))
def test_only_the_end_of_a_shorter_month_brings_two_starts_together(first, gap, months_count):
    second = first + timedelta(days=gap)
    ends = [preavis(day, months=months_count).result for day in (first, second)]
    end_of_month = ends[0].day == monthrange(ends[0].year, ends[0].month)[1]
    meet = first.month == second.month and end_of_month and first.day >= ends[0].day
    assert (ends[0] == ends[1]) == meet


def test_three_starts_share_the_last_day_of_february():
    starts = [date(2027, 1, day) for day in (28, 29, 30, 31)]
    assert {preavis(start, months=1).result for start in starts} == {date(2027, 2, 28)}
    # A duration ends on the eve: 30 January is the first whose eve February lacks.
    assert [duree(start, months=1).result.day for start in starts] == [27, 28, 28, 28]


@given(any_day, st.integers(0, 59), some_days)
def test_one_month_more_is_strictly_later_or_earlier_when_going_back(day, months_count, days_count):
    assume(months_count or days_count)
    more = {"months": months_count + 1, "days": days_count}
    less = {"months": months_count, "days": days_count}
    for question in (delai, preavis, duree, effet_au_plus_tot):
        gap = (question(day, **more).result - question(day, **less).result).days
        # From the end of February to the end of March there are 31 days, back from it 28.
        assert 28 <= gap <= 31
    assert rebours(day, **more).result < rebours(day, **less).result


@given(any_day, months, some_days, zones)
def test_one_day_more_is_one_day_later(day, months_count, days_count, zone):
    assume(months_count or days_count)
    less = {"months": months_count, "days": days_count, "zone": zone}
    more = {**less, "days": days_count + 1}
    for question in (delai, preavis, duree, effet_au_plus_tot):
        assert question(day, **more).result == question(day, **less).result + ONE_DAY
    assert delai(day, **more, carry=True).result >= delai(day, **less, carry=True).result
    assert rebours(day, **more).result <= rebours(day, **less).result


@given(any_day, st.integers(1, 60), st.integers(1, 200))
def test_months_are_counted_before_days(start, months_count, days_count):
    whole = delai(start, months=months_count, days=days_count).result
    assert whole == delai(delai(start, months=months_count).result, days=days_count).result


@given(any_day, st.integers(1, 60))
def test_a_month_ends_on_the_same_quantieme_or_on_its_last_day(start, months_count):
    end = preavis(start, months=months_count).result
    last = monthrange(end.year, end.month)[1]
    assert (end.year - start.year) * 12 + end.month - start.month == months_count
    assert end.day == min(start.day, last)


@given(any_day, st.integers(1, 30))
def test_a_year_is_twelve_months(start, years):
    for question in (delai, preavis, duree, rebours, effet_au_plus_tot):
        assert question(start, years=years).result == question(start, months=12 * years).result


@given(any_day, quantities())
def test_acting_on_the_last_safe_day_gives_the_effect_in_time(effect, quantity):
    safe = rebours(effect, **quantity).result
    assert effet_au_plus_tot(safe, **quantity).result <= effect


@given(any_day, st.integers(1, 60))
def test_a_rebours_is_tight_but_for_one_day_at_month_ends(effect, months_count):
    act = rebours(effect, months=months_count).result
    frees = [effet_au_plus_tot(act + timedelta(days=n), months=months_count).result for n in (1, 2)]
    assert frees[1] > effect
    if frees[0] <= effect:
        last = monthrange(act.year, act.month)[1]
        assert act.day == last - 1
        assert effect.day > last


@given(any_day, st.integers(1, 400))
def test_in_days_alone_the_two_directions_are_inverse(effect, days_count):
    assert rebours(effect, days=days_count).result == effect - timedelta(days=days_count + 1)
    safe = rebours(effect, days=days_count).result
    assert effet_au_plus_tot(safe, days=days_count).result == effect


@given(any_day, quantities())
def test_freedom_begins_the_day_after_the_notice_ends(sent, quantity):
    free = effet_au_plus_tot(sent, **quantity).result
    assert free == preavis(sent, **quantity).result + ONE_DAY


@given(any_day, quantities(), zones)
def test_franc_adds_one_day_and_carry_stops_at_the_first_working_day(start, quantity, zone):
    plain = delai(start, **quantity, zone=zone).result
    franc = delai(start, **quantity, franc=True, zone=zone).result
    carried = delai(start, **quantity, franc=True, carry=True, zone=zone).result
    assert franc == plain + ONE_DAY
    assert is_jour_ouvre(carried, zone)
    skipped = [franc + timedelta(days=n) for n in range((carried - franc).days)]
    assert not any(is_jour_ouvre(day, zone) for day in skipped)


@given(any_day, quantities(), zones, zones)
def test_the_zone_moves_no_date_that_is_not_carried(day, quantity, zone, other):
    for question in (delai, preavis, duree, rebours, effet_au_plus_tot):
        here, there = (question(day, **quantity, zone=where).result for where in (zone, other))
        assert here == there


@given(any_day, quantities(), zones, st.booleans(), st.booleans())
def test_every_sentence_is_one_and_names_its_rule(day, quantity, zone, carry, franc):
    computed = [delai(day, **quantity, carry=carry, franc=franc, zone=zone)]
    computed += [q(day, **quantity, zone=zone) for q in (preavis, duree, rebours)]
    computed += [effet_au_plus_tot(day, **quantity, zone=zone), instant_24h(day, zone)]
    for answer in computed:
        assert len(answer.steps) >= 3
        for sentence in answer.steps:
            assert sentence[0].isupper()
            assert sentence.endswith(").")
            assert "'" not in sentence


@given(any_day, st.integers(1, 60), st.sampled_from(Unit), st.sampled_from(Operation), zones)
def test_what_a_clause_moves_never_moves_its_safe_date(day, quantity, unit, operation, zone):
    assume(unit != Unit.ANS or quantity <= 20)
    terms = {"quantity": quantity, "unit": unit, "zone": zone}
    kept = date_de_clause(operation, day, **terms)
    moved = date_de_clause(operation, day, **terms, carry=True)
    assert moved.safe_date == kept.safe_date
    if operation == Operation.REBOURS:
        assert moved.result == kept.result
    else:
        assert is_jour_ouvre(moved.result, zone)
        assert (moved.result == kept.result) == is_jour_ouvre(kept.result, zone)
    franc = date_de_clause(operation, day, **terms, franc=True)
    gained = operation == Operation.DELAI and unit != Unit.JOURS_FRANCS
    assert franc.result == kept.result + gained * ONE_DAY


@given(days, st.integers(1, 60))
def test_a_duree_and_the_next_one_follow_without_a_gap_before_the_29th(start, months_count):
    assume(start.day <= 28)
    end = duree(start, months=months_count).result
    assert end + ONE_DAY == delai(start, months=months_count).result


@given(any_day, quantities(), zones)
def test_the_safe_date_is_a_working_day_not_after_the_result(day, quantity, zone):
    for question in (delai, preavis, duree, rebours, effet_au_plus_tot):
        computed = question(day, **quantity, zone=zone)
        assert computed.safe_date <= computed.result
        assert is_jour_ouvre(computed.safe_date, zone)
        between = (computed.result - computed.safe_date).days
        later = [computed.safe_date + timedelta(days=n) for n in range(1, between + 1)]
        assert not any(is_jour_ouvre(other, zone) for other in later)


@given(any_day, zones)
def test_the_instant_is_local_midnight(day, zone):
    local = instant_24h(day, zone).result.astimezone(time_zone(zone))
    assert (local.date(), local.hour, local.minute) == (day + ONE_DAY, 0, 0)
