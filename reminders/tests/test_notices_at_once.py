"""Several people say something at the same instant: each is told once (PostgreSQL)."""

import pytest
from django.db import connection

from conventions.actions.threads import open_thread
from conventions.tests.drafting import TODAY
from conventions.tests.negotiating import make_negotiation
from conventions.tests.test_negotiating_at_once import act_of, at_once
from reminders.models import Notice

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_what_several_say_at_once_makes_one_message_a_person():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_negotiation()
    Notice.objects.all().delete()
    said = {"on": TODAY, "body": "Une question."}
    acts = [act_of(cast) for _ in range(4)]
    mine = {"by": cast.manager, "party": cast.first}
    theirs = {"by": cast.theirs, "party": cast.second}
    refused = at_once(
        *(
            lambda act=act, who=who: open_thread(act, **who, **said)
            for act, who in zip(acts, (mine, theirs, mine, theirs), strict=True)
        )
    )
    assert refused == [""] * 4
    assert cast.act.threads.count() == 4
    planned = list(Notice.objects.values_list("recipient", flat=True))
    assert len(planned) == len(set(planned)) == 4
