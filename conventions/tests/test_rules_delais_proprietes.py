"""What must hold for every date: monotony, months before days, inverse questions, safe dates."""

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from conventions.rules.delais import (
    delai,
    duree,
    effet_au_plus_tot,
    instant_24h,
    preavis,
    rebours,
)
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
