"""What a convention names but does not own: places, bodies, people, models, the catalogue.

Elsewhere, the house's own row is used when it has one; the file holds enough to make the others.
"""

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from conventions.models import Canevas, CanevasClause
from engagements.models import Indicator
from reporting.exchange.table import Table
from territories.models import Territory

RIGHTS = "droits ou réglages du portail d’origine : l’import n’en donne aucun"


def _place(territory: Territory) -> str:
    return f"{territory.kind}:{territory.code}"


def _body(organisation: Organisation) -> str:
    """A delegation may bear the SIREN of the body it acts for: its name tells it apart."""
    if organisation.kind != OrganisationKind.DELEGATION and organisation.siren:
        return f"siren:{organisation.siren}"
    if organisation.rna:
        return f"rna:{organisation.rna}:{organisation.kind}:{organisation.name}"
    return f"nom:{organisation.kind}:{organisation.name}"


def _model(canevas: Canevas) -> str:
    return f"{canevas.key}/{canevas.version}"


def _clause(clause: CanevasClause) -> str:
    return f"{_model(clause.canevas)}/{clause.key}"


def _indicator(indicator: Indicator) -> str:
    return f"{'catalogue' if indicator.convention_id is None else 'propre'}:{indicator.code}"


TERRITORIES = Table(
    "territoires",
    Territory,
    ("kind", "code", "name", "siren", "nature", "zone", "departement", "region", "starts_on",
     "ends_on"),
    order=("kind", "code"),
    handle=_place,
    renamed={"kind": "echelon", "nature": "nature_juridique"},
    note="Désignés par échelon et code officiel. Créés s’ils manquent.",
)  # fmt: skip
ORGANISATIONS = Table(
    "organismes",
    Organisation,
    ("kind", "siren", "rna", "name", "legal_nature", "address", "territory", "acts_for"),
    order=("kind", "siren", "rna", "name"),
    handle=_body,
    left_out={"regions": RIGHTS, "reminder_email": RIGHTS},
    note="Reconnus à leur SIREN, sinon à leur nature et leur nom (et leur RNA).",
)
PEOPLE = Table(
    "personnes",
    User,
    ("email", "first_name", "last_name"),
    order=("email",),
    handle="email",
    left_out=dict.fromkeys(
        (
            "password", "last_login", "is_superuser", "job_title", "is_active", "is_staff",
            "joined_at", "groups", "user_permissions",
        ),
        RIGHTS,
    ),
    note="Reconnues à leur courriel ; sinon un compte inactif, sans mot de passe ni droit.",
)  # fmt: skip
CANEVAS = Table(
    "canevas",
    Canevas,
    ("key", "version", "kind", "title", "source", "variables", "published_on", "retired_on"),
    order=("key", "version"),
    handle=_model,
    note="Un canevas déjà présent doit être le même.",
)
CANEVAS_CLAUSES = Table(
    "clauses",
    CanevasClause,
    ("key", "position", "depth", "kind", "heading", "body", "guidance", "required", "topic",
     "alternatives", "terms"),
    within="canevas",
    parent="canevas",
    order=("position", "key"),
    handle=_clause,
)  # fmt: skip
INDICATORS = Table(
    "indicateurs",
    Indicator,
    ("convention", "code", "name", "unit", "nature", "direction", "additive", "definition"),
    order=("code", "convention_id"),
    handle=_indicator,
    note="« convention » nulle : indicateur du catalogue commun, qui doit être le même ici.",
)

SHARED = (TERRITORIES, ORGANISATIONS, PEOPLE, CANEVAS, CANEVAS_CLAUSES, INDICATORS)
