"""The organisations a convention binds."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import OrganisationKind
from accounts.models import JournalEntry
from accounts.tests.factories import make_organisation
from conventions.actions.draft import state_of
from conventions.actions.parties import add_party, change_party, remove_party
from conventions.enums import ConventionStatus
from conventions.models import Convention, Party
from conventions.tests.drafting import TODAY, empower, make_drafting_cast
from conventions.tests.factories import make_party, make_territory
from territories.enums import TerritoryKind
from territories.models import Containment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_drafting_cast()


def test_a_party_takes_its_name_and_numbers_from_its_file(cast):
    bailleur = make_organisation(
        name="Habitat 25", siren="344810825", legal_nature="OPH", address="1 rue de la Paix"
    )
    party = add_party(cast.convention, bailleur, by=cast.manager, on=TODAY, alias="l’Office")
    assert (party.position, party.alias) == (3, "l’Office")
    assert party.name_as_signed == "Habitat 25"
    assert (party.siren_as_signed, party.legal_nature_as_signed) == ("344810825", "OPH")
    bailleur.name = "Autre nom"
    bailleur.save()
    party.refresh_from_db()
    assert party.name_as_signed == "Habitat 25"


def test_the_same_organisation_is_not_bound_twice(cast):
    with pytest.raises(ValidationError) as refusal:
        add_party(cast.convention, cast.epci, by=cast.manager, on=TODAY)
    assert refusal.value.message_dict == {
        "organisation": ["Cet organisme est déjà partie à la convention."]
    }


@pytest.mark.parametrize(
    ("siren", "words"),
    [("123456789", "clé de contrôle"), ("12345678", "neuf chiffres"), ("24250036A", "neuf")],
)
def test_a_wrong_siren_is_refused_at_its_field(cast, siren, words):
    with pytest.raises(ValidationError) as refusal:
        change_party(cast.first, by=cast.manager, on=TODAY, siren_as_signed=siren)
    assert words in refusal.value.message_dict["siren_as_signed"][0]
    assert not JournalEntry.objects.exists()


def test_a_party_cannot_leave_before_it_joined(cast):
    with pytest.raises(ValidationError) as refusal:
        change_party(
            cast.first,
            by=cast.manager,
            on=TODAY,
            starts_on=date(2027, 1, 1),
            ends_on=date(2026, 12, 31),
        )
    assert "ends_on" in refusal.value.message_dict


def test_a_commune_joins_only_while_it_is_in_the_intercommunality(cast):
    territory = cast.convention.territory
    commune = make_territory(kind=TerritoryKind.COMMUNE, name="Nouvelle")
    Containment.objects.create(parent=territory, child=commune, starts_on=date(2026, 1, 1))
    town = make_organisation(kind=OrganisationKind.COMMUNE, territory=commune)
    with pytest.raises(ValidationError) as refusal:
        add_party(cast.convention, town, by=cast.manager, on=TODAY, starts_on=date(2025, 12, 31))
    assert "Nouvelle ne fait pas partie" in refusal.value.message_dict["organisation"][0]
    assert "31\u00a0décembre\u00a02025" in refusal.value.message_dict["organisation"][0]
    add_party(cast.convention, town, by=cast.manager, on=TODAY, starts_on=date(2026, 1, 1))
    assert cast.convention.parties.count() == 3


def test_a_form_opened_before_a_colleague_saved_overwrites_nothing(cast):
    seen = state_of(cast.first)
    change_party(cast.first, by=cast.manager, on=TODAY, seen=seen, alias="l’Agglomération")
    with pytest.raises(ValidationError) as refusal:
        change_party(cast.first, by=cast.counterpart, on=TODAY, seen=seen, alias="Autre")
    assert refusal.value.code == "stale"
    assert Party.objects.get(pk=cast.first.pk).alias == "l’Agglomération"


def test_those_after_a_party_taken_out_move_up(cast):
    third = make_party(cast.convention)
    remove_party(cast.second, by=cast.manager, on=TODAY)
    third.refresh_from_db()
    assert third.position == 2


def test_a_negotiation_keeps_two_parties_and_a_cited_party_stays(cast):
    with pytest.raises(ValidationError) as refusal:
        remove_party(cast.second, by=cast.manager, on=TODAY)
    assert "au moins deux parties" in refusal.value.message
    make_party(cast.convention)
    empower(cast.convention)
    with pytest.raises(ValidationError) as refusal:
        remove_party(cast.second, by=cast.manager, on=TODAY)
    assert refusal.value.code == "cited"
    assert cast.convention.parties.count() == 3
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("who", ["reader", "contributor", "signatory", "stranger"])
def test_only_a_manager_chooses_the_parties(cast, who):
    person = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        add_party(cast.convention, make_organisation(), by=person, on=TODAY)
    with pytest.raises(PermissionDenied):
        change_party(cast.first, by=person, on=TODAY, alias="Autre")
    with pytest.raises(PermissionDenied):
        remove_party(cast.second, by=person, on=TODAY)


def test_parties_no_longer_change_once_the_text_is_closed(cast):
    Convention.objects.update(status=ConventionStatus.EN_SIGNATURE)
    with pytest.raises(ValidationError) as refusal:
        add_party(cast.convention, make_organisation(), by=cast.manager, on=TODAY)
    assert "rouvrez la rédaction" in refusal.value.message
