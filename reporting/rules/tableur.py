"""Cells that a spreadsheet will read as what they are: text stays text, numbers stay numbers.

A text that begins like a formula is prefixed by an apostrophe (control 32): what someone typed in
a title must never run on a colleague's machine. Numbers and dates are typed, so «-5» stays one.
"""

from datetime import date

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])

Cell = str | int | float | date | None


def safe_cell(value: Cell) -> Cell:
    """Return the value as it may be written in a CSV or XLSX file."""
    if not isinstance(value, str):
        return value
    text = value.translate(_ILLEGAL)
    risky = text.lstrip(" \u00a0\u202f").startswith(_STARTS) or value.startswith(_STARTS)
    return f"'{text}" if risky else text


def csv_cell(value: Cell) -> str:
    """The same in a file that knows text only: dates as ISO 8601, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(safe_cell(value))
