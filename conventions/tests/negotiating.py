"""A convention whose negotiation is open, its drafter holding the pen, and those around it."""

from types import SimpleNamespace

from accounts.enums import Role
from accounts.tests.factories import make_member
from conventions.actions.negotiation import open_round
from conventions.enums import ActStatus, ProposalKind
from conventions.models import Proposal
from conventions.tests.drafting import TODAY, make_drafting_cast
from conventions.tests.factories import make_article

BODY = (
    "Les parties se réunissent une fois par an pour faire le point.\n\n"
    "Elles se communiquent les données du logement avant la réunion, quinze jours à l’avance."
)


def make_negotiation(*, rounds: bool = True, **fields) -> SimpleNamespace:
    """Return the cast of a text in negotiation; `rounds=False` as before rounds existed."""
    cast = make_drafting_cast(**fields)
    cast.act.status = ActStatus.EN_NEGOCIATION
    cast.act.save()
    cast.article = make_article(cast.convention, "2", body=BODY)
    cast.theirs = make_member(
        cast.groupe, Role.CONTRIBUTEUR, first_name="Yann", last_name="Le Goff"
    )
    if rounds:
        cast.turn = open_round(cast.act, by=cast.manager, on=TODAY)
    return cast


def proposed(cast, propose, **fields) -> Proposal:
    """Have the other party's contributor propose one more word in article 2."""
    fields.setdefault("kind", ProposalKind.REECRIRE)
    fields.setdefault("article", cast.article)
    fields.setdefault("number", "2")
    fields.setdefault("heading", "Titre de l’article 2")
    fields.setdefault("body", BODY.replace("une fois par an", "deux fois par an"))
    fields.setdefault("party", cast.second)
    return propose(cast.act, by=fields.pop("by", cast.theirs), on=TODAY, **fields)
