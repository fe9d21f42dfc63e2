"""A draft avenant is known to the side that drafts it alone, wherever one could learn of it."""

from datetime import date

import pytest

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.access import acts_visible_to, entries_visible_to
from conventions.actions.journal import record_in_act
from conventions.enums import ActKind, ActStatus
from conventions.models import Act, Round
from conventions.tests.factories import make_signed_convention, make_territory
from territories.enums import TerritoryKind

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def world():
    class World:
        region = make_territory(kind=TerritoryKind.REGION)
        epci = make_organisation(name="Grand Lac")
        group = make_organisation(name="Groupe", kind=OrganisationKind.ACTION_LOGEMENT)
        delegation = make_organisation(
            kind=OrganisationKind.DELEGATION, acts_for=group, regions=[region]
        )
        convention = make_signed_convention(
            epci=epci, action_logement=group, region=region, ends_on=date(2030, 1, 1)
        )

    World.reader = make_member(World.epci, Role.LECTEUR)
    World.other = make_member(World.group, Role.ADMINISTRATEUR)
    World.regional = make_member(World.delegation, Role.LECTEUR)
    World.platform = make_user(is_superuser=True)
    return World


def draft(world, by, **fields) -> Act:
    fields.setdefault("status", ActStatus.PROJET)
    number = 1000 + world.convention.acts.count()
    return Act.objects.create(
        convention=world.convention, number=number, kind=ActKind.AVENANT, drafted_by=by, **fields
    )


def seen_by(world, user) -> set[Act]:
    return set(acts_visible_to(user, world.convention, on=TODAY).filter(number__gt=0))


def test_a_draft_is_seen_by_the_side_that_writes_it(world):
    act = draft(world, world.epci)
    assert seen_by(world, world.reader) == {act}
    assert seen_by(world, world.platform) == {act}
    assert seen_by(world, world.other) == seen_by(world, world.regional) == set()


def test_a_delegation_sees_the_drafts_of_the_body_it_acts_for_in_its_region(world):
    act = draft(world, world.group)
    assert seen_by(world, world.regional) == {act}
    world.convention.region = make_territory(kind=TerritoryKind.REGION)
    world.convention.save()
    assert seen_by(world, world.regional) == set()


def test_a_draft_in_negotiation_is_seen_by_all(world):
    act = draft(world, world.epci, status=ActStatus.EN_NEGOCIATION)
    assert seen_by(world, world.other) == {act}


def test_an_abandoned_draft_stays_unknown_unless_it_was_shared(world):
    act = draft(world, world.epci, status=ActStatus.ABANDONNE)
    assert seen_by(world, world.other) == set()
    party = world.convention.parties.first()
    Round.objects.create(act=act, number=1, holder=party, opened_at="2026-11-20T08:00:00Z")
    assert seen_by(world, world.other) == {act}


def lines_read_by(world, user) -> set[int]:
    entries = JournalEntry.objects.of_dossier(world.convention.pk)
    return set(entries_visible_to(user, entries, on=TODAY).values_list("pk", flat=True))


def test_what_is_done_in_a_private_draft_is_read_in_the_journal_by_its_side_alone(world):
    act = draft(world, world.epci)
    record_in_act(act, act, by=world.reader, verb=Verb.CONVENTION_CHANGED)
    line = JournalEntry.objects.latest("pk").pk
    assert line in lines_read_by(world, world.reader)
    assert line in lines_read_by(world, world.platform)
    assert line not in lines_read_by(world, world.other)
    assert line not in lines_read_by(world, world.regional)
    act.status = ActStatus.EN_NEGOCIATION
    act.save()
    assert line not in lines_read_by(world, world.other)


def test_what_is_done_once_the_negotiation_is_open_is_read_by_all(world):
    act = draft(world, world.epci, status=ActStatus.EN_NEGOCIATION)
    record_in_act(act, act, by=world.reader, verb=Verb.CONVENTION_CHANGED)
    line = JournalEntry.objects.latest("pk").pk
    assert line in lines_read_by(world, world.other)
    assert line in lines_read_by(world, world.regional)


def test_a_delegation_reads_the_lines_of_the_body_it_acts_for_in_its_region_alone(world):
    act = draft(world, world.group)
    record_in_act(act, act, by=world.other, verb=Verb.CONVENTION_CHANGED)
    line = JournalEntry.objects.latest("pk").pk
    assert line in lines_read_by(world, world.regional)
    world.convention.region = make_territory(kind=TerritoryKind.REGION)
    world.convention.save()
    assert line not in lines_read_by(world, world.regional)
