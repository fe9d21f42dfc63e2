"""The figures of a convention, as people read, enter and correct them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conventions.tests.factories import make_territory
from engagements.enums import IndicatorUnit, ValueStatus
from engagements.models import Measurement, Target
from engagements.tests.factories import make_indicator, make_measurement, make_target
from territories.enums import TerritoryKind
from territories.models import Containment

pytestmark = pytest.mark.django_db


def _address(name: str, pk: int) -> str:
    return reverse(f"engagements:{name}", args=[pk])


def _html(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def indicator():
    return make_indicator(code="OFF-01", name="Logements agréés")


@pytest.fixture
def commune(cast):
    commune = make_territory(kind=TerritoryKind.COMMUNE, name="Beure")
    Containment.objects.create(parent=cast.convention.territory, child=commune)
    return commune


# Reading -----------------------------------------------------------------------------------------


def test_target_result_gap_and_source_are_read_together(client, cast, indicator):
    make_target(cast.convention, indicator)
    make_measurement(cast.convention, indicator, provider=cast.first_party)
    client.force_login(cast.reader)
    html = _html(client.get(_address("indicators", cast.convention.pk)))
    for words in ("Logements agréés", "170", "131", "− 39", "Sous l’objectif", "tableau de bord"):
        assert words in html, words
    assert "131 en 2018, pour un objectif de 170 par an." in html
    assert "Corriger" not in html


def test_a_stranger_learns_nothing_of_the_figures(client, cast, indicator):
    value = make_measurement(cast.convention, indicator)
    client.force_login(cast.stranger)
    for name in ("indicators", "measurement_create", "target_edit"):
        assert client.get(_address(name, cast.convention.pk)).status_code == 404
    assert client.get(_address("measurement_correct", value.pk)).status_code == 404


def test_what_was_not_communicated_is_not_shown_as_zero(client, cast, indicator):
    make_target(cast.convention, indicator)
    make_measurement(cast.convention, indicator, quantity=None, status=ValueStatus.NON_COMMUNIQUE)
    client.force_login(cast.reader)
    html = _html(client.get(_address("indicators", cast.convention.pk)))
    assert "<b>n. c.</b>" in html
    assert "Non communiqué" in html


def test_a_corrected_value_stays_readable_with_its_reason(client, cast, indicator):
    old = make_measurement(cast.convention, indicator, entered_by=cast.contributor)
    make_measurement(
        cast.convention,
        indicator,
        quantity=Decimal(139),
        supersedes=old,
        comment="Huit agréments manquaient.",
    )
    client.force_login(cast.reader)
    html = _html(client.get(_address("indicators", cast.convention.pk)))
    assert "<b>139</b>" in html
    assert "<del>131</del>" in html
    assert "Huit agréments manquaient." in html


def test_sums_are_only_of_what_adds_up(client, cast, indicator):
    share = make_indicator(code="ATT-05", unit=IndicatorUnit.POURCENT, additive=False)
    for counted in (indicator, share):
        for year in (2018, 2019):
            make_target(cast.convention, counted, year=year, quantity=Decimal(20))
    client.force_login(cast.reader)
    sheets = client.get(_address("indicators", cast.convention.pk)).context["sheets"]
    totals = {sheet.indicator.code: sheet.total for sheet in sheets}
    assert totals["OFF-01"].target == 40
    assert totals["ATT-05"] is None


def test_a_commune_has_its_own_figures_and_the_whole_shows_the_gap(
    client, cast, indicator, commune
):
    make_measurement(cast.convention, indicator)
    make_measurement(cast.convention, indicator, territory=commune, quantity=Decimal(100))
    client.force_login(cast.reader)
    address = _address("indicators", cast.convention.pk)
    assert "1 commune totalise 100, soit 31 de moins" in _html(client.get(address))
    assert "<b>100</b>" in _html(client.get(address, {"territoire": commune.pk}))


def test_the_page_asks_as_many_questions_for_one_indicator_as_for_ten(client, cast):
    client.force_login(cast.manager)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(_address("indicators", cast.convention.pk))
        return len(asked)

    def grow() -> None:
        counted = make_indicator()
        make_target(cast.convention, counted)
        make_measurement(cast.convention, counted, provider=cast.first_party)

    grow()
    questions()
    first = questions()
    for _more in range(9):
        grow()
    assert questions() == first <= 15


# Entering ----------------------------------------------------------------------------------------


def _value(cast, indicator, **answers):
    return {
        "indicator": indicator.pk,
        "territory": cast.convention.territory_id,
        "year": 2018,
        "quantity": "1 100,5",
        "status": ValueStatus.DEFINITIF,
        "source": "bilan",
        "provider": cast.first_party.pk,
        **answers,
    }


def _enter(client, cast, indicator, **answers):
    address = _address("measurement_create", cast.convention.pk)
    return client.post(address, _value(cast, indicator, **answers))


@pytest.mark.parametrize("typed", ["1 100,5", "1\u202f100,5", "1\u00a0100,50", "1100.5"])
def test_a_figure_is_entered_as_it_is_typed_or_pasted(client, cast, indicator, typed):
    client.force_login(cast.contributor)
    response = _enter(client, cast, indicator, quantity=typed)
    assert response.url.endswith(f"#indicateur-{indicator.pk}")
    assert Measurement.objects.get().quantity == Decimal("1100.50")


def test_the_link_of_an_empty_cell_fills_the_form(client, cast, indicator, commune):
    client.force_login(cast.contributor)
    query = {"indicateur": indicator.pk, "annee": 2017, "territoire": commune.pk}
    form = client.get(_address("measurement_create", cast.convention.pk), query).context["form"]
    assert form["indicator"].value() == str(indicator.pk)
    assert form["year"].value() == "2017"
    assert form["territory"].value() == str(commune.pk)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"quantity": "-3"}, "quantity"),
        ({"quantity": "douze"}, "quantity"),
        ({"quantity": ""}, "quantity"),
        ({"quantity": "3", "status": "non_communique"}, "quantity"),
        ({"year": "3018"}, "year"),
        ({"year": "18"}, "year"),
        ({"source": ""}, "source"),
        ({"as_of": "2017-06-30"}, "as_of"),
    ],
)
def test_bad_input_comes_back_at_its_field_with_what_was_typed(
    client, cast, indicator, answers, field
):
    client.force_login(cast.contributor)
    response = _enter(client, cast, indicator, comment="ce que j’ai écrit", **answers)
    assert list(response.context["form"].errors) == [field]
    assert "ce que j’ai écrit" in response.content.decode()
    assert not Measurement.objects.exists()


def test_a_commune_outside_is_refused_by_its_name_and_the_day(client, cast, indicator):
    dijon = make_territory(kind=TerritoryKind.COMMUNE, name="Dijon")
    client.force_login(cast.contributor)
    response = _enter(client, cast, indicator, territory=dijon.pk)
    (sentence,) = response.context["form"].errors["territory"]
    assert sentence.startswith("Dijon n’est pas une commune de")
    assert "31\u00a0décembre\u00a02018" in sentence


def test_a_party_is_not_offered_nor_allowed_the_figures_of_the_other(client, cast, indicator):
    client.force_login(cast.counterpart)
    response = _enter(client, cast, indicator)
    assert response.context["form"].errors["provider"] == [
        "Seul un membre habilité de cette partie peut saisir en son nom."
    ]
    assert not Measurement.objects.exists()


def test_the_same_value_sent_twice_is_kept_once(client, cast, indicator):
    client.force_login(cast.contributor)
    assert _enter(client, cast, indicator).status_code == 302
    response = _enter(client, cast, indicator)
    assert "corrigez-la" in response.context["form"].errors["year"][0]
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("who", ["reader"])
def test_a_reader_enters_nothing(client, cast, indicator, who):
    client.force_login(getattr(cast, who))
    assert _enter(client, cast, indicator).status_code == 403


# Correcting --------------------------------------------------------------------------------------


def test_a_value_is_corrected_by_its_party_and_by_nobody_else(client, cast, indicator):
    value = make_measurement(cast.convention, indicator, provider=cast.first_party)
    address = _address("measurement_correct", value.pk)
    answers = {
        "quantity": "139",
        "status": "definitif",
        "source": "bilan",
        "comment": "Huit manquaient.",
    }
    for who in (cast.counterpart, cast.reader):
        client.force_login(who)
        assert client.post(address, answers).status_code == 403
    client.force_login(cast.contributor)
    assert 'value="131"' in client.get(address).content.decode()
    assert client.post(address, answers).status_code == 302
    assert Measurement.objects.current().get().quantity == 139
    again = client.post(address, answers)
    assert "la plus récente" in _html(again)
    assert Measurement.objects.count() == 2


def test_a_correction_asks_why(client, cast, indicator):
    value = make_measurement(cast.convention, indicator, provider=cast.first_party)
    client.force_login(cast.contributor)
    answers = {"quantity": "139", "status": "definitif", "source": "bilan", "comment": ""}
    response = client.post(_address("measurement_correct", value.pk), answers)
    assert list(response.context["form"].errors) == ["comment"]


# Targets -----------------------------------------------------------------------------------------


def test_a_manager_sets_a_target_and_finds_it_again(client, cast, indicator):
    client.force_login(cast.manager)
    address = _address("target_edit", cast.convention.pk)
    answers = {
        "indicator": indicator.pk,
        "territory": cast.convention.territory_id,
        "year": 2018,
        "quantity": "1 170",
    }
    assert client.post(address, answers).status_code == 302
    assert Target.objects.get().quantity == 1170
    query = {
        "indicateur": indicator.pk,
        "annee": 2018,
        "territoire": cast.convention.territory_id,
    }
    form = client.get(address, query).context["form"]
    assert form["quantity"].value() == "1\u202f170"
    refused = client.post(address, answers | {"quantity": ""})
    assert refused.context["form"].errors["quantity"] == ["Donnez le nombre visé."]


def test_a_contributor_sets_no_target(client, cast, indicator):
    client.force_login(cast.contributor)
    assert client.get(_address("target_edit", cast.convention.pk)).status_code == 403
