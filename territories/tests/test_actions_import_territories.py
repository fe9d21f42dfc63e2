"""The import on a small country: what it writes, keeps, refuses, and says."""

import zipfile
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from territories.actions.import_territories import import_territories
from territories.enums import ContainmentSource, EpciNature, TerritoryKind, Zone
from territories.models import (
    Containment,
    FormerName,
    Population,
    SourceFile,
    Territory,
    TerritoryImport,
)
from territories.tests.factories import d, make_containment, make_epci, make_territory
from territories.tests.official_folder import OfficialFolder

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def country(tmp_path):
    return OfficialFolder(tmp_path / "officiel")


def run(folder):
    return import_territories(folder.write(), now=NOW)


def again(folder):
    """Import the very same bytes; a workbook written twice holds two times of writing."""
    return import_territories(folder.path, now=NOW)


def get(kind, code):
    return Territory.objects.get(kind=kind, code=code)


def codes_in(epci, day):
    parent = get(TerritoryKind.EPCI, epci)
    return {row.code for row in Territory.objects.communes_of(parent, on=d(day))}


def snapshot():
    """Everything an import may write, by value."""
    return [
        list(Territory.objects.order_by("pk").values_list()),
        list(Containment.objects.order_by("pk").values_list()),
        list(FormerName.objects.order_by("pk").values_list()),
        list(Population.objects.order_by("pk").values_list()),
        SourceFile.objects.count(),
        TerritoryImport.objects.count(),
    ]


def test_the_files_become_a_map(country):
    report = run(country)
    assert {kind: changes.total for kind, changes in report.kinds.items()} == {
        TerritoryKind.REGION: 3,
        TerritoryKind.DEPARTEMENT: 4,
        TerritoryKind.EPCI: 2,
        TerritoryKind.COMMUNE: 6,
    }
    epci = get(TerritoryKind.EPCI, "200000001")
    assert (epci.nature, epci.siren, epci.name) == (
        EpciNature.CC,
        "200000001",
        "CC du Doubs et du Jura",
    )
    assert (epci.departement.code, epci.region.code) == ("25", "27")
    dole = get(TerritoryKind.COMMUNE, "39001")
    assert (dole.departement.code, dole.region.code, dole.siren) == ("39", "27", "210022900")
    assert codes_in("200000001", "2025-01-01") == {"25001", "39001"}
    # A spreadsheet drops leading zeros and turns codes into numbers.
    assert codes_in("200000002", "2025-01-01") == {"2A004", "25002"}
    assert not get(TerritoryKind.COMMUNE, "25003").containers.filter(
        parent__kind=TerritoryKind.EPCI
    )


def test_a_merged_commune_is_known_with_its_dates_its_epci_and_old_names(country):
    run(country)
    merged = get(TerritoryKind.COMMUNE, "25009")
    assert (merged.name, merged.ends_on) == ("Chaudefontaine", d("2017-12-31"))
    assert codes_in("200000001", "2017-12-31") == {"25001", "25009", "39001"}
    assert codes_in("200000001", "2018-01-01") == {"25001", "39001"}
    inferred = merged.containers.get(parent__kind=TerritoryKind.EPCI)
    assert (inferred.source, inferred.ends_on) == (
        ContainmentSource.MOUVEMENT,
        d("2017-12-31"),
    )
    assert get(TerritoryKind.COMMUNE, "25001").name_on(d("2017-12-31")) == "Marchaux"
    assert get(TerritoryKind.COMMUNE, "39001").name_on(d("2024-06-01")) == "Dôle"


def test_each_file_keeps_its_own_vintage(country):
    run(country)
    kept = SourceFile.objects.values_list("file_name", "vintage", "stated_on", "rows")
    assert {name: (vintage, str(day), rows) for name, vintage, day, rows in kept} == {
        "regions.csv": ("COG 2025", "2025-01-01", 3),
        "departements.csv": ("COG 2025", "2025-01-01", 4),
        "communes.csv": ("COG 2025", "2025-01-01", 9),
        "mouvements-communes.csv": ("COG 2025", "2025-01-01", 4),
        "epcicom.xlsx": ("DGCL 2025", "2025-01-01", 4),
        "donnees_communes.csv": ("INSEE 2025", "2025-01-01", 6),
    }
    assert TerritoryImport.objects.get().imported_at == NOW


def test_populations_come_from_both_sources_and_a_city_is_added_up(country):
    country.year = 2024
    run(country)

    def counts(kind, code):
        rows = get(kind, code).populations.order_by("year")
        return list(rows.values_list("year", "municipal", "total"))

    assert counts(TerritoryKind.COMMUNE, "39001") == [(2024, 22900, 22910), (2025, 23000, 23500)]
    assert counts(TerritoryKind.COMMUNE, "75056") == [(2025, 35000, None)]
    assert counts(TerritoryKind.EPCI, "200000001") == [(2024, 24380, 24380)]


