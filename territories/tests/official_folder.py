"""A small country in the shape of the official files, for tests to write and spoil.

Two départements of one région (25 and 39), one of another (2A), and Paris with two
arrondissements. Two EPCIs: 200000001 (25001 and 39001) and 200000002 (2A004, 25002).
"""

import csv
from copy import deepcopy
from pathlib import Path

from openpyxl import Workbook

HEADERS = {
    "regions.csv": ["REG", "CHEFLIEU", "LIBELLE"],
    "departements.csv": ["DEP", "REG", "CHEFLIEU", "LIBELLE"],
    "communes.csv": ["TYPECOM", "COM", "REG", "DEP", "LIBELLE", "COMPARENT"],
    "mouvements-communes.csv": [
        "MOD",
        "DATE_EFF",
        "TYPECOM_AV",
        "COM_AV",
        "LIBELLE_AV",
        "TYPECOM_AP",
        "COM_AP",
        "LIBELLE_AP",
    ],
    "donnees_communes.csv": ["REG", "DEP", "COM", "Commune", "PMUN", "PCAP", "PTOT"],
}
EPCI_HEADER = [
    "dept",
    "siren",
    "raison_sociale",
    "nature_juridique",
    "mode_financ",
    "nb_membres",
    "total_pop_tot",
    "total_pop_mun",
    "dep_com",
    "insee",
    "siren_membre",
    "nom_membre",
]
ROWS = {
    "regions.csv": [
        ["27", "21231", "Bourgogne-Franche-Comté"],
        ["94", "2A004", "Corse"],
        ["11", "75056", "Île-de-France"],
    ],
    "departements.csv": [
        ["25", "27", "25001", "Doubs"],
        ["39", "27", "39001", "Jura"],
        ["2A", "94", "2A004", "Corse-du-Sud"],
        ["75", "11", "75056", "Paris"],
    ],
    "communes.csv": [
        ["COM", "25001", "27", "25", "Marchaux-Chaudefontaine", ""],
        ["COM", "25002", "27", "25", "Île sans pont", ""],
        ["COM", "25003", "27", "25", "Seule", ""],
        ["COMD", "25009", "", "", "Chaudefontaine", "25001"],
        ["COM", "39001", "27", "39", "Dole", ""],
        ["COM", "2A004", "94", "2A", "Ajaccio", ""],
        ["COM", "75056", "11", "75", "Paris", ""],
        ["ARM", "75101", "11", "75", "Paris 1er", "75056"],
        ["ARM", "75102", "11", "75", "Paris 2e", "75056"],
    ],
    "mouvements-communes.csv": [
        ["32", "2018-01-01", "COM", "25009", "Chaudefontaine", "COM", "25001", "M.-Ch."],
        ["32", "2018-01-01", "COM", "25009", "Chaudefontaine", "COMD", "25009", "Ch."],
        ["32", "2018-01-01", "COM", "25001", "Marchaux", "COM", "25001", "Marchaux-Chaudefontaine"],
        ["10", "2025-01-01", "COM", "39001", "Dôle", "COM", "39001", "Dole"],
    ],
    "donnees_communes.csv": [
        ["27", "25", "25001", "Marchaux-Chaudefontaine", "1500", "20", "1520"],
        ["27", "25", "25003", "Seule", "12", "0", "12"],
        ["27", "39", "39001", "Dole", "23000", "500", "23500"],
        ["94", "2A", "2A004", "Ajaccio", "71000", "900", "71900"],
        ["11", "75", "75101", "Paris 1er", "15000", "90", "15090"],
        ["11", "75", "75102", "Paris 2e", "20000", "130", "20130"],
    ],
}
# SIREN, name, nature, département, then communes: code as the spreadsheet holds it, SIREN, counts.
EPCIS = [
    (200000001, "CC du Doubs et du Jura", "CC", "25", [("25001", 1480), ("39001", 22900)]),
    (200000002, "CA d'Ajaccio", "CA", "2A", [("2A004", 70500), (25002, 40)]),
]


class OfficialFolder:
    """The six files, to be changed before `write`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = deepcopy(ROWS)
        self.headers = deepcopy(HEADERS)
        self.epcis = deepcopy(EPCIS)
        self.year = 2025
        self.sheet_title = None

    def write(self) -> Path:
        self.path.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            with (self.path / name).open("w", encoding="utf-8", newline="") as stream:
                delimiter = ";" if name == "donnees_communes.csv" else ","
                csv.writer(stream, delimiter=delimiter).writerows([self.headers[name], *rows])
        self._write_workbook()
        return self.path

    def _write_workbook(self) -> None:
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet(self.sheet_title or f"Epcicom{self.year}")
        sheet.append([*EPCI_HEADER, f"ptot_{self.year}", f"pmun_{self.year}"])
        for siren, name, nature, departement, members in self.epcis:
            counted = sum(count for _, count in members)
            for commune, count in members:
                sheet.append(
                    [departement, siren, name, nature, "FPU", len(members), counted, counted]
                    + ["", commune, 210000000 + count, "", count + 10, count]
                )
            sheet.append([])
        workbook.save(self.path / "epcicom.xlsx")
