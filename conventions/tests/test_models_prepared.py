"""A statement composed once answers like the query it comes from, whatever the values."""

from datetime import date

import pytest

from conventions.models import Act, Convention
from conventions.models.prepared import Prepared
from conventions.tests.factories import make_signed_convention

pytestmark = pytest.mark.django_db


def signed_by(keys: list[int], on: date):
    acts = Act.objects.in_force(on=on).filter(convention__in=keys)
    return acts.order_by("convention_id").values_list("convention_id", "number")


def test_the_same_statement_answers_for_other_rows_and_other_days(django_assert_num_queries):
    prepared = Prepared(signed_by)
    early = make_signed_convention(signed_on=date(2017, 12, 11)).pk
    late = make_signed_convention(signed_on=date(2019, 12, 11)).pk
    days = (date(2017, 12, 10), date(2017, 12, 11), date(2026, 11, 20))
    for keys in ([early], [late], [early, late], [late, early]):
        for on in days:
            assert prepared.rows(keys, on=on) == list(signed_by(keys, on))
    with django_assert_num_queries(1):
        prepared.rows([early], on=days[0])


def test_nothing_asked_is_nothing_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(signed_by).rows([], on=date(2026, 1, 1)) == []


def test_a_statement_may_do_without_a_day():
    pk = make_signed_convention().pk
    prepared = Prepared(lambda keys, _: Convention.objects.filter(pk__in=keys).values_list("pk"))
    assert prepared.rows([pk]) == [(pk,)]
