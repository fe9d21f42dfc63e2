"""Beginning a convention and correcting its card."""

import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.enums import OrganisationKind, Role, Verb
from accounts.models import JournalEntry
from accounts.tests.factories import make_member, make_organisation, make_user
from conventions.access import visible_to
from conventions.actions.conventions import change_convention, create_convention
from conventions.enums import ConventionKind, ConventionStatus
from conventions.models import Convention
from conventions.tests.drafting import TODAY, make_drafting_cast, put_in_signature
from conventions.tests.factories import make_convention, make_territory
from territories.enums import TerritoryKind, Zone

pytestmark = pytest.mark.django_db


def _fields(organisation, **changes) -> dict:
    fields = {
        "reference": "grand-lac-2027",
        "title": "Convention-cadre 2027-2029",
        "kind": ConventionKind.EPCI_ACTION_LOGEMENT,
        "territory": make_territory(),
        "drafted_by": organisation,
    }
    return fields | changes


def _card(convention, **changes) -> dict:
    fields = {
        name: getattr(convention, name) for name in ("reference", "title", "kind", "territory")
    }
    return {"version": convention.version, **fields, **changes}


def test_a_manager_begins_a_draft_that_only_their_organisation_sees():
    organisation = make_organisation()
    manager = make_member(organisation)
    convention = create_convention(by=manager, on=TODAY, **_fields(organisation))
    assert convention.reference == "GRAND-LAC-2027"
    assert convention.status == ConventionStatus.BROUILLON
    assert convention.acts.get().number == 0
    assert convention in visible_to(manager, on=TODAY)
    assert convention not in visible_to(make_member(make_organisation()), on=TODAY)
    entry = JournalEntry.objects.of_dossier(convention.pk).get()
    assert entry.verb == Verb.CONVENTION_CREATED


def test_region_and_zone_come_from_the_territory():
    region = make_territory(kind=TerritoryKind.REGION, code="04")
    territory = make_territory(region=region, zone=Zone.REUNION)
    organisation = make_organisation()
    convention = create_convention(
        by=make_member(organisation), on=TODAY, **_fields(organisation, territory=territory)
    )
    assert convention.region == region
    assert convention.zone == Zone.REUNION


@pytest.mark.parametrize("role", [Role.LECTEUR, Role.CONTRIBUTEUR, Role.SIGNATAIRE])
def test_a_lesser_role_begins_nothing(role):
    organisation = make_organisation()
    person = make_member(organisation, role)
    with pytest.raises(PermissionDenied):
        create_convention(by=person, on=TODAY, **_fields(organisation))
    assert not Convention.objects.exists()


def test_nobody_begins_a_convention_for_another_organisation():
    person = make_member(make_organisation())
    with pytest.raises(PermissionDenied):
        create_convention(by=person, on=TODAY, **_fields(make_organisation()))


def test_a_reference_already_borne_is_refused_at_its_field():
    make_convention(reference="GRAND-LAC-2027")
    organisation = make_organisation()
    with pytest.raises(ValidationError) as refusal:
        create_convention(by=make_member(organisation), on=TODAY, **_fields(organisation))
    assert refusal.value.message_dict == {
        "reference": ["Une convention porte déjà cette référence. Choisissez-en une autre."]
    }
    assert Convention.objects.count() == 1


def test_a_reference_taken_between_the_check_and_the_writing_says_the_same(monkeypatch):
    make_convention(reference="GRAND-LAC-2027")
    organisation = make_organisation()
    monkeypatch.setattr(Convention, "full_clean", lambda self: None)
    with pytest.raises(ValidationError) as refusal:
        create_convention(by=make_member(organisation), on=TODAY, **_fields(organisation))
    assert refusal.value.message_dict == {
        "reference": ["Une convention porte déjà cette référence. Choisissez-en une autre."]
    }
    assert Convention.objects.count() == 1


@pytest.mark.parametrize("reference", ["ab", "GRAND LAC", "GRAND_LAC", "É2027", "A\nB-1"])
def test_a_reference_is_written_in_capitals_figures_and_dashes(reference):
    organisation = make_organisation()
    with pytest.raises(ValidationError) as refusal:
        create_convention(
            by=make_member(organisation), on=TODAY, **_fields(organisation, reference=reference)
        )
    assert "reference" in refusal.value.message_dict