def test_a_second_import_changes_nothing(country):
    assert run(country).recorded
    before = snapshot()
    report = again(country)
    assert not report.changes_something
    assert not report.recorded
    assert snapshot() == before
    assert any("Rien n’a changé." in line for line in report.lines())


def test_zones_follow_the_departement(country):
    country.rows["regions.csv"] += [["44", "67482", "Grand Est"], ["04", "97411", "La Réunion"]]
    country.rows["departements.csv"] += [
        ["54", "44", "54395", "Meurthe-et-Moselle"],
        ["57", "44", "57463", "Moselle"],
        ["974", "04", "97411", "La Réunion"],
    ]
    country.rows["communes.csv"] += [
        ["COM", "57463", "44", "57", "Metz", ""],
        ["COM", "97411", "04", "974", "Saint-Denis", ""],
    ]
    country.epcis.append((200000003, "CA du Nord", "CA", "974", [(97411, 5)]))
    run(country)
    assert get(TerritoryKind.COMMUNE, "57463").zone == Zone.ALSACE_MOSELLE
    assert get(TerritoryKind.REGION, "44").zone == Zone.METROPOLE
    assert get(TerritoryKind.EPCI, "200000003").zone == Zone.REUNION
    assert get(TerritoryKind.REGION, "04").zone == Zone.REUNION


def test_a_later_file_moves_a_commune_from_its_first_day(country):
    run(country)
    country.year = 2026
    country.epcis[0] = (200000001, "CC du Doubs et du Jura", "CC", "25", [("25001", 1)])
    country.epcis[1][4].append((39001, 2))
    report = run(country)
    assert report.kinds[TerritoryKind.COMMUNE].moved == ["Dole (39001)"]
    assert codes_in("200000001", "2025-12-31") == {"25001", "39001"}
    assert codes_in("200000001", "2026-01-01") == {"25001"}
    assert codes_in("200000002", "2025-12-31") == {"2A004", "25002"}
    assert codes_in("200000002", "2026-01-01") == {"2A004", "25002", "39001"}


def test_a_later_file_ends_merges_renames_and_creates_epcis(country):
    run(country)
    country.year = 2026
    country.epcis = [
        (200000002, "Ajaccio Métropole", "METRO", "2A", [("2A004", 1)]),
        (200000009, "CC nouvelle", "CC", "25", [("25001", 1), ("39001", 2), ("25002", 3)]),
    ]
    report = run(country)
    ended, renamed, created = (
        get(TerritoryKind.EPCI, code) for code in ("200000001", "200000002", "200000009")
    )
    assert ended.ends_on == d("2025-12-31")
    assert report.kinds[TerritoryKind.EPCI].ended == ["CC du Doubs et du Jura (200000001)"]
    assert report.kinds[TerritoryKind.EPCI].renamed == [
        "CA d'Ajaccio (200000002) → Ajaccio Métropole"
    ]
    assert renamed.name_on(d("2025-12-31")) == "CA d'Ajaccio"
    assert renamed.nature == EpciNature.METRO
    assert created.starts_on == d("2026-01-01")
    assert codes_in("200000001", "2025-06-01") == {"25001", "39001"}
    assert codes_in("200000001", "2026-01-01") == set()
    assert codes_in("200000009", "2026-01-01") == {"25001", "39001", "25002"}
    assert codes_in("200000009", "2025-12-31") == set()
    # Chaudefontaine was already known to have been in the EPCI of its time.
    assert codes_in("200000001", "2017-12-01") == {"25001", "25009", "39001"}
    before = snapshot()
    again(country)
    assert snapshot() == before


def test_a_corrected_file_of_the_same_year_corrects_without_ending(country):
    run(country)
    country.epcis[0] = (200000001, "CC du Doubs", "CC", "25", [("25001", 1)])
    country.epcis[1][4].append((39001, 2))
    run(country)
    assert codes_in("200000001", "2024-06-01") == {"25001"}
    assert codes_in("200000002", "2024-06-01") == {"2A004", "25002", "39001"}
    assert not FormerName.objects.filter(territory__kind=TerritoryKind.EPCI)


