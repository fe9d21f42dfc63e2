"""What was agreed: the convention, its parties, its acts and what each does to the text."""

from conventions.enums import ActStatus
from conventions.models import (
    Act,
    Article,
    ArticleVersion,
    Convention,
    Definition,
    Document,
    DurationClause,
    FollowUpClause,
    Mandate,
    Party,
    PartyChange,
    RevoyureClause,
    Signatory,
    TerminationClause,
    Visa,
)
from reporting.exchange.table import Table

IMPLIED = "dit par la place dans le fichier"
COUNTER = "compteur de saisie, sans valeur hors du portail"

CONVENTION = Table(
    "convention",
    Convention,
    ("reference", "title", "kind", "status", "territory", "region", "zone", "parent", "drafted_by",
     "starts_on", "starts_on_basis", "starts_on_note", "ends_on", "closed_on", "terminated_on",
     "recorded_afterwards", "created_at", "created_by"),
    handle="reference",
    left_out={"version": COUNTER},
)  # fmt: skip
PARTIES = Table(
    "parties",
    Party,
    ("organisation", "position", "alias", "other_aliases", "name_as_signed",
     "legal_nature_as_signed", "siren_as_signed", "rna_as_signed", "address_as_signed",
     "replaces", "starts_on", "ends_on"),
    order=("position", "starts_on"),
    left_out={"convention": IMPLIED},
    note="L’identité portée par l’acte ; une partie qui succède à une autre la « remplace ».",
)  # fmt: skip
DOCUMENTS = Table(
    "documents",
    Document,
    ("kind", "name", "content_type", "size", "sha256", "description", "added_at", "added_by"),
    order=("added_at", "name", "sha256"),
    left_out={"convention": IMPLIED},
    note="« contenu » (base64) suit, sauf avec --without-files.",
)
MANDATES = Table(
    "habilitations",
    Mandate,
    ("kind", "body", "number", "adopted_on", "votes_for", "votes_against", "abstentions",
     "not_voting", "members_in_office", "voters", "transmitted_on", "received_on", "published_on",
     "certified_on", "certified_by", "valid_until", "act", "covers_avenants", "note",
     "document"),
    within="parties",
    parent="party",
    rows="party__convention",
    renamed={"body": "organe"},
)  # fmt: skip
ARTICLES = Table(
    "articles",
    Article,
    ("code", "kind", "parent", "origin"),
    order=("code",),
    handle="code",
    left_out={"convention": IMPLIED},
    note="L’identité d’un article, qui survit à son numéro : « {{art:12}} » désigne le code 12.",
)
ACTS = Table(
    "actes",
    Act,
    ("number", "kind", "title", "purpose", "status", "drafted_by", "canevas", "variables",
     "automatic_numbering", "based_on", "closing", "signed_on", "effective_on", "place",
     "date_note", "recorded_afterwards", "override_reason", "waived"),
    order=("number",),
    handle="number",
    closing={"status": ActStatus.PROJET},
    left_out={"convention": IMPLIED},
    note="Les projets aussi : la commande est celle de l’administration du portail.",
)  # fmt: skip


def _of_act(key, model, fields, **more) -> Table:
    defaults = {"within": "actes", "parent": "act", "rows": "act__convention"}
    return Table(key, model, fields, **(defaults | more))


VISAS = _of_act("visas", Visa, ("kind", "position", "text"), order=("position",))
DEFINITIONS = _of_act(
    "definitions",
    Definition,
    ("term", "meaning", "article"),
    order=("term",),
)
VERSIONS = _of_act(
    "articles",
    ArticleVersion,
    ("article", "operation", "effective_on", "after", "number", "heading", "body", "position",
     "depth"),
    order=("position",),
    note="Ce que l’acte fait au texte ; date_effet nulle : celle de l’acte.",
)  # fmt: skip
_CLAUSE = ("article", "effective_on", "replaces", "repeals", "wording", "confirmed_by",
           "confirmed_on")  # fmt: skip
_TIMED = ("operation", "quantity", "unit", "trigger", "carry", "franc")
_CLAUSE_OUT = {"convention": IMPLIED}
DURATIONS = _of_act(
    "clauses_duree",
    DurationClause,
    (*_TIMED, "prorogation_possible", *_CLAUSE),
    left_out=_CLAUSE_OUT,
)
TERMINATION_CLAUSES = _of_act(
    "clauses_resiliation",
    TerminationClause,
    ("ground", "form", *_TIMED, "indemnity", "survival", *_CLAUSE),
    left_out=_CLAUSE_OUT,
)
REVOYURE_CLAUSES = _of_act(
    "clauses_revoyure",
    RevoyureClause,
    ("year_basis", "opens_month", "opens_day", "contribution_days", "meeting_days", "freeze_days",
     "transmission_days", "disagreement", *_CLAUSE),
    left_out=_CLAUSE_OUT,
)  # fmt: skip
FOLLOW_UP_CLAUSES = _of_act(
    "clauses_suivi",
    FollowUpClause,
    ("body", "per_year", "year_basis", *_CLAUSE),
    left_out=_CLAUSE_OUT,
    renamed={"body": "instance", "per_year": "reunions_par_an"},
)
PARTY_CHANGES = _of_act(
    "changements_de_parties",
    PartyChange,
    ("kind", "party", "organisation", "alias", "name", "legal_nature", "siren", "address",
     "effective_on", "reason", "signatory_name", "signatory_capacity", "mandate_kind",
     "mandate_number", "adopted_on", "received_on"),
)  # fmt: skip
SIGNATORIES = _of_act(
    "signataires",
    Signatory,
    ("party", "position", "name", "capacity", "mandate", "user", "signed_on"),
    order=("party__position", "party__starts_on", "position"),
)

AGREED = (
    PARTIES, DOCUMENTS, ARTICLES, ACTS, MANDATES, VISAS, DEFINITIONS, VERSIONS, DURATIONS,
    TERMINATION_CLAUSES, REVOYURE_CLAUSES, FOLLOW_UP_CLAUSES, PARTY_CHANGES, SIGNATORIES,
)  # fmt: skip
