"""What the page of a deadline says first: one date, then its limits, then how it was found."""

import re
from dataclasses import dataclass
from datetime import date

from accounts.rules.typographie import date_longue, jour_date, pluriel
from reminders.enums import DeadlineKind as Kind

_LABELS: dict[Kind, str] = {
    Kind.TERME: "Dernier jour couvert",
    Kind.PROROGATION: "Dernier jour sûr pour signer",
    Kind.RESILIATION: "Dernier jour sûr",
    Kind.CONTROLE_LEGALITE: "Dernier jour du contrôle",
    Kind.HABILITATION: "Dernier jour de validité",
    Kind.FIN_PREAVIS: "Dernier jour liant les parties",
    Kind.FIN_MISE_EN_DEMEURE: "Dernier jour sûr pour réparer",
    Kind.REPONSE_LRE: "Dernier jour sûr pour l’accepter",
    Kind.PREUVES_LRE: "Dernier jour sûr pour les télécharger",
}
_SHORT: dict[Kind, str] = {
    Kind.TERME: "terme",
    Kind.PROROGATION: "prorogation à signer",
    Kind.REVOYURE_OUVERTURE: "ouverture de la revoyure",
    Kind.REVOYURE_CONTRIBUTIONS: "clôture des contributions",
    Kind.REVOYURE_COMITE: "comité de revoyure",
    Kind.REVOYURE_GEL: "gel de la revoyure",
    Kind.REVOYURE_TRANSMISSION: "transmission aux instances",
    Kind.RESILIATION: "dernier envoi sûr",
    Kind.ENGAGEMENT: "engagement à tenir",
    Kind.RAPPORT_ACTIVITE: "rapport d’activité",
    Kind.CONTROLE_LEGALITE: "fin du contrôle de légalité",
    Kind.HABILITATION: "fin d’habilitation",
    Kind.FIN_PREAVIS: "fin du préavis",
    Kind.FIN_MISE_EN_DEMEURE: "fin de la mise en demeure",
    Kind.REPONSE_LRE: "réponse à la lettre",
    Kind.PREUVES_LRE: "preuves à télécharger",
    Kind.REUNION_SUIVI: "réunion de suivi",
    Kind.AJOUTEE: "échéance ajoutée",
}
# «Sentence (rule).»: the rule stands between the last parentheses.
_RULE = re.compile(r"^(?P<sentence>.*\S)\s*\((?P<rule>[^()]*(?:\([^()]*\)[^()]*)*)\)\.$", re.DOTALL)


@dataclass(frozen=True)
class Verdict:
    """One date, huge; `facts` are the (label, value) pairs beside it."""

    label: str
    day: date
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reason:
    """One step of a reasoning, and the rule it applies."""

    sentence: str
    rule: str


def short_name(kind: Kind) -> str:
    """Name a kind in the room of a drawing."""
    return _SHORT[Kind(kind)]


def verdict_of(
    kind: Kind,
    *,
    due_on: date,
    safe_on: date | None,
    effect_on: date | None,
    rolling: bool,
    done_on: date | None,
    on: date,
) -> Verdict:
    """Return the day to act, and what limits it; a rolling answer is the first day free."""
    if rolling:
        return Verdict("Libre à partir du", due_on, (("Lettre envoyée", "aujourd’hui"),))
    act_on = safe_on or due_on
    facts = [_distance(act_on, on=on) if done_on is None else ("Faite le", date_longue(done_on))]
    if act_on != due_on:
        facts.append(("Limite de droit", f"{jour_date(due_on)}, à minuit"))
    if effect_on is not None:
        facts.append(("Libre à partir du", jour_date(effect_on)))
    return Verdict(_LABELS.get(Kind(kind), "Dernier jour sûr pour agir"), act_on, tuple(facts))


def reasons(steps: list[str]) -> list[Reason]:
    """Part each sentence from the rule it closes on."""
    return [_reason(step) for step in steps]


def _reason(step: str) -> Reason:
    match = _RULE.match(step)
    if match is None:
        return Reason(step, "")
    return Reason(f"{match['sentence']}.", match["rule"])


def _distance(day: date, *, on: date) -> tuple[str, str]:
    days = (day - on).days
    if days == 0:
        return "Il reste", "jusqu’à ce soir, minuit"
    return ("Il reste", pluriel(days, "jour")) if days > 0 else ("Passée", _ago(-days))


def _ago(days: int) -> str:
    return f"depuis {pluriel(days, 'jour')}"
