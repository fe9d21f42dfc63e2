"""The sample of territories that ships with the portal, for a demonstration without any file.

It only adds what is missing and never corrects: the official files, imported before or after,
prevail. What is made up for the demonstration is marked as entered by hand, so that no import takes
it for a commune that vanished.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from territories.enums import ContainmentSource, TerritoryKind
from territories.models import Containment, FormerName, Population, Territory

SAMPLE_FOLDER = Path(__file__).resolve().parent.parent / "sample"
REAL = SAMPLE_FOLDER / "territories.json"
FICTITIOUS = SAMPLE_FOLDER / "demonstration.json"
# Levels are created from the largest down: each points at those before it.
LEVELS = (
    TerritoryKind.REGION,
    TerritoryKind.DEPARTEMENT,
    TerritoryKind.EPCI,
    TerritoryKind.COMMUNE,
    TerritoryKind.QPV,
    TerritoryKind.QV,
)

Rows = dict[tuple[str, str], Territory]
Data = Mapping[str, Any]


@transaction.atomic
def load_sample() -> int:
    """Add what is missing of the sample, and return how many rows that was."""
    return sum(
        _load(json.loads(path.read_text(encoding="utf-8")), source)
        for path, source in (
            (REAL, ContainmentSource.ECHANTILLON),
            (FICTITIOUS, ContainmentSource.SAISIE),
        )
    )


def _load(data: Data, source: ContainmentSource) -> int:
    rows, created = _territories(data["territories"])
    return (
        created
        + _former_names(data["territories"], rows)
        + _populations(data["territories"], rows)
        + _containments(data["containments"], rows, source)
    )


def _territories(described: Sequence[Data]) -> tuple[Rows, int]:
    rows: Rows = {}
    created = 0
    for kind in LEVELS:
        wanted = [item for item in described if item["kind"] == kind]
        codes = {item["code"] for item in wanted} | _codes_named(described, kind)
        found = {row.code: row for row in Territory.objects.filter(kind=kind, code__in=codes)}
        missing = [_territory(item, rows) for item in wanted if item["code"] not in found]
        Territory.objects.bulk_create(missing)
        created += len(missing)
        rows |= {(kind, row.code): row for row in [*found.values(), *missing]}
    return rows, created


def _codes_named(described: Sequence[Data], kind: str) -> set[str]:
    """Return the codes that others name as their région or département, described here or not."""
    return {item[kind] for item in described if kind in item}


def _territory(item: Data, rows: Rows) -> Territory:
    return Territory(
        kind=item["kind"],
        code=item["code"],
        name=item["name"],
        zone=item["zone"],
        siren=item.get("siren", ""),
        nature=item.get("nature", ""),
        departement=_named(item, TerritoryKind.DEPARTEMENT, rows),
        region=_named(item, TerritoryKind.REGION, rows),
        starts_on=_day(item.get("starts_on")),
        ends_on=_day(item.get("ends_on")),
    )


def _named(item: Data, kind: TerritoryKind, rows: Rows) -> Territory | None:
    return rows[kind, item[kind]] if kind in item else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _former_names(described: Sequence[Data], rows: Rows) -> int:
    known = set(FormerName.objects.values_list("territory_id", "ends_on"))
    missing = [
        FormerName(territory=row, name=name, starts_on=_day(starts_on), ends_on=_day(ends_on))
        for item in described
        for row in [rows[item["kind"], item["code"]]]
        for name, starts_on, ends_on in item.get("former_names", ())
        if (row.pk, _day(ends_on)) not in known
    ]
    FormerName.objects.bulk_create(missing)
    return len(missing)


def _populations(described: Sequence[Data], rows: Rows) -> int:
    pks = [row.pk for row in rows.values()]
    known = set(Population.objects.filter(territory__in=pks).values_list("territory_id", "year"))
    missing = [
        Population(territory=row, year=int(year), municipal=municipal, total=total)
        for item in described
        for row in [rows[item["kind"], item["code"]]]
        for year, (municipal, total) in item.get("populations", {}).items()
        if (row.pk, int(year)) not in known
    ]
    Population.objects.bulk_create(missing)
    return len(missing)


def _containments(
    described: Sequence[Sequence[str | None]], rows: Rows, source: ContainmentSource
) -> int:
    """Add the memberships of a level to the territories that have none there yet."""
    known = set(
        Containment.objects.filter(child__in=rows.values()).values_list("child", "parent__kind")
    )
    missing = []
    for parent, child, starts_on, ends_on in described:
        parent_row, child_row = rows[_key(parent)], rows[_key(child)]
        if (child_row.pk, parent_row.kind) not in known:
            missing.append(
                Containment(
                    parent=parent_row,
                    child=child_row,
                    starts_on=_day(starts_on),
                    ends_on=_day(ends_on),
                    source=source,
                )
            )
    Containment.objects.bulk_create(missing)
    return len(missing)


def _key(reference: str) -> tuple[str, str]:
    """Read «commune:25056»."""
    kind, _, code = reference.partition(":")
    return kind, code
