from conventions.models.act import Act, Article, ArticleVersion, Visa
from conventions.models.clause import DurationClause, RevoyureClause, TerminationClause
from conventions.models.convention import Convention, Mandate, Party, Signatory
from conventions.models.document import CorruptFileError, Document

__all__ = [
    "Act",
    "Article",
    "ArticleVersion",
    "Convention",
    "CorruptFileError",
    "Document",
    "DurationClause",
    "Mandate",
    "Party",
    "RevoyureClause",
    "Signatory",
    "TerminationClause",
    "Visa",
]
