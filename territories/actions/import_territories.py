"""Importing the official files: all or nothing, as often as wanted, with a report of what changed.

Nothing is ever deleted but a membership that a re-reading of the same year shows to have been
wrong: a territory ends, a membership ends. What was entered by hand is left alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Max

from territories.actions.file_reading import refusal
from territories.actions.official_files import (
    EPCIS,
    POPULATIONS,
    Headcount,
    OfficialFiles,
    read_official_files,
)
from territories.actions.sync_links import (
    Link,
    sync_containments,
    sync_former_names,
    sync_populations,
)
from territories.actions.sync_territories import (
    Wanted,
    end_absent_epcis,
    remember_epci_names,
    sync_kind,
)
from territories.enums import ContainmentSource, TerritoryKind, Zone
from territories.models import (
    Containment,
    FormerName,
    Population,
    SourceFile,
    Territory,
    TerritoryImport,
)
from territories.rules.import_report import ImportReport
from territories.rules.memberships import Membership, YearlyFile, memberships, stated_parents
from territories.rules.zones import departement_of_commune, zone_of_departement

Rows = Mapping[str, Territory]


@dataclass(frozen=True)
class Map:
    """The rows of each kind, by code."""

    regions: Rows
    departements: Rows
    communes: Rows
    epcis: Rows


def import_territories(folder: Path, *, now: datetime) -> ImportReport:
    """Bring the map in line with the six official files of a folder.

    Raises a `ValidationError` that names the file when one is missing, ill-formed, contradicts
    another or is older than the one already imported; nothing has changed then.
    """
    populations = SourceFile.objects.filter(file_name=POPULATIONS)
    files = read_official_files(
        folder, known_populations=dict(populations.values_list("sha256", "stated_on"))
    )
    with transaction.atomic():
        return _import(files, now=now)


def _import(files: OfficialFiles, *, now: datetime) -> ImportReport:
    latest = _latest_days()
    _refuse_older(files, latest)
    report = ImportReport(
        sources=[
            asdict(source) | {"stated_on": source.stated_on.isoformat()}
            for source in files.sources.values()
        ]
    )
    places = _sync_places(files, previous_on=latest.get(EPCIS), report=report)
    report.former_names = sync_former_names(
        {places.communes[code]: life.former_names for code, life in files.lives.items()}
    )
    _sync_memberships(files, places, previous_on=latest.get(EPCIS), report=report)
    report.populations = _sync_populations(files, places)
    for kind, rows in zip(report.kinds, _counts(files), strict=True):
        report.kinds[kind].total = rows
    _record(files, report, now=now)
    if report.changes_something:
        _refresh_statistics()
    return report


def _refresh_statistics() -> None:
    """Let PostgreSQL know its tables are no longer empty; until then it plans for no rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Territory, Containment, FormerName, Population):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _counts(files: OfficialFiles) -> tuple[int, int, int, int]:
    """Count regions, départements, EPCIs and communes, in the order of the report."""
    return len(files.regions), len(files.departements), len(files.epcis), len(files.communes)


def _latest_days() -> dict[str, date]:
    """Return, for each file name, the latest day described by one already imported."""
    days = SourceFile.objects.order_by().values_list("file_name").annotate(Max("stated_on"))
    return dict(days)


def _refuse_older(files: OfficialFiles, latest: Mapping[str, date]) -> None:
    for name, source in files.sources.items():
        if name in latest and source.stated_on < latest[name]:
            raise refusal(
                name,
                f"ce fichier ({source.vintage}) est plus ancien que celui déjà importé "
                f"({latest[name].year}).",
            )


def _sync_places(files: OfficialFiles, *, previous_on: date | None, report: ImportReport) -> Map:
    kinds = report.kinds
    regions = sync_kind(
        TerritoryKind.REGION, dict(_wanted_regions(files)), kinds[TerritoryKind.REGION]
    )
    departements = sync_kind(
        TerritoryKind.DEPARTEMENT,
        dict(_wanted_departements(files, regions)),
        kinds[TerritoryKind.DEPARTEMENT],
    )
    communes = sync_kind(
        TerritoryKind.COMMUNE,
        dict(_wanted_communes(files, departements)),
        kinds[TerritoryKind.COMMUNE],
    )
    later = previous_on is not None and previous_on < files.epcis_on
    names = {code: epci.name for code, epci in files.epcis.items()}
    remember_epci_names(names, on=files.epcis_on, later=later)
    wanted = dict(_wanted_epcis(files, departements, later=later))
    epcis = sync_kind(TerritoryKind.EPCI, wanted, kinds[TerritoryKind.EPCI])
    end_absent_epcis(files.epcis, on=files.epcis_on, report=report)
    return Map(regions, departements, communes, epcis)


def _wanted_regions(files: OfficialFiles) -> Iterator[tuple[str, Wanted]]:
    zones: dict[str, set[Zone]] = {}
    for departement, (_, region) in files.departements.items():
        zones.setdefault(region, set()).add(zone_of_departement(departement))
    for code, name in files.regions.items():
        found = zones.get(code, set())
        # Grand Est has two zones: a whole region follows the mainland unless all of it differs.
        yield code, Wanted(name, found.pop() if len(found) == 1 else Zone.METROPOLE)


