"""The sample that ships with the portal, alone and beside the official files."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from territories.actions.import_territories import import_territories
from territories.actions.sample import REAL, load_sample
from territories.actions.sample_writing import AIX_MARSEILLE, BESANCON, DIJON, sample_text
from territories.enums import ContainmentSource, TerritoryKind
from territories.models import Containment, Territory
from territories.tests.factories import d
from territories.tests.official_folder import OfficialFolder

pytestmark = pytest.mark.django_db
DEMONSTRATION = "999000003"
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def communes(epci, day):
    parent = Territory.objects.get(kind=TerritoryKind.EPCI, code=epci)
    return Territory.objects.communes_of(parent, on=d(day))


@pytest.fixture
def sample():
    return load_sample()


@pytest.mark.parametrize(
    ("epci", "day", "count"),
    [
        (BESANCON, "2017-12-01", 70),
        (BESANCON, "2018-01-01", 69),
        (BESANCON, "2019-01-01", 68),
        (BESANCON, "2024-12-31", 68),
        (BESANCON, "2025-01-01", 67),
        (BESANCON, "2026-11-20", 67),
        (DIJON, "2017-03-30", 24),
        (DIJON, "2019-02-27", 24),
        (DIJON, "2019-02-28", 23),
        (AIX_MARSEILLE, "2018-01-01", 92),
        (AIX_MARSEILLE, "2026-11-20", 92),
        (DEMONSTRATION, "2026-11-20", 12),
    ],
)
def test_an_epci_has_its_communes_of_the_day(sample, epci, day, count):
    assert communes(epci, day).count() == count


def test_a_commune_has_its_name_of_the_day(sample):
    named = communes(BESANCON, "2017-12-01").with_name_on(d("2017-12-01"))
    names = set(named.values_list("name_then", flat=True))
    assert {"Marchaux", "Chaudefontaine", "Arguel", "Le Gratteris"} <= names
    assert "Marchaux-Chaudefontaine" not in names
    epci = Territory.objects.get(code=BESANCON)
    assert epci.name_on(d("2017-12-01")) == "CA du Grand Besançon"
    assert epci.name_on(d("2019-07-01")) == "CU Grand Besançon Métropole"


def test_pertuis_is_in_aix_marseille_provence_and_in_vaucluse(sample):
    pertuis = communes(AIX_MARSEILLE, "2018-06-01").get(code="84089")
    epci = Territory.objects.get(code=AIX_MARSEILLE)
    assert pertuis.departement.code == "84"
    assert epci.departement.code == "13"
    assert pertuis.region == epci.region
    departements = communes(AIX_MARSEILLE, "2018-06-01").values_list("departement__code", flat=True)
    assert Counter(departements) == {"13": 90, "83": 1, "84": 1}


def test_besancon_and_dijon_share_a_region_but_not_marseille(sample):
    regions = {
        code: Territory.objects.get(code=code).region.code
        for code in (BESANCON, DIJON, AIX_MARSEILLE, DEMONSTRATION)
    }
    assert regions == {BESANCON: "27", DIJON: "27", DEMONSTRATION: "27", AIX_MARSEILLE: "93"}


def test_the_demonstration_is_clearly_fictitious_and_well_formed(sample):
    epci = Territory.objects.get(code=DEMONSTRATION)
    assert epci.name.endswith("(fictive)")
    doubled = [int(digit) * (1 + rank % 2) for rank, digit in enumerate(epci.siren)]
    assert sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
    assert set(communes(DEMONSTRATION, "2026-11-20").values_list("code", flat=True)) == {
        f"219{number:02d}" for number in range(1, 13)
    }
    neighbourhoods = Territory.objects.filter(kind__in=[TerritoryKind.QPV, TerritoryKind.QV])
    for row in neighbourhoods:
        found = Territory.objects.containing(row, TerritoryKind.EPCI, on=d("2026-11-20"))
        assert [parent.code for parent in found] == [DEMONSTRATION]
    assert neighbourhoods.count() == 3


def test_loading_the_sample_again_adds_nothing(sample):
    assert sample > 0
    assert load_sample() == 0


def test_the_sample_is_small():
    assert REAL.stat().st_size < 80_000


def test_the_sample_writes_back_as_it_was_read(sample):
    assert sample_text() == REAL.read_text(encoding="utf-8")


def test_an_import_prevails_over_the_sample_and_spares_the_demonstration(sample, tmp_path):
    country = OfficialFolder(tmp_path)
    country.rows["communes.csv"].append(["COM", "25056", "27", "25", "Besançon", ""])
    country.rows["communes.csv"].append(["COM", "25575", "27", "25", "Vaire renommée", ""])
    country.year = 2026
    country.epcis.append((int(BESANCON), "Grand Besançon", "METRO", "25", [("25056", 9)]))
    country.epcis[0][4].append(("25575", 3))
    import_territories(country.write(), now=NOW)
    # Vaire is known from the sample, as of 2025: the file of 2026 moves it.
    assert communes(BESANCON, "2025-12-31").filter(code="25575").exists()
    assert not communes(BESANCON, "2026-01-01").filter(code="25575").exists()
    assert communes("200000001", "2026-01-01").filter(code="25575").exists()
    assert Territory.objects.get(code="25575").name == "Vaire renommée"
    confirmed = Containment.objects.get(parent__code=BESANCON, child__code="25056")
    assert confirmed.source == ContainmentSource.FICHIER
    assert communes(DEMONSTRATION, "2026-06-01").count() == 12
    assert Territory.objects.get(code=DEMONSTRATION).ends_on is None
    # The sample loaded again takes nothing back.
    load_sample()
    assert not communes(BESANCON, "2026-01-01").filter(code="25575").exists()
