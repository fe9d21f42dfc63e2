import pytest

from conventions.actions.checklist import procedure_facts
from conventions.tests.drafting import TODAY, make_drafting_cast
from engagements.tests.factories import make_engagement, make_indicator, make_target

pytestmark = pytest.mark.django_db


def test_the_checklist_hears_who_owes_what_and_what_is_aimed_at():
    cast = make_drafting_cast()
    owed = make_engagement(cast.convention, cast.first, title="Orienter le foncier")
    make_engagement(cast.convention, cast.second, title="Financer")
    make_target(cast.convention, make_indicator(), year=2027, engagement=owed)
    first, second = procedure_facts(cast.act, on=TODAY).engagements
    assert (first.title, first.debtors, first.has_target) == (
        "Orienter le foncier", (str(cast.first),), True,
    )  # fmt: skip
    assert (second.debtors, second.has_target) == ((str(cast.second),), False)
