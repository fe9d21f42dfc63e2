from accounts.models.journal import ImportedEntry, JournalEntry, JournalHead
from accounts.models.organisation import Invitation, Membership, Organisation
from accounts.models.user import User

__all__ = [
    "ImportedEntry",
    "Invitation",
    "JournalEntry",
    "JournalHead",
    "Membership",
    "Organisation",
    "User",
]
