from conventions.models.act import Act, Article, ArticleVersion, Visa
from conventions.models.clause import DurationClause, RevoyureClause, TerminationClause
from conventions.models.convention import Convention, Party
from conventions.models.document import CorruptFileError, Document
from conventions.models.mandate import Mandate, Signatory

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