def test_a_commune_that_vanishes_later_ends_with_its_membership(country):
    run(country)
    rows = country.rows["communes.csv"]
    rows[:] = [row for row in rows if row[1] != "39001"]
    country.rows["mouvements-communes.csv"] += [
        ["32", "2026-01-01", "COM", "39001", "Dole", "COM", "25001", "Tout"],
        ["32", "2026-01-01", "COM", "25001", "Marchaux-Chaudefontaine", "COM", "25001", "Tout"],
    ]
    rows[0][4] = "Tout"
    report = run(country)
    assert report.kinds[TerritoryKind.COMMUNE].ended == ["Dole (39001)"]
    assert report.kinds[TerritoryKind.COMMUNE].renamed == ["Marchaux-Chaudefontaine (25001) → Tout"]
    assert get(TerritoryKind.COMMUNE, "39001").ends_on == d("2025-12-31")
    assert codes_in("200000001", "2025-12-31") == {"25001", "39001"}
    assert codes_in("200000001", "2026-01-01") == {"25001"}
    assert get(TerritoryKind.COMMUNE, "25001").name_on(d("2020-01-01")) == "Marchaux-Chaudefontaine"
    kept = dict(SourceFile.objects.order_by("pk").values_list("file_name", "vintage"))
    # The same bytes of populations keep the year they were given first.
    assert kept["donnees_communes.csv"] == "INSEE 2025"
    assert kept["communes.csv"] == "COG 2026"


def test_a_commune_younger_than_the_epci_file_inherits_its_epci(country):
    country.rows["communes.csv"].append(["COM", "25010", "27", "25", "Rétablie", ""])
    country.rows["mouvements-communes.csv"] += [
        ["21", "2026-01-01", "COM", "25001", "M", "COM", "25010", "Rétablie"],
        ["21", "2026-01-01", "COM", "25001", "M", "COM", "25001", "Marchaux-Chaudefontaine"],
    ]
    run(country)
    assert codes_in("200000001", "2025-12-31") == {"25001", "39001"}
    assert codes_in("200000001", "2026-01-01") == {"25001", "39001", "25010"}


def test_what_was_entered_by_hand_is_left_alone(country):
    fictitious = make_epci(code="999000003")
    made_up = make_territory(code="25901")
    make_containment(fictitious, made_up, source=ContainmentSource.SAISIE)
    run(country)
    elsewhere = get(TerritoryKind.EPCI, "200000002")
    dole = get(TerritoryKind.COMMUNE, "39001")
    dole.containers.filter(parent__kind=TerritoryKind.EPCI).update(starts_on=d("2020-01-01"))
    by_hand = make_containment(
        elsewhere, dole, ends_on=d("2019-12-31"), source=ContainmentSource.SAISIE
    )
    country.year = 2026
    country.epcis[0] = (200000001, "CC du Doubs et du Jura", "CC", "25", [("25001", 1)])
    country.epcis[1][4].append((39001, 2))
    run(country)
    by_hand.refresh_from_db()
    assert by_hand.ends_on == d("2019-12-31")
    assert "39001" in codes_in("200000001", "2025-12-31")
    assert "39001" in codes_in("200000002", "2026-01-01")
    fictitious.refresh_from_db()
    made_up.refresh_from_db()
    assert fictitious.ends_on is made_up.ends_on is None
    assert codes_in("999000003", "2026-06-01") == {"25901"}


def test_an_older_file_is_refused(country):
    country.year = 2026
    run(country)
    before = snapshot()
    country.year = 2025
    with pytest.raises(ValidationError, match="plus ancien que celui déjà importé"):
        run(country)
    assert snapshot() == before


def plain(refusal):
    """Return the sentence of a refusal with ordinary spaces."""
    return " ".join(refusal.value.messages).replace("\u00a0", " ")


def remove(name):
    return lambda country: (country.path / name).unlink()


def rewrite(name, content):
    return lambda country: (country.path / name).write_bytes(content)


def bomb(country):
    with zipfile.ZipFile(country.path / "epcicom.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)


def entities(country):
    """A workbook whose sheet declares an entity, which could multiply itself."""
    path = country.path / "epcicom.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts[sheet]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (remove("communes.csv"), "communes.csv : ce fichier manque"),
        (remove("epcicom.xlsx"), "epcicom.xlsx : ce fichier manque"),
        (rewrite("regions.csv", b"REG,LIBELLE\n"), "aucune ligne"),
        (rewrite("regions.csv", b"CODE,NOM\n27,X\n"), "il manque la colonne REG, LIBELLE"),
        (rewrite("regions.csv", b"REG,LIBELLE\n27,\xe9\n"), "pas en UTF-8"),
        (rewrite("regions.csv", b'REG,LIBELLE\n27,"x\n'), "CSV est mal formé"),
        (rewrite("regions.csv", b"REG,LIBELLE\n27\n"), "autant de colonnes"),
        (rewrite("regions.csv", b"REG,LIBELLE\n1,X\n"), "n’est pas un code de région"),
        (rewrite("regions.csv", b"REG,LIBELLE\n27,\n"), "n’est pas un nom"),
        (rewrite("regions.csv", b"REG,LIBELLE\n27,B\n"), "n’est pas dans regions.csv"),
        (rewrite("epcicom.xlsx", b"not a workbook"), "pas un classeur Excel"),
        (rewrite("epcicom.xlsx", b""), "pas un classeur Excel"),
        (bomb, "démesuré"),
        (entities, "illisible"),
    ],
)
def test_a_missing_or_ill_file_changes_nothing(country, spoil, message):
    run(country)
    before = snapshot()
    spoil(country)
    with pytest.raises(ValidationError) as refusal:
        import_territories(country.path, now=NOW)
    assert message in plain(refusal)
    assert snapshot() == before


