"""Announcing that a convention will not be renewed: what it does, and what it leaves as it is.

Code civil, art. 1212: a fixed-term contract is performed to its end, nobody may claim its renewal.
Art. 1213 to 1215: it is prorogued by an agreement made before the term; parties who go on after it
renew it tacitly, for an indefinite duration. The announcement moves no date: it is what keeps the
going on from being read as an accord (domain rules A18 to A20).
"""

from datetime import date

from conventions.rules.delais import Computation
from conventions.rules.delais_clauses import CLAUSE
from conventions.rules.delais_phrases import step
from territories.enums import Zone
from territories.rules.french import long_date, typeset
from territories.rules.jours_feries import working_day_on_or_before


def reason_not_to_announce(ends_on: date | None, terminated_on: date | None, *, on: date) -> str:
    """Say why there is no renewal to decline on a day, or nothing when one may be announced."""
    if ends_on is None:
        return "La convention n’a pas de terme : elle se résilie, elle ne se renouvelle pas."
    if on > ends_on:
        return typeset(f"Le terme est passé, le {long_date(ends_on)} : il n’y a plus à l’annoncer.")
    if terminated_on is not None:
        return typeset(
            f"La convention prend déjà fin le {long_date(terminated_on)}, avant son terme : il n’y "
            "a pas de renouvellement à écarter."
        )
    return ""


def too_late(day: date, term: date) -> str:
    """Refuse to plan an announcement for after the term."""
    if day <= term:
        return ""
    return typeset(
        f"Le terme est le {long_date(term)} : l’annonce part avant lui, et arrive avant lui."
    )


def announced_end(term: date, *, event_on: date, zone: Zone, wording: str = "") -> Computation:
    """Return the term, unmoved, with what the announcement changes and what it does not."""
    quoted = f" : « {wording.strip().rstrip('.')} »" if wording.strip() else ""
    steps = (
        step(f"La clause de durée fixe le terme au {long_date(term)}, à minuit{quoted}", CLAUSE),
        step(
            "L’annonce n’avance pas le terme : la convention s’exécute jusque-là, et nul ne peut "
            "en exiger le renouvellement",
            "code civil, art. 1212",
        ),
        _worth(term, event_on),
        step(
            "Une prorogation signée avant le terme la priverait d’objet : les parties le reportent "
            "d’un commun accord",
            "code civil, art. 1213",
        ),
    )
    return Computation(term, working_day_on_or_before(term, zone), steps)


def _worth(term: date, event_on: date) -> str:
    if event_on <= term:
        return step(
            "Faite avant le terme, elle empêche de lire la poursuite de fait comme une tacite "
            "reconduction",
            "code civil, art. 1215",
        )
    sentence = f"Partie le {long_date(event_on)}, après le terme, elle ne vaut plus annonce"
    return step(sentence, "code civil, art. 1214 et 1215")


def made_moot(announced_term: date | None, ends_on: date | None) -> str:
    """Say that a prorogation signed since left the announcement without object, or nothing."""
    if announced_term is None or ends_on is None or ends_on <= announced_term:
        return ""
    return typeset(
        f"Sans objet : la convention a été prorogée, son terme est désormais le "
        f"{long_date(ends_on)}. Pour ne pas aller au-delà, il faut une nouvelle annonce."
    )
