from conventions.models.act import Act, Definition, Visa
from conventions.models.article import Article, ArticleRevision, ArticleVersion
from conventions.models.canevas import Canevas, CanevasClause, ChecklistAnswer
from conventions.models.clause import (
    DurationClause,
    FollowUpClause,
    RevoyureClause,
    TerminationClause,
)
from conventions.models.convention import Convention, Party
from conventions.models.document import CorruptFileError, Document
from conventions.models.mandate import Mandate, Signatory
from conventions.models.negotiation import Approval, Message, Proposal, Reading, Round, Thread
from conventions.models.succession import PartyChange
from conventions.models.termination import LetterVersion, RegisteredLetter, Termination

__all__ = [
    "Act",
    "Approval",
    "Article",
    "ArticleRevision",
    "ArticleVersion",
    "Canevas",
    "CanevasClause",
    "ChecklistAnswer",
    "Convention",
    "CorruptFileError",
    "Definition",
    "Document",
    "DurationClause",
    "FollowUpClause",
    "LetterVersion",
    "Mandate",
    "Message",
    "Party",
    "PartyChange",
    "Proposal",
    "Reading",
    "RegisteredLetter",
    "RevoyureClause",
    "Round",
    "Signatory",
    "Termination",
    "TerminationClause",
    "Thread",
    "Visa",
]
