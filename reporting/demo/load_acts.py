"""Writing the avenants of the fictitious convention: one signed, one that both sides negotiate."""

from decimal import Decimal

from accounts.models import User
from conventions.actions.avenants import create_avenant
from conventions.actions.canevas import Choice, prefilled, start_from_canevas
from conventions.actions.checklist import answer_rule
from conventions.actions.clause_operations import write_clause
from conventions.actions.clauses import confirm_clause
from conventions.actions.cycle import move_act, take_up
from conventions.actions.definitions import define_term
from conventions.actions.mandates import record_mandate, set_signatory
from conventions.actions.negotiation import hand_over
from conventions.actions.operations import insert_by, replace_article
from conventions.actions.proposals import propose
from conventions.actions.signature import sign_act
from conventions.actions.threads import open_thread, reply
from conventions.enums import ConventionVerb, ProposalKind, ThreadScope, Trigger
from conventions.models import Act, Canevas, DurationClause, Party
from conventions.rules.canevas import variables_of
from engagements.actions.operations import plan_target
from engagements.models import Indicator
from reporting.demo.demo_acts import (
    ANSWERS,
    DEFINITIONS,
    PROROGATION,
    RENOVATION,
    AvenantDays,
    first_days,
    powers,
    second_days,
)
from reporting.demo.demo_calendar import DemoCalendar
from reporting.demo.load_convention import Dossier


def define_terms(dossier: Dossier) -> None:
    """Say what the initial text means by its words, while it is written."""
    act = dossier.convention.acts.get(number=0)
    for term, meaning in DEFINITIONS:
        define_term(act, **dossier.act, term=term, meaning=meaning)


def amend(dossier: Dossier, days: DemoCalendar) -> None:
    """Sign the first avenant as it was on paper, then bring the second into its negotiation."""
    _sign(dossier, _first(dossier, first_days(days)), days)
    second = _second(dossier, second_days(days))
    _negotiate(dossier, second, days)


def _begin(dossier: Dossier, data: dict, when: AvenantDays, by: User) -> Act:
    act = create_avenant(
        dossier.convention,
        by=by,
        on=when.begun_on,
        drafted_by=dossier.parties["1"].organisation,
        title=data["title"],
        purpose=data["purpose"],
        effective_on=when.effective_on,
    )
    act.convention = dossier.convention
    return act


def _speakers(dossier: Dossier) -> tuple[User, User]:
    first, second = dossier.parties["1"], dossier.parties["2"]
    speaker = dossier.cast.speaker
    return speaker(first, dossier.convention), speaker(second, dossier.convention)


def _first(dossier: Dossier, when: AvenantDays) -> Act:
    data, (by, _) = RENOVATION, _speakers(dossier)
    act = _begin(dossier, data, when, by)
    who = {"by": by, "on": when.begun_on}
    article, shop = dossier.article(data["article"]), dossier.article(data["after"])
    replace_article(act, article, **who, heading=data["heading"], body=data["body"])
    body = data["new_body"].format(guichet=f"{{{{art:{shop.code}}}}}")
    insert_by(act, **who, heading=data["new_heading"], body=body, after=shop)
    define_term(act, **who, term=data["term"], meaning=data["meaning"])
    plan_target(
        act,
        **who,
        indicator=Indicator.objects.get(code=data["indicator"], convention=None),
        territory=dossier.convention.territory,
        year=dossier.convention.ends_on.year,
        quantity=Decimal(data["quantity"]),
    )
    return act


def _sign(dossier: Dossier, act: Act, days: DemoCalendar) -> None:
    when, (by, _) = first_days(days), _speakers(dossier)
    take_up(act, by=by, on=when.begun_on)
    move_act(act, ConventionVerb.OUVRIR_NEGOCIATION, by=by, on=when.begun_on)
    for side, power in zip(("1", "2"), powers(days), strict=True):
        _empower(dossier, act, dossier.parties[side], power, side)
    move_act(act, ConventionVerb.METTRE_EN_SIGNATURE, by=by, on=when.signed_on)
    sign_act(act, by=by, on=when.signed_on, signed_on=when.signed_on, place="Valbrenne")
    dossier.convention.refresh_from_db()


def _empower(dossier: Dossier, act: Act, party: Party, power: dict, side: str) -> None:
    by = dossier.cast.speaker(party, dossier.convention)
    who = {"by": by, "on": power["adopted_on"]}
    mandate = record_mandate(party, **who, act=act, **power)
    named = dossier.data.parties[int(side) - 1].signatories
    for position, one in enumerate(named, start=1):
        set_signatory(
            act,
            party=party,
            **who,
            name=one.name,
            capacity=one.capacity,
            mandate=mandate,
            user=dossier.cast.users.get(one.account),
            position=position,
        )


def _second(dossier: Dossier, when: AvenantDays) -> Act:
    data, (by, _) = PROROGATION, _speakers(dossier)
    act = _begin(dossier, data, when, by)
    who = {"by": by, "on": when.begun_on}
    duration, followed = dossier.article(data["article"]), dossier.article(data["followed"])
    replace_article(act, duration, **who, heading=data["heading"], body=data["body"])
    words = {"heading": data["followed_heading"], "body": data["followed_body"]}
    replace_article(act, followed, **who, **words)
    terms = {"quantity": 1, "trigger": Trigger.TERME, "wording": data["wording"]}
    clause = write_clause(DurationClause, act, **who, article=duration, **terms)
    confirm_clause(clause, **who)
    return act


def _negotiate(dossier: Dossier, act: Act, days: DemoCalendar) -> None:
    """A round each: the draft handed over, answered, and handed back with one proposal."""
    data, (ours, theirs) = PROROGATION, _speakers(dossier)
    mine, other = dossier.parties["1"], dossier.parties["2"]
    sent, answered = days.at_work(-6), days.at_work(-2)
    article = dossier.article(data["followed"])
    move_act(act, ConventionVerb.OUVRIR_NEGOCIATION, by=ours, on=sent)
    place = {"article": article, "passage": data["passage"]}
    thread = open_thread(act, by=ours, on=sent, party=mine, body=data["question"], **place)
    hand_over(act, by=ours, on=sent, message=data["handed"])
    for rule, answer, note in ANSWERS:
        answer_rule(act, rule, by=theirs, on=answered, reply=answer, dated_on=sent, note=note)
    reply(thread, by=theirs, on=answered, party=other, body=data["answer"])
    body = data["followed_body"].replace(*data["proposed"])
    propose(
        act,
        by=theirs,
        on=answered,
        party=other,
        kind=ProposalKind.REECRIRE,
        article=article,
        number=article.versions.get(act__number=0).number,
        heading=data["followed_heading"],
        body=body,
        reason=data["reason"],
    )
    hand_over(act, by=theirs, on=answered, message=data["returned"])
    apart = {"party": mine, "scope": ThreadScope.INTERNE, "body": data["internal"]}
    open_thread(act, by=ours, on=answered, **apart, **place)


def start_from_model(dossier: Dossier) -> None:
    """Lay the model of its kind down in an empty draft, every blank filled with its example."""
    act = dossier.convention.acts.get(number=0)
    act.convention = dossier.convention
    model = Canevas.objects.filter(kind=dossier.convention.kind, retired_on=None).latest("version")
    examples = {one.name: one.example for one in variables_of(model.variables)}
    values = {**examples, **prefilled(act, model)}
    choices = [Choice(clause) for clause in model.clauses.order_by("position")]
    start_from_canevas(act, model, **dossier.act, choices=choices, values=values)
