"""The procedure note as a living checklist: what a rule is, what it asks, what becomes of it.

Source: note 3554-10 bis of the former union (UESL), 2011, on territorial conventions. A circular of
one network, not the law: it holds where Action Logement is a party, and warns elsewhere. Its actors
were replaced on 1 January 2017; each rule says in `today` who stands for them now.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from conventions.enums import ChecklistReply, ConventionKind

ACTORS_REPLACED_ON = date(2017, 1, 1)
SOURCE = "Note de procédure 3554-10 bis (2011)"


class Modality(StrEnum):
    MUST = "must"
    MUST_NOT = "must_not"
    CONDITIONAL = "conditional"
    SHOULD = "should"
    MAY = "may"
    SCOPE = "scope"


class Reach(StrEnum):
    """To which agreements a rule speaks: `GENERAL` also where Action Logement is no party."""

    TERRITORIAL = "territorial"
    INDIVIDUAL = "individual"
    GENERAL = "general"
    NETWORK = "network"


class Side(StrEnum):
    """Who is in a position to answer, and on which side a party stands."""

    ACTION_LOGEMENT = "action_logement"
    COLLECTIVITE = "collectivite"
    BAILLEUR = "bailleur"
    ANYONE = "anyone"


class State(StrEnum):
    """What becomes of a rule, the worst first."""

    TO_FIX = "to_fix"
    TO_ASK_AGAIN = "to_ask_again"
    TO_ANSWER = "to_answer"
    ADVICE = "advice"
    HOLDS = "holds"
    ANSWERED = "answered"
    NOTHING = "nothing"
    ELSEWHERE = "elsewhere"


LABELS: Mapping[State, str] = {
    State.TO_FIX: "À corriger",
    State.TO_ASK_AGAIN: "À refaire",
    State.TO_ANSWER: "À répondre",
    State.ADVICE: "Conseil",
    State.HOLDS: "Vérifié",
    State.ANSWERED: "Répondu",
    State.NOTHING: "Sans objet",
    State.ELSEWHERE: "Hors champ",
}
OPEN = frozenset({State.TO_FIX, State.TO_ASK_AGAIN, State.TO_ANSWER})
SETTLED = frozenset({State.HOLDS, State.ANSWERED, State.NOTHING})


@dataclass(frozen=True)
class Question:
    """What software cannot know. `good` settles it; with `dated`, a yes bears the date it names.

    `depends` names what the answer was given about: when that changes, it is to be given again.
    """

    text: str
    by: Side = Side.ANYONE
    good: frozenset[str] = frozenset({ChecklistReply.OUI, ChecklistReply.SANS_OBJET})
    replies: tuple[str, ...] = (ChecklistReply.OUI, ChecklistReply.NON, ChecklistReply.SANS_OBJET)
    dated: str = ""
    evidence: str = ""
    noted: str = ""
    otherwise: str = ""
    depends: str = ""


YES_ONLY = frozenset({ChecklistReply.OUI})
YES_NO = (ChecklistReply.OUI, ChecklistReply.NON)


@dataclass(frozen=True)
class Rule:
    """One rule of the note, in our words; `line` is where the note says it.

    `check` names the control that software makes; a rule with both is asked when its control says
    so. `blocking` rules stand before the signature of an agreement with Action Logement.
    """

    id: str
    theme: str
    modality: Modality
    line: int
    words: str
    reach: frozenset[Reach]
    today: str = ""
    check: str = ""
    topic: str = ""
    question: Question | None = None
    blocking: bool = False
    until: date | None = None


@dataclass(frozen=True)
class PartyFacts:
    name: str
    side: Side
    signs: bool = False
    full_name: str = ""

    @property
    def names(self) -> str:
        return f"{self.name} {self.full_name}"


@dataclass(frozen=True)
class ArticleFacts:
    pk: int
    label: str
    heading: str
    body: str
    topic: str = ""


@dataclass(frozen=True)
class EngagementFacts:
    """What the floor that keeps engagements says of one."""

    code: str
    title: str
    words: str
    debtors: tuple[str, ...] = ()
    has_target: bool = False


@dataclass(frozen=True)
class ProcedureFacts:
    """All the controls need to know of an act and its convention."""

    kind: str
    on: date
    parties: tuple[PartyFacts, ...] = ()
    articles: tuple[ArticleFacts, ...] = ()
    engagements: tuple[EngagementFacts, ...] = ()
    canevas: str = ""
    has_revoyure: bool = False
    is_past: bool = False

    def side_of(self, name: str) -> Side | None:
        return next((party.side for party in self.parties if party.name == name), None)


@dataclass(frozen=True)
class Passage:
    """Words of the text that a control stopped at, with where they stand."""

    article: int
    label: str
    text: str


class Outcome(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    ASKS = "asks"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Finding:
    """What a control found. `ASKS`: something only a person can settle."""

    outcome: Outcome
    sentence: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class AnswerFacts:
    """The standing answer to a question, and the digest of what it was given about."""

    reply: str
    digest: str = ""


@dataclass(frozen=True)
class Verdict:
    rule: Rule
    state: State
    sentence: str
    finding: Finding | None = None
    asks: bool = False
    blocks: bool = False
    passages: tuple[Passage, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def label(self) -> str:
        return LABELS[self.state]


def reach_of(facts: ProcedureFacts) -> Reach:
    """Return what kind of agreement this is, as the note tells them apart."""
    if facts.kind == ConventionKind.EPCI_ACTION_LOGEMENT:
        return Reach.TERRITORIAL
    if any(party.side == Side.ACTION_LOGEMENT for party in facts.parties):
        return Reach.INDIVIDUAL
    return Reach.GENERAL


def applies(rule: Rule, facts: ProcedureFacts) -> bool:
    in_time = rule.until is None or facts.on <= rule.until
    return in_time and reach_of(facts) in rule.reach


def digest_of(depends: str, facts: ProcedureFacts, finding: Finding | None = None) -> str:
    """Return what an answer was given about, in one word; empty when nothing can make it stale."""
    if depends == "passages":
        read = [passage.text for passage in finding.passages] if finding else []
    elif depends == "text":
        read = [f"{article.heading}\n{article.body}" for article in facts.articles]
    elif depends == "engagements":
        read = [f"{row.code} {row.words} {row.debtors}" for row in facts.engagements]
    elif depends == "parties":
        read = sorted(f"{party.name} {party.signs}" for party in facts.parties)
    else:
        return ""
    return hashlib.sha256("\x1f".join(read).encode()).hexdigest()


def judge(
    rule: Rule, facts: ProcedureFacts, finding: Finding | None, answer: AnswerFacts | None
) -> Verdict:
    """Return what becomes of a rule, from what software found and what people answered."""
    if not applies(rule, facts):
        return Verdict(rule, State.ELSEWHERE, _why_elsewhere(rule, facts))
    if finding is not None and finding.outcome != Outcome.ASKS:
        state = _state_of(rule, finding)
        blocks = _blocks(rule, state, facts)
        return Verdict(rule, state, finding.sentence, finding, False, blocks, finding.passages)
    if rule.question is None:
        return Verdict(rule, State.NOTHING, "Cette règle ouvre une possibilité : rien à vérifier.")
    return _judge_answer(rule, facts, finding, answer)


def _judge_answer(
    rule: Rule, facts: ProcedureFacts, finding: Finding | None, answer: AnswerFacts | None
) -> Verdict:
    question = rule.question
    found = finding.sentence if finding else ""
    if answer is None:
        state, sentence = State.TO_ANSWER, f"{found} {question.text}".strip()
    elif answer.digest != digest_of(question.depends, facts, finding):
        state = State.TO_ASK_AGAIN
        sentence = "Le texte a changé depuis cette réponse : elle est à donner de nouveau."
    elif answer.reply in question.good:
        state, sentence = State.ANSWERED, found
    else:
        state, sentence = State.TO_FIX, question.otherwise or found
    passages = finding.passages if finding else ()
    return Verdict(rule, state, sentence, finding, True, _blocks(rule, state, facts), passages)


def _state_of(rule: Rule, finding: Finding) -> State:
    if finding.outcome == Outcome.HOLDS:
        return State.HOLDS
    if finding.outcome == Outcome.NOTHING:
        return State.NOTHING
    advised = rule.modality in {Modality.SHOULD, Modality.MAY, Modality.SCOPE}
    return State.ADVICE if advised else State.TO_FIX


def _blocks(rule: Rule, state: State, facts: ProcedureFacts) -> bool:
    """What is signed, here or on paper before, was signed under other eyes: it is only told."""
    return rule.blocking and state in OPEN and not facts.is_past


def _why_elsewhere(rule: Rule, facts: ProcedureFacts) -> str:
    if rule.until is not None and facts.on > rule.until:
        return "Règle de l’expérimentation de 2011, gardée pour mémoire."
    if rule.reach == frozenset({Reach.NETWORK}):
        return "Cette règle s’adresse au réseau d’Action Logement, non à un texte."
    return "Cette règle ne concerne pas ce type d’accord."


def told_today(rule: Rule, *, on: date) -> str:
    """Return who stands today for the actors the note names, for a text of that day."""
    return rule.today if on >= ACTORS_REPLACED_ON else ""
