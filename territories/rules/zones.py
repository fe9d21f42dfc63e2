"""Which zone a département lives in, and by which clock each zone counts its days."""

from collections.abc import Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

from territories.enums import Zone

# Legal time of each zone: 24:00 is the local midnight of the place (domain rules A25).
TIME_ZONE_NAMES: Mapping[Zone, str] = MappingProxyType(
    {
        Zone.METROPOLE: "Europe/Paris",
        Zone.ALSACE_MOSELLE: "Europe/Paris",
        Zone.GUADELOUPE: "America/Guadeloupe",
        Zone.MARTINIQUE: "America/Martinique",
        Zone.GUYANE: "America/Cayenne",
        Zone.REUNION: "Indian/Reunion",
        Zone.MAYOTTE: "Indian/Mayotte",
    }
)

# The zone after a verb of place: «férié en Guadeloupe».
IN_ZONE: Mapping[Zone, str] = MappingProxyType(
    {
        Zone.METROPOLE: "en métropole",
        Zone.ALSACE_MOSELLE: "en Alsace-Moselle",
        Zone.GUADELOUPE: "en Guadeloupe",
        Zone.MARTINIQUE: "en Martinique",
        Zone.GUYANE: "en Guyane",
        Zone.REUNION: "à La Réunion",
        Zone.MAYOTTE: "à Mayotte",
    }
)

ZONE_OF_DEPARTEMENT: Mapping[str, Zone] = MappingProxyType(
    {
        "57": Zone.ALSACE_MOSELLE,
        "67": Zone.ALSACE_MOSELLE,
        "68": Zone.ALSACE_MOSELLE,
        "971": Zone.GUADELOUPE,
        "972": Zone.MARTINIQUE,
        "973": Zone.GUYANE,
        "974": Zone.REUNION,
        "976": Zone.MAYOTTE,
    }
)


def time_zone(zone: Zone) -> ZoneInfo:
    """Return the clock by which days end in this zone."""
    return ZoneInfo(TIME_ZONE_NAMES[zone])


def zone_of_departement(code: str) -> Zone:
    """Return the zone of a département: mainland unless local law or distance says otherwise."""
    return ZONE_OF_DEPARTEMENT.get(code, Zone.METROPOLE)


def departement_of_commune(code: str) -> str:
    """Return the département's code carried by an INSEE commune code (97105 → 971, 2A004 → 2A)."""
    return code[:3] if code.startswith("97") else code[:2]
