"""Going on after the term: until when all may sign it, and what is left once the term is past.

A prorogation is agreed before the term (code civil, art. 1213). After it, the same parties renew
(art. 1214) or go on without a word (art. 1215): both make a convention without a term.
"""

from datetime import date

from conventions.enums import Situation
from conventions.rules.cycle import BINDING
from conventions.rules.delais_phrases import PRUDENCE, safe_step, step
from territories.enums import Zone
from territories.rules.french import long_date, typeset
from territories.rules.jours_feries import working_day_on_or_before

PROROGATION = "art. 1213 du code civil"
RENEWAL = (
    "Signer une nouvelle convention : le renouvellement donne naissance à un nouveau contrat, de "
    "contenu identique, mais à durée indéterminée si rien n’est dit (code civil, art. 1214). "
    "Écrivez-y sa durée."
)
GOING_ON = (
    "Continuer sans rien signer : c’est une tacite reconduction, qui produit les mêmes effets "
    "(code civil, art. 1215). La convention devient à durée indéterminée, et chaque partie peut y "
    "mettre fin sous un préavis raisonnable (art. 1211)."
)
CLOSING = "Constater la fin : personne n’est plus lié, et le bilan reste consultable."


def prorogation_steps(ends_on: date, *, foreseen: bool, zone: Zone) -> tuple[str, ...]:
    """Say why the last day covered is the last day to sign, and the day safe to act."""
    safe = working_day_on_or_before(ends_on, zone)
    opening = "Le texte prévoit" if foreseen else "Le texte n’en dit rien, mais la loi permet"
    return (
        step(
            f"{opening} une prorogation : un acte signé de toutes les parties au plus tard le "
            f"{long_date(ends_on)}",
            PROROGATION,
        ),
        step(
            "Comptez le temps des assemblées : l’acte suit les mêmes formes que la convention",
            PRUDENCE,
        ),
        safe_step(ends_on, safe, zone),
    )


def reason_not_to_prorogue(situation: str, ends_on: date | None) -> str:
    """Say why the term cannot be pushed back on a day, or nothing when it can."""
    if situation in {Situation.RESILIEE}:
        return "La convention est résiliée : il n’y a plus de terme à reporter."
    if ends_on is not None and situation in {Situation.POURSUITE_DE_FAIT, Situation.ECHUE}:
        return typeset(
            f"Le terme est passé depuis le {long_date(ends_on)}, à minuit : une prorogation se "
            f"convient avant l’expiration ({PROROGATION}). Signée après, elle ne prorogerait rien."
        )
    if situation not in BINDING and situation != Situation.A_VENIR:
        return typeset("Seule une convention signée se proroge. Écrivez sa durée dans son projet.")
    if ends_on is None:
        return typeset(
            "La convention n’a pas de terme : il n’y a rien à proroger. Chaque partie peut y "
            "mettre fin sous le préavis convenu ou, à défaut, un préavis raisonnable (code civil, "
            "art. 1211)."
        )
    return ""


def what_remains(situation: str) -> list[str]:
    """What the parties may still do once the term is past."""
    if situation == Situation.POURSUITE_DE_FAIT:
        return [typeset(way) for way in (RENEWAL, GOING_ON, CLOSING)]
    return [typeset(RENEWAL)] if situation in {Situation.ECHUE, Situation.RESILIEE} else []
