"""From what a convention says and what happened to it, every date that matters.

Derived, never decided: the same facts give the same rows, in the same order, with the same keys.
"""

from collections.abc import Iterator
from datetime import date

from conventions.enums import EffectBasis, Operation, Situation, Trigger
from conventions.rules.delais import Computation, DelaiError, delai
from conventions.rules.delais_clauses import date_de_clause
from conventions.rules.delais_phrases import DUREE_CONTRACTUELLE, PRUDENCE, safe_step, step
from conventions.rules.prorogation import PROROGATION, prorogation_steps
from reminders.enums import DeadlineKind as Kind
from reminders.rules.ajoutees import added
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.endings import endings
from reminders.rules.facts import ConventionFacts, EngagementFacts, MandateFacts, Origin
from reminders.rules.preuves import proofs
from reminders.rules.resiliation import ways_out
from reminders.rules.reunions import meetings
from reminders.rules.revoyures import revoyures
from territories.rules.french import long_date, short_date, typeset
from territories.rules.jours_feries import previous_working_day, working_day_on_or_before

# An open-ended convention is looked at this many years ahead.
HORIZON_YEARS = 2
RAPPORT = "CGCT, art. L. 5211-39"
CONTROLE = "CGCT, art. L. 2131-6"
KEPT = "Engagement déclaré tenu"
KEPT_THEN_CONTESTED = "Engagement déclaré tenu, puis contesté"


def project(facts: ConventionFacts, *, on: date) -> list[ProjectedDeadline]:
    """Return the deadlines of a convention seen from `on`; for a draft, what people added alone.

    Those of the past stay: they are its history. What would fall after the recorded end does not,
    but for what one does then: what people added, and the proofs that a provider soon drops.
    """
    until = facts.last_day or date(on.year + HORIZON_YEARS, on.month, min(on.day, 28))
    rows = list(added(facts, until=until))
    if facts.was_signed:
        rows += _of_signed(facts, until=until, on=on)
    return sorted(rows, key=lambda row: (row.due_on, row.key))


def _of_signed(facts: ConventionFacts, *, until: date, on: date) -> list[ProjectedDeadline]:
    rows = [
        *_term(facts),
        *revoyures(facts, until=until, on=on),
        *ways_out(facts, until=until, on=on),
        *(row for engagement in facts.engagements for row in _engagement(engagement, facts)),
        *endings(facts),
        *(row for mandate in facts.mandates for row in _mandate(mandate, facts)),
        *_activity_reports(facts, until=until),
        *meetings(facts, until=until),
    ]
    over_on = (
        facts.closed_on
        or facts.terminated_on
        or (on if facts.situation == Situation.RESILIEE else None)
    )
    if over_on is not None:
        rows = [row for row in rows if row.due_on <= over_on]
    return [*rows, *proofs(facts)]


def settled_keys(facts: ConventionFacts) -> dict[str, date]:
    """Return the past turns of recurrent engagements that were kept, and when.

    Their date did not move: it was met, and another one followed.
    """
    keys: dict[str, date] = {}
    for engagement in facts.engagements:
        turns = list(engagement.settled)
        if engagement.due_on is None and engagement.kept_on is not None:
            turns.append(engagement.kept_on)
        keys |= {engagement_key(engagement.pk, turn): day for turn, day in enumerate(turns)}
    return keys


def engagement_key(pk: int, turn: int) -> str:
    return f"engagement:{pk}:{turn}"


def silences(facts: ConventionFacts) -> list[str]:
    """Say what the text does not foresee, rather than leave a blank that looks like an oversight.

    A convention that goes on past its term is said to do so (code civil, art. 1214 and 1215).
    """
    if not facts.was_signed:
        return [
            typeset("La convention n’est pas signée : aucune échéance n’est calculée avant cela.")
        ]
    sentences = []
    if facts.situation == Situation.POURSUITE_DE_FAIT:
        sentences.append(
            f"Le terme est passé depuis le {long_date(facts.ends_on)} sans prorogation ni fin "
            "enregistrée : continuer ensemble pourrait rendre la convention à durée indéterminée. "
            "À régulariser (code civil, art. 1214 et 1215)."
        )
    if facts.ends_on is None:
        sentences.append(
            "La convention n’a pas de terme : chaque partie peut y mettre fin à tout moment, sous "
            "le préavis convenu ou, à défaut, un préavis raisonnable (code civil, art. 1210 et "
            "1211)."
        )
    elif not facts.terminations:
        sentences.append(
            "Le texte ne prévoit pas de résiliation : la convention s’exécute jusqu’à son terme "
            "(code civil, art. 1212)."
        )
    if facts.revoyure_clause is None:
        sentences.append("Le texte ne prévoit pas de revoyure annuelle.")
    return [typeset(sentence) for sentence in sentences]


