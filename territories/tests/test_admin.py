"""The support desk for places: what it lists, finds, and refuses to touch."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from territories.actions.import_territories import import_territories
from territories.actions.sample import load_sample
from territories.enums import ContainmentSource, TerritoryKind
from territories.models import Containment, Territory, TerritoryImport
from territories.tests.factories import make_epci, make_territory
from territories.tests.official_folder import OfficialFolder

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(client, django_user_model):
    user = django_user_model.objects.create_superuser(
        email="assistance@exemple.test", password="une phrase assez longue"
    )
    client.force_login(user)
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def change_list(model):
    return reverse(f"admin:territories_{model}_changelist")


def test_territories_are_found_by_name_code_and_kind(support):
    load_sample()
    page = text(support.get(change_list("territory"), {"q": "84089"}))
    assert "Pertuis" in page
    assert "1 résultat" in page.replace("\u00a0", " ")
    epcis = text(support.get(change_list("territory"), {"kind__exact": "epci"}))
    assert "Val-de-Brenne" in epcis
    assert "Pertuis" not in epcis


@pytest.mark.parametrize("model", ["territory", "containment"])
def test_lists_ask_as_many_queries_for_few_rows_as_for_many(
    support, django_assert_max_num_queries, model
):
    load_sample()
    with django_assert_max_num_queries(12):
        support.get(change_list(model))


def test_a_territory_of_the_files_is_read_with_all_it_holds(support):
    load_sample()
    besancon = Territory.objects.get(code="242500361")
    url = reverse("admin:territories_territory_change", args=[besancon.pk])
    page = text(support.get(url))
    assert "CA du Grand Besançon" in page
    assert "Le Gratteris (25297)" in page
    assert 'name="_save"' not in page
    assert support.post(url, {"name": "Autre"}).status_code == 403
    besancon.refresh_from_db()
    assert besancon.name == "CU Grand Besançon Métropole"


def test_a_territory_entered_by_hand_can_be_corrected_but_not_deleted(support):
    quartier = make_territory(TerritoryKind.QPV, code="QP025001", name="Planoize")
    url = reverse("admin:territories_territory_change", args=[quartier.pk])
    assert 'name="_save"' in text(support.get(url))
    fields = {"name": "Planoise", "zone": "metropole"}
    for inline in ("former_names", "containers", "contents", "populations"):
        fields |= {f"{inline}-TOTAL_FORMS": 0, f"{inline}-INITIAL_FORMS": 0}
    assert support.post(url, fields).status_code == 302
    quartier.refresh_from_db()
    assert (quartier.name, quartier.code) == ("Planoise", "QP025001")
    delete = reverse("admin:territories_territory_delete", args=[quartier.pk])
    assert support.post(delete, {"post": "yes"}).status_code == 403


def test_a_membership_entered_here_is_marked_as_entered(support):
    epci, commune = make_epci(), make_territory()
    url = reverse("admin:territories_containment_add")
    fields = {"parent": epci.pk, "child": commune.pk, "starts_on": "", "ends_on": "31/12/2019"}
    assert support.post(url, fields).status_code == 302
    assert Containment.objects.get().source == ContainmentSource.SAISIE
    again = text(support.post(url, fields | {"ends_on": ""}))
    assert "Cette appartenance est déjà enregistrée pour une partie de cette période." in again
    assert Containment.objects.count() == 1


def test_what_an_import_wrote_is_history(support, tmp_path):
    import_territories(OfficialFolder(tmp_path).write(), now=datetime(2026, 11, 20, tzinfo=UTC))
    done = TerritoryImport.objects.get()
    assert "epcicom.xlsx (DGCL 2025)" in text(support.get(change_list("territoryimport")))
    url = reverse("admin:territories_territoryimport_change", args=[done.pk])
    page = text(support.get(url))
    assert "COG 2025" in page
    assert 'name="_save"' not in page
    assert support.post(url, {}).status_code == 403
    link = Containment.objects.filter(source=ContainmentSource.FICHIER).first()
    changed = reverse("admin:territories_containment_change", args=[link.pk])
    assert support.post(changed, {"ends_on": "31/12/2019"}).status_code == 403


def test_autocomplete_offers_regions_only_where_a_region_is_meant(support):
    load_sample()
    query = {
        "app_label": "territories",
        "model_name": "territory",
        "field_name": "region",
        "term": "e",
    }
    found = support.get(reverse("admin:autocomplete"), query).json()["results"]
    assert {result["text"] for result in found} == {
        "Bourgogne-Franche-Comté (27)",
        "Provence-Alpes-Côte d'Azur (93)",
    }
