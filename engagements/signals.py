"""What this floor announces. Sent inside the action's transaction; receivers live on upper floors.

`engagement_changed`: an engagement appeared, or its due date, state or debtors changed. Arguments:
`engagement`, `by` (user or None) and `on` (the day of the act).
"""

from django.dispatch import Signal

engagement_changed = Signal()

# Sent with `revoyure`, `by` and `on` when a revoyure opens, moves on or closes.
revoyure_changed = Signal()

# Sent with `revoyure` and `on` while a snapshot is taken: each receiver answers with a pair
# (section name, JSON value) to be frozen with it.
revoyure_gathering = Signal()

# Sent with `revoyure`, `by` and `now` once a revoyure is frozen.
revoyure_frozen = Signal()
