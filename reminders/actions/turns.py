"""One at a time: two projections of one convention must not write the same deadline twice.

Every act below takes the head of the journal before it announces what it changed, and keeps it
until it commits: this floor takes it first too, so that locks are always taken in one order.
Rows that a sender holds meanwhile are stepped over, never waited for.
"""

from accounts.models import JournalHead


def take_turn() -> None:
    """Wait until no other act is being written down; ends with the transaction."""
    JournalHead.objects.select_for_update(of=("self",)).get_or_create(pk=1)
