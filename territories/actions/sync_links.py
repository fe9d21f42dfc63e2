"""Bringing memberships, former names and populations in line with the files, in bulk.

Rows entered by hand are never touched.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from territories.actions.official_files import Headcount
from territories.actions.sync_territories import BATCH
from territories.models import Containment, FormerName, Population, Territory
from territories.rules.communes_history import Name


class Link(NamedTuple):
    """A membership between two rows, as wanted."""

    parent: Territory
    child: Territory
    starts_on: date | None
    ends_on: date | None
    source: str


def sync_containments(wanted: Iterable[Link]) -> int:
    """Make the file-born memberships of the wanted children what is wanted; count the changes.

    A row whose pair and start are wanted is kept and corrected: its number stays. Deletions come
    first and creations last, so that no two periods ever overlap on the way.
    """
    targets = {(link.parent.pk, link.child.pk, link.starts_on): link for link in wanted}
    children = {child for _, child, _ in targets}
    changed, dropped = [], []
    for row in Containment.objects.from_files():
        if row.child_id not in children:
            continue
        link = targets.pop((row.parent_id, row.child_id, row.starts_on), None)
        if link is None:
            dropped.append(row.pk)
        elif (row.ends_on, row.source) != (link.ends_on, link.source):
            row.ends_on, row.source = link.ends_on, link.source
            changed.append(row)
    created = [Containment(**link._asdict()) for link in targets.values()]
    for first in range(0, len(dropped), BATCH // 4):
        Containment.objects.filter(pk__in=dropped[first : first + BATCH // 4]).delete()
    Containment.objects.bulk_update(changed, ["ends_on", "source"], batch_size=BATCH // 4)
    Containment.objects.bulk_create(created, batch_size=BATCH)
    return len(created) + len(changed) + len(dropped)


def sync_former_names(wanted: Mapping[Territory, Iterable[Name]]) -> int:
    """Create or correct the dated names that movements tell; count the changes."""
    existing = {(row.territory_id, row.ends_on): row for row in FormerName.objects.all()}
    created, changed = [], []
    for territory, names in wanted.items():
        for name in names:
            row = existing.get((territory.pk, name.ends_on))
            if row is None:
                created.append(
                    FormerName(
                        territory=territory,
                        name=name.name,
                        starts_on=name.starts_on,
                        ends_on=name.ends_on,
                    )
                )
            elif (row.name, row.starts_on) != (name.name, name.starts_on):
                row.name, row.starts_on = name.name, name.starts_on
                changed.append(row)
    FormerName.objects.bulk_create(created, batch_size=BATCH)
    FormerName.objects.bulk_update(changed, ["name", "starts_on"], batch_size=BATCH // 4)
    return len(created) + len(changed)


def sync_populations(year: int, wanted: Mapping[Territory, Headcount]) -> int:
    """Create or correct the populations of a year; count the changes."""
    existing = {row.territory_id: row for row in Population.objects.filter(year=year)}
    created, changed = [], []
    for territory, count in wanted.items():
        row = existing.get(territory.pk)
        if row is None:
            created.append(
                Population(
                    territory=territory, year=year, municipal=count.municipal, total=count.total
                )
            )
        elif (row.municipal, row.total) != (count.municipal, count.total):
            row.municipal, row.total = count.municipal, count.total
            changed.append(row)
    Population.objects.bulk_create(created, batch_size=BATCH)
    Population.objects.bulk_update(changed, ["municipal", "total"], batch_size=BATCH // 4)
    return len(created) + len(changed)
