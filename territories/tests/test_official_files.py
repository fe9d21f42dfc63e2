"""The official files themselves, when they are beside the checkout."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from territories.actions.import_territories import import_territories
from territories.actions.sample import REAL, load_sample
from territories.actions.sample_writing import AIX_MARSEILLE, BESANCON, DIJON, sample_text
from territories.enums import ContainmentSource, EpciNature, TerritoryKind, Zone
from territories.models import Containment, SourceFile, Territory
from territories.tests.factories import d

SHARED = Path(__file__).resolve().parents[3] / "shared"
FOLDER = SHARED / "data" / "territories"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
# As the délibération of Grand Besançon prints them.
MISPRINTS = {
    "Champagny": "Champagney",
    "Chaudfontaine": "Chaudefontaine",
    "Chauenne": "Chaucenne",
    "Cussey-sur-l'ognon": "Cussey-sur-l'Ognon",
    "Dannemarie-sur-Crête": "Dannemarie-sur-Crète",
    "Ecole-Valentin": "École-Valentin",
    "Meroy-Vieilley": "Mérey-Vieilley",
    "Villars Saint-Georges": "Villars-Saint-Georges",
}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the official files are not here"),
]


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    """Import the files once for all tests here (it takes seconds), and undo it afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_territories(FOLDER, now=NOW)
        transaction.set_rollback(True)


def rows(kind, day="2026-11-20"):
    return Territory.objects.filter(kind=kind).in_force(on=d(day))


def communes(epci, day):
    parent = Territory.objects.get(kind=TerritoryKind.EPCI, code=epci)
    return Territory.objects.communes_of(parent, on=d(day))


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (TerritoryKind.REGION, 18),
        (TerritoryKind.DEPARTEMENT, 101),
        (TerritoryKind.EPCI, 1255),
        (TerritoryKind.COMMUNE, 34875),
    ],
)
def test_the_map_is_whole(imported, kind, count):
    assert rows(kind).count() == count
    assert imported.kinds[kind].total == count


def test_natures_and_traps_are_as_published(imported):
    natures = Counter(rows(TerritoryKind.EPCI).values_list("nature", flat=True))
    assert natures == {
        EpciNature.CC: 989,
        EpciNature.CA: 230,
        EpciNature.METRO: 21,
        EpciNature.CU: 14,
        EpciNature.MET69: 1,
    }
    placed = Containment.objects.in_force(on=d("2026-11-20")).filter(
        parent__kind=TerritoryKind.EPCI
    )
    alone = rows(TerritoryKind.COMMUNE).exclude(pk__in=placed.values("child"))
    assert set(alone.values_list("code", flat=True)) == {"22016", "29083", "29155", "85113"}
    spread = set(placed.values_list("parent", "child__departement"))
    assert sum(count > 1 for count in Counter(epci for epci, _ in spread).values()) == 89


# As the INSEE published them each 1 January: the walk back through movements finds them all.
@pytest.mark.parametrize(
    ("year", "count"),
    [
        (2017, 35416),
        (2018, 35357),
        (2019, 34970),
        (2020, 34968),
        (2021, 34965),
        (2022, 34955),
        (2023, 34945),
        (2024, 34935),
        (2025, 34875),
        (2026, 34875),
    ],
)
def test_the_number_of_communes_of_each_year_is_found_again(imported, year, count):
    links = Containment.objects.in_force(on=date(year, 1, 1)).filter(
        parent__kind=TerritoryKind.DEPARTEMENT
    )
    assert links.count() == count


@pytest.mark.parametrize(
    ("epci", "day", "count"),
    [
        (BESANCON, "2017-12-01", 70),
        (BESANCON, "2025-01-01", 67),
        (DIJON, "2017-03-30", 24),
        (DIJON, "2025-01-01", 23),
        (AIX_MARSEILLE, "2018-01-01", 92),
        (AIX_MARSEILLE, "2025-01-01", 92),
    ],
)
def test_epcis_have_their_communes_of_the_day(imported, epci, day, count):
    assert communes(epci, day).count() == count


def test_the_communes_of_besancon_are_those_of_its_deliberation(imported):
    reference = json.loads((SHARED / "reference" / "besancon.json").read_text(encoding="utf-8"))
    printed = {
        MISPRINTS.get(place["name"], place["name"])
        for place in reference["territories"]
        if place["kind"] == "commune" and place["parent"] == "Grand Besançon"
    }
    day = d("2017-12-01")
    named = communes(BESANCON, "2017-12-01").with_name_on(day)
    assert set(named.values_list("name_then", flat=True)) == printed


def test_no_vanished_commune_is_left_without_an_epci(imported):
    gone = Territory.objects.filter(kind=TerritoryKind.COMMUNE, ends_on__isnull=False)
    placed = Containment.objects.filter(parent__kind=TerritoryKind.EPCI, child__in=gone)
    assert set(placed.values_list("child", flat=True)) == set(gone.values_list("pk", flat=True))
    assert set(placed.values_list("source", flat=True)) == {ContainmentSource.MOUVEMENT}
    assert gone.count() == 553


def test_pertuis_keeps_its_own_departement(imported):
    pertuis = communes(AIX_MARSEILLE, "2026-11-20").get(code="84089")
    assert pertuis.departement.code == "84"
    for kind, expected in ((TerritoryKind.DEPARTEMENT, "84"), (TerritoryKind.REGION, "93")):
        found = Territory.objects.containing(pertuis, kind, on=d("2026-11-20"))
        assert [row.code for row in found] == [expected]


def test_codes_are_text_and_zones_follow_the_law(imported):
    zones = dict(
        Territory.objects.filter(
            kind=TerritoryKind.COMMUNE, code__in=["01001", "2A004", "57463", "97105", "97611"]
        ).values_list("code", "zone")
    )
    assert zones == {
        "01001": Zone.METROPOLE,
        "2A004": Zone.METROPOLE,
        "57463": Zone.ALSACE_MOSELLE,
        "97105": Zone.GUADELOUPE,
        "97611": Zone.MAYOTTE,
    }
    strasbourg = Territory.objects.get(kind=TerritoryKind.EPCI, code="246700488")
    assert strasbourg.zone == Zone.ALSACE_MOSELLE


def test_each_file_keeps_its_own_vintage(imported):
    vintages = dict(SourceFile.objects.values_list("file_name", "vintage"))
    assert vintages["communes.csv"] == vintages["mouvements-communes.csv"] == "COG 2026"
    assert vintages["epcicom.xlsx"] == "DGCL 2025"


def test_populations_add_up(imported):
    def counted(code, year):
        row = Territory.objects.get(kind=TerritoryKind.COMMUNE, code=code)
        return row.populations.values_list("municipal", "total").get(year=year)

    assert counted("25056", 2025) == (120057, 123272)
    assert counted("25056", 2026) == (118489, 121627)
    # Paris is counted by arrondissement in the INSEE's file.
    assert counted("75056", 2026) == (2103778, None)


def test_the_shipped_sample_is_what_the_files_say(imported):
    assert sample_text() == REAL.read_text(encoding="utf-8")


def test_a_second_import_beside_the_sample_changes_nothing(imported):
    load_sample()
    report = import_territories(FOLDER, now=NOW)
    assert not report.changes_something
    assert not report.recorded
    assert Territory.objects.get(code="999000003").ends_on is None