def _wanted_departements(files: OfficialFiles, regions: Rows) -> Iterator[tuple[str, Wanted]]:
    for code, (name, region) in files.departements.items():
        yield code, Wanted(name, zone_of_departement(code), region=regions[region])


def _wanted_communes(files: OfficialFiles, departements: Rows) -> Iterator[tuple[str, Wanted]]:
    sirens = {
        code: member.siren for epci in files.epcis.values() for code, member in epci.members.items()
    }
    for code, life in files.lives.items():
        departement = departements[_departement_of(code, files)]
        yield (
            code,
            Wanted(
                name=life.name,
                zone=departement.zone,
                siren=sirens.get(code, ""),
                departement=departement,
                region=departement.region,
                starts_on=life.starts_on,
                ends_on=life.ends_on,
            ),
        )


def _departement_of(commune: str, files: OfficialFiles) -> str:
    """Return a commune's département; a vanished one keeps the one its code carries."""
    return files.communes.get(commune) or departement_of_commune(commune)


def _wanted_epcis(
    files: OfficialFiles, departements: Rows, *, later: bool
) -> Iterator[tuple[str, Wanted]]:
    """Describe EPCIs; only one that a later file adds has a known beginning."""
    known = dict(Territory.objects.filter(kind=TerritoryKind.EPCI).values_list("code", "starts_on"))
    for code, epci in files.epcis.items():
        departement = departements[epci.departement]
        yield (
            code,
            Wanted(
                name=epci.name,
                zone=departement.zone,
                siren=code,
                nature=epci.nature,
                departement=departement,
                region=departement.region,
                starts_on=known.get(code, files.epcis_on if later else None),
            ),
        )


def _sync_memberships(
    files: OfficialFiles, places: Map, *, previous_on: date | None, report: ImportReport
) -> None:
    known = _known_memberships()
    members = {code: siren for siren, epci in files.epcis.items() for code in epci.members}
    stated = YearlyFile(files.epcis_on, stated_parents(members, files.lives), previous_on)
    found = memberships(known, stated, files.lives)
    links = [*_administrative_links(files, places), *_epci_links(found, places)]
    report.memberships = sync_containments(links)
    report.kinds[TerritoryKind.COMMUNE].moved += [
        str(places.communes[code])
        for code, rows in found.items()
        if code in known and _current(known[code]) != _current(rows)
    ]


def _current(rows: list[Membership]) -> str | None:
    """Return the EPCI of today, if there is one; the end of a commune is not a move."""
    return rows[-1].parent if rows else None


def _known_memberships() -> dict[str, list[Membership]]:
    known: dict[str, list[Membership]] = {}
    rows = Containment.objects.filter(
        parent__kind=TerritoryKind.EPCI, child__kind=TerritoryKind.COMMUNE
    ).values_list("child__code", "parent__code", "starts_on", "ends_on", "source")
    for child, *membership in rows:
        known.setdefault(child, []).append(Membership(*membership))
    for found in known.values():
        found.sort(key=lambda row: row.starts_on or date.min)
    return known


def _administrative_links(files: OfficialFiles, places: Map) -> Iterator[Link]:
    for code, (_, region) in files.departements.items():
        parent, child = places.regions[region], places.departements[code]
        yield Link(parent, child, None, None, ContainmentSource.FICHIER)
    for code, life in files.lives.items():
        parent, child = places.departements[_departement_of(code, files)], places.communes[code]
        for period in life.periods:
            dates = (period.starts_on, period.ends_on)
            yield Link(parent, child, *dates, ContainmentSource.FICHIER)


def _epci_links(found: Mapping[str, list[Membership]], places: Map) -> Iterator[Link]:
    epcis = dict(places.epcis)
    absent = {row.parent for rows in found.values() for row in rows} - epcis.keys()
    ended = Territory.objects.filter(kind=TerritoryKind.EPCI, code__in=absent)
    epcis |= {row.code: row for row in ended}
    for code, rows in found.items():
        for row in rows:
            if not row.by_hand:
                yield Link(
                    epcis[row.parent], places.communes[code], row.starts_on, row.ends_on, row.source
                )


def _sync_populations(files: OfficialFiles, places: Map) -> int:
    by_dgcl: dict[Territory, Headcount] = {}
    for code, epci in files.epcis.items():
        by_dgcl[places.epcis[code]] = epci.population
        for commune, member in epci.members.items():
            by_dgcl[places.communes[commune]] = member.population
    by_insee = {places.communes[code]: count for code, count in files.populations.items()}
    if files.populations_year == files.epcis_on.year:
        return sync_populations(files.populations_year, by_dgcl | by_insee)
    return sync_populations(files.epcis_on.year, by_dgcl) + sync_populations(
        files.populations_year, by_insee
    )


def _record(files: OfficialFiles, report: ImportReport, *, now: datetime) -> None:
    """Keep the trace of an import that changed something or read a file for the first time."""
    digests = [source.sha256 for source in files.sources.values()]
    already = SourceFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True)
    if not report.changes_something and set(digests) == set(already):
        return
    report.recorded = True
    done = TerritoryImport.objects.create(imported_at=now, report=report.as_data())
    SourceFile.objects.bulk_create(
        SourceFile(territory_import=done, imported_at=now, **asdict(source))
        for source in files.sources.values()
    )
