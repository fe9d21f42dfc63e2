"""One at a time: two projections of one convention must not write the same deadline twice.

Every act below takes the head of the journal before it announces what it changed, and keeps it
until it commits: this floor takes it first too, so that locks are always taken in one order.
Rows that a sender holds meanwhile are stepped over, never waited for.

Every act also leaves its line: while the last one is the same, no act has ended.
"""

from accounts.actions.journal import hold_journal
from accounts.models import JournalHead
from accounts.rules.journal import GENESIS


def take_turn() -> str:
    """Wait until no other act is being written down, and return the last line's hash.

    Ends with the transaction.
    """
    return hold_journal().last_hash


def last_line() -> str:
    """Return the hash of the last line of the journal, without waiting for anybody."""
    last = JournalHead.objects.filter(pk=1).values_list("last_hash", flat=True).first()
    return last or GENESIS
