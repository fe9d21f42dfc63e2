"""The proofs of a letter: which are missing, how long a provider keeps them, what to do at once.

An electronic registered letter: its proof of deposit is kept a year at least by the provider, the
addressee has fifteen days to accept it, and the proof that it was refused or not claimed is there
at the latest the day after (art. L. 100 and R. 53 s. CPCE; domain rules A15, A16).
"""

from datetime import date, timedelta

from conventions.enums import LetterKind
from conventions.rules.delais_calcul import shift_months
from conventions.rules.sorties import LetterDates, lre_answer_by, lre_informed_on
from territories.rules.french import long_date, typeset

ONE_DAY = timedelta(days=1)
KEPT_MONTHS = 12
# Forms whose dates are proven by somebody else than who wrote.
REGISTERED = (LetterKind.LRAR, LetterKind.LRE, LetterKind.RECEPISSE)


def kept_until(posted_on: date) -> date:
    """Return the day until which a provider keeps the proofs of an electronic letter, at least."""
    return shift_months(posted_on, KEPT_MONTHS).day


def answer_by(letter: LetterDates) -> date | None:
    """Return the last day to accept an electronic letter that is still waiting for its answer."""
    informed = lre_informed_on(letter)
    answered = letter.delivered_on or letter.returned_on
    if letter.kind != LetterKind.LRE or informed is None or answered:
        return None
    return lre_answer_by(informed)


def what_is_missing(
    letter: LetterDates, *, posting_proof: bool, delivery_proof: bool, on: date
) -> list[str]:
    """Say which proofs are to be brought, in French; nothing while nothing has left."""
    if letter.posted_on is None or letter.kind not in REGISTERED:
        return []
    found = [] if posting_proof else [_posting(letter, on)]
    arrived = letter.delivered_on or letter.returned_on
    if arrived and not delivery_proof:
        found.append(_arrival(letter))
    waiting = answer_by(letter)
    if waiting is not None and on > waiting:
        found.append(
            f"Les quinze jours sont passés depuis le {long_date(waiting)} : notez si la lettre a "
            "été acceptée, ou refusée ou laissée, avec la preuve que tient le prestataire."
        )
    return [typeset(sentence) for sentence in found]


def _posting(letter: LetterDates, on: date) -> str:
    if letter.kind != LetterKind.LRE:
        return "La preuve de dépôt manque : déposez le récépissé daté."
    limit = kept_until(letter.posted_on)
    if on > limit:
        return (
            f"La preuve de dépôt manque, et le prestataire a pu l’effacer depuis le "
            f"{long_date(limit)} : demandez-la-lui sans attendre."
        )
    return (
        "La preuve de dépôt manque : téléchargez-la tout de suite. Le prestataire peut ne la "
        f"garder que jusqu’au {long_date(limit)}."
    )


def _arrival(letter: LetterDates) -> str:
    if letter.kind == LetterKind.LRE:
        what = "d’acceptation" if letter.delivered_on else "du refus ou de la non-réclamation"
        limit = long_date(kept_until(letter.posted_on))
        return (
            f"La preuve {what} manque : téléchargez-la tout de suite. Le prestataire peut ne la "
            f"garder que jusqu’au {limit}."
        )
    if letter.returned_on:
        return "La preuve du retour manque : déposez l’enveloppe numérisée, avec ses mentions."
    return "L’avis de réception signé manque : déposez-le, numérisé."
