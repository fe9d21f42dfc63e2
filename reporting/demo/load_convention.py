"""Writing one convention of the demonstration, from its draft to its signature."""

from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from conventions.actions.articles import insert_article
from conventions.actions.clauses import (
    confirm_clause,
    set_duration_clause,
    set_follow_up_clause,
    set_revoyure_clause,
    set_termination_clause,
)
from conventions.actions.conventions import create_convention
from conventions.actions.cycle import close_convention, move_convention
from conventions.actions.mandates import record_mandate, set_signatory
from conventions.actions.parties import add_party
from conventions.actions.signature import sign_convention
from conventions.actions.visas import set_visas
from conventions.enums import ConventionVerb
from conventions.models import Article, Convention, Mandate, Party
from engagements.actions.engagements import create_engagement
from engagements.models import Engagement
from reporting.demo.load_people import Cast, territory_of
from reporting.demo.pieces import ConventionData, EngagementData, PartyData
from reporting.demo.texts import Passage, passages, plain


@dataclass
class Dossier:
    """A convention while it is being written, with what the content modules call by number."""

    data: ConventionData
    cast: Cast
    convention: Convention
    by: User
    on: date
    parties: dict[str, Party] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    articles: list[Article] = field(default_factory=list)
    engagements: dict[int, Engagement] = field(default_factory=dict)
    marked: dict[str, Passage] = field(default_factory=dict)

    @property
    def act(self) -> dict:
        """Who writes, and on what day: every action asks."""
        return {"by": self.by, "on": self.on}

    def article(self, number: str) -> Article | None:
        """Return the article of that number."""
        rank = next((i for i, a in enumerate(self.data.articles) if a.number == number), None)
        return None if rank is None else self.articles[rank]

    def passage(self, key: str) -> dict:
        """Return the article and the words that a clause or an engagement rests on."""
        mark = self.marked.get(key)
        if mark is None:
            return {}
        return {"article": self.articles[mark.article], "wording": mark.words}

    def side(self, sides: str) -> list[Party]:
        return [self.parties[side] for side in sides]


def write_draft(data: ConventionData, cast: Cast, *, by: User) -> Dossier:
    """Write everything that is written before anyone signs."""
    parent = Convention.objects.get(reference=data.parent) if data.parent else None
    convention = create_convention(
        by=by,
        on=data.begun_on,
        reference=data.reference,
        title=data.title,
        kind=data.kind,
        territory=territory_of(data.territory),
        drafted_by=cast.organisations[data.drafted_by],
        parent=parent,
        recorded_afterwards=data.signature is not None,
    )
    dossier = Dossier(data, cast, convention, by, data.begun_on, marked=passages(data.articles))
    for side, party in enumerate(data.parties, start=1):
        _add_party(dossier, str(side), party)
    set_visas(convention, visas=data.visas, considerants=data.considerants, **dossier.act)
    _write_articles(dossier)
    _write_clauses(dossier)
    _name_signatories(dossier)
    for number, engagement in enumerate(data.engagements, start=1):
        dossier.engagements[number] = _owe(dossier, number, engagement)
    return dossier


def open_negotiation(dossier: Dossier) -> None:
    move_convention(dossier.convention, ConventionVerb.OUVRIR_NEGOCIATION, **dossier.act)


def sign(dossier: Dossier) -> None:
    """Carry the draft through its moves to its signature, on the day the act was signed."""
    signature = dossier.data.signature
    open_negotiation(dossier)
    move_convention(dossier.convention, ConventionVerb.METTRE_EN_SIGNATURE, **dossier.act)
    sign_convention(
        dossier.convention,
        by=dossier.by,
        on=signature.signed_on,
        signed_on=signature.signed_on,
        starts_on=signature.starts_on,
        basis=signature.basis,
        note=signature.note,
        place=signature.place,
        override_reason=signature.override_reason,
    )


def close(dossier: Dossier) -> None:
    """Record the end of a convention that is over, when the content says so."""
    if dossier.data.closed is None:
        return
    closed_on, reason = dossier.data.closed
    close_convention(
        dossier.convention, by=dossier.by, on=closed_on, closed_on=closed_on, reason=reason
    )


def _add_party(dossier: Dossier, side: str, data: PartyData) -> None:
    organisation = dossier.cast.organisations[data.organisation]
    party = add_party(
        dossier.convention,
        organisation,
        alias=data.alias,
        other_aliases=list(data.other_aliases),
        **data.as_signed,
        **dossier.act,
    )
    dossier.parties[side] = party
    if data.mandate:
        dossier.mandates[side] = record_mandate(party, **data.mandate, **dossier.act)


def _write_articles(dossier: Dossier) -> None:
    """Insert the articles in reading order, each under the last one of the level above."""
    above: list[Article] = []
    for data in dossier.data.articles:
        del above[data.level - 1 :]
        article = insert_article(
            dossier.convention,
            heading=data.heading,
            body=plain(data.body),
            kind=data.kind,
            number=data.number,
            parent=above[-1] if above else None,
            **dossier.act,
        )
        above.append(article)
        dossier.articles.append(article)


def _write_clauses(dossier: Dossier) -> None:
    data, convention = dossier.data, dossier.convention
    clauses = []
    if data.duration:
        facts = {**data.duration, **dossier.passage("duree"), **dossier.act}
        clauses.append(set_duration_clause(convention, **facts))
    if data.revoyure is not None:
        disagreement = dossier.passage("desaccord").get("wording", "")
        facts = {**data.revoyure, **dossier.passage("revoyure"), **dossier.act}
        clauses.append(set_revoyure_clause(convention, disagreement=disagreement, **facts))
    for follow_up in data.follow_ups:
        facts = {**follow_up, **dossier.passage("suivi"), **dossier.act}
        clauses.append(set_follow_up_clause(convention, **facts))
    for termination in data.terminations:
        facts = {**termination.fields, **dossier.passage(termination.passage), **dossier.act}
        clauses.append(set_termination_clause(convention, **facts))
    if data.signature:
        for clause in clauses:
            confirm_clause(clause, **dossier.act)


def _name_signatories(dossier: Dossier) -> None:
    act = dossier.convention.acts.get(number=0)
    for side, data in enumerate(dossier.data.parties, start=1):
        for position, signatory in enumerate(data.signatories, start=1):
            set_signatory(
                act,
                party=dossier.parties[str(side)],
                name=signatory.name,
                capacity=signatory.capacity,
                mandate=dossier.mandates.get(str(side)),
                user=dossier.cast.users.get(signatory.account),
                position=position,
                **dossier.act,
            )


def _owe(dossier: Dossier, number: int, data: EngagementData) -> Engagement:
    theme_name = dossier.data.themes[data.theme]
    return create_engagement(
        dossier.convention,
        debtors=dossier.side(data.by),
        counterparts=[dossier.engagements[other] for other in data.answers],
        new_theme=theme_name,
        title=data.title,
        strength=data.strength,
        recurrence=data.recurrence,
        condition=data.condition,
        due_on=data.due_on,
        ends_on=data.ends_on,
        **dossier.passage(str(number)),
        **dossier.act,
    )
