"""Reading a figure as people type or paste it, and saying what is wrong with it.

«1 100,5» with any of the spaces Excel and Word put between thousands; «25 %» and «3 000 €» keep
their unit for themselves. Nothing is guessed: «1.100» may be one or eleven hundred, so it is asked
again.
"""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from accounts.rules.typographie import nombre
from engagements.enums import IndicatorUnit, ValueStatus

EARLIEST_YEAR = 1980
PLANNING_YEARS = 30
_LARGEST = Decimal(10) ** 14

# Every space that word processors and spreadsheets put between thousands.
_SPACES = re.compile("[\\s\u00a0\u2007\u2009\u200a\u202f]+")
_UNIT_SIGNS = {
    IndicatorUnit.EUROS: ("€", "euros", "euro", "eur"),
    IndicatorUnit.POURCENT: ("%",),
    IndicatorUnit.NOMBRE: (),
}
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?\Z")
_AMBIGUOUS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+\Z")


def parse_quantity(text: str, unit: IndicatorUnit | None = None) -> Decimal | None:
    """Return the number typed, None when nothing was; refuse in French what is not one."""
    typed = _SPACES.sub("", text)
    for sign in _UNIT_SIGNS[unit] if unit else ():
        typed = typed.lower().removesuffix(sign)
    if not typed:
        return None
    if typed[0] in "-−–":
        raise ValidationError("Une valeur ne peut pas être négative.", code="negative")
    if _AMBIGUOUS.match(typed):
        whole = typed.replace(".", "")
        msg = (
            f"«\u00a0{typed}\u00a0» peut se lire de deux façons. "
            f"Écrivez {nombre(Decimal(whole))}, ou la virgule pour des décimales."
        )
        raise ValidationError(msg, code="ambiguous")
    if not _PLAIN.match(typed):
        msg = f"«\u00a0{text.strip()[:40]}\u00a0» n’est pas un nombre. Écrivez par exemple 1 100,5."
        raise ValidationError(msg, code="invalid")
    return _checked(Decimal(typed.replace(",", ".")))


def _checked(value: Decimal) -> Decimal:
    if value != round(value, 2):
        raise ValidationError("Deux décimales au plus.", code="decimals")
    if value >= _LARGEST:
        raise ValidationError("Ce nombre est trop grand.", code="large")
    return round(value, 2)


HAS_QUANTITY = (ValueStatus.DEFINITIF, ValueStatus.PROVISOIRE)


def check_quantity(quantity: Decimal | None, status: ValueStatus) -> None:
    """«Non communiqué» is not zero: a status says whether a number goes with it."""
    if quantity is not None and quantity < 0:
        raise ValidationError({"quantity": "Une valeur ne peut pas être négative."})
    if status in HAS_QUANTITY and quantity is None:
        msg = "Donnez un nombre, ou choisissez le statut « non communiqué » : ce n’est pas zéro."
        raise ValidationError({"quantity": msg})
    if status not in HAS_QUANTITY and quantity is not None:
        label = ValueStatus(status).label
        msg = f"Une valeur «\u00a0{label}\u00a0» ne porte pas de nombre : videz ce champ."
        raise ValidationError({"quantity": msg})


def check_measured_year(year: int, as_of: date | None, *, on: date) -> None:
    """A result belongs to a year already begun, and is counted neither before it nor tomorrow."""
    if not EARLIEST_YEAR <= year <= on.year:
        msg = f"Donnez une année entre {EARLIEST_YEAR} et {on.year}."
        if year > on.year:
            msg = f"L’année {year} n’a pas commencé : un réalisé s’y constatera plus tard."
        raise ValidationError({"year": msg})
    if as_of is None:
        return
    if as_of > on:
        raise ValidationError({"as_of": "Une valeur ne peut pas être arrêtée dans l’avenir."})
    if as_of < date(year, 1, 1):
        msg = f"Une valeur de {year} ne peut pas être arrêtée avant le 1er janvier {year}."
        raise ValidationError({"as_of": msg})


def check_target_year(year: int, *, on: date) -> None:
    last = on.year + PLANNING_YEARS
    if not EARLIEST_YEAR <= year <= last:
        raise ValidationError({"year": f"Donnez une année entre {EARLIEST_YEAR} et {last}."})
