from accounts.models.journal import ImportedEntry, JournalEntry, JournalHead
from accounts.models.organisation import Absence, Invitation, Membership, Organisation
from accounts.models.user import User

__all__ = [
    "Absence",
    "ImportedEntry",
    "Invitation",
    "JournalEntry",
    "JournalHead",
    "Membership",
    "Organisation",
    "User",
]
