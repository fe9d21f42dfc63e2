from accounts.models.journal import JournalEntry, JournalHead
from accounts.models.organisation import Invitation, Membership, Organisation
from accounts.models.user import User

__all__ = ["Invitation", "JournalEntry", "JournalHead", "Membership", "Organisation", "User"]
