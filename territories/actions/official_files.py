"""The INSEE's and DGCL's six files, read and checked against each other before anything is written.

Traps they hold: codes are text (01001, 2A004) and a spreadsheet drops their zeros; the DGCL's sheet
has an empty row; the Métropole de Lyon is filed as MET69; four islands have no EPCI; Paris, Lyon
and Marseille are counted by arrondissement; the files are not of one year.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

from territories.actions.file_reading import (
    check_folder,
    read_code,
    read_csv,
    read_day,
    read_name,
    read_number,
    read_sheet,
    refusal,
    sha256_of,
)
from territories.enums import EpciNature
from territories.rules.communes_history import COMMUNE, CommuneLife, Movement, communes_history

REGIONS = "regions.csv"
DEPARTEMENTS = "departements.csv"
COMMUNES = "communes.csv"
MOVEMENTS = "mouvements-communes.csv"
EPCIS = "epcicom.xlsx"
POPULATIONS = "donnees_communes.csv"
FILE_NAMES = (REGIONS, DEPARTEMENTS, COMMUNES, MOVEMENTS, EPCIS, POPULATIONS)
EPCI_COLUMNS = (
    "dept",
    "siren",
    "raison_sociale",
    "nature_juridique",
    "nb_membres",
    "total_pop_tot",
    "total_pop_mun",
    "insee",
    "siren_membre",
)


@dataclass(frozen=True)
class Source:
    """One file as read: the vintage it states, the day it describes, what its bytes were."""

    file_name: str
    vintage: str
    stated_on: date
    sha256: str
    rows: int


@dataclass(frozen=True)
class Headcount:
    """A municipal population and, where the source gives it, the total one."""

    municipal: int
    total: int | None


@dataclass(frozen=True)
class Member:
    """A commune in the DGCL's file."""

    siren: str
    population: Headcount


@dataclass(frozen=True)
class Epci:
    """An EPCI in the DGCL's file, with its communes by code."""

    name: str
    nature: str
    departement: str
    population: Headcount
    members: dict[str, Member]


@dataclass(frozen=True)
class OfficialFiles:
    """What the six files say. `departements` holds names and régions, `communes` départements."""

    regions: dict[str, str]
    departements: dict[str, tuple[str, str]]
    communes: dict[str, str]
    lives: dict[str, CommuneLife]
    epcis: dict[str, Epci]
    populations: dict[str, Headcount]
    sources: dict[str, Source]

    @property
    def epcis_on(self) -> date:
        return self.sources[EPCIS].stated_on

    @property
    def populations_year(self) -> int:
        return self.sources[POPULATIONS].stated_on.year


def read_official_files(folder: Path, *, known_populations: Mapping[str, date]) -> OfficialFiles:
    """Read the six files of a folder, refusing all of them if one is not what it should be.

    The populations' file does not say its year: bytes already imported keep the day they were
    given then (`known_populations`, by digest), others are taken to be of the communes' year.
    """
    check_folder(folder, FILE_NAMES)
    digests = {name: sha256_of(folder / name) for name in FILE_NAMES}
    regions, departements = _read_regions(folder), _read_departements(folder)
    names, communes, cities, commune_rows = _read_communes(folder, departements)
    movements = _read_movements(folder)
    lives = communes_history(names, movements)
    epcis_on, epcis, epci_rows = _read_epcis(folder, lives, departements)
    populations, population_rows = _read_populations(folder, communes, cities)
    _check_regions(regions, departements)
    cog_on = _cog_day(movements)
    populations_on = known_populations.get(digests[POPULATIONS], cog_on)
    described = {
        REGIONS: ("COG", cog_on, len(regions)),
        DEPARTEMENTS: ("COG", cog_on, len(departements)),
        COMMUNES: ("COG", cog_on, commune_rows),
        MOVEMENTS: ("COG", cog_on, len(movements)),
        EPCIS: ("DGCL", epcis_on, epci_rows),
        POPULATIONS: ("INSEE", populations_on, population_rows),
    }
    sources = {
        name: Source(name, f"{publisher} {on.year}", on, digests[name], rows)
        for name, (publisher, on, rows) in described.items()
    }
    return OfficialFiles(regions, departements, communes, lives, epcis, populations, sources)


