"""The proofs of an electronic registered letter, to be fetched before its provider drops them.

The provider keeps the proof of deposit for a year at least, and lets the sender in for a year
(CPCE, art. L. 100 and R. 53 s.; domain rules A15): the portal asks for each proof within a week.
Both are the sender's business alone, and until the letter's event happens its secret.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from conventions.rules.delais_calcul import shift_months
from conventions.rules.delais_phrases import PRUDENCE, safe_step, step
from conventions.rules.sorties import LRE_SOURCE, lre_answer_by
from reminders.enums import DeadlineKind
from reminders.rules.deadlines import ProjectedDeadline
from reminders.rules.facts import ConventionFacts, ProofFacts
from territories.rules.french import long_date, short_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

# How long the portal gives to fetch a proof once it is there.
DAYS_TO_FETCH = 7
KEPT = "Preuve versée au dossier"
SOURCE = "lettre recommandée électronique"


def proofs(facts: ConventionFacts) -> Iterator[ProjectedDeadline]:
    """Yield, for each electronic letter posted, the proof of its deposit and that of its end."""
    for letter in facts.proofs:
        yield _deposit(letter, facts)
        yield _outcome(letter, facts)


def _deposit(letter: ProofFacts, facts: ConventionFacts) -> ProjectedDeadline:
    available = step(
        f"La lettre à {letter.addressee} a été déposée le {long_date(letter.posted_on)} : la "
        "preuve de dépôt est disponible aussitôt",
        LRE_SOURCE,
    )
    return _row(
        letter,
        facts,
        key="depot",
        title="preuve de dépôt à télécharger",
        since=letter.posted_on,
        reason=available,
        kept_on=letter.posting_kept_on,
    )


def _outcome(letter: ProofFacts, facts: ConventionFacts) -> ProjectedDeadline:
    """The proof of what became of it: taken, refused, or fifteen days without an answer."""
    answer_by = lre_answer_by(letter.informed_on)
    if letter.delivered_on is not None:
        title, since = "preuve de réception à télécharger", letter.delivered_on
        reason = step(f"{letter.addressee} l’a reçue le {long_date(since)}", LRE_SOURCE)
    else:
        title, since = "preuve de refus ou de non-réclamation à télécharger", answer_by
        since += timedelta(days=1)
        reason = step(
            f"{letter.addressee} avait jusqu’au {long_date(answer_by)} pour l’accepter : la preuve "
            "du refus ou de la non-réclamation est disponible au plus tard le lendemain, le "
            f"{long_date(since)}",
            LRE_SOURCE,
        )
    return _row(
        letter,
        facts,
        key="issue",
        title=title,
        since=since,
        reason=reason,
        kept_on=letter.outcome_kept_on,
    )


def _row(
    letter: ProofFacts,
    facts: ConventionFacts,
    *,
    key: str,
    title: str,
    since: date,
    reason: str,
    kept_on: date | None,
) -> ProjectedDeadline:
    due_on = since + timedelta(days=DAYS_TO_FETCH)
    safe = working_day_on_or_before(due_on, facts.zone)
    lost_on = shift_months(letter.posted_on, 12).day
    return ProjectedDeadline(
        key=f"{letter.key}:{key}",
        kind=DeadlineKind.PREUVES_LRE,
        title=typeset(f"Lettre électronique à {letter.addressee} : {title}")[:300],
        due_on=due_on,
        safe_on=safe,
        source=SOURCE,
        trigger=typeset(f"Lettre déposée le {short_date(letter.posted_on)}."),
        steps=(
            reason,
            step(
                f"Le portail laisse {DAYS_TO_FETCH} jours pour la verser au dossier, jusqu’au "
                f"{long_date(due_on)}",
                PRUDENCE,
            ),
            step(
                f"Dernière limite : passé le {long_date(lost_on)}, un an après le dépôt, le "
                "prestataire n’est plus tenu d’en garder la preuve ni d’y donner accès",
                LRE_SOURCE,
            ),
            safe_step(due_on, safe, facts.zone),
        ),
        party_id=letter.sender_id,
        reserved_to_id=letter.keeper_id,
        done_on=kept_on,
        done_note=KEPT if kept_on else "",
    )
