"""What this floor announces to those above."""

from django.dispatch import Signal

# Sent with `organisation` in the transaction that adds, changes or ends a membership.
members_changed = Signal()