def _read_regions(folder: Path) -> dict[str, str]:
    return {
        read_code(REGIONS, "région", row["REG"]): read_name(REGIONS, row["LIBELLE"])
        for row in read_csv(folder / REGIONS, ("REG", "LIBELLE"))
    }


def _read_departements(folder: Path) -> dict[str, tuple[str, str]]:
    return {
        read_code(DEPARTEMENTS, "département", row["DEP"]): (
            read_name(DEPARTEMENTS, row["LIBELLE"]),
            read_code(DEPARTEMENTS, "région", row["REG"]),
        )
        for row in read_csv(folder / DEPARTEMENTS, ("DEP", "REG", "LIBELLE"))
    }


def _check_regions(regions: Mapping[str, str], departements: Mapping[str, tuple[str, str]]) -> None:
    unknown = sorted({region for _, region in departements.values()} - regions.keys())
    if unknown:
        raise refusal(DEPARTEMENTS, f"la région {unknown[0]} n’est pas dans {REGIONS}.")


def _read_communes(
    folder: Path, departements: Mapping[str, object]
) -> tuple[dict[str, str], dict[str, str], dict[str, str], int]:
    """Return today's names and départements by code, the city of each arrondissement, the rows.

    Parts of communes (déléguées, associées) are left out.
    """
    names, communes, cities = {}, {}, {}
    rows = read_csv(folder / COMMUNES, ("TYPECOM", "COM", "DEP", "LIBELLE", "COMPARENT"))
    for row in rows:
        if row["TYPECOM"] == "ARM":
            cities[row["COM"]] = row["COMPARENT"]
        elif row["TYPECOM"] == COMMUNE:
            commune = read_code(COMMUNES, "commune", row["COM"])
            if row["DEP"] not in departements:
                raise refusal(COMMUNES, f"le département de la commune {commune} est inconnu.")
            names[commune] = read_name(COMMUNES, row["LIBELLE"])
            communes[commune] = row["DEP"]
    if not communes:
        raise refusal(COMMUNES, "le fichier ne contient aucune commune.")
    return names, communes, cities, len(rows)


def _read_movements(folder: Path) -> list[Movement]:
    sides = ("TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP")
    return [
        Movement(read_day(MOVEMENTS, row["DATE_EFF"]), *(row[side] for side in sides))
        for row in read_csv(folder / MOVEMENTS, ("DATE_EFF", *sides))
    ]


def _cog_day(movements: Sequence[Movement]) -> date:
    """Return the day the INSEE's list describes: the first 1 January not before its last movement.

    Nothing in `communes.csv` says its year; the movements published with it do.
    """
    last = max(movement.on for movement in movements)
    return last if (last.month, last.day) == (1, 1) else date(last.year + 1, 1, 1)


def _read_populations(
    folder: Path, communes: Mapping[str, str], cities: Mapping[str, str]
) -> tuple[dict[str, Headcount], int]:
    """Read populations, adding up the arrondissements of Paris, Lyon and Marseille.

    Only municipal populations add up without counting anyone twice: such a city's total stays
    unknown.
    """
    found: dict[str, Headcount] = {}
    rows = read_csv(folder / POPULATIONS, ("COM", "PMUN", "PTOT"), delimiter=";")
    for row in rows:
        commune = read_code(POPULATIONS, "commune", row["COM"])
        counted = _headcount(POPULATIONS, row["PMUN"], row["PTOT"])
        if commune in communes:
            found[commune] = counted
        elif commune in cities:
            city = found.setdefault(cities[commune], Headcount(0, None))
            found[cities[commune]] = Headcount(city.municipal + counted.municipal, None)
    if not found:
        raise refusal(POPULATIONS, "aucune ligne ne correspond à une commune connue.")
    return found, len(rows)


