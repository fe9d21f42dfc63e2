"""What people mistype comes back at its field, with what they typed, and changes nothing."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from accounts.enums import OrganisationKind
from accounts.models import JournalEntry
from accounts.tests.factories import make_organisation
from conventions.actions.draft import state_of
from conventions.enums import ConventionKind, ConventionStatus, MandateKind
from conventions.models import Convention, Document, Mandate, Party, Signatory
from conventions.tests.drafting import empower, make_drafting_cast, put_in_signature
from conventions.tests.factories import make_convention, make_territory
from conventions.tests.test_rules_fichiers import office, pdf
from territories.enums import TerritoryKind
from territories.models import Containment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(client):
    cast = make_drafting_cast()
    client.force_login(cast.manager)
    return cast


def _address(name: str, *keys) -> str:
    return reverse(f"conventions:{name}", args=keys)


def _post(client, address: str, answers: dict):
    """Send answers that are refused: the page comes back and the journal is silent."""
    before = JournalEntry.objects.count()
    response = client.post(address, answers)
    assert response.status_code == 200
    assert JournalEntry.objects.count() == before
    page = response.content.decode()
    assert "errors__list" in page
    return response.context["form"], page


def _card(**changes) -> dict:
    organisation = make_organisation()
    territory = changes.pop("territory", None) or make_territory()
    fields = {
        "drafted_by": organisation.pk,
        "reference": "NOUVELLE-2027",
        "title": "Convention « 2027 »",
        "kind": ConventionKind.EPCI_ACTION_LOGEMENT,
        "territory": territory if isinstance(territory, str) else territory.code,
    }
    return fields | changes


def test_a_new_convention_is_begun_with_its_drafter_as_first_party(client, cast):
    response = client.post(_address("create"), _card(drafted_by=cast.epci.pk))
    convention = Convention.objects.get(reference="NOUVELLE-2027")
    assert response.url == _address("parties", convention.pk)
    assert convention.parties.get().organisation == cast.epci


def test_a_reference_that_exists_is_told_at_its_field_and_nothing_of_its_bearer(client, cast):
    hidden = make_convention(reference="SECRETE-2027", title="Titre confidentiel")
    answers = _card(drafted_by=cast.epci.pk, reference="secrete-2027")
    form, page = _post(client, _address("create"), answers)
    assert form.errors["reference"] == [
        "Une convention porte déjà cette référence. Choisissez-en une autre."
    ]
    assert escape("Convention « 2027 »") in page
    assert hidden.title not in page
    assert _address("detail", hidden.pk) not in page


def test_a_territory_is_found_by_number_name_or_choice(client, cast):
    make_territory(code="200068674", name="Grand Bourg")
    make_territory(kind=TerritoryKind.COMMUNE, code="01053", name="Grand Bourg")
    answers = _card(drafted_by=cast.epci.pk, territory="grand bourg")
    form, page = _post(client, _address("create"), answers)
    assert "choisissez le vôtre" in form.errors["territory_choice"][0]
    assert 'type="radio"' in page
    assert len(form.fields["territory_choice"].choices) == 2
    chosen = form.fields["territory_choice"].choices[1][0]
    client.post(_address("create"), answers | {"territory_choice": chosen})
    assert Convention.objects.get(reference="NOUVELLE-2027").territory.code == "01053"


@pytest.mark.parametrize("typed", ["200 068 674", "200068674", "Grand Bourg (200068674)", "bourg"])
def test_a_territory_is_found_by_what_people_know_of_it(client, cast, typed):
    make_territory(code="200068674", name="Grand Bourg")
    client.post(_address("create"), _card(drafted_by=cast.epci.pk, territory=typed))
    assert Convention.objects.get(reference="NOUVELLE-2027").territory.code == "200068674"


def test_an_unknown_territory_and_a_parent_one_may_not_see_say_so(client, cast):
    make_convention(reference="CACHEE-2020")
    answers = _card(drafted_by=cast.epci.pk, territory="Nulle part", parent="cachee-2020")
    form, _ = _post(client, _address("create"), answers)
    assert "Aucun territoire" in form.errors["territory"][0]
    unseen = form.errors["parent"]
    form, _ = _post(client, _address("create"), answers | {"parent": "JAMAIS-VUE"})
    assert form.errors["parent"] == unseen


def test_extra_answers_have_no_effect(client, cast):
    answers = _card(drafted_by=cast.epci.pk, status="signee", ends_on="2030-01-01", version=9)
    client.post(_address("create"), answers)
    convention = Convention.objects.get(reference="NOUVELLE-2027")
    assert convention.status == ConventionStatus.BROUILLON
    assert (convention.ends_on, convention.version) == (None, 1)


def test_nobody_begins_in_the_name_of_another(client, cast):
    form, _ = _post(client, _address("create"), _card())
    assert "drafted_by" in form.errors
    client.force_login(cast.reader)
    assert client.get(_address("create")).status_code == 403


def test_a_card_changed_meanwhile_shows_what_is_recorded_then_lets_one_decide(client, cast):
    address = _address("edit", cast.convention.pk)
    answers = {
        "reference": cast.convention.reference,
        "title": "Le mien",
        "kind": cast.convention.kind,
        "territory": cast.convention.territory.code,
        "seen": 1,
    }
    Convention.objects.update(title="Le leur", version=2)
    form, page = _post(client, address, answers)
    assert "Le mien" in page
    assert ("Titre", "Le leur") in form.theirs
    assert re.search(r'name="seen" value="2"', page)
    client.post(address, answers | {"seen": 2})
    assert Convention.objects.get().title == "Le mien"


def _party(party: Party, **changes) -> dict:
    names = ("alias", "name_as_signed", "siren_as_signed", "rna_as_signed")
    return {name: getattr(party, name) for name in names} | {"seen": state_of(party)} | changes


def test_a_wrong_siren_comes_back_at_its_field(client, cast):
    address = _address("party_edit", cast.convention.pk, cast.first.pk)
    answers = _party(cast.first, siren_as_signed="242 500 362", alias="l’Agglo")
    form, page = _post(client, address, answers)
    assert "clé de contrôle est fausse" in form.errors["siren_as_signed"][0]
    assert "242 500 362" in page
    assert "l’Agglo" in page
    client.post(address, answers | {"siren_as_signed": "242 500 361"})
    cast.first.refresh_from_db()
    assert (cast.first.siren_as_signed, cast.first.alias) == ("242500361", "l’Agglo")


def test_an_end_before_a_start_comes_back_at_its_field(client, cast):
    address = _address("party_edit", cast.convention.pk, cast.first.pk)
    answers = _party(cast.first, starts_on="2027-01-01", ends_on="2026-12-31")
    form, _ = _post(client, address, answers)
    assert "avant de l’être devenue" in form.errors["ends_on"][0]


def test_a_commune_outside_the_intercommunality_that_day_comes_back_at_its_field(client, cast):
    commune = make_territory(kind=TerritoryKind.COMMUNE, name="Pertuis")
    link = Containment.objects.create(
        parent=cast.convention.territory, child=commune, ends_on=date(2018, 12, 31)
    )
    make_organisation(name="Ville de Pertuis", kind=OrganisationKind.COMMUNE, territory=commune)
    address = _address("party_create", cast.convention.pk)
    form, _ = _post(client, address, {"organisation": "Ville de Pertuis", "alias": "Pertuis"})
    assert "Pertuis ne fait pas partie" in form.errors["organisation"][0]
    link.ends_on = None
    link.save()
    client.post(address, {"organisation": "Ville de Pertuis", "alias": "Pertuis"})
    assert cast.convention.parties.count() == 3


def _mandate(**changes) -> dict:
    fields = {
        "kind": MandateKind.DELIBERATION,
        "number": "2017/003870",
        "adopted_on": "2017-11-16",
        "received_on": "2017-11-29",
        "votes_for": "115",
        "votes_against": "0",
        "abstentions": "2",
        "members_in_office": "129",
    }
    return fields | changes


def test_votes_that_exceed_those_in_office_come_back_at_their_field(client, cast):
    address = _address("mandate_create", cast.convention.pk, cast.first.pk)
    form, page = _post(client, address, _mandate(votes_for="1150"))
    assert "font 1\u202f152, pour 129 élus en exercice" in form.errors["votes_for"][0]
    assert 'value="2017/003870"' in page
    form, _ = _post(client, address, _mandate(received_on="2017-11-01"))
    assert "avant son vote" in form.errors["received_on"][0]
    client.post(address, _mandate())
    assert Mandate.objects.get().votes_cast == 117


def test_a_signatory_without_mandate_comes_back_at_its_field(client, cast):
    empower(cast.convention)
    address = _address("signatory_create", cast.convention.pk, cast.first.pk)
    answers = {"name": "Jeanne Pain", "capacity": "présidente"}
    form, page = _post(client, address, answers)
    assert "autorise cette personne à signer" in form.errors["mandate"][0]
    assert "Jeanne Pain" in page
    other = cast.second.mandates.get()
    form, _ = _post(client, address, answers | {"mandate": other.pk})
    assert "mandate" in form.errors
    client.post(address, answers | {"mandate": cast.first.mandates.get().pk})
    assert Signatory.objects.filter(party=cast.first).count() == 2


def test_a_signature_before_the_receipt_comes_back_at_the_date(client, cast):
    put_in_signature(cast.convention)
    address = _address("sign", cast.convention.pk)
    answers = {"signed_on": "2017-11-27", "place": "Grand Lac", "basis": "derniere_signature"}
    form, page = _post(client, address, answers)
    assert "précède la réception en préfecture, le 29" in form.errors["signed_on"][0]
    assert "2017-11-27" in page
    assert "override_reason" not in form.fields
    signed = answers | {
        "signed_on": "2017-12-11",
        "file": SimpleUploadedFile("convention.pdf", pdf()),
    }
    assert client.post(address, signed).url == _address("detail", cast.convention.pk)
    cast.convention.refresh_from_db()
    assert cast.convention.ends_on == date(2020, 12, 10)
    assert Document.objects.get().kind == "convention_signee"


def test_a_bad_signed_file_signs_nothing(client, cast):
    put_in_signature(cast.convention)
    answers = {
        "signed_on": "2017-12-11",
        "basis": "derniere_signature",
        "file": SimpleUploadedFile("convention.pdf", b"<html></html>"),
    }
    form, _ = _post(client, _address("sign", cast.convention.pk), answers)
    assert "se dit PDF mais n’en est pas un" in form.errors["file"][0]
    cast.convention.refresh_from_db()
    assert cast.convention.status == ConventionStatus.EN_SIGNATURE


def test_the_platform_alone_is_asked_why_it_sets_powers_aside(client, cast):
    put_in_signature(cast.convention)
    client.force_login(cast.platform)
    page = client.get(_address("sign", cast.convention.pk)).content.decode()
    assert "Motif pour passer outre" in page


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("page.png", b"<html></html>", "se dit PNG mais n’en est pas un"),
        ("contrat.exe", b"MZ", "ne sont pas acceptés"),
        ("contrat.pdf", office(), "se dit PDF mais n’en est pas un"),
        ("vide.pdf", b"", "vide"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_comes_back_at_its_field(
    client, cast, name, data, words
):
    answers = {"file": SimpleUploadedFile(name, data), "kind": "autre", "description": "Pièce"}
    form, page = _post(client, _address("document_add", cast.convention.pk), answers)
    assert words in form.errors["file"][0]
    assert "Pièce" in page
    assert not Document.objects.exists()


def test_a_file_too_heavy_is_refused_before_it_is_read(client, cast, monkeypatch):
    monkeypatch.setattr("conventions.forms.signature.MAX_BYTES", 10)
    answers = {"file": SimpleUploadedFile("acte.pdf", pdf()), "kind": "autre"}
    form, _ = _post(client, _address("document_add", cast.convention.pk), answers)
    assert "20 Mo" in form.errors["file"][0]


def test_a_revoyure_whose_steps_go_backward_comes_back_at_its_field(client, cast):
    answers = {
        "year_basis": "civile",
        "opens_day": "1",
        "opens_month": "10",
        "contribution_days": "60",
        "meeting_days": "50",
        "freeze_days": "70",
        "transmission_days": "90",
    }
    form, _ = _post(client, _address("revoyure_clause_edit", cast.convention.pk), answers)
    assert "ne peut pas précéder" in form.errors["meeting_days"][0]


def test_an_empty_article_is_refused_and_a_full_one_takes_its_place(client, cast):
    address = _address("article_create", cast.convention.pk)
    form, _ = _post(client, address, {"kind": "article"})
    assert "heading" in form.errors
    client.post(address, {"kind": "article", "heading": "Produire", "body": "170 logements."})
    assert cast.act.article_versions.get(heading="Produire").number == "2"


def test_a_refused_removal_is_told_on_the_page_where_one_was(client, cast):
    address = _address("party_remove", cast.convention.pk, cast.second.pk)
    response = client.post(address, follow=True)
    assert "au moins deux parties" in response.content.decode()
    assert cast.convention.parties.count() == 2


def test_a_signatory_records_their_signature_without_links_that_refuse_them(client, cast):
    put_in_signature(cast.convention)
    client.force_login(cast.signatory)
    page = client.get(_address("sign", cast.convention.pk)).content.decode()
    assert _address("mandates", cast.convention.pk) not in page
    assert _address("draft", cast.convention.pk) not in page
    assert (
        _address("sign", cast.convention.pk)
        in client.get(_address("detail", cast.convention.pk)).content.decode()
    )
