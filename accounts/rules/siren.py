"""Identifiers of legal persons: SIREN (INSEE) and RNA (national register of associations)."""

import re

from django.core.exceptions import ValidationError

_RNA = re.compile(r"W\d{9}")


def luhn_is_valid(digits: str) -> bool:
    """Return whether the last digit is the Luhn check digit of the others (ISO/IEC 7812-1)."""
    total = 0
    for rank, character in enumerate(reversed(digits)):
        figure = int(character) * (1 + rank % 2)
        total += figure - 9 if figure > 9 else figure
    return total % 10 == 0


def validate_siren(value: str) -> None:
    """Refuse what is not nine digits ending in the right Luhn digit."""
    if not re.fullmatch(r"[0-9]{9}", value):
        msg = "Un SIREN compte neuf chiffres, sans lettre ; vérifiez le numéro."
        raise ValidationError(msg, code="siren_format")
    if not luhn_is_valid(value) or value == "000000000":
        msg = "Ce SIREN n’existe pas : sa clé de contrôle est fausse. Vérifiez chaque chiffre."
        raise ValidationError(msg, code="siren_luhn")


def validate_rna(value: str) -> None:
    """Refuse what is not a W followed by nine digits."""
    if not _RNA.fullmatch(value):
        msg = "Un numéro RNA s’écrit W suivi de neuf chiffres, par exemple W751236716."
        raise ValidationError(msg, code="rna_format")