def _read_epcis(
    folder: Path, lives: Mapping[str, object], departements: Mapping[str, object]
) -> tuple[date, dict[str, Epci], int]:
    """Return the day the DGCL's workbook describes, its EPCIs, its number of rows."""
    title, lines = read_sheet(folder / EPCIS)
    year = re.search(r"(20\d{2})$", title)
    if year is None:
        raise refusal(EPCIS, f"la feuille « {title[:40]} » ne dit pas son millésime.")
    on = date(int(year[1]), 1, 1)
    header = lines[0] if lines else ()
    columns = (*EPCI_COLUMNS, f"ptot_{on.year}", f"pmun_{on.year}")
    missing = [column for column in columns if column not in header]
    if missing:
        raise refusal(EPCIS, f"il manque la colonne {', '.join(missing)}.")
    rows = [dict(zip_longest(header, line)) for line in lines[1:] if any(line)]
    epcis: dict[str, Epci] = {}
    for row in rows:
        siren = read_code(EPCIS, "SIREN", row["siren"], width=9)
        epci = epcis.setdefault(siren, _epci(row, departements))
        commune, member = _member(row, on.year)
        epci.members[commune] = member
    _check_members(rows, epcis, lives)
    return on, epcis, len(rows)


def _epci(row: Mapping[str, object], departements: Mapping[str, object]) -> Epci:
    if row["nature_juridique"] not in EpciNature.values:
        raise refusal(EPCIS, f"nature juridique inconnue : « {row['nature_juridique']} ».")
    departement = read_code(EPCIS, "département", row["dept"], width=2)
    if departement not in departements:
        raise refusal(EPCIS, f"le département {departement} n’est pas dans {DEPARTEMENTS}.")
    return Epci(
        name=read_name(EPCIS, row["raison_sociale"]),
        nature=str(row["nature_juridique"]),
        departement=departement,
        population=_headcount(EPCIS, row["total_pop_mun"], row["total_pop_tot"]),
        members={},
    )


def _member(row: Mapping[str, object], year: int) -> tuple[str, Member]:
    return read_code(EPCIS, "commune", row["insee"], width=5), Member(
        siren=read_code(EPCIS, "SIREN", row["siren_membre"], width=9),
        population=_headcount(EPCIS, row[f"pmun_{year}"], row[f"ptot_{year}"]),
    )


def _headcount(file_name: str, municipal: object, total: object) -> Headcount:
    counted = Headcount(read_number(file_name, municipal), read_number(file_name, total))
    if counted.total < counted.municipal:
        raise refusal(file_name, "une population totale est inférieure à la municipale.")
    return counted


def _check_members(
    rows: Sequence[Mapping[str, object]],
    epcis: Mapping[str, Epci],
    lives: Mapping[str, object],
) -> None:
    """Refuse unknown communes, communes filed twice, and EPCIs that miss some of theirs."""
    if not epcis:
        raise refusal(EPCIS, "le classeur ne contient aucun EPCI.")
    placed: set[str] = set()
    for epci in epcis.values():
        for commune in epci.members:
            if commune not in lives:
                raise refusal(EPCIS, f"la commune {commune} n’est pas dans {COMMUNES}.")
            if commune in placed:
                raise refusal(EPCIS, f"la commune {commune} figure dans deux EPCI.")
            placed.add(commune)
    for row in rows:
        siren = read_code(EPCIS, "SIREN", row["siren"], width=9)
        if len(epcis[siren].members) != read_number(EPCIS, row["nb_membres"]):
            raise refusal(
                EPCIS,
                f"l’EPCI {siren} annonce {row['nb_membres']} communes et en liste "
                f"{len(epcis[siren].members)}.",
            )
