"""Bringing the rows of one kind of territory in line with what the files say, in bulk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from territories.enums import TerritoryKind
from territories.models import Containment, FormerName, Territory
from territories.rules.import_report import ImportReport, KindChanges

BATCH = 2000
FIELDS = ("name", "siren", "nature", "zone", "departement", "region", "starts_on", "ends_on")


@dataclass(frozen=True)
class Wanted:
    """A territory as the files describe it. An empty `siren` says nothing: one known is kept."""

    name: str
    zone: str
    siren: str = ""
    nature: str = ""
    departement: Territory | None = None
    region: Territory | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def sync_kind(
    kind: TerritoryKind, wanted: Mapping[str, Wanted], changes: KindChanges
) -> dict[str, Territory]:
    """Create what is missing, correct what differs, and return all rows wanted, by code."""
    existing = {row.code: row for row in Territory.objects.filter(kind=kind)}
    created, changed = [], []
    for code, target in wanted.items():
        row = existing.get(code)
        if row is None:
            row = existing[code] = Territory(kind=kind, code=code, **_values(target))
            created.append(row)
        elif _correct(row, target, changes):
            changed.append(row)
    Territory.objects.bulk_create(created, batch_size=BATCH)
    Territory.objects.bulk_update(changed, FIELDS, batch_size=BATCH // 10)
    changes.created = [str(row) for row in created]
    changes.already_ended = sum(row.ends_on is not None for row in created)
    return {code: existing[code] for code in wanted}


def _values(target: Wanted) -> dict[str, object]:
    return {name: getattr(target, name) for name in FIELDS}


def _correct(row: Territory, target: Wanted, changes: KindChanges) -> bool:
    """Bring a row in line with its target, note what that meant, and return whether it differed."""
    if not target.siren:
        target = Wanted(**(_values(target) | {"siren": row.siren}))
    differing = {name for name in FIELDS if _seen(row, name) != _seen(target, name)}
    if not differing:
        return False
    if "name" in differing:
        changes.renamed.append(f"{row} → {target.name}")
    if differing & {"departement", "region"}:
        changes.moved.append(str(row))
    if "ends_on" in differing and target.ends_on:
        changes.ended.append(str(row))
    elif differing & {"siren", "nature", "zone", "starts_on", "ends_on"}:
        changes.corrected.append(str(row))
    for name, value in _values(target).items():
        setattr(row, name, value)
    return True


def _seen(item: Territory | Wanted, name: str) -> object:
    """Read a field for comparison; a link is compared by key, which costs no query."""
    if name not in {"departement", "region"}:
        return getattr(item, name)
    if isinstance(item, Territory):
        return getattr(item, f"{name}_id")
    linked = getattr(item, name)
    return linked and linked.pk


def end_absent_epcis(present: Iterable[str], *, on: date, report: ImportReport) -> None:
    """End, on the eve of a file's day, the EPCIs that it no longer lists.

    Only EPCIs known from official files or from the sample are concerned: one entered by hand, or
    made up for the demonstration, was never in the file.
    """
    official = Containment.objects.from_files().values("parent")
    absent = Territory.objects.filter(kind=TerritoryKind.EPCI, ends_on=None, pk__in=official)
    ended = [row for row in absent if row.code not in set(present)]
    for row in ended:
        row.ends_on = on - timedelta(days=1)
    Territory.objects.bulk_update(ended, ["ends_on"])
    report.kinds[TerritoryKind.EPCI].ended += [str(row) for row in ended]


def remember_epci_names(names: Mapping[str, str], *, on: date, later: bool) -> None:
    """Keep the name an EPCI bore until the eve of a later file that names it otherwise."""
    if not later:
        return
    rows = Territory.objects.filter(kind=TerritoryKind.EPCI, code__in=list(names))
    FormerName.objects.bulk_create(
        FormerName(territory=row, name=row.name, ends_on=on - timedelta(days=1))
        for row in rows
        if row.name != names[row.code]
    )
