"""What an avenant says of engagements and targets, in the words of its own text."""

from datetime import date

from accounts.rules.typographie import date_longue
from conventions.rules.avenants import Provision
from territories.rules.french import typeset


def _from(effective_on: date | None) -> str:
    return f" à compter du {date_longue(effective_on)}" if effective_on else ""


def engagement_provision(
    *,
    code: str,
    title: str,
    wording: str,
    debtors: str,
    before: str = "",
    repeals: bool = False,
    effective_on: date | None = None,
) -> Provision:
    """Say that an engagement is added, written anew or ended; `before` is what it said until then.

    `effective_on` is given when it is not the date of effect of the act.
    """
    since = _from(effective_on)
    if repeals:
        sentence = f"L’engagement {code} (« {title} ») prend fin{since}."
    elif before:
        sentence = (
            f"L’engagement {code} (« {before} ») est remplacé{since} par l’engagement suivant, dû "
            f"par {debtors} : « {title} »."
        )
    else:
        sentence = f"Il est ajouté{since} l’engagement suivant, dû par {debtors} : « {title} »."
    has_wording = bool(wording.strip()) and not repeals
    return Provision(
        typeset(sentence), body=wording if has_wording else "", has_wording=has_wording
    )


def target_provision(
    *,
    indicator: str,
    territory: str,
    year: int,
    quantity: str,
    before: str = "",
    effective_on: date | None = None,
) -> Provision:
    """Say what is aimed at in a year from now on; an empty `quantity` gives the target up."""
    since = _from(effective_on)
    aim = f"L’objectif {year} de l’indicateur « {indicator} » ({territory})"
    if not quantity:
        sentence = f"{aim}, fixé à {before}, est abandonné{since}."
    elif before:
        sentence = f"{aim}, fixé à {before}, est porté à {quantity}{since}."
    else:
        sentence = f"{aim} est fixé à {quantity}{since}."
    return Provision(typeset(sentence))