def _term(facts: ConventionFacts) -> Iterator[ProjectedDeadline]:
    if facts.ends_on is None:
        return
    origin = facts.duration.origin if facts.duration else Origin()
    safe = working_day_on_or_before(facts.ends_on, facts.zone)
    common = {
        "due_on": facts.ends_on,
        "article_id": origin.article_id,
        "wording": origin.wording,
        "trigger": _start_sentence(facts),
    }
    reasoning = _reasoning_of_term(facts)
    foreseen = facts.duration is not None and facts.duration.prorogation_possible
    yield ProjectedDeadline(
        key="terme",
        kind=Kind.TERME,
        title="Terme de la convention, dernier jour couvert",
        source=origin.label or "clause de durée",
        steps=reasoning,
        **common,
    )
    yield ProjectedDeadline(
        key="prorogation",
        kind=Kind.PROROGATION,
        title="Dernier jour pour signer une prorogation",
        safe_on=safe,
        source=PROROGATION,
        steps=(*reasoning, *prorogation_steps(facts.ends_on, foreseen=foreseen, zone=facts.zone)),
        **common,
    )


def _start_sentence(facts: ConventionFacts) -> str:
    basis = EffectBasis(facts.basis).label if facts.basis else "fondement non précisé"
    note = f" {facts.basis_note.rstrip('. ')}." if facts.basis_note else ""
    return typeset(f"Prise d’effet le {short_date(facts.starts_on)} : {basis}.{note}")[:300]


def _reasoning_of_term(facts: ConventionFacts) -> tuple[str, ...]:
    """Justify the recorded term by the duration clause, or say that they disagree."""
    recorded = step(
        f"Le dernier jour couvert enregistré est le {long_date(facts.ends_on)}, à 24 h",
        DUREE_CONTRACTUELLE,
    )
    counted = _counted_term(facts)
    if counted is None:
        return (recorded,)
    if counted.result == facts.ends_on:
        # The term comes by itself: the day safe to act is the prorogation's.
        to_act = safe_step(counted.result, counted.safe_date, facts.zone)
        return tuple(sentence for sentence in counted.steps if sentence != to_act)
    sentence = (
        f"Comptée depuis le {short_date(_counted_from(facts))}, la durée du texte mènerait au "
        f"{long_date(counted.result)} : les parties ont retenu une autre date"
    )
    return (recorded, step(sentence, "à vérifier au vu des actes signés"))


def _counted_term(facts: ConventionFacts) -> Computation | None:
    """Count the duration from the day the clause names, else from the day of effect."""
    if facts.duration is None:
        return None
    try:
        return date_de_clause(
            Operation.DUREE,
            _counted_from(facts),
            quantity=facts.duration.quantity,
            unit=facts.duration.unit,
            zone=facts.zone,
        )
    except DelaiError:
        return None


def _counted_from(facts: ConventionFacts) -> date:
    of_signature = facts.duration is not None and facts.duration.trigger == Trigger.SIGNATURE
    return facts.signed_on or facts.starts_on if of_signature else facts.starts_on


