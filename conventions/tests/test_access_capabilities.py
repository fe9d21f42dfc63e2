"""What a page offers and what an action allows are one answer, read in two ways."""

from datetime import date

import pytest

from accounts.enums import OrganisationKind, Role
from accounts.rules.roles import Capability
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.access import acting_parties, can, capabilities_in, parties_acted_for
from conventions.tests.factories import make_convention, make_signed_convention, make_territory
from territories.enums import TerritoryKind

ON = date(2019, 11, 12)

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_territory(kind=TerritoryKind.REGION, code="27")


@pytest.fixture
def bodies(region):
    group = make_organisation(kind=OrganisationKind.ACTION_LOGEMENT)
    delegation = make_organisation(
        kind=OrganisationKind.DELEGATION, acts_for=group, regions=[region]
    )
    return make_organisation(), group, delegation, make_organisation()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("make", [make_convention, make_signed_convention])
def test_the_page_and_the_action_agree_for_every_role(role, make, bodies, region):
    epci, group, _, _ = bodies
    conventions = [
        make(epci=epci, action_logement=group, region=region),
        make(epci=epci, action_logement=group),
    ]
    for organisation in bodies:
        user = make_member(organisation, role)
        for convention in conventions:
            granted = {c for c in Capability if can(user, convention, c, on=ON)}
            assert capabilities_in(user, convention, on=ON) == granted


def test_a_party_that_left_gives_nothing_from_the_next_day_on(bodies):
    epci = bodies[0]
    convention = make_signed_convention(epci=epci)
    convention.parties.filter(organisation=epci).update(ends_on=date(2019, 11, 11))
    user = make_member(epci, Role.RESPONSABLE)
    assert capabilities_in(user, convention, on=ON) == frozenset()
    assert Capability.MANAGE in capabilities_in(user, convention, on=date(2019, 11, 11))


def test_the_platform_may_look_and_act_everywhere():
    administrator = make_user(is_superuser=True, is_staff=True)
    assert capabilities_in(administrator, make_convention(), on=ON) == frozenset(Capability)


def test_a_delegation_acts_for_its_body_in_its_regions_only(bodies, region):
    epci, group, delegation, _ = bodies
    here = make_signed_convention(epci=epci, action_logement=group, region=region)
    elsewhere = make_signed_convention(action_logement=group)
    user = make_member(delegation, Role.RESPONSABLE)
    acted_for = parties_acted_for(user, Capability.CONTRIBUTE, on=ON)
    assert [party.convention_id for party in acted_for] == [here.pk]
    assert acting_parties(user, here, Capability.CONTRIBUTE, on=ON).get().organisation == group
    assert not acting_parties(user, elsewhere, Capability.CONTRIBUTE, on=ON).exists()
