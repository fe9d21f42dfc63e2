"""Small maps for tests: plain functions with defaults."""

from datetime import date
from itertools import count

from territories.enums import ContainmentSource, TerritoryKind, Zone
from territories.models import Containment, Territory

_codes = count(1)


def make_territory(kind: TerritoryKind = TerritoryKind.COMMUNE, **kwargs) -> Territory:
    kwargs.setdefault("code", f"{next(_codes):05d}")
    kwargs.setdefault("name", f"Territoire {kwargs['code']}")
    kwargs.setdefault("zone", Zone.METROPOLE)
    return Territory.objects.create(kind=kind, **kwargs)


def make_epci(**kwargs) -> Territory:
    kwargs.setdefault("code", f"9{next(_codes):08d}")
    return make_territory(TerritoryKind.EPCI, **kwargs)


def make_containment(parent: Territory, child: Territory, **kwargs) -> Containment:
    kwargs.setdefault("source", ContainmentSource.FICHIER)
    return Containment.objects.create(parent=parent, child=child, **kwargs)


def d(text: str) -> date:
    return date.fromisoformat(text)