def set_cell(name, row, column, value):
    def change(country):
        country.rows[name][row][column] = value

    return change


def set_epcis(*epcis):
    return lambda country: setattr(country, "epcis", list(epcis))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (set_cell("communes.csv", 0, 1, "2501"), "n’est pas un code de commune"),
        (set_cell("communes.csv", 0, 3, "26"), "département de la commune 25001 est inconnu"),
        (set_cell("mouvements-communes.csv", 0, 1, "01/01/2018"), "n’est pas une date"),
        (set_cell("donnees_communes.csv", 0, 4, "mille"), "n’est pas un nombre"),
        (set_cell("donnees_communes.csv", 0, 6, "3"), "inférieure à la municipale"),
        (set_epcis((1, "A", "CC", "25", [("25888", 1)])), "25888 n’est pas dans communes.csv"),
        (set_epcis((1, "A", "SIVOM", "25", [("25001", 1)])), "nature juridique inconnue"),
        (set_epcis((1, "A", "CC", "Z9", [("25001", 1)])), "n’est pas un code de département"),
        (set_epcis((1, "A", "CC", "26", [("25001", 1)])), "26 n’est pas dans departements.csv"),
        (set_epcis(("12A", "A", "CC", "25", [("25001", 1)])), "n’est pas un code de SIREN"),
        (set_epcis((1, "", "CC", "25", [("25001", 1)])), "n’est pas un nom"),
        (set_epcis(), "aucun EPCI"),
        (
            set_epcis((1, "A", "CC", "25", [("25001", 1)]), (2, "B", "CC", "25", [("25001", 1)])),
            "25001 figure dans deux EPCI",
        ),
        (
            set_epcis((1, "A", "CC", "25", [("25001", 1), ("25001", 1)])),
            "annonce 2 communes et en liste 1",
        ),
        (lambda country: setattr(country, "sheet_title", "Feuil1"), "ne dit pas son millésime"),
        (lambda country: setattr(country, "sheet_title", "Epcicom2031"), "ptot_2031, pmun_2031"),
    ],
)
def test_contents_that_contradict_are_refused(country, change, message):
    change(country)
    with pytest.raises(ValidationError) as refusal:
        run(country)
    assert message in plain(refusal)
    assert not Territory.objects.exists()


def test_a_file_that_fails_late_leaves_nothing_behind(country, monkeypatch):
    def fail(*args, **kwargs):
        raise ValidationError("trop tard")

    monkeypatch.setattr("territories.actions.import_territories.sync_populations", fail)
    with pytest.raises(ValidationError, match="trop tard"):
        run(country)
    assert not Territory.objects.exists()
    assert not Containment.objects.exists()


def test_the_command_prints_what_changed(country, capsys):
    call_command("import_territories", str(country.write()))
    text = capsys.readouterr().out.replace("\u00a0", " ")
    assert "  epcicom.xlsx : DGCL 2025, 4 lignes" in text
    assert "  communes, créations : 7 (dont 1 disparues)" in text
    assert "    Ajaccio (2A004)" in text
    call_command("import_territories", str(country.path))
    assert "Rien n’a changé." in capsys.readouterr().out


def test_the_command_refuses_in_french(tmp_path):
    with pytest.raises(CommandError, match=r"n’existe pas\. Rien n’a été changé\."):
        call_command("import_territories", str(tmp_path / "nulle-part"))


def test_an_import_asks_few_queries_whatever_the_size(country, django_assert_max_num_queries):
    for number in range(100, 300):
        country.rows["communes.csv"].append(["COM", f"25{number}", "27", "25", f"C{number}", ""])
    country.epcis.append(
        (200000005, "CC du grand nombre", "CC", "25", [(25000 + n, n) for n in range(100, 300)])
    )
    run(country)
    with django_assert_max_num_queries(30):
        run(country)
