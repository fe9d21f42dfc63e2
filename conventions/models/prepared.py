"""Statements composed once per process, then run with other values.

A header of a dozen scalar subqueries takes the ORM longer to compose than the database to answer.
The ORM still writes it, from the querysets that carry the rules: only its text is kept.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import connection
from django.db.models import QuerySet

# Stand for the values to come while the statement is composed; no row and no rule bears them.
_DAY = date(1, 2, 3)
_FIRST_KEY = -987_000_000


class Prepared:
    """The query `compose(keys, on)`, which may use its two arguments only as they are given.

    Its columns must be read the same from every database: integers, and JSON as text.
    """

    def __init__(self, compose: Callable[[list[int], date], QuerySet]) -> None:
        self._compose = compose
        self._statements: dict[tuple[str, int], tuple[str, tuple]] = {}

    def rows(self, keys: Sequence[int], *, on: date | None = None) -> list[tuple]:
        if not keys:
            return []
        statement, parameters = self._statement(len(keys))
        given = {_FIRST_KEY - rank: key for rank, key in enumerate(keys)}
        if on is not None:
            given[_adapted(_DAY)] = _adapted(on)
        with connection.cursor() as cursor:
            cursor.execute(statement, [given.get(value, value) for value in parameters])
            return cursor.fetchall()

    def _statement(self, count: int) -> tuple[str, tuple]:
        known = (connection.vendor, count)
        if known not in self._statements:
            keys = [_FIRST_KEY - rank for rank in range(count)]
            self._statements[known] = self._compose(keys, _DAY).query.sql_with_params()
        return self._statements[known]


def _adapted(day: date):
    """The day as this database's driver takes it."""
    return connection.ops.adapt_datefield_value(day)
