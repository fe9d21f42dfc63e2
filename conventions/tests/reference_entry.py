"""Entering a reference as its parties would: by the product's own actions, to its signature."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from accounts.tests.factories import make_member, make_organisation
from conventions.actions.approvals import give_approval
from conventions.actions.articles import insert_article
from conventions.actions.clauses import (
    confirm_clause,
    set_duration_clause,
    set_revoyure_clause,
    set_termination_clause,
)
from conventions.actions.conventions import create_convention
from conventions.actions.cycle import move_act
from conventions.actions.definitions import define_term
from conventions.actions.facts import text_digest
from conventions.actions.mandates import record_mandate, set_signatory
from conventions.actions.parties import add_party
from conventions.actions.signature import sign_act
from conventions.actions.visas import set_visas
from conventions.enums import (
    ActStatus,
    ConventionKind,
    ConventionVerb,
    EffectBasis,
    MandateKind,
    TerminationGround,
    Trigger,
    Unit,
)
from conventions.models import Act, Article, Convention, Party
from conventions.tests.checklist import settle_procedure
from conventions.tests.factories import make_territory
from conventions.tests.reference_texts import Reference

WRITTEN, SIGNED = date(2018, 1, 3), date(2018, 1, 15)
ASSUMED = "L’acte ne porte pas de date : celle-ci est supposée."
_NATURES = {
    "epci": OrganisationKind.EPCI,
    "city": OrganisationKind.COMMUNE,
    "social_landlord": OrganisationKind.BAILLEUR,
}
_TRIGGERS = {
    "dispatch": Trigger.ENVOI,
    "deposit": Trigger.DEPOT_RECEPISSE,
    "receipt": Trigger.RECEPTION,
    "effect": Trigger.DATE_EFFET,
}
_GROUNDS = {
    "convenience": TerminationGround.SANS_MOTIF,
    "breach": TerminationGround.MANQUEMENT,
    "disagreement": TerminationGround.DESACCORD,
}
_UNITS = {"month": Unit.MOIS, "year": Unit.ANS, "day": Unit.JOURS}
_NO_PARTIES = (
    {"name": "Métropole fictive", "short_name": "la Métropole", "kind": "epci"},
    {"name": "Action Logement Groupe", "short_name": "Action Logement", "kind": "action_logement"},
)
COMMITTEE = ("Président du comité régional", "Vice-présidente du comité régional")
CIL = "comité interprofessionnel du logement"


@dataclass
class Entered:
    """A reference in the portal: its convention, who speaks for each side, its articles in order.

    `articles` follow the passages of the reference.
    """

    reference: Reference
    convention: Convention
    managers: dict[int, User]
    stranger: User
    articles: list[Article] = field(default_factory=list)

    def speaker(self, organisation: Organisation) -> User:
        return self.managers[organisation.pk]

    @property
    def parties(self) -> list[Party]:
        return list(self.convention.parties.order_by("position", "pk"))

    def numbered(self, number: str | None) -> Article | None:
        """The article of that number, if the text numbers its articles."""
        passages = self.reference.passages
        return next(
            (
                a
                for p, a in zip(passages, self.articles, strict=True)
                if number and p.number == number
            ),
            None,
        )


def enter(reference: Reference) -> Entered:
    """Write a whole reference down as a draft of its first party."""
    told = reference.notes.get("parties") or _NO_PARTIES
    organisations = [_organisation(party) for party in told]
    managers = {one.pk: make_member(one) for one in organisations}
    first = organisations[0]
    natures = {one.kind for one in organisations}
    kind = ConventionKind.EPCI_ACTION_LOGEMENT
    if OrganisationKind.BAILLEUR in natures:
        kind = ConventionKind.VILLE_BAILLEUR
    elif not reference.notes.get("parties"):
        kind = ConventionKind.AUTRE
    convention = create_convention(
        by=managers[first.pk], on=WRITTEN, reference=f"ESSAI-{reference.name}".replace("_", "-"),
        title=reference.title[:300], kind=kind, drafted_by=first,
        territory=make_territory(name=first.name),
    )  # fmt: skip
    entered = Entered(reference, convention, managers, make_member(make_organisation()))
    for party, organisation in zip(told, organisations, strict=True):
        _bind(entered, party, organisation)
    _write(entered)
    _write_clauses(entered)
    return entered


def _organisation(party: dict) -> Organisation:
    nature = _NATURES.get(party["kind"], OrganisationKind.ACTION_LOGEMENT)
    return make_organisation(name=party["name"], kind=nature)


def _bind(entered: Entered, party: dict, organisation: Organisation) -> None:
    others = [name for name in party.get("short_names_all", []) if name != party["short_name"]]
    add_party(
        entered.convention, organisation, **_who(entered), alias=party["short_name"],
        other_aliases=others, name_as_signed=party["name"],
    )  # fmt: skip


def _who(entered: Entered, on: date = WRITTEN) -> dict:
    return {"by": entered.speaker(entered.convention.drafted_by), "on": on}


def _write(entered: Entered) -> None:
    convention, who = entered.convention, _who(entered)
    set_visas(
        convention, **who,
        visas=["Vu le code de la construction et de l’habitation ;"],
        considerants=["Considérant que les parties veulent agir ensemble,"],
    )  # fmt: skip
    above: list[Article] = []
    for passage in entered.reference.passages:
        del above[passage.level - 1 :]
        article = insert_article(
            convention, **who, heading=passage.heading, body=passage.body, kind=passage.kind,
            number=passage.number, parent=above[-1] if above else None,
        )  # fmt: skip
        above.append(article)
        entered.articles.append(article)
    define_term(convention.acts.get(), **who, term="CIL", meaning=CIL, article=None)
    define_term(convention.acts.get(), **who, term="Salarié", meaning="qui travaille")


def _write_clauses(entered: Entered) -> None:
    terms, convention = entered.reference.notes.get("terms") or {}, entered.convention
    duration = terms.get("duration") or {"value": 3, "unit": "year"}
    who = _who(entered)
    clauses = [
        set_duration_clause(
            convention, **who, quantity=duration["value"], unit=_UNITS[duration["unit"]],
            prorogation_possible=bool(terms.get("prorogation")), wording=duration.get("quote", ""),
            article=entered.numbered(duration.get("article")),
        )
    ]  # fmt: skip
    if review := terms.get("revoyure"):
        clauses.append(
            set_revoyure_clause(
                convention, **who, disagreement=review.get("disagreement") or "",
                article=entered.numbered(review["article"]),
            )
        )  # fmt: skip
    clauses += [_way_out(entered, one) for one in terms.get("termination", [])]
    for clause in clauses:
        confirm_clause(clause, **who)


def _way_out(entered: Entered, told: dict):
    """A disagreement of which the text gives no notice is written with one day: it must count."""
    notice = told["notice"] or {"value": 1, "unit": "day"}
    return set_termination_clause(
        entered.convention, **_who(entered), ground=_GROUNDS[told["kind"]],
        quantity=notice["value"], unit=_UNITS[notice["unit"]],
        trigger=_TRIGGERS.get(told["runs_from"], Trigger.NOTIFICATION),
        form=told.get("form") or "", survival=told.get("survival") or "",
        wording=told.get("quote") or "", article=entered.numbered(told["article"]),
    )  # fmt: skip


def agree_and_sign(entered: Entered, act: Act, *, on: date, **how) -> Act:
    """Bring an act from its draft to its signature, every party acting for itself."""
    drafter = act.drafted_by or entered.convention.drafted_by
    who = {"by": entered.speaker(drafter), "on": on}
    if act.status == ActStatus.PROJET:
        move_act(act, ConventionVerb.OUVRIR_NEGOCIATION, **who)
    move_act(act, ConventionVerb.ARRETER_LE_TEXTE, **who)
    for party in entered.convention.parties.in_force(on=on).order_by("position"):
        manager = entered.speaker(party.organisation)
        give_approval(act, party=party, by=manager, on=on, digest=text_digest(act))
        _empower(entered, act, party, by=manager, on=on)
    settle_procedure(act, **who)
    move_act(act, ConventionVerb.METTRE_EN_SIGNATURE, **who)
    return sign_act(act, **who, signed_on=on, place="Ici", **how)


def _empower(entered: Entered, act: Act, party: Party, *, by: User, on: date) -> None:
    committee = party.organisation.kind == OrganisationKind.ACTION_LOGEMENT
    mandate = record_mandate(
        party, by=by, on=on, act=act if act.number else None, **_power(entered, committee, on)
    )
    capacities = COMMITTEE if committee else ("Président",)
    for position, capacity in enumerate(capacities, start=1):
        set_signatory(
            act, party=party, by=by, on=on, mandate=mandate, position=position,
            name=f"Camille {position}", capacity=capacity,
        )  # fmt: skip


def _power(entered: Entered, committee: bool, on: date) -> dict:
    if committee:
        return {"kind": MandateKind.POUVOIR, "number": "P-1", "adopted_on": on - timedelta(9)}
    vote = entered.reference.notes.get("deliberation") or {}
    votes = vote.get("votes") or {}
    return {
        "kind": MandateKind.DELIBERATION,
        "number": vote.get("number") or "2018-001",
        "adopted_on": on - timedelta(9),
        "votes_for": votes.get("for") or 20,
        "votes_against": votes.get("against") or 0,
        "abstentions": votes.get("abstain") or 0,
        "members_in_office": vote.get("members_in_office") or 129,
        "transmitted_on": on - timedelta(8),
        "received_on": on - timedelta(7),
        "published_on": on - timedelta(7),
        "certified_on": on - timedelta(6),
        "certified_by": "Le président",
    }


def sign_initial(entered: Entered) -> Act:
    act = entered.convention.acts.get(number=0)
    act.convention = entered.convention
    agree_and_sign(
        entered, act, on=SIGNED, starts_on=SIGNED, basis=EffectBasis.HYPOTHESE, note=ASSUMED
    )
    entered.convention.refresh_from_db()
    return act
