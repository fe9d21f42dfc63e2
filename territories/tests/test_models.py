"""What the database refuses of places, and what a map answers on a day."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from territories.enums import EpciNature, TerritoryKind
from territories.models import (
    Containment,
    FormerName,
    Population,
    SourceFile,
    Territory,
    TerritoryImport,
)
from territories.tests.factories import d, make_containment, make_epci, make_territory

pytestmark = pytest.mark.django_db


def refused(create):
    with pytest.raises(IntegrityError), transaction.atomic():
        create()


@pytest.fixture
def amp():
    """Pertuis: in the métropole of Marseille and in another département."""
    paca = make_territory(TerritoryKind.REGION, code="93", name="Provence-Alpes-Côte d'Azur")
    bouches, vaucluse = (
        make_territory(TerritoryKind.DEPARTEMENT, code=code, region=paca) for code in ("13", "84")
    )
    epci = make_epci(code="200054807", departement=bouches, region=paca)
    marseille = make_territory(code="13055", departement=bouches, region=paca)
    pertuis = make_territory(code="84089", departement=vaucluse, region=paca)
    for parent, child in (
        (paca, bouches),
        (paca, vaucluse),
        (bouches, marseille),
        (vaucluse, pertuis),
        (epci, marseille),
        (epci, pertuis),
    ):
        make_containment(parent, child)
    return {row.code: row for row in Territory.objects.all()}


def test_a_code_is_unique_within_its_kind_only():
    make_territory(TerritoryKind.REGION, code="84")
    make_territory(TerritoryKind.DEPARTEMENT, code="84")
    refused(lambda: make_territory(TerritoryKind.REGION, code="84"))


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "2a004"},
        {"code": ""},
        {"code": "25 056"},
        {"siren": "12345678"},
        {"siren": "12345678A"},
        {"nature": EpciNature.CU},
        {"starts_on": d("2020-01-01"), "ends_on": d("2019-12-31")},
    ],
)
def test_the_database_refuses_an_ill_formed_territory(fields):
    refused(lambda: make_territory(**fields))


def test_a_territory_may_live_a_single_day():
    make_territory(starts_on=d("2020-01-01"), ends_on=d("2020-01-01"))


def test_a_period_is_inclusive_at_both_ends():
    row = make_territory(starts_on=d("2018-01-01"), ends_on=d("2018-12-31"))
    for day, expected in (
        ("2017-12-31", False),
        ("2018-01-01", True),
        ("2018-12-31", True),
        ("2019-01-01", False),
    ):
        assert Territory.objects.in_force(on=d(day)).exists() is expected
        assert row.is_in_force(on=d(day)) is expected


def test_an_empty_bound_is_no_bound():
    row = make_territory()
    for day in ("0001-01-01", "9999-12-31"):
        assert row.is_in_force(on=d(day))
        assert Territory.objects.in_force(on=d(day)).exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((None, None), (None, None)),
        ((None, None), ("2020-01-01", "2020-12-31")),
        ((None, "2019-12-31"), ("2019-12-31", None)),
        (("2018-01-01", "2020-12-31"), ("2019-01-01", "2019-12-31")),
        (("2018-01-01", None), (None, "2018-01-01")),
    ],
)
def test_a_territory_is_never_twice_in_another_on_one_day(first, second):
    epci, commune = make_epci(), make_territory()

    def period(bounds):
        return dict(zip(("starts_on", "ends_on"), [b and d(b) for b in bounds], strict=True))

    make_containment(epci, commune, **period(first))
    refused(lambda: make_containment(epci, commune, **period(second)))
    again = Containment(parent=epci, child=commune, **period(second))
    with pytest.raises(ValidationError, match="Cette appartenance"):
        again.full_clean()
    make_containment(make_epci(), commune, **period(second))


def test_successive_periods_of_one_pair_are_accepted_but_cannot_be_stretched():
    epci, commune = make_epci(), make_territory()
    first = make_containment(epci, commune, ends_on=d("2019-12-31"))
    make_containment(epci, commune, starts_on=d("2021-01-01"))
    first.ends_on = d("2020-12-31")
    first.full_clean()
    first.save()
    first.ends_on = None
    refused(first.save)


def test_the_database_refuses_an_ill_formed_containment():
    epci, commune = make_epci(), make_territory()
    refused(lambda: make_containment(epci, epci))
    refused(
        lambda: make_containment(epci, commune, starts_on=d("2020-01-01"), ends_on=d("2019-12-31"))
    )


def test_a_territory_that_holds_another_cannot_be_deleted():
    epci, commune = make_epci(), make_territory()
    make_containment(epci, commune)
    for row in (epci, commune):
        with pytest.raises(IntegrityError):
            row.delete()


def test_one_population_a_year_and_its_total_covers_the_municipal_one():
    commune = make_territory()
    Population.objects.create(territory=commune, year=2025, municipal=100, total=104)
    refused(lambda: Population.objects.create(territory=commune, year=2025, municipal=1))
    refused(lambda: Population.objects.create(territory=commune, year=2026, municipal=2, total=1))
    Population.objects.create(territory=commune, year=2026, municipal=2, total=None)


def test_a_source_file_keeps_a_well_formed_digest(settings):
    done = TerritoryImport.objects.create(imported_at="2026-11-20T08:00:00Z", report={})
    fields = {
        "territory_import": done,
        "file_name": "communes.csv",
        "vintage": "COG 2026",
        "stated_on": d("2026-01-01"),
        "rows": 1,
        "imported_at": "2026-11-20T08:00:00Z",
    }
    refused(lambda: SourceFile.objects.create(sha256="xyz", **fields))
    SourceFile.objects.create(sha256="0" * 64, **fields)
    refused(lambda: SourceFile.objects.create(sha256="1" * 64, **fields))


def test_communes_are_those_of_the_day():
    epci, kept, merged, born = make_epci(), *(make_territory() for _ in range(3))
    make_containment(epci, kept)
    make_containment(epci, merged, ends_on=d("2018-12-31"))
    make_containment(epci, born, starts_on=d("2019-01-01"))
    communes = Territory.objects.communes_of
    assert set(communes(epci, on=d("2018-12-31"))) == {kept, merged}
    assert set(communes(epci, on=d("2019-01-01"))) == {kept, born}


def test_a_region_holds_its_communes_through_its_departements(amp):
    communes = Territory.objects.communes_of(amp["93"], on=d("2026-11-20"))
    assert {row.code for row in communes} == {"13055", "84089"}
    inside = Territory.objects.communes_of(amp["84"], on=d("2026-11-20"))
    assert [row.code for row in inside] == ["84089"]


@pytest.mark.parametrize(
    ("code", "kind", "expected"),
    [
        ("84089", TerritoryKind.DEPARTEMENT, ["84"]),
        ("84089", TerritoryKind.EPCI, ["200054807"]),
        ("84089", TerritoryKind.REGION, ["93"]),
        ("13055", TerritoryKind.DEPARTEMENT, ["13"]),
        ("200054807", TerritoryKind.DEPARTEMENT, ["13"]),
        ("200054807", TerritoryKind.REGION, ["93"]),
        ("84", TerritoryKind.REGION, ["93"]),
        ("93", TerritoryKind.REGION, []),
        ("93", TerritoryKind.EPCI, []),
    ],
)
def test_a_commune_keeps_its_own_departement_whatever_its_epci(amp, code, kind, expected):
    found = Territory.objects.containing(amp[code], kind, on=d("2026-11-20"))
    assert [row.code for row in found] == expected


def test_a_neighbourhood_is_in_its_commune_s_epci_and_region(amp):
    quartier = make_territory(TerritoryKind.QPV, code="QPFICTIF1")
    make_containment(amp["84089"], quartier)
    for kind, expected in (
        (TerritoryKind.COMMUNE, "84089"),
        (TerritoryKind.EPCI, "200054807"),
        (TerritoryKind.DEPARTEMENT, "84"),
        (TerritoryKind.REGION, "93"),
    ):
        found = Territory.objects.containing(quartier, kind, on=d("2026-11-20"))
        assert [row.code for row in found] == [expected]


def test_what_is_attached_to_a_region_is_found_in_one_query(amp, django_assert_num_queries):
    with django_assert_num_queries(1):
        attached = {row.code for row in Territory.objects.attached_to(amp["93"])}
    assert attached == set(amp)


def test_a_name_is_the_one_borne_that_day():
    commune = make_territory(name="Marchaux-Chaudefontaine")
    FormerName.objects.create(territory=commune, name="Marchaux", ends_on=d("2017-12-31"))
    for day, name in (("2017-12-31", "Marchaux"), ("2018-01-01", "Marchaux-Chaudefontaine")):
        assert commune.name_on(d(day)) == name
        assert Territory.objects.with_name_on(d(day)).get().name_then == name


def test_territories_read_as_their_name_and_code():
    commune = make_territory(code="25056", name="Besançon")
    assert str(commune) == "Besançon (25056)"
    population = Population(territory=commune, year=2025, municipal=120057)
    assert str(population) == "120\u00a0057 habitants (2025)"
    assert str(Containment(parent=commune, child=commune)) == (
        "Besançon (25056) dans Besançon (25056)"
    )
