"""Reading a question put as plain data: every refusal is a French sentence that names the field.

A field nobody knows is tolerated (a case may carry its clause or a note) unless it looks like a
misspelt quantity: dropping one in silence would give a wrong date.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from conventions.rules.delais_calcul import FIRST_YEAR, LAST_YEAR, DelaiError
from territories.enums import Zone
from territories.rules.french import typeset

QUANTITIES = ("years", "months", "days")
MISSPELT: Mapping[str, str] = MappingProxyType(
    {
        "year": "years",
        "month": "months",
        "ans": "years",
        "annees": "years",
        "mois": "months",
        "jours": "days",
        "week": "days",
        "weeks": "days",
        "semaines": "days",
        "report": "carry",
        "carried": "carry",
        "francs": "franc",
    }
)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def shown(value: Any) -> str:
    """Quote what was received, shortened, as a person would have typed it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"« {text[:40]}{'…' if len(text) > 40 else ''} »"


def _refuse(sentence: str) -> DelaiError:
    return DelaiError(typeset(sentence))


def check_fields(data: Any) -> None:
    """Refuse what is not a set of fields, and fields that look like a misspelt one."""
    if not isinstance(data, Mapping):
        raise _refuse("Les données (« input ») doivent être un objet JSON.")
    for field in data:
        if field in MISSPELT:
            raise _refuse(
                f"Champ inconnu : {shown(field)}. Le champ attendu est « {MISSPELT[field]} »."
            )


def read_day(data: Mapping[str, Any], field: str) -> date:
    """Read a date written AAAA-MM-JJ, within the years for which answers are honest."""
    if field not in data:
        raise _refuse(f"Le champ « {field} » manque : une date AAAA-MM-JJ.")
    value = data[field]
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        raise _refuse(
            f"Le champ « {field} » doit être une date écrite AAAA-MM-JJ, et non {shown(value)}."
        )
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise _refuse(
            f"Le champ « {field} » donne une date qui n’existe pas au calendrier : {shown(value)}."
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _refuse(
            f"Le champ « {field} » doit être une date des années {FIRST_YEAR} à {LAST_YEAR}, "
            f"et non {shown(value)}."
        )
    return day


def read_quantities(data: Mapping[str, Any]) -> dict[str, int]:
    """Read years, months and days; at least one must be there and count something."""
    quantities = {field: _read_quantity(data, field) for field in QUANTITIES if field in data}
    if not quantities:
        raise _refuse(
            "Il manque une durée : « months » (mois), « days » (jours) ou « years » (ans)."
        )
    if not any(quantities.values()):
        raise _refuse("La durée est nulle : il faut au moins un jour ou un mois.")
    return quantities


def _read_quantity(data: Mapping[str, Any], field: str) -> int:
    value = data[field]
    # A JSON true is an int for Python; it is no quantity.
    if isinstance(value, bool) or not isinstance(value, int):
        raise _refuse(f"Le champ « {field} » doit être un nombre entier, et non {shown(value)}.")
    if value < 0:
        raise _refuse(f"Le champ « {field} » ne peut pas être négatif : {shown(value)}.")
    return value


def read_flag(data: Mapping[str, Any], field: str) -> bool:
    """Read a flag, false when absent."""
    value = data.get(field, False)
    if not isinstance(value, bool):
        raise _refuse(f"Le champ « {field} » doit valoir true ou false, et non {shown(value)}.")
    return value


def read_zone(data: Mapping[str, Any]) -> Zone:
    """Read a zone, métropole when absent."""
    value = data.get("zone", Zone.METROPOLE)
    if not isinstance(value, str) or value not in Zone.values:
        known = ", ".join(Zone.values)
        raise _refuse(f"Zone inconnue : {shown(value)}. Zones possibles : {known}.")
    return Zone(value)
