"""The procedure's checklist of an act: what software finds, what people answer, what blocks.

An answer is never changed: a newer one supersedes it, and both remain. One given for the initial
act, or for an earlier avenant, stands as long as what it was given about has not changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.enums import OrganisationKind, Verb
from accounts.models import User
from accounts.rules.roles import Capability
from conventions.access import acting_parties, acts_visible_to
from conventions.actions.draft import enter_unsigned
from conventions.actions.journal import record_in_act
from conventions.enums import ActStatus, ChecklistReply
from conventions.models import Act, ChecklistAnswer, Document, Party, RevoyureClause
from conventions.models.consolidated import draft_text
from conventions.rules.faits import Obstacle
from conventions.rules.procedure import (
    AnswerFacts,
    ArticleFacts,
    EngagementFacts,
    Finding,
    PartyFacts,
    ProcedureFacts,
    Rule,
    Side,
    Verdict,
    applies,
    digest_of,
    judge,
)
from conventions.rules.procedure_accord import RULES, rule_of
from conventions.rules.procedure_controles import control
from conventions.signals import procedure_examinee

_SIDES: Mapping[str, Side] = {
    OrganisationKind.EPCI: Side.COLLECTIVITE,
    OrganisationKind.COMMUNE: Side.COLLECTIVITE,
    OrganisationKind.ACTION_LOGEMENT: Side.ACTION_LOGEMENT,
    OrganisationKind.DELEGATION: Side.ACTION_LOGEMENT,
    OrganisationKind.BAILLEUR: Side.BAILLEUR,
}
WHO = {
    Side.ACTION_LOGEMENT: "Action Logement",
    Side.COLLECTIVITE: "la collectivité",
    Side.BAILLEUR: "le bailleur",
    Side.ANYONE: "l’une des parties",
}
NOT_ASKED = "Cette question ne se pose pas pour ce texte."
NOT_A_REPLY = "Choisissez l’une des réponses proposées."
DATE_MISSING = "Donnez cette date : c’est elle qui prouve que c’est fait."
DATE_AHEAD = "Cette date n’est pas encore passée : répondez quand ce sera fait."
NOTE_MISSING = "Écrivez-le en une ou deux phrases."
OTHER_DOCUMENT = "Cette pièce n’est pas de cette convention."


@dataclass(frozen=True)
class Line:
    """One rule of the checklist, with the answer that stands."""

    verdict: Verdict
    answer: ChecklistAnswer | None = None

    @property
    def rule(self) -> Rule:
        return self.verdict.rule


def side_of(party: Party) -> Side:
    return _SIDES.get(party.organisation.kind, Side.ANYONE)


def procedure_facts(act: Act, *, on: date) -> ProcedureFacts:
    """Return what the controls need of an act: the text as it will stand, its parties and debts."""
    convention = act.convention
    signing = set(act.signatories.values_list("party_id", flat=True))
    parties = convention.parties.in_force(on=on).select_related("organisation")
    topics = dict(
        convention.articles.filter(origin__isnull=False).values_list("pk", "origin__topic")
    )
    answers = procedure_examinee.send(sender=Act, act=act, on=on)
    return ProcedureFacts(
        kind=convention.kind,
        on=act.signed_on or on,
        parties=tuple(
            PartyFacts(str(party), side_of(party), party.pk in signing, party.name_as_signed)
            for party in parties
        ),
        articles=tuple(
            ArticleFacts(
                row.article_id, row.label, row.heading, row.body, topics.get(row.article_id, "")
            )
            for row in draft_text(act)
        ),
        engagements=tuple(_engagements(answers)),
        canevas=str(act.canevas) if act.canevas else "",
        has_revoyure=RevoyureClause.objects.filter(_standing_or(act)).exists(),
        is_past=act.is_signed or act.recorded_afterwards,
    )


def _standing_or(act: Act) -> Q:
    """The clauses of this act, and those of the acts already signed."""
    return Q(convention=act.convention_id) & (Q(act=act) | Q(act__status=ActStatus.SIGNE))


def _engagements(answers) -> list[EngagementFacts]:
    return [row for _receiver, rows in answers for row in rows]


def standing_answers(act: Act) -> dict[str, ChecklistAnswer]:
    """Return the last answer to each rule: of this act, else of those it follows."""
    rows = ChecklistAnswer.objects.filter(
        Q(act=act) | Q(act__status=ActStatus.SIGNE, act__number__lt=act.number),
        act__convention=act.convention_id,
    ).select_related("answered_by", "party", "document", "act")
    return {row.rule: row for row in rows.order_by("act__number", "pk")}


def checklist_of(act: Act, *, on: date) -> list[Line]:
    """Return every rule of the procedure with what becomes of it for this act."""
    facts = procedure_facts(act, on=on)
    answers = standing_answers(act)
    return [_line(rule, facts, answers.get(rule.id)) for rule in RULES]


def _line(rule: Rule, facts: ProcedureFacts, answer: ChecklistAnswer | None) -> Line:
    finding = _finding(rule, facts)
    given = AnswerFacts(answer.reply, answer.text_digest) if answer else None
    return Line(judge(rule, facts, finding, given), answer)


def _finding(rule: Rule, facts: ProcedureFacts) -> Finding | None:
    return control(rule, facts) if applies(rule, facts) else None


def checklist_obstacles(act: Act, *, on: date) -> list[Obstacle]:
    """Return what the procedure puts before the signature of an act, one sentence each."""
    return [
        Obstacle(f"Procédure, {line.rule.theme.lower()} : {line.verdict.sentence}", waivable=True)
        for line in checklist_of(act, on=on)
        if line.verdict.blocks
    ]


def may_answer(user: User, act: Act, rule: Rule, *, on: date) -> bool:
    """Whether the person's side is the one that knows; a draft kept apart is all its drafter's."""
    if act.status == ActStatus.PROJET or rule.question is None:
        return True
    return _speaks_for(user, act, rule, on=on) is not None


def _speaks_for(user: User, act: Act, rule: Rule, *, on: date) -> Party | None:
    """Return the party in whose name one answers; any when nobody stands on the side asked."""
    parties = acting_parties(user, act.convention, Capability.MANAGE, on=on)
    mine = list(parties.select_related("organisation"))
    asked = rule.question.by
    sides = {side_of(p) for p in act.convention.parties.select_related("organisation")}
    if asked == Side.ANYONE or asked not in sides or act.status == ActStatus.PROJET:
        return mine[0] if mine else None
    return next((party for party in mine if side_of(party) == asked), None)


@transaction.atomic
def answer_rule(
    act: Act,
    rule_id: str,
    *,
    by: User,
    on: date,
    reply: str,
    dated_on: date | None = None,
    note: str = "",
    document: Document | None = None,
) -> ChecklistAnswer:
    """Give an answer to a question of the procedure, for one's party, until the act is signed."""
    enter_unsigned(act, by=by, on=on)
    if not acts_visible_to(by, act.convention, on=on).filter(pk=act.pk).exists():
        msg = "Ce projet n’est pas encore partagé avec vous."
        raise PermissionDenied(msg)
    rule = rule_of(rule_id)
    facts = procedure_facts(act, on=on)
    finding = _finding(rule, facts) if rule else None
    if rule is None or rule.question is None or not judge(rule, facts, finding, None).asks:
        raise ValidationError(NOT_ASKED, code="not_asked")
    if not may_answer(by, act, rule, on=on):
        msg = f"C’est à {WHO[rule.question.by]} de répondre à cette question."
        raise PermissionDenied(msg)
    _check(rule, act, reply=reply, dated_on=dated_on, note=note, document=document, on=on)
    answer = ChecklistAnswer(
        act=act,
        rule=rule.id,
        reply=reply,
        dated_on=dated_on,
        note=note.strip(),
        document=document,
        text_digest=digest_of(rule.question.depends, facts, finding),
        party=_speaks_for(by, act, rule, on=on),
        answered_by=by,
        answered_at=timezone.now(),
    )
    answer.full_clean()
    answer.save()
    told = {"rule": rule.id, "reply": reply, "dated_on": str(dated_on or "")}
    record_in_act(act, act, by=by, verb=Verb.CHECKLIST_ANSWERED, **told)
    return answer


def _check(rule: Rule, act: Act, *, reply, dated_on, note, document, on: date) -> None:
    question, refused = rule.question, {}
    if reply not in question.replies:
        refused["reply"] = NOT_A_REPLY
    said_yes = reply == ChecklistReply.OUI
    if said_yes and question.dated and dated_on is None:
        refused["dated_on"] = DATE_MISSING
    if dated_on is not None and dated_on > on:
        refused["dated_on"] = DATE_AHEAD
    if said_yes and question.noted and not note.strip():
        refused["note"] = NOTE_MISSING
    if document is not None and document.convention_id != act.convention_id:
        refused["document"] = OTHER_DOCUMENT
    if refused:
        raise ValidationError(refused)


def history_of(act: Act, rule: Rule) -> list[ChecklistAnswer]:
    """Return every answer ever given to a rule, for this act and those before it, newest first."""
    rows = ChecklistAnswer.objects.filter(
        Q(act=act) | Q(act__status=ActStatus.SIGNE, act__number__lt=act.number),
        act__convention=act.convention_id,
        rule=rule.id,
    )
    return list(rows.select_related("answered_by", "party", "document", "act").order_by("-pk"))
