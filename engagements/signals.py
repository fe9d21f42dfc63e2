"""What this floor announces. Sent inside the action's transaction; receivers live on upper floors.

`engagement_changed`: an engagement appeared, or its due date, state or debtors changed. Arguments:
`engagement`, `by` (user or None) and `on` (the day of the act).
"""

from django.dispatch import Signal

engagement_changed = Signal()