def test_a_card_is_corrected_and_its_act_follows():
    cast = make_drafting_cast()
    change_convention(
        cast.convention, by=cast.counterpart, on=TODAY, **_card(cast.convention, title="Autre")
    )
    cast.convention.refresh_from_db()
    assert (cast.convention.title, cast.convention.version) == ("Autre", 2)
    assert cast.convention.acts.get().title == "Autre"
    entry = JournalEntry.objects.of_dossier(cast.convention.pk).get()
    assert entry.data["changes"]["title"][1] == "Autre"


def test_saving_without_change_writes_nothing():
    cast = make_drafting_cast()
    change_convention(cast.convention, by=cast.manager, on=TODAY, **_card(cast.convention))
    cast.convention.refresh_from_db()
    assert cast.convention.version == 1
    assert not JournalEntry.objects.exists()


def test_two_people_who_correct_the_same_card_do_not_overwrite_each_other():
    cast = make_drafting_cast()
    mine, theirs = _card(cast.convention, title="A"), _card(cast.convention, title="B")
    change_convention(cast.convention, by=cast.manager, on=TODAY, **mine)
    with pytest.raises(ValidationError) as refusal:
        change_convention(cast.convention, by=cast.counterpart, on=TODAY, **theirs)
    assert refusal.value.code == "stale"
    assert "Rien n’est perdu" in refusal.value.message
    assert Convention.objects.get().title == "A"


@pytest.mark.parametrize(
    "status", [ConventionStatus.EN_SIGNATURE, ConventionStatus.SIGNEE, ConventionStatus.RESILIEE]
)
def test_a_card_no_longer_changes_once_the_text_is_closed(status):
    cast = make_drafting_cast()
    if status == ConventionStatus.SIGNEE:
        cast.convention.starts_on, cast.convention.starts_on_basis = TODAY, "clause"
    cast.convention.status = status
    cast.convention.save()
    card = _card(cast.convention, title="Autre")
    with pytest.raises(ValidationError) as refusal:
        change_convention(cast.convention, by=cast.manager, on=TODAY, **card)
    assert refusal.value.code == "closed"


@pytest.mark.parametrize("who", ["reader", "contributor", "signatory", "stranger"])
def test_only_a_manager_corrects_a_card(who):
    cast = make_drafting_cast()
    card = _card(cast.convention, title="Autre")
    with pytest.raises(PermissionDenied):
        change_convention(cast.convention, by=getattr(cast, who), on=TODAY, **card)
    assert Convention.objects.get().title != "Autre"


def test_the_other_party_does_not_see_a_draft_before_the_negotiation():
    cast = make_drafting_cast(status=ConventionStatus.BROUILLON)
    assert cast.convention not in visible_to(cast.counterpart, on=TODAY)
    card = _card(cast.convention, title="Autre")
    with pytest.raises(PermissionDenied):
        change_convention(cast.convention, by=cast.counterpart, on=TODAY, **card)


def test_a_delegation_begins_a_convention_it_will_follow():
    groupe = make_organisation(kind=OrganisationKind.ACTION_LOGEMENT)
    delegation = make_organisation(kind=OrganisationKind.DELEGATION, acts_for=groupe)
    delegate = make_member(delegation)
    convention = create_convention(by=delegate, on=TODAY, **_fields(delegation))
    assert convention in visible_to(delegate, on=TODAY)


def test_a_convention_in_signature_is_not_a_draft():
    cast = make_drafting_cast()
    put_in_signature(cast.convention)
    assert not cast.convention.is_draft


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_same_reference_taken_twice_at_once_is_given_once():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two people write at once")
    organisation = make_organisation()
    fields = [_fields(organisation, territory=make_territory()) for _ in range(2)]
    people = [make_member(organisation), make_user(is_superuser=True)]
    barrier, refusals = threading.Barrier(2), []

    def begin(rank: int) -> None:
        barrier.wait()
        try:
            create_convention(by=people[rank], on=TODAY, **fields[rank])
        except ValidationError as error:
            refusals.append(error.message_dict)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=(rank,)) for rank in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Convention.objects.filter(reference="GRAND-LAC-2027").count() == 1
    assert [list(refusal) for refusal in refusals] == [["reference"]]
