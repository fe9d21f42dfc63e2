"""What became of it: the negotiation, what is owed and counted, the reviews, the ways out."""

from accounts.models import ImportedEntry
from conventions.models import (
    Approval,
    ArticleRevision,
    ChecklistAnswer,
    LetterVersion,
    Message,
    Proposal,
    RegisteredLetter,
    Round,
    Termination,
    Thread,
)
from engagements.enums import RevoyureStatus
from engagements.models import (
    Assessment,
    Contribution,
    Convocation,
    ConvocationLetter,
    ConvocationVersion,
    Engagement,
    Measurement,
    Revoyure,
    StateChange,
    Target,
    Theme,
)
from reminders.models import Deadline
from reporting.exchange.table import Table
from reporting.exchange.tables_text import IMPLIED
from reporting.models import SealedDocument

_ACT = {"within": "actes", "parent": "act", "rows": "act__convention"}
_OURS = {"convention": IMPLIED}

REVISIONS = Table(
    "etats_de_redaction",
    ArticleRevision,
    ("code", "article", "number", "heading", "body", "removed", "kind", "parent_code",
     "after_code", "reason", "written_by", "written_at"),
    order=("written_at",),
    renamed={"parent_code": "code_du_parent", "after_code": "code_du_precedent"},
    **_ACT,
)  # fmt: skip
CHECKLIST = Table(
    "reponses_a_la_procedure",
    ChecklistAnswer,
    ("rule", "reply", "dated_on", "note", "document", "text_digest", "party", "answered_by",
     "answered_at"),
    order=("rule",),
    **_ACT,
)  # fmt: skip
ROUNDS = Table(
    "tours",
    Round,
    ("number", "holder", "opened_at", "closed_at", "closed_by", "message"),
    order=("number",),
    **_ACT,
)
THREADS = Table(
    "discussions",
    Thread,
    ("article", "passage", "scope", "party", "opened_at", "resolved_at", "resolved_by"),
    **_ACT,
)
MESSAGES = Table(
    "messages",
    Message,
    ("party", "author", "signature", "body", "written_at"),
    within="discussions",
    parent="thread",
    rows="thread__act__convention",
)
PROPOSALS = Table(
    "propositions",
    Proposal,
    ("party", "kind", "article", "parent", "after", "article_kind", "base_number", "base_heading",
     "base_body", "number", "heading", "body", "reason", "status", "document", "signature",
     "made_by", "made_at", "answered_by", "answered_at", "answer"),
    **_ACT,
)  # fmt: skip
APPROVALS = Table(
    "accords",
    Approval,
    ("party", "digest", "comment", "given_by", "given_at", "withdrawn_at", "withdrawal_reason"),
    **_ACT,
)
THEMES = Table("themes", Theme, ("name", "position"), order=("position", "name"), left_out=_OURS)
ENGAGEMENTS = Table(
    "engagements",
    Engagement,
    ("number", "title", "wording", "article", "theme", "debtors", "counterparts", "strength",
     "recurrence", "condition", "due_on", "starts_on", "ends_on", "state", "act", "planned",
     "effective_on", "replaces", "repeals", "replaced_on"),
    order=("number",),
    left_out=_OURS,
)  # fmt: skip
STATE_CHANGES = Table(
    "declarations",
    StateChange,
    ("old_state", "state", "party", "comment", "evidence", "next_due_on", "declared_by",
     "declared_on", "created_at"),
    within="engagements",
    parent="engagement",
    rows="engagement__convention",
    renamed={"created_at": "enregistre_a"},
)  # fmt: skip
TARGETS = Table(
    "objectifs",
    Target,
    ("indicator", "territory", "year", "quantity", "engagement", "article", "act", "planned",
     "effective_on", "withdrawn", "replaced_on"),
    order=("indicator__code", "year", "territory__code"),
    left_out=_OURS,
)  # fmt: skip
MEASUREMENTS = Table(
    "realises",
    Measurement,
    ("indicator", "territory", "year", "quantity", "status", "as_of", "source", "provider",
     "comment", "supersedes", "entered_by", "entered_at"),
    left_out=_OURS,
    note="Une correction est une nouvelle valeur, qui « corrige » l’ancienne.",
)  # fmt: skip
REVOYURES = Table(
    "revoyures",
    Revoyure,
    ("year", "status", "outcome", "conclusion", "opened_on", "opened_by", "meeting_on",
     "frozen_at", "frozen_by", "snapshot", "snapshot_sha256"),
    order=("year",),
    handle="year",
    closing={"status": RevoyureStatus.OUVERTE, "outcome": "", "frozen_at": None, "frozen_by": None,
             "snapshot": None, "snapshot_sha256": ""},
    left_out=_OURS,
    note="L’instantané gelé est repris tel quel : ses numéros internes ne valent qu’en lui.",
)  # fmt: skip
CONTRIBUTIONS = Table(
    "contributions",
    Contribution,
    ("party", "statement", "handed_over_at", "handed_over_by"),
    within="revoyures",
    parent="revoyure",
    rows="revoyure__convention",
    order=("party__position", "party__starts_on"),
)
ASSESSMENTS = Table(
    "lectures",
    Assessment,
    ("engagement", "appreciation", "comment", "updated_at"),
    within="contributions",
    parent="contribution",
    rows="contribution__revoyure__convention",
    order=("engagement__number",),
)
_POSTED = (
    "kind", "addressee", "tracking", "body", "posted_on", "presented_on", "delivered_on",
    "returned_on", "posting_proof", "delivery_proof",
)  # fmt: skip
ENDINGS = Table(
    "sorties",
    Termination,
    ("kind", "party", "clause", "follows", "status", "reason", "breach", "cure_days",
     "to_complete", "planned_event_on", "event_on", "effect_on", "steps", "withdrawn_on",
     "withdrawal_reason", "year", "created_by", "created_at"),
    left_out=_OURS,
)  # fmt: skip
LETTERS = Table(
    "lettres",
    RegisteredLetter,
    _POSTED,
    within="sorties",
    parent="termination",
    rows="termination__convention",
)
_KEPT = ("number", "content", "sha256", "is_posted", "kept_at", "kept_by")
_KEPT_NOTE = "Ce qu’une lettre disait quand elle a été emportée : le contenu seul la réimprime."
LETTER_VERSIONS = Table(
    "versions",
    LetterVersion,
    _KEPT,
    within="lettres",
    parent="letter",
    rows="letter__termination__convention",
    order=("number",),
    note=_KEPT_NOTE,
)
CONVOCATIONS = Table(
    "convocations",
    Convocation,
    ("party", "held_on", "begins_at", "place", "agenda", "sent_on", "cancelled_on",
     "cancellation_reason", "created_by", "created_at"),
    within="revoyures",
    parent="revoyure",
    rows="revoyure__convention",
)  # fmt: skip
CONVOCATION_LETTERS = Table(
    "lettres_de_convocation",
    ConvocationLetter,
    _POSTED,
    within="convocations",
    parent="convocation",
    rows="convocation__revoyure__convention",
)
CONVOCATION_VERSIONS = Table(
    "versions_de_convocation",
    ConvocationVersion,
    _KEPT,
    within="lettres_de_convocation",
    parent="letter",
    rows="letter__convocation__revoyure__convention",
    order=("number",),
    note=_KEPT_NOTE,
)
SEALED = Table(
    "documents_scelles",
    SealedDocument,
    ("document", "revoyure", "code", "sealed_at", "level", "certificate_subject", "is_test"),
    rows="document__convention",
    order=("code",),
    parent="",
)
DEADLINES = Table(
    "echeances_faites",
    Deadline,
    ("kind", "key", "title", "due_on", "safe_on", "effect_on", "rolling", "source", "article",
     "wording", "trigger", "steps", "engagement", "clause", "party", "done_on", "done_note",
     "done_by", "not_applicable", "reserved_to"),
    only={"done_by__isnull": False, "owner__isnull": True},
    renamed={"key": "origine", "trigger": "fait_generateur", "source": "fondement"},
    left_out={
        "convention": IMPLIED,
        "owner": "les échéances d’une personne restent à elle",
        "projected_at": "instant d’un calcul, refait à l’import",
        "revision": "effet d’un calcul, refait à l’import",
        "retired_at": "effet d’un calcul, refait à l’import",
    },
    note="Celles que quelqu’un a déclarées faites ; les autres se calculent.",
)  # fmt: skip
JOURNAL = Table(
    "journal",
    ImportedEntry,
    (
        "at",
        "actor",
        "actor_label",
        "verb",
        "subject_type",
        "subject_label",
        "data",
        "reserved_to",
        "hash",
    ),
    rows="dossier_id",
    parent="dossier_id",
    left_out={"dossier_id": IMPLIED, "rank": IMPLIED},
    note="Les lignes du journal, avec leur empreinte d’origine.",
)

LIVED = (
    REVISIONS, CHECKLIST, ROUNDS, THREADS, MESSAGES, PROPOSALS, APPROVALS, THEMES, ENGAGEMENTS,
    STATE_CHANGES, TARGETS, MEASUREMENTS, REVOYURES, CONTRIBUTIONS, ASSESSMENTS, ENDINGS, LETTERS,
    LETTER_VERSIONS, CONVOCATIONS, CONVOCATION_LETTERS, CONVOCATION_VERSIONS, SEALED, DEADLINES,
)  # fmt: skip
