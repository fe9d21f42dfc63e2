"""The dates of ways out that were notified: their effect, the delay to repair, an LRE's answer.

Nothing of what a party only prepares is projected: it is a secret of its side.
"""

from collections.abc import Iterator

from conventions.enums import TerminationKind, TerminationStatus
from conventions.rules.delais_phrases import step
from conventions.rules.sorties import LRE_SOURCE
from reminders.enums import DeadlineKind as Kind
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts, EndingFacts
from territories.rules.french import long_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

_STANDING = frozenset({TerminationStatus.NOTIFIEE, TerminationStatus.REMEDIEE})
REPAIRED = "Manquement déclaré réparé"


def endings(facts: ConventionFacts) -> Iterator[ProjectedDeadline]:
    """Yield the dates of every way out that was notified and not withdrawn."""
    for ending in facts.endings:
        if ending.status not in _STANDING or None in (ending.event_on, ending.effect_on):
            continue
        if ending.kind == TerminationKind.MISE_EN_DEMEURE:
            yield from _delays_to_repair(ending, facts)
        elif ending.kind != TerminationKind.NON_RENOUVELLEMENT:  # its day is the term itself
            yield _effect(ending, facts)
        yield from _answers(ending, facts)


def _effect(ending: EndingFacts, facts: ConventionFacts) -> ProjectedDeadline:
    return ProjectedDeadline(
        key=f"sortie:{ending.pk}:effet",
        kind=Kind.FIN_PREAVIS,
        title=typeset(f"Fin de la convention : dernier jour du préavis de {ending.party}")[:300],
        due_on=ending.effect_on,
        trigger=_started(ending),
        steps=ending.steps,
        **_source(ending),
    )


def _delays_to_repair(ending: EndingFacts, facts: ConventionFacts) -> Iterator[ProjectedDeadline]:
    """The delay that the letter gave, when it gave one, then that of the clause."""
    common = {"trigger": _started(ending), **_source(ending)}
    if ending.status == TerminationStatus.REMEDIEE:
        common |= {"done_on": ending.closed_on, "done_note": REPAIRED}
    title = f"Mise en demeure de {ending.party}"
    cure = ending.cure_ends_on
    if cure is not None and cure != ending.effect_on:
        sentence = f"La lettre laisse jusqu’au {long_date(cure)} pour réparer"
        yield ProjectedDeadline(
            key=f"sortie:{ending.pk}:reparation",
            kind=Kind.FIN_MISE_EN_DEMEURE,
            title=typeset(f"{title} : dernier jour que la lettre laisse pour réparer")[:300],
            due_on=cure,
            safe_on=working_day_on_or_before(cure, facts.zone),
            steps=(step(sentence, "termes de la mise en demeure"),),
            **common,
        )
    yield ProjectedDeadline(
        key=f"sortie:{ending.pk}:effet",
        kind=Kind.FIN_MISE_EN_DEMEURE,
        title=typeset(f"{title} : fin du délai, la convention peut prendre fin")[:300],
        due_on=ending.effect_on,
        safe_on=working_day_on_or_before(ending.effect_on, facts.zone),
        steps=ending.steps,
        **common,
    )


def _answers(ending: EndingFacts, facts: ConventionFacts) -> Iterator[ProjectedDeadline]:
    for letter in ending.awaited_answers:
        sentence = (
            f"{letter.addressee} a jusqu’au {long_date(letter.answer_by)} pour accepter la lettre "
            "électronique ; la preuve du refus ou de la non-réclamation est disponible au plus "
            "tard le lendemain"
        )
        yield ProjectedDeadline(
            key=f"lettre:{letter.pk}:reponse",
            kind=Kind.REPONSE_LRE,
            title=typeset(
                f"Lettre électronique à {letter.addressee} : dernier jour pour l’accepter"
            )[:300],
            due_on=letter.answer_by,
            safe_on=working_day_on_or_before(letter.answer_by, facts.zone),
            source="lettre recommandée électronique",
            trigger=typeset("Quinze jours depuis le lendemain de l’information du destinataire."),
            steps=(step(sentence, LRE_SOURCE),),
        )


def _started(ending: EndingFacts) -> str:
    return typeset(
        f"Le délai court du {long_date(ending.event_on)}, événement que nomme la clause."
    )


def _source(ending: EndingFacts) -> dict:
    return {
        "source": ending.origin.label or "clause de résiliation",
        "article_id": ending.origin.article_id,
        "wording": ending.origin.wording,
        "clause_id": ending.clause_id,
    }
