"""One value of one field, as the file writes it and as it is read back."""

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import PositiveIntegerRelDbTypeMixin

_DECIMAL = re.compile(r"-?\d{1,14}\.\d{2}")
_INSTANT = "%Y-%m-%dT%H:%M:%S.%f+00:00"
DEEPEST = 40


def written(value):
    """Return a value as JSON has it: dates and decimals as text, the keys of objects sorted."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_INSTANT)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dict):
        return {key: written(value[key]) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    return value


def read(one: models.Field, value):
    """Return the value of a field of ours, or raise a ValidationError that says what is wrong."""
    if value is None:
        if not one.null:
            raise _refusal("une valeur est nécessaire")
        return None
    found = _READERS[_kind(one)](value)
    if not isinstance(one, models.JSONField):
        _check(one, found)
    return found


def type_of(one: models.Field) -> str:
    """What the documentation says of the field's values."""
    nullable = " ou null" if one.null else ""
    return f"{_WORDS[_kind(one)]}{nullable}"


def _check(one: models.Field, found) -> None:
    if found == "":
        return
    if one.choices and found not in {value for value, _label in one.flatchoices}:
        raise _refusal(f"«\u00a0{str(found)[:60]}\u00a0» n’est pas une valeur permise")
    if isinstance(one, models.IntegerField) and not _fits(one, found):
        raise _refusal("le nombre est hors de portée")
    one.run_validators(found)


def _fits(one: models.IntegerField, found: int) -> bool:
    """Hold every database to what PostgreSQL keeps: SQLite would take any number."""
    small = isinstance(one, models.SmallIntegerField | models.PositiveSmallIntegerField)
    positive = isinstance(one, PositiveIntegerRelDbTypeMixin)
    highest = 2**15 - 1 if small else 2**31 - 1
    return (0 if positive else -highest) <= found <= highest


def _kind(one: models.Field) -> str:
    for kind, classes in _CLASSES.items():
        if isinstance(one, classes):
            return kind
    msg = f"{one} has no way of being written in the file"
    raise TypeError(msg)


def _text(value) -> str:
    if not isinstance(value, str):
        raise _refusal("un texte est attendu")
    if not storable(value):
        raise _refusal("le texte contient un caractère qui ne se conserve pas")
    return value


def storable(text: str) -> bool:
    """No zero byte, which PostgreSQL refuses, nor half a character, which UTF-8 does."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _number(value) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refusal("un nombre entier est attendu")
    return value


def _truth(value) -> bool:
    if not isinstance(value, bool):
        raise _refusal("true ou false est attendu")
    return value


def _day(value) -> date:
    try:
        found = date.fromisoformat(_text(value))
    except ValueError as error:
        raise _refusal("une date AAAA-MM-JJ est attendue") from error
    if found.isoformat() != value:
        raise _refusal("une date AAAA-MM-JJ est attendue")
    return found


def _instant(value) -> datetime:
    try:
        found = datetime.strptime(_text(value), _INSTANT).replace(tzinfo=UTC)
    except ValueError as error:
        raise _refusal("un instant UTC AAAA-MM-JJThh:mm:ss.µµµµµµ+00:00 est attendu") from error
    return found


def _hour(value) -> time:
    try:
        found = time.fromisoformat(_text(value))
    except ValueError as error:
        raise _refusal("une heure hh:mm:ss est attendue") from error
    if found.isoformat() != value or found.tzinfo is not None:
        raise _refusal("une heure hh:mm:ss est attendue")
    return found


def _quantity(value) -> Decimal:
    if not _DECIMAL.fullmatch(_text(value)):
        raise _refusal("un nombre à deux décimales, entre guillemets, est attendu")
    return Decimal(value)


def _any(value, depth: int = 0):
    if depth > DEEPEST:
        raise _refusal("les valeurs sont emboîtées trop profondément")
    if isinstance(value, dict):
        for key, inside in value.items():
            _text(key)
            _any(inside, depth + 1)
    elif isinstance(value, list):
        for inside in value:
            _any(inside, depth + 1)
    elif isinstance(value, str):
        _text(value)
    return value


def _refusal(message: str) -> ValidationError:
    return ValidationError(message, code="file")


# A datetime is a date for isinstance, and a boolean field no integer: the order matters.
_CLASSES = {
    "instant": models.DateTimeField,
    "day": models.DateField,
    "hour": models.TimeField,
    "truth": models.BooleanField,
    "decimal": models.DecimalField,
    "integer": models.IntegerField,
    "json": models.JSONField,
    "text": (models.CharField, models.TextField),
}
_READERS = {
    "instant": _instant,
    "day": _day,
    "hour": _hour,
    "truth": _truth,
    "decimal": _quantity,
    "integer": _number,
    "json": _any,
    "text": _text,
}
_WORDS = {
    "instant": "instant UTC",
    "day": "date",
    "hour": "heure",
    "truth": "booléen",
    "decimal": "décimal, en texte",
    "integer": "entier",
    "json": "valeur JSON",
    "text": "texte",
}
