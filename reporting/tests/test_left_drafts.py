"""The address of a draft avenant, which its signature leaves behind: a way on, and no secret."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.tests.factories import make_member
from conventions.models.act import PROVISIONAL
from conventions.tests.amending import begin, make_amending_cast, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_amending_cast()


def read(client, act, number: int) -> str:
    address = reverse("conventions:act", kwargs={"pk": act.convention_id, "number": number})
    answer = client.get(address)
    assert answer.status_code == 404
    return answer.content.decode().replace(str(answer.context["csrf_token"]), "")


def test_a_link_kept_to_a_draft_leads_to_the_acts_once_it_is_signed(client, cast):
    act = begin(cast, title="Durée")
    former = act.number
    sign(act)
    client.force_login(cast.manager)
    acts = reverse("conventions:acts", args=[act.convention_id])
    assert f'href="{acts}"' in read(client, act, former)


def test_a_hidden_draft_and_one_that_never_was_read_the_same(client, cast):
    act = begin(cast, title="Durée")
    party = cast.convention.parties.exclude(organisation=act.drafted_by).first()
    client.force_login(make_member(party.organisation, Role.RESPONSABLE))
    never = PROVISIONAL + 1 if act.number > PROVISIONAL + 1 else PROVISIONAL + 2
    assert read(client, act, act.number) == read(client, act, never)
