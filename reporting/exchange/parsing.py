"""Bytes from elsewhere, read as JSON with nothing ambiguous left in them."""

import json

from django.core.exceptions import ValidationError

MAX_BYTES = 400 * 1024 * 1024


def parse(data: bytes) -> dict:
    """Return the object a file holds; refuse what is not JSON, or could be read in two ways."""
    if len(data) > MAX_BYTES:
        raise _refusal(f"Le fichier dépasse {MAX_BYTES // 1024 // 1024}\u00a0Mo.")
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError as error:
        msg = "Le fichier emboîte trop de niveaux."
        raise _refusal(msg) from error
    except UnicodeDecodeError as error:
        msg = "Le fichier n’est pas en UTF-8."
        raise _refusal(msg) from error
    except json.JSONDecodeError as error:
        msg = f"Le fichier n’est pas du JSON entier\u202f: ligne {error.lineno}, {error.colno}."
        raise _refusal(msg) from error
    except ValueError as error:
        msg = "Le fichier contient un nombre démesuré."
        raise _refusal(msg) from error
    if not isinstance(found, dict):
        msg = "Le fichier doit contenir un objet."
        raise _refusal(msg)
    return found


def _once(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _refusal(f"Le fichier donne deux fois la clé «\u00a0{twice[:60]}\u00a0».")
    return found


def _no_constant(name: str):
    raise _refusal(f"Le fichier contient {name}, qui n’est pas un nombre.")


def _refusal(message: str) -> ValidationError:
    return ValidationError(message, code="file")
