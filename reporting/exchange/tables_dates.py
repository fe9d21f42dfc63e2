"""What people add to a convention's dates: dates of their own side or of all, and remarks.

What one person keeps for themselves stays where it was written. What one organisation keeps goes
with its convention, as its internal discussions do: the file is an administrator's.
"""

from reminders.enums import Sharing
from reminders.models import AddedDeadline, DeadlineNote
from reporting.exchange.table import Table
from reporting.exchange.tables_text import IMPLIED

ADDED = Table(
    "echeances_ajoutees",
    AddedDeadline,
    ("title", "due_on", "every_months", "note", "sharing", "party", "author", "added_at",
     "removed_at"),
    only={"sharing__in": (Sharing.ORGANISME, Sharing.PARTIES)},
    order=("due_on", "added_at"),
    renamed={"added_at": "ajoutee_a"},
    left_out={"convention": IMPLIED},
    note="Celles d’un organisme ou de toutes les parties ; celles d’une personne restent à elle.",
)  # fmt: skip
NOTES = Table(
    "notes_sur_les_echeances",
    DeadlineNote,
    ("key", "body", "author", "at", "reserved_to", "removed_at"),
    order=("at",),
    renamed={"key": "origine"},
    left_out={"convention": IMPLIED},
    note="Chacune sous l’origine de son échéance, avec l’organisme qui la garde, s’il y en a un.",
)
