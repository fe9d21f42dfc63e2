"""Every list of the file, each behind those it refers to: the order they are written back in."""

from conventions.models import Reading
from engagements.models import Debt
from reminders.models import (
    CalendarFeed,
    DeadlineAnswer,
    ExternalRecipient,
    Finding,
    FindingTold,
    Heartbeat,
    LadderChoice,
    Notice,
    Reminder,
    RhythmChoice,
)
from reporting.exchange.table import Table
from reporting.exchange.tables_dates import ADDED, NOTES
from reporting.exchange.tables_life import JOURNAL, LIVED
from reporting.exchange.tables_shared import INDICATORS, SHARED
from reporting.exchange.tables_text import AGREED, CONVENTION
from reporting.models import RenderJob, TextJob

OWN: tuple[Table, ...] = (*AGREED, ADDED, *LIVED, NOTES)
TABLES: tuple[Table, ...] = (
    *(table for table in SHARED if table is not INDICATORS),
    CONVENTION,
    INDICATORS,
    *OWN,
    JOURNAL,
)
BY_MODEL = {table.model: table for table in TABLES}

# Models of the exported floors that have no list of their own.
MODELS_LEFT_OUT = {
    Debt: "les débiteurs sont dits dans chaque engagement",
    Reading: "où chacun en est de sa lecture, sans valeur dans l’histoire",
    Reminder: "messages envoyés par ce portail à ses propres membres",
    DeadlineAnswer: "les échéances fermées sont exportées, le reste se redit en un instant",
    Notice: "messages envoyés par ce portail à ses propres membres",
    Heartbeat: "vie du portail",
    Finding: "vie du portail",
    FindingTold: "vie du portail",
    CalendarFeed: "adresse privée d’une personne de ce portail",
    LadderChoice: "choix d’une personne ou d’un organisme de ce portail",
    RhythmChoice: "choix d’une personne ou d’un organisme de ce portail",
    ExternalRecipient: "adresse qui n’a rien demandé à un autre portail",
    RenderJob: "file de travail",
    TextJob: "file de travail",
}


def inner(table: Table) -> list[Table]:
    """The lists nested in the rows of a table, in the order of the file."""
    return [one for one in TABLES if one.within == table.key and one is not table]
