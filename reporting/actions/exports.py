"""What is taken away is told: who, what, how much, under which filter (control 26)."""

from accounts.actions.journal import record
from accounts.enums import Verb
from accounts.models import JournalEntry, User
from accounts.rules.typographie import pluriel


def record_export(*, by: User, fmt: str, rows: int, filters: dict[str, str]) -> JournalEntry:
    label = f"{pluriel(rows, 'convention')} en {fmt.upper()}"
    return record(by, Verb.EXPORTED, label=label, format=fmt, rows=rows, filters=filters)
