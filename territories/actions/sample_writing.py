"""Taking the shipped sample from an imported map, so that it is never edited by hand."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from territories.actions.sample import LEVELS
from territories.enums import TerritoryKind
from territories.models import Containment, Territory

BESANCON = "242500361"
DIJON = "242100410"
AIX_MARSEILLE = "200054807"
SAMPLE_EPCIS = (BESANCON, DIJON, AIX_MARSEILLE)
# Facts that the yearly files do not hold. Grand Besançon became a communauté urbaine in 2019.
FORMER_EPCI_NAMES = {
    BESANCON: [["CA du Grand Besançon", None, "2019-06-30"]],
}


def sample_text(codes: Iterable[str] = SAMPLE_EPCIS) -> str:
    """Return the sample's text: some EPCIs with all the communes they had, one row a line."""
    territories = _sampled(codes)
    rows = [json.dumps(_described(row), ensure_ascii=False) for row in territories]
    links = [json.dumps(link, ensure_ascii=False) for link in _links(territories)]
    blocks = (
        f'"{name}": [\n{_lines(block)}\n]'
        for name, block in (("territories", rows), ("containments", links))
    )
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def _lines(rows: list[str]) -> str:
    return ",\n".join(rows)


def _sampled(codes: Iterable[str]) -> list[Territory]:
    epcis = Territory.objects.filter(kind=TerritoryKind.EPCI, code__in=codes)
    inside = Containment.objects.filter(parent__in=epcis).values("child")
    communes = Territory.objects.filter(pk__in=inside)
    attached = epcis | communes
    departements = Territory.objects.filter(pk__in=attached.values("departement"))
    regions = Territory.objects.filter(pk__in=departements.values("region"))
    pks = [row.pk for rows in (regions, departements, epcis, communes) for row in rows]
    levels = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(LEVELS)]
    return list(
        Territory.objects.filter(pk__in=pks)
        .select_related("departement", "region")
        .prefetch_related("populations", "former_names")
        .order_by(Case(*levels, output_field=IntegerField()), "code")
    )


def _described(row: Territory) -> dict[str, Any]:
    """Describe a territory, leaving out what is empty."""
    former = [
        [name.name, _text(name.starts_on), _text(name.ends_on)]
        for name in sorted(row.former_names.all(), key=lambda name: name.ends_on)
    ]
    described = {
        "kind": row.kind,
        "code": row.code,
        "name": row.name,
        "zone": row.zone,
        "siren": row.siren,
        "nature": row.nature,
        "departement": row.departement and row.departement.code,
        "region": row.region and row.region.code,
        "starts_on": _text(row.starts_on),
        "ends_on": _text(row.ends_on),
        "populations": {
            str(count.year): [count.municipal, count.total]
            for count in sorted(row.populations.all(), key=lambda count: count.year)
        },
        "former_names": former or FORMER_EPCI_NAMES.get(row.code),
    }
    return {name: value for name, value in described.items() if value}


def _links(territories: list[Territory]) -> Iterator[list[str | None]]:
    links = Containment.objects.filter(
        parent__in=territories, child__in=territories
    ).select_related("parent", "child")
    for link in links.order_by("parent__kind", "parent__code", "child__code", "starts_on"):
        parent, child = link.parent, link.child
        yield [
            f"{parent.kind}:{parent.code}",
            f"{child.kind}:{child.code}",
            _text(link.starts_on),
            _text(link.ends_on),
        ]


def _text(day: date | None) -> str | None:
    return day and day.isoformat()
