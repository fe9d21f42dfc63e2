"""What a person or an organisation keeps to itself is met by nobody else."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.tests.factories import make_territory
from reminders.access import get_deadline_or_404, notes_visible_to, visible_to
from reminders.models import Deadline, DeadlineNote
from reminders.tests.factories import NOW, make_deadline
from territories.enums import TerritoryKind

pytestmark = pytest.mark.django_db

TODAY = date(2019, 3, 1)


@pytest.fixture
def dates(cast):
    return {
        "shared": make_deadline(cast.convention, key="a"),
        "ours": make_deadline(cast.convention, key="b", reserved_to=cast.epci),
        "theirs": make_deadline(cast.convention, key="c", reserved_to=cast.action_logement),
        "mine": make_deadline(cast.convention, key="d", owner=cast.reader),
    }


def _seen(dates, user):
    found = set(visible_to(user, on=TODAY))
    return {name for name, row in dates.items() if row in found}


def test_each_sees_what_is_shared_what_is_of_their_side_and_what_is_their_own(cast, dates):
    assert _seen(dates, cast.manager) == {"shared", "ours"}
    assert _seen(dates, cast.reader) == {"shared", "ours", "mine"}
    assert _seen(dates, cast.counterpart) == {"shared", "theirs"}


def test_strangers_and_passers_by_see_nothing(cast, dates):
    assert _seen(dates, cast.stranger) == set()
    assert _seen(dates, AnonymousUser()) == set()


def test_the_platform_is_of_no_side(cast, dates):
    assert _seen(dates, make_user(is_superuser=True)) == {"shared"}


def test_who_leaves_loses_even_their_own(cast, dates):
    Membership.objects.filter(user=cast.reader).update(ends_on=date(2019, 2, 1))
    assert _seen(dates, cast.reader) == set()


def test_a_delegation_is_of_its_body_s_side_in_its_region_alone(cast, dates):
    here = make_territory(kind=TerritoryKind.REGION, code="27")
    there = make_territory(kind=TerritoryKind.REGION, code="93")
    type(cast.convention).objects.update(region=here)
    agents = [
        make_member(
            make_organisation(
                kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement, regions=[region]
            ),
            Role.LECTEUR,
        )
        for region in (here, there)
    ]
    assert _seen(dates, agents[0]) == {"shared", "theirs"}
    assert _seen(dates, agents[1]) == set()


def test_the_door_answers_404_to_the_others(cast, dates):
    for user, name in ((cast.counterpart, "ours"), (cast.manager, "mine"), (cast.reader, "theirs")):
        with pytest.raises(Http404):
            get_deadline_or_404(user, dates[name].pk, on=TODAY)
    assert get_deadline_or_404(cast.reader, dates["mine"].pk, on=TODAY) == dates["mine"]


def test_what_everybody_reads_holds_nothing_kept_apart(dates):
    assert list(Deadline.objects.all()) == [dates["shared"]]
    assert list(dates["shared"].convention.deadlines.all()) == [dates["shared"]]


def test_a_note_is_read_by_its_side_or_by_all(cast, dates):
    said = {"convention": cast.convention, "key": "a", "author": cast.manager, "at": NOW}
    internal = DeadlineNote.objects.create(body="entre nous", reserved_to=cast.epci, **said)
    shared = DeadlineNote.objects.create(body="à tous", **said)
    removed = DeadlineNote.objects.create(body="ôtée", removed_at=NOW, **said)

    def read(user):
        return list(notes_visible_to(user, on=TODAY).of(dates["shared"]))

    assert read(cast.reader) == [internal, shared]
    assert read(cast.counterpart) == [shared]
    assert read(make_user(is_superuser=True)) == [shared]
    assert removed not in read(cast.manager)
