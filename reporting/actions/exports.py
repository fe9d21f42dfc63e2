"""What is taken away is told: who, what, how much, under which filter (control 26)."""

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import JournalEntry, User
from accounts.rules.typographie import pluriel


def record_export(
    what: str, *, by: User, fmt: str, rows: int, filters: dict[str, str]
) -> JournalEntry:
    """Say that `rows` of `what` («convention», in the singular) were taken away."""
    label = f"{pluriel(rows, what)} en {fmt.upper()}"
    return record(by, Verb.EXPORTED, label=label, format=fmt, rows=rows, filters=filters)
