"""Who is told, who is in charge, who is above them, and when each of them chose to be told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import OrganisationKind, Role
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.tests.factories import make_party, make_signed_convention, make_territory
from reminders.actions.recipients import Addressee, audience_of, audiences_of
from reminders.enums import DeadlineKind as Kind
from reminders.enums import Rhythm
from reminders.models import LadderChoice, RhythmChoice
from reminders.rules.ladder import LADDERS
from reminders.tests.factories import NOW, TODAY, make_external
from territories.enums import TerritoryKind

pytestmark = pytest.mark.django_db


def _person(user) -> Addressee:
    return Addressee(user_id=user.pk)


def _audience(cast):
    return audience_of(cast.convention, on=TODAY)


def test_managers_are_in_charge_and_contributors_are_told(cast):
    audience = _audience(cast)
    assert audience.inside([cast.first_party.pk]) == {
        _person(cast.manager), _person(cast.contributor)
    }  # fmt: skip
    assert _person(cast.manager) in audience.in_charge
    assert _person(cast.contributor) not in audience.in_charge


def test_a_party_without_a_manager_has_all_its_followers_in_charge(cast):
    cast.manager.memberships.update(ends_on=TODAY - timedelta(days=1))
    assert _person(cast.contributor) in _audience(cast).in_charge


def test_administrators_left_alone_are_told_and_in_charge(cast):
    cast.epci.memberships.update(ends_on=TODAY - timedelta(days=1))
    admin = make_member(cast.epci, Role.ADMINISTRATEUR)
    signatory = make_member(cast.epci, Role.SIGNATAIRE)
    audience = _audience(cast)
    assert audience.inside([cast.first_party.pk]) == {_person(admin)}
    assert _person(admin) in audience.in_charge
    assert audience.superiors([cast.first_party.pk]) == {_person(signatory)}


def test_nobody_left_is_heard_at_the_fallback_address_else_not_at_all(cast):
    cast.epci.memberships.update(ends_on=TODAY - timedelta(days=1))
    assert _audience(cast).unheard([cast.first_party.pk]) == [cast.first_party.pk]
    cast.epci.reminder_email = "accueil@grandlac.fr"
    cast.epci.save()
    audience = _audience(cast)
    fallback = Addressee(fallback_email="accueil@grandlac.fr")
    assert audience.inside([cast.first_party.pk]) == {fallback}
    assert fallback in audience.in_charge
    assert audience.superiors([cast.first_party.pk]) == frozenset()


def test_superiors_are_administrators_and_signatories_else_the_fallback_address(cast):
    cast.epci.reminder_email = "accueil@grandlac.fr"
    cast.epci.save()
    party = [cast.first_party.pk]
    assert _audience(cast).superiors(party) == {Addressee(fallback_email="accueil@grandlac.fr")}
    admin = make_member(cast.epci, Role.ADMINISTRATEUR)
    gone = make_member(cast.epci, Role.SIGNATAIRE, is_active=False)
    assert _audience(cast).superiors(party) == {_person(admin)}
    assert _person(gone) not in _audience(cast).superiors(None)


def test_delegations_of_the_region_are_told_and_no_other(cast):
    here = make_territory(kind=TerritoryKind.REGION)
    cast.convention.region = here
    cast.convention.save()
    people = {}
    for name, regions in (("ici", [here]), ("ailleurs", [make_territory()])):
        house = make_organisation(
            name=name,
            kind=OrganisationKind.DELEGATION,
            acts_for=cast.action_logement,
            regions=regions,
        )
        people[name] = make_member(house, Role.RESPONSABLE)
    told = _audience(cast).inside([cast.second_party.pk])
    assert told == {_person(cast.counterpart), _person(people["ici"])}


def test_the_choice_of_a_person_wins_over_that_of_their_organisation(cast):
    LadderChoice.objects.create(organisation=cast.epci, kind=Kind.TERME, months=[9], days=[2])
    audience = _audience(cast)
    assert audience.ladder(_person(cast.contributor), Kind.TERME).months == (9,)
    assert audience.ladder(_person(cast.counterpart), Kind.TERME) == LADDERS[Kind.TERME]
    LadderChoice.objects.create(user=cast.contributor, kind=Kind.TERME, months=[3], days=[])
    assert _audience(cast).ladder(_person(cast.contributor), Kind.TERME).months == (3,)
    assert _audience(cast).ladder(_person(cast.contributor), Kind.TERME).days == ()


def test_never_is_for_those_who_are_not_in_charge(cast):
    for user in (cast.manager, cast.contributor):
        LadderChoice.objects.create(user=user, kind=Kind.TERME, months=[], days=[])
    audience = _audience(cast)
    assert audience.ladder(_person(cast.contributor), Kind.TERME).is_never
    assert audience.ladder(_person(cast.manager), Kind.TERME).days == (1,)


def test_who_chose_never_is_told_again_the_day_they_are_in_charge(cast):
    LadderChoice.objects.create(user=cast.contributor, kind=Kind.TERME, months=[], days=[])
    cast.manager.memberships.update(ends_on=TODAY - timedelta(days=1))
    assert _audience(cast).ladder(_person(cast.contributor), Kind.TERME).days == (1,)


def test_outsiders_and_fallback_addresses_follow_the_organisation(cast):
    outsider = make_external(cast.first_party, kinds=[Kind.TERME])
    addressee = Addressee(external_id=outsider.pk)
    LadderChoice.objects.create(organisation=cast.epci, kind=Kind.TERME, months=[9], days=[])
    RhythmChoice.objects.create(organisation=cast.epci, rhythm=Rhythm.HEBDOMADAIRE)
    audience = _audience(cast)
    assert addressee in audience.of([cast.first_party.pk])
    assert addressee not in audience.of([cast.second_party.pk])
    assert addressee not in audience.inside(None)
    assert audience.ladder(addressee, Kind.TERME).months == (9,)
    assert audience.ladder(addressee, Kind.ENGAGEMENT).is_never
    assert audience.rhythm(addressee) == Rhythm.HEBDOMADAIRE
    assert audience.rhythm(_person(cast.counterpart)) == Rhythm.CHACUN


def test_who_was_stopped_is_told_no_more(cast):
    outsider = make_external(cast.first_party, stopped_at=NOW)
    assert Addressee(external_id=outsider.pk) not in _audience(cast).of(None)


def test_a_successor_goes_on_telling_whom_the_party_told(cast):
    outsider = make_external(cast.first_party)
    cast.first_party.ends_on = TODAY - timedelta(days=1)
    cast.first_party.save()
    heir = make_party(cast.convention, replaces=cast.first_party, position=1, starts_on=TODAY)
    assert Addressee(external_id=outsider.pk) in _audience(cast).of([heir.pk])


def test_a_weekly_person_is_told_weekly_whatever_the_house_does(cast):
    RhythmChoice.objects.create(organisation=cast.epci, rhythm=Rhythm.QUOTIDIEN)
    RhythmChoice.objects.create(user=cast.manager, rhythm=Rhythm.HEBDOMADAIRE)
    audience = _audience(cast)
    assert audience.rhythm(_person(cast.manager)) == Rhythm.HEBDOMADAIRE
    assert audience.rhythm(_person(cast.contributor)) == Rhythm.QUOTIDIEN


def _busy_conventions(cast, count):
    """Conventions with other people, outsiders and choices of their own."""
    region = make_territory(kind=TerritoryKind.REGION)
    found = [cast.convention]
    for _ in range(count):
        epci = make_organisation(reminder_email="repli@exemple.fr")
        convention = make_signed_convention(
            epci=epci, action_logement=cast.action_logement, region=region
        )
        member = make_member(epci, Role.CONTRIBUTEUR)
        LadderChoice.objects.create(user=member, kind=Kind.TERME, months=[2], days=[])
        LadderChoice.objects.create(organisation=epci, kind=Kind.TERME, months=[5], days=[1])
        make_external(convention.parties.get(position=1))
        found.append(convention)
    house = make_organisation(
        kind=OrganisationKind.DELEGATION, acts_for=cast.action_logement, regions=[region]
    )
    make_member(house, Role.RESPONSABLE, user=make_user())
    return found


def test_many_at_once_say_the_same_as_one_by_one(cast):
    conventions = _busy_conventions(cast, 4)
    together = audiences_of(conventions, on=TODAY)
    assert len(together) == 5
    for convention in conventions:
        alone, among = audience_of(convention, on=TODAY), together[convention.pk]
        assert among.by_party == alone.by_party
        assert among.outside == alone.outside
        assert among.above == alone.above
        assert among.in_charge == alone.in_charge
        for addressee in alone.of(None):
            assert among.ladder(addressee, Kind.TERME) == alone.ladder(addressee, Kind.TERME)
            assert among.rhythm(addressee) == alone.rhythm(addressee)


def test_the_number_of_queries_does_not_depend_on_the_number_of_conventions(cast):
    conventions = _busy_conventions(cast, 6)
    counts = []
    for batch in (conventions[1:2], conventions):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            audiences_of(batch, on=TODAY)
        counts.append(len(queries))
    assert counts == [6, 6]


def test_nobody_is_asked_about_no_convention():
    assert audiences_of([], on=date(2026, 1, 1)) == {}