def _engagement(engagement: EngagementFacts, facts: ConventionFacts) -> Iterator[ProjectedDeadline]:
    if engagement.due_on is None or not (engagement.expected or engagement.kept_on):
        return
    safe = working_day_on_or_before(engagement.due_on, facts.zone)
    where = engagement.origin.label or "la convention"
    yield ProjectedDeadline(
        key=engagement_key(engagement.pk, len(engagement.settled)),
        kind=Kind.ENGAGEMENT,
        title=f"{engagement.code} {engagement.title}"[:300],
        due_on=engagement.due_on,
        safe_on=safe,
        source=engagement.origin.label or "engagement",
        article_id=engagement.origin.article_id,
        wording=engagement.origin.wording,
        trigger=typeset(f"Engagement dû par {engagement.debtors}, {engagement.recurrence}.")[:300],
        steps=(
            step(
                f"L’engagement {engagement.code} est à tenir pour le "
                f"{long_date(engagement.due_on)}, date enregistrée par les parties",
                where,
            ),
            safe_step(engagement.due_on, safe, facts.zone),
        ),
        engagement_id=engagement.pk,
        done_on=engagement.kept_on,
        done_note=_kept_note(engagement),
    )


def _kept_note(engagement: EngagementFacts) -> str:
    if engagement.kept_on is None:
        return ""
    return KEPT_THEN_CONTESTED if engagement.contested else KEPT


def _mandate(mandate: MandateFacts, facts: ConventionFacts) -> Iterator[ProjectedDeadline]:
    if mandate.is_deliberation and mandate.received_on is not None:
        yield _legality_control(mandate, facts)
    if mandate.valid_until is not None:
        safe = working_day_on_or_before(mandate.valid_until, facts.zone)
        yield ProjectedDeadline(
            key=f"habilitation:{mandate.pk}",
            kind=Kind.HABILITATION,
            title=typeset(f"Fin de validité : {mandate.label}, {mandate.party}")[:300],
            due_on=mandate.valid_until,
            safe_on=safe,
            source="habilitation",
            trigger=typeset("Dernier jour porté sur l’habilitation elle-même."),
            steps=(
                step(
                    f"Passé le {long_date(mandate.valid_until)}, elle ne permet plus de signer "
                    f"pour {mandate.party}",
                    "termes de l’habilitation",
                ),
                safe_step(mandate.valid_until, safe, facts.zone),
            ),
            party_id=mandate.party_id,
        )


def _legality_control(mandate: MandateFacts, facts: ConventionFacts) -> ProjectedDeadline:
    """Two months, franc and carried, from the prefecture's receipt (CGCT L.2131-6, L.5211-3)."""
    answer = delai(mandate.received_on, months=2, franc=True, carry=True, zone=facts.zone)
    closing = "Jusqu’à ce jour, le préfet peut encore déférer la délibération au tribunal"
    return ProjectedDeadline(
        key=f"controle_legalite:{mandate.pk}",
        kind=Kind.CONTROLE_LEGALITE,
        title=typeset(f"Fin du contrôle de légalité : {mandate.label}, {mandate.party}")[:300],
        due_on=answer.result,
        source=CONTROLE,
        trigger=typeset(f"Réception en préfecture le {long_date(mandate.received_on)}."),
        steps=(*answer.steps[:-1], step(closing, CONTROLE)),
    )


def _activity_reports(facts: ConventionFacts, *, until: date) -> Iterator[ProjectedDeadline]:
    """The president's yearly report reaches every mayor before 30 September (CGCT L.5211-39)."""
    for party_id, name in facts.epcis.items():
        for year in range(facts.starts_on.year + 1, until.year + 1):
            due_on = date(year, 9, 30)
            if due_on > until:
                continue
            # The law says «avant le 30 septembre»: the day itself is already doubtful.
            safe = previous_working_day(due_on, facts.zone)
            reason = (
                f"Le rapport retrace l’activité {year - 1} de {name} ; son président l’adresse "
                f"aux maires avant le {short_date(due_on)}, et la convention y a sa place"
            )
            prudent = (
                f"Date sûre pour agir : le {long_date(safe)}, dernier jour ouvré avant ce jour"
            )
            yield ProjectedDeadline(
                key=f"rapport_activite:{party_id}:{year}",
                kind=Kind.RAPPORT_ACTIVITE,
                title=typeset(f"Donner les éléments de {year - 1} pour le rapport d’activité"),
                due_on=due_on,
                safe_on=safe,
                source=RAPPORT,
                trigger=typeset("Date fixée par la loi, chaque année."),
                steps=(step(reason, RAPPORT), step(prudent, PRUDENCE)),
                party_id=party_id,
            )
